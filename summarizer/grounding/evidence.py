"""The sentences of a claim: what is read before them, which others may carry it, and how they stand in for it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.grounding.names import named_before, unnamed
from summarizer.grounding.trims import in_digits
from summarizer.schemas.evidence import Span

MOST_SENTENCES = 6
"""More dilute what the reader sees: those that share most with the claim are picked."""
RETRIEVED = 3
HEADING_WORDS = 12
LOOKS_BACK = 2
"""In sentences: how far before a pronoun its name may stand, when a sentence stands in for a claim."""
_POINTS_BACK = re.compile(
    r"\W*(?:(?:he|she|they|it|his|her|their|its|this|these|those|both)\b"
    r"|[\"“‘'].*\b(?:I|we|our|my|us|me)\b"
    r"|the (?:company|firm|group|agency|bank|club|party|team|woman|man|pair|couple|suspect|victim|driver|minister)\b)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[-*+•‣◦▪·–—]\s|\(?(?:\d{1,3}|[A-Za-z])[.)]\s")
_ASKS = re.compile(r"Q(?:uestion)?\s?\d*[:.]\s|.*\?\W*$", re.DOTALL)
_STOPS = re.compile(r"[.!?;,…][\"'”’)\]]*$")
_OPENING = re.compile(r"(\W*)(He|She)\b")


def numbers_of(cited: Sequence[Any], article: Article) -> tuple[int, ...]:
    """The numbers of the cited sentences in `article`; those that are not of it have none."""
    found = []
    for one in cited:
        if isinstance(one, str):
            found += [sentence.number for sentence in article.sentences if sentence.text == one][:1]
        elif (sentence := article.sentence_at(one.start)) and one.text in sentence.text:
            found.append(sentence.number)
    return tuple(found)


def context_of(claim: str, texts: Sequence[str], numbers: Sequence[int], article: Article) -> str:
    """The sentence that the first cited one is read with, "" where it stands for itself.

    The one before a pronoun or a bare "the company" says who is meant. A question above an answer, and the heading
    above a passage or a list, count where they give a word of the claim.
    """
    before = article.sentence(numbers[0] - 1) if numbers else None
    if not before or before.number in numbers:
        return ""
    if _POINTS_BACK.match(texts[0]):
        return before.text
    while before and _ITEM.match(texts[0]) and _ITEM.match(before.text):
        before = article.sentence(before.number - 1)
    if before and (_ASKS.match(before.text) or _is_heading(before, article)) and gives(before.text, claim, texts):
        return before.text
    return ""


def _is_heading(sentence: Sentence, article: Article) -> bool:
    """Whether it is a short line without a full stop, or opens a list with a colon."""
    short = len(sentence.text.split()) <= HEADING_WORDS and not _STOPS.search(sentence.text)
    return short and article.text[sentence.end : sentence.end + 20].lstrip(" \t*_").startswith(("\n", "\r"))


def gives(text: str, claim: str, texts: Sequence[str]) -> bool:
    """Whether `text` has a word or figure of the claim that the other texts lack."""
    return bool((_told(claim) - _told(" ".join(texts))) & _told(text))


@lru_cache(maxsize=65536)
def _told(text: str) -> frozenset[str]:
    """Stems of its content words, with figures in digits."""
    return frozenset(content_stems(in_digits(text)))


def shortened(claim: str, texts: Sequence[str], before: str = "") -> str:
    """The evidence as one text; of more than six sentences those that share most with the claim, in their order."""
    if len(texts) > MOST_SENTENCES:
        shared = [len(_told(claim) & _told(text)) for text in texts]
        best = sorted(range(len(texts)), key=lambda n: (-shared[n], n))[:MOST_SENTENCES]
        texts = [texts[n] for n in sorted(best)]
    return " ".join(" ".join(text.split()) for text in (before, *texts) if text)


def others(claim: str, texts: Sequence[str], numbers: Sequence[int], analysis: Analysis) -> list[Sentence]:
    """What names whom the cited sentences mean, their neighbours, and the three that share most with the claim."""
    article = analysis.article
    near = [*_naming(claim, texts, numbers, analysis), *(n + step for n in numbers for step in (-1, 1))]
    wanted = [*near, *_nearest(claim, article)] if len(numbers) < len(article.sentences) else []
    found = (article.sentence(number) for number in dict.fromkeys(wanted) if number not in numbers)
    return [sentence for sentence in found if sentence]


def _naming(claim: str, texts: Sequence[str], numbers: Sequence[int], analysis: Analysis) -> list[int]:
    """For each name that the cited sentences lack the nearest sentence before them that has it.

    "Marant took two sorts off the shelves" of "We dropped two": who "we" are stands earlier.
    """
    names = unnamed(claim, texts, analysis) if numbers else ()
    found = (named_before(name, min(numbers), analysis.article) for name in names)
    return [number for number in found if number]


def _nearest(claim: str, article: Article) -> list[int]:
    """Numbers of the sentences whose shared words with the claim weigh most; rare words weigh more (idf)."""
    shared = {sentence.number: _told(claim) & _told(sentence.text) for sentence in article.sentences}
    often = Counter(word for words in shared.values() for word in words)
    weight = {word: round(1000 * math.log(1 + len(shared) / count)) for word, count in often.items()}
    weights = {number: sum(weight[word] for word in words) for number, words in shared.items() if words}
    return sorted(weights, key=lambda number: (-weights[number], number))[:RETRIEVED]


def in_order(sentences: Iterable[Any]) -> list[Any]:
    """Sentences or spans by their place, each once."""
    return sorted({one.start: one for one in sentences}.values(), key=lambda one: one.start)


def replacement(cited: Sequence[Span], analysis: Analysis) -> str:
    """The cited sentences in the order of the article; who "He" or "She" is stands in brackets, where that is sure."""
    spans = in_order(cited)
    texts = [" ".join(span.text.split()) for span in spans]
    if (opening := _OPENING.match(texts[0])) and (name := _meant(spans[0].sentence, analysis)):
        at = opening.end()
        texts[0] = f"{texts[0][:at]} [{name}]{texts[0][at:]}"
    return " ".join(texts)


def _meant(number: int, analysis: Analysis) -> str | None:
    """The one person that the nearest of the two sentences before names; None where none or several are named."""
    people = [found.entity for found in analysis.entities if found.entity.type == "person"]
    for before in range(number - 1, number - 1 - LOOKS_BACK, -1):
        named = [person for person in people if any(mention.sentence == before for mention in person.mentions)]
        if named:
            return named[0].name if len(named) == 1 else None
    return None
