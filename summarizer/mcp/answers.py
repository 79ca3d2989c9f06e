"""What tools give back: results and the sentences they rest on, whole on demand; verdicts on anybody's statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import Field

from summarizer.article import Article
from summarizer.evaluation import find_articles, read_stored, refs_in, verify
from summarizer.evaluation.stored import Found
from summarizer.grounding import Checker, Grounder
from summarizer.grounding.evidence import in_order, others
from summarizer.pipeline import analysis_of
from summarizer.reading import Unreadable
from summarizer.schemas.evidence import Span, Support, Value
from summarizer.schemas.result import Result, Status
from summarizer.settings import Policy
from summarizer.tasks.view import Line, Place
from summarizer.views.dossier import Finding, abstained
from summarizer.views.text import plain_text
from summarizer.views.wording import ACTIONS, legible

WIDTH = 100


class Said(Value):
    """One line of a result. `cites` are keys of `sentences`; `support` is null for what is no statement."""

    section: str = ""
    label: str = ""
    text: str
    note: str = ""
    support: Support | None = None
    cites: list[str] = Field(default_factory=list)


class Told(Value):
    """What one result says.

    `abstained` means that the article does not say; `issues` tell what was dropped, replaced, unread or unchecked.
    """

    task: str
    source: str
    status: Status
    abstained: bool
    said: list[Said]
    sentences: dict[str, str] = Field(description="The cited sentences, word for word.")
    issues: list[str]
    model: str
    cost_usd: float | None = Field(description="Null where the price is not known.")
    result: dict[str, Any] | None = Field(None, description="The result whole, where `full` asks for it.")


class Answers(Value):
    """What a call gave; `unread` tells what could not be read, and why."""

    results: list[Told]
    unread: list[str]


def answers(
    results: Sequence[Result[Any]], articles: Mapping[str, Article], unread: Sequence[str], *, full: bool
) -> tuple[Answers, str]:
    """The results as an assistant takes them, and as a text that says the same."""
    told = [_told(result, articles, full=full) for result in results]
    texts = [_text(result, articles, one) for result, one in zip(results, told, strict=True)]
    return Answers(results=told, unread=list(unread)), "\n".join([*texts, *unread])


def _text(result: Result[Any], articles: Mapping[str, Article], told: Told) -> str:
    page = plain_text([result], articles, everything=True, width=WIDTH)
    return page + "".join(f"[{key}] {legible(sentence)}\n" for key, sentence in told.sentences.items())


def _told(result: Result[Any], articles: Mapping[str, Article], *, full: bool) -> Told:
    finding, sentences = Finding(result), dict[str, str]()

    def said(title: str, line: Line) -> Said:
        found = {finding.cited([place]): sentence_of(place, result.article.id, articles) for place in line.evidence}
        sentences.update(found)
        return Said(
            section=title, label=line.label, text=line.text, note=line.note, support=line.support, cites=list(found)
        )

    return Told(
        task=result.task,
        source=result.article.source,
        status=result.status,
        abstained=abstained(result),
        said=[said(section.title, line) for section in finding.sections for line in section.lines],
        sentences=sentences,
        issues=[f"{ACTIONS[issue.action]}: {issue.message}" for issue in finding.issues],
        model=result.run.model,
        cost_usd=result.run.cost_usd,
        result=result.model_dump(mode="json", by_alias=True) if full else None,
    )


def sentence_of(place: Place, article: str, articles: Mapping[str, Article]) -> str:
    """The sentence that a place is in."""
    found = articles.get(place.article or article)
    sentence = found.sentence(place.sentence) if found else None
    return " ".join((sentence or place).text.split())


class Verdict(Value):
    """Whether one article says a statement.

    `supported` is null where the check cannot tell; `score` is the reader's probability, null for the article's words.
    """

    statement: str
    source: str
    supported: bool | None
    support: Support | None
    score: float | None
    sentences: dict[str, str] = Field(description="The sentences it rests on, or that come nearest.")
    problems: list[str]


class Checked(Value):
    """Verdicts on statements; or, of stored results, whether all hold and each finding."""

    verdicts: list[Verdict]
    stored: dict[str, Any] | None
    unread: list[str]


def judged(statements: Sequence[str], articles: Sequence[Article], checker: Checker) -> list[Verdict]:
    """Each statement before each article."""
    return [_judged(statement, article, checker) for statement in statements for article in articles]


def _judged(statement: str, article: Article, checker: Checker) -> Verdict:
    """On the sentence that shares most with it, which the grounder betters; else on the three that do, together."""
    analysis = analysis_of(article)
    near = [Span.of(sentence) for sentence in others(statement, (), (), analysis)]
    for nearest in (near[:1], in_order(near)):
        grounder = Grounder(analysis, checker, Policy.DROP)
        if claim := grounder.claim(statement, nearest, ""):
            break
    problems = [problem for failure in grounder.failures for problem in failure.problems]
    if claim and claim.support == "unchecked":
        problems = [issue.message for issue in grounder.issues]
    evidence = claim.evidence if claim else nearest
    return Verdict(
        statement=statement,
        source=article.source,
        supported=None if claim and claim.support == "unchecked" else claim is not None,
        support=claim.support if claim else None,
        score=claim.score if claim else None,
        sentences={str(span.sentence): " ".join(span.text.split()) for span in evidence},
        problems=problems if nearest else ["no word of it stands in the article"],
    )


def stored(path: Path, articles: Sequence[Article], read: Callable[[str], Iterable[Article | Unreadable]]) -> Any:
    """What `summarizer check` finds in a file of results; without articles the sources that they name are read."""
    results = read_stored(path)
    refs = refs_in(results)
    if articles:
        found = Found()
        found.keep(articles, {ref.id for ref in refs})
    else:
        found = find_articles(refs, None, read)
    audit = verify(results, found)
    return {"holds": audit.holds, **asdict(audit)}


def in_words(checked: Checked) -> str:
    """The same as a text."""
    return "\n".join([*map(_verdict, checked.verdicts), *_findings(checked.stored or {}), *checked.unread])


def _verdict(one: Verdict) -> str:
    outcome = {True: "supported", False: "not supported", None: "not checkable"}[one.supported]
    told = f" ({'; '.join(one.problems)})" if one.problems else ""
    cited = "".join(f"\n  [{number}] {legible(text)}" for number, text in one.sentences.items())
    return f"{outcome} by {legible(one.source)}: {legible(one.statement)}{told}{cited}"


def _findings(found: dict[str, Any]) -> Iterator[str]:
    if found:
        outcome = "everything holds" if found["holds"] else f"{len(found['findings'])} do not hold"
        yield f"{found['claims']} claims of {found['results']} results verified: {outcome}"
        for one in found["findings"]:
            yield legible(f"line {one['line']}: {one['code']}: {one['source']} {one['where']}: {one['message']}")
