"""Results as a page for the terminal: what matters on a screen, the rest counted; all of it on demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.article import Article
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Issue, Result, Run
from summarizer.tasks.view import Line, Section
from summarizer.views import wording
from summarizer.views.dossier import Dossier, Finding, gather
from summarizer.views.legend import legend, mark
from summarizer.views.legible import legible

PIPE_WIDTH = 80
WIDEST = 100
LABEL = 18
"""Columns a label may take; longer ones stand in the line."""


def print_text(
    results: Sequence[Result[Any]], articles: Mapping[str, Article], console: Console, *, everything: bool = False
) -> None:
    """Print the page: on a terminal in its width and colours, anywhere else as plain text 80 columns wide."""
    if console.is_terminal:
        page = render_text(results, articles, everything=everything)
        console.print(page, width=min(console.width, WIDEST))
        return
    lines = plain_text(results, articles, everything=everything)
    console.file.write(lines.encode(console.encoding, "replace").decode(console.encoding))


def plain_text(
    results: Sequence[Result[Any]],
    articles: Mapping[str, Article],
    *,
    everything: bool = False,
    width: int = PIPE_WIDTH,
) -> str:
    """The page without colours."""
    plain = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with plain.capture() as capture:
        plain.print(render_text(results, articles, everything=everything))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])


def render_text(
    results: Sequence[Result[Any]], articles: Mapping[str, Article], *, everything: bool = False
) -> RenderableType:
    """The page as something rich can print at any width. No text from outside is read as markup."""
    parts: list[RenderableType] = []
    for dossier in gather(results, articles):
        parts += [Text(), Rule(style="dim"), Text()] if parts else []
        parts += _dossier(dossier, everything=everything)
    return Group(*parts)


def render_result(result: Result[Any]) -> RenderableType:
    """What one result says, without its article and who read it: the answer to a question that is on the screen."""
    finding = Finding(result)
    lines = [part for section in finding.sections for part in _section(section, finding, everything=True)]
    return Group(*lines, *_doubts([finding]), *_legend({line.support for s in finding.sections for line in s.lines}))


def render_claim(claim: Claim) -> RenderableType:
    """One claim that has arrived while a model still writes."""
    numbers = ", ".join(dict.fromkeys(str(span.sentence) for span in claim.evidence))
    return Text.assemble("• ", legible(claim.text), (f"  [{numbers}]", "cyan"))


def _dossier(dossier: Dossier, *, everything: bool) -> Iterator[RenderableType]:
    coverage = max((f.result.coverage for f in dossier.findings), key=lambda c: (c.sentences, c.read))
    source = legible(dossier.ref.source)
    facts = (source, wording.plain_day(dossier.ref.published), wording.coverage(coverage))
    yield Text(legible(dossier.title), style="italic")
    yield Text(" · ".join(fact for fact in facts if fact and fact != dossier.title), style="dim")
    for finding in dossier.findings:
        for section in finding.sections:
            yield from _section(section, finding, everything=everything)
    yield Text()
    if not everything and (left := _left_out(dossier)):
        yield Text(f"{left}: --all shows them", style="dim")
    yield from _doubts(dossier.findings)
    yield from _legend(dossier.supports)
    yield from map(_run, dossier.runs)


def _section(section: Section, finding: Finding, *, everything: bool) -> Iterator[RenderableType]:
    shown = [line for line in section.lines if everything or not line.minor]
    if not shown:
        return
    if section.title:
        style = "bold italic" if section.head else "bold"
        yield Padding(Text(_title(section), style=style), (1, 0, 0, 0))
    elif section.head:
        yield Text()
    if section.head:
        yield from (_line(line, finding, "bold") for line in shown)
        return
    yield Padding(_grid(shown, finding), (0 if section.title else 1, 0, 0, 0))


def _title(section: Section) -> str:
    return legible(section.title) if section.head else legible(section.title).upper()


def _grid(lines: Sequence[Line], finding: Finding) -> Table:
    """Labels to the left of the lines."""
    labels = [legible(line.label) for line in lines]
    width = max((len(label) for label in labels if len(label) <= LABEL), default=0)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=max(width, 1), no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for label, line in zip(labels, lines, strict=True):
        short = "" if len(label) > LABEL else label
        said = Text.assemble((f"{label}: ", "bold")) if len(label) > LABEL else Text()
        grid.add_row(Text(short or ("" if width else "•"), style="dim"), said.append_text(_line(line, finding)))
    return grid


def _line(line: Line, finding: Finding, style: str = "") -> Text:
    text = Text.assemble((legible(line.text), style))
    if line.note:
        text.append(f"  {legible(line.note)}", style="dim italic")
    if cited := legible(finding.cited(line.evidence)):
        text.append("  ").append(f"[{cited}]", style="cyan")
    if sign := mark(line.support):
        text.append(f" {sign}", style="yellow" if line.support == "unchecked" else "dim")
    return text


def _left_out(dossier: Dossier) -> str:
    """How many lines of which sections are not shown."""
    parts = []
    for finding in dossier.findings:
        for section in finding.sections:
            minor = sum(line.minor for line in section.lines)
            if minor:
                more = " more" if minor < len(section.lines) else ""
                parts.append(f"{minor}{more} {legible(section.title or finding.result.task)}")
    return ", ".join(parts)


def _doubts(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    """What did not go well, in a line each: results that are not complete, and what was dropped or replaced."""
    for finding in findings:
        result = finding.result
        if result.status != "complete":
            told = f"{legible(result.task)} is {result.status}: {wording.coverage(result.coverage)}"
            yield Text(told, style="red")
        yield from map(_issue, finding.issues)


def _issue(issue: Issue) -> RenderableType:
    return Text.assemble((wording.ACTIONS[issue.action], "yellow"), ": ", (legible(issue.message), "dim"))


def _legend(used: Iterable[str | None]) -> Iterator[RenderableType]:
    if explained := legend(one for one in used if one):
        yield Text(explained, style="dim")


def _run(run: Run) -> RenderableType:
    facts = (legible(run.model), wording.tokens(run), wording.money(run.cost_usd), wording.seconds(run.seconds))
    return Text("read by " + " · ".join(facts), style="dim")
