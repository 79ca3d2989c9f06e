"""Answers for a terminal, each with the sentences it rests on; of many articles each sentence with its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import ArticleRef, Result
from summarizer.views import wording
from summarizer.views.dossier import runs_of
from summarizer.views.legible import legible

NONE_SAYS = "None of the articles says."
NARROW = 80


def text_of(results: Sequence[Result[Any]], width: int = NARROW) -> str:
    """The answers as plain text of this width, and who read."""
    plain = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with plain.capture() as capture:
        plain.print(page_of(results))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])


def page_of(results: Sequence[Result[Any]]) -> RenderableType:
    """All answers, and who read."""
    parts: list[RenderableType] = []
    for result in results:
        parts += [answer_of(result), Text()]
    for run in runs_of(results):
        facts = (legible(run.model), wording.tokens(run), wording.money(run.cost_usd), wording.seconds(run.seconds))
        parts.append(Text("read by " + " · ".join(facts), style="dim"))
    return Group(*parts)


def answer_of(result: Result[Any], *, question: bool = True) -> RenderableType:
    """One answer; under its question where that is not on the screen yet."""
    return Group(*_lines(result, question=question))


def claim_of(claim: Claim) -> Text:
    """One claim about one article, while an answer is still being written."""
    return _claim(claim, {})


def _lines(result: Result[Any], *, question: bool) -> Iterator[RenderableType]:
    answer = result.value
    if not isinstance(answer, Answer):
        yield Text(f"{result.task} is {result.status}", style="red")
        return
    names = _names(answer.articles)
    if question:
        yield Text(legible(answer.question), style="bold italic")
    if answer.found:
        yield from _found(answer, names)
    else:
        yield Text(NONE_SAYS if answer.articles or not result.article.id else wording.NOT_FOUND, style="yellow")
        if answer.closest:
            yield Text("Nearest passages:", style="dim")
            yield from (_quote(span, names) for span in answer.closest)
    for issue in result.issues:
        yield Text(f"{wording.ACTIONS[issue.action]}: {legible(issue.message)}", style="dim")


def _found(answer: Answer, names: Mapping[str, str]) -> Iterator[RenderableType]:
    if answer.short:
        yield Text(legible(answer.short), style="bold green")
    for claim in answer.claims:
        yield _claim(claim, names)
        yield from (_quote(span, names) for span in claim.evidence if span.resolved and span.text != claim.text)
    days = {ref.id: wording.plain_day(ref.published) for ref in answer.articles}
    for group in answer.conflicts:
        yield Text("The articles contradict each other:", style="yellow")
        for claim in group:
            day = next((days.get(span.article) for span in claim.evidence if span.article), None)
            dated = Text(f"  published {day}", style="dim") if day else Text("  no date", style="dim")
            yield Padding(Text.assemble(_claim(claim, names), dated), (0, 0, 0, 2))


def _claim(claim: Claim, names: Mapping[str, str]) -> Text:
    cited = ", ".join(dict.fromkeys(cite(span, names) for span in claim.evidence if span.resolved))
    doubt = Text("  (unchecked)", style="yellow") if claim.support == "unchecked" else Text()
    return Text.assemble(legible(claim.text), (f"  [{cited}]", "cyan"), doubt)


def _quote(span: Span, names: Mapping[str, str]) -> RenderableType:
    return Padding(Text.assemble((f"[{cite(span, names)}] ", "cyan"), (legible(span.text), "dim")), (0, 0, 0, 2))


def cite(span: Span, names: Mapping[str, str]) -> str:
    """`3`, or `bridge.txt 3` where several articles are spoken of."""
    name = names.get(span.article or "")
    return f"{name} {span.sentence}" if name else str(span.sentence)


def _names(articles: Sequence[ArticleRef]) -> dict[str, str]:
    """What each article is called: its file's name, the whole path where two files share one."""
    short = {ref.id: PurePath(ref.source).name or ref.title or ref.id[:12] for ref in articles}
    names = list(short.values())
    return {ref.id: legible(short[ref.id] if names.count(short[ref.id]) == 1 else ref.source) for ref in articles}


def places(answer: Answer, of: ArticleRef) -> Iterator[str]:
    """The evidence of an answer in full: file, sentence, offsets, text."""
    sources = {ref.id: ref.source for ref in (of, *answer.articles)}
    claims = [*answer.claims, *(claim for group in answer.conflicts for claim in group)]
    spans = [span for claim in claims for span in claim.evidence] or answer.closest
    for span in dict.fromkeys((s.article, s.start, s.end, s.sentence, s.text) for s in spans):
        article, start, end, sentence, text = span
        source = legible(sources.get(article or of.id) or "-")
        yield f"{source}, sentence {sentence}, characters {start}–{end}: {legible(text)}"
