"""Articles of invented words with results on them, as many as wanted, the same on every run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from summarizer.article import Article, Sentence
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities, Entity, EntityType
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Usage
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Event, Timeline

_SYLLABLES = ("ba", "den", "fi", "gor", "hal", "ka", "lo", "mir", "no", "pel", "ri", "su", "ta", "ver", "wi", "zo")
_VERBS = ("met", "warned", "praised", "visited", "sued", "left", "joined", "bought", "watched", "answered")
_KINDS: tuple[EntityType, ...] = ("person", "organisation", "place", "event", "product")


def library(size: int, *, sentences: int = 30) -> tuple[list[Result[Any]], dict[str, Article]]:
    """Four results on each of `size` articles of `sentences` sentences."""
    written = [_article(number, sentences) for number in range(size)]
    return [r for n, (article, names) in enumerate(written) for r in _results(n, article, names)], {
        article.id: article for article, _ in written
    }


def _article(number: int, length: int) -> tuple[Article, list[str]]:
    """An article, and the names in it. Every seventh has emoji, so that offsets in UTF-16 differ."""
    draw = Random(number)
    names = list(dict.fromkeys(f"{_word(draw, 2)} {_word(draw, 3)}".title() for _ in range(14)))
    lines = [f"Article {number} begins here with {names[0]}."]
    for _ in range(length - 1):
        one, other = draw.sample(names, 2)
        smile = " 🙂" if number % 7 == 0 else ""
        rest = " ".join(_word(draw, 2) for _ in range(draw.randint(8, 22)))
        lines.append(f"{one} {draw.choice(_VERBS)} {other}{smile} because {rest}.")
    text = "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, length, 3))
    day = date(2024, 1, 1) + timedelta(days=number % 366)
    return Article(text=text, published=day, source=f"articles/{number:04}.txt"), names


def _word(draw: Random, syllables: int) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(syllables))


def _results(number: int, article: Article, names: Sequence[str]) -> list[Result[Any]]:
    draw = Random(-number - 1)
    claims = [_claim(sentence) for sentence in sorted(draw.sample(article.sentences, 12), key=lambda s: s.number)]
    issue = Issue(code="ungrounded", where="/points/1", message="a name is not in its sentence", action="replaced")
    summary = Summary(headline=_claim(article.sentences[0]), points=claims[:5])
    entities = Entities(entities=[_entity(article, n, name) for n, name in enumerate(names)], dates=[], quantities=[])
    start = article.published or date(2024, 1, 1)
    events = [
        Event(
            when=str(start + timedelta(days=n * n)), claim=c, certainty="happened", attributed_to=None, participants=[]
        )
        for n, c in enumerate(claims[5:11])
    ]
    answer = Answer(question=f"Whom did {names[0]} meet?", found=number % 5 > 0, claims=claims[11:], short=names[1])
    return [
        _result(number, "summary", article, summary, [issue] if number % 4 == 0 else []),
        _result(number, "entities", article, entities, []),
        _result(number, "timeline", article, Timeline(events=events), []),
        _result(number, "answer", article, answer, []),
    ]


def _claim(sentence: Sentence) -> Claim:
    return Claim(text=sentence.text, evidence=[Span.of(sentence)], support="verbatim")


def _entity(article: Article, number: int, name: str) -> Entity:
    mentions = []
    at = article.text.find(name)
    while at >= 0:
        sentence = article.sentence_at(at)
        if sentence:
            mentions.append(Mention(sentence=sentence.number, start=at, end=at + len(name), text=name))
        at = article.text.find(name, at + len(name))
    kind = _KINDS[number % len(_KINDS)]
    return Entity(id=f"e{number}", name=name, type=kind, aliases=[], role=None, mentions=mentions)


def _result(number: int, task: str, article: Article, value: Any, issues: list[Issue]) -> Result[Any]:
    read = len(article.sentences)
    return Result[Any](
        task=task,
        status="complete",
        value=value,
        issues=issues,
        coverage=Coverage(sentences=read, read=read),
        article=ArticleRef(
            id=article.id, source=article.source, title=None, published=article.published, characters=len(article.text)
        ),
        run=Run(
            id=f"run-{number}",
            model="invented/words",
            prompt=f"{task}@000000000000",
            schema=f"{task}@000000000000",
            version="0.1.0",
            requests=1,
            decided=0,
            usage=Usage(input_tokens=900 + number, output_tokens=200),
            cost_usd=0.0004,
            seconds=1.5,
        ),
    )
