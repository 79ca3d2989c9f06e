"""Tokens of what is sent, beside those of the article, by OpenAI's tokenizer."""

from __future__ import annotations

import json
import statistics

import quicktok

from benchmarks.hosted.articles import BRIEF, brief_of, form_of_brief, in_house, news, seed
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.prompting import messages_for
from summarizer.models.sent_schema import sent_schema
from summarizer.task import BUILT_IN, built_in

QUESTIONS = (
    "Who travelled by train?",
    "Where did they meet?",
    "When did the train leave?",
    "How fast does it go?",
    "Why is it slow?",
    "Who said so?",
    "Which minister came along?",
    "What was on the agenda?",
    "How far is the journey?",
    "When did they meet before?",
    "Who spoke for the Kremlin?",
    "What did the photos show?",
)
PER_MESSAGE = 4
_ENCODING = quicktok.get_encoding("o200k_base")


def tokens(text: str) -> int:
    """Tokens of a text."""
    return len(_ENCODING.encode(text))


def report() -> list[str]:
    """The figures as rows of tables."""
    rows = [
        "| article | words | its tokens | messages of a brief | x article | with 4 a message |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(article) for article in (seed(), in_house())]
    several = [_ratio(article) for article in news()]
    if several:
        rows.append(
            f"| {len(several)} news articles of 500 to 700 words, median | | | | {statistics.median(several):.3f} | |"
        )
        rows.append(f"| the same, lowest to highest | | | | {min(several):.3f} to {max(several):.3f} | |")
    rows += ["", "| schema | tokens, compact | tokens, with white space |", "|---|---|---|"]
    forms = {name: built_in(name).schema for name in BUILT_IN} | {"+".join(BRIEF): form_of_brief()}
    rows += [
        f"| {name} | {tokens(json.dumps(sent_schema(form), separators=(',', ':')))} "
        f"| {tokens(json.dumps(sent_schema(form)))} |"
        for name, form in forms.items()
    ]
    return [
        *rows,
        "",
        f"Twelve questions on the seed, one a request: {_shared(seed()):.1%} of the tokens in the shared prefix.",
    ]


def _ratio(article: Article) -> float:
    return sum(tokens(message.content) for message in brief_of(article)) / tokens(article.text)


def _row(article: Article) -> str:
    own, messages = tokens(article.text), brief_of(article)
    sent = sum(tokens(message.content) for message in messages)
    whole = sent + PER_MESSAGE * len(messages)
    name = article.source.rpartition("/")[2]
    return f"| {name} | {len(article.text.split())} | {own} | {sent} | {sent / own:.3f} | {whole / own:.3f} |"


def _shared(article: Article) -> float:
    analysis = Analysis(article)
    sent = [
        "\n".join(
            message.content for message in messages_for(analysis, [Ask(built_in("answer"), questions=(question,))])
        )
        for question in QUESTIONS
    ]
    low, high = min(sent), max(sent)
    alike = next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return len(sent) * tokens(low[:alike]) / sum(map(tokens, sent))
