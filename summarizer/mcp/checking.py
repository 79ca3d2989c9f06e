"""The tool that checks: statements of anybody's against articles, and stored results against theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from summarizer.settings import Policy
from summarizer.views.wording import legible


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
