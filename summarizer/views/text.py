"""Results as a page for the terminal: what matters on a screen, the rest counted; all of it on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.article import Article
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.tasks.view import Line, Section
from summarizer.views import wording
from summarizer.views.dossier import Dossier, Finding, gather
from summarizer.views.wording import legible

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
    dossier = Dossier(result.article, None, (Finding(result),))
    return Group(*_said(dossier, everything=True), *_doubts(dossier))


def render_claim(claim: Claim) -> RenderableType:
    """One claim that has arrived while a model still writes."""
    numbers = ", ".join(dict.fromkeys(str(span.sentence) for span in claim.evidence))
    return Text.assemble("• ", legible(claim.text), (f"  [{numbers}]", "cyan"))


def _dossier(dossier: Dossier, *, everything: bool) -> Iterator[RenderableType]:
    heads = {line.text for f in dossier.findings for section in f.sections if section.head for line in section.lines}
    if dossier.title not in heads:  # a title that is the headline is not said twice
        yield Text(legible(dossier.title), style="italic")
    yield Text(" · ".join(legible(fact) for fact in dossier.facts if fact != dossier.title), style="dim")
    said = list(_said(dossier, everything=everything))
    left = "" if everything else _left_out(dossier)
    yield from said
    yield Text()
    if left:
        yield Text(f"not shown: {left} (--all shows them)", style="dim")
    elif not said and not any(finding.unfinished for finding in dossier.findings):
        yield Text("nothing found", style="dim")
    yield from _doubts(dossier)
    for run in dossier.runs:
        yield Text(f"read by {legible(wording.read_by(run))}", style="dim")


def _said(dossier: Dossier, *, everything: bool) -> Iterator[RenderableType]:
    for finding in dossier.findings:
        for section in finding.sections:
            yield from _section(section, finding, everything=everything)


def _section(section: Section, finding: Finding, *, everything: bool) -> Iterator[RenderableType]:
    shown = [line for line in section.lines if everything or not line.minor]
    if not shown:
        return
    if section.title:
        title = legible(section.title)
        shape = Text(title, style="bold italic") if section.head else Text(title.upper(), style="bold")
        yield Padding(shape, (1, 0, 0, 0))
    elif section.head:
        yield Text()
    if section.head:
        yield from (_line(line, finding, "bold") for line in shown)
    else:
        yield Padding(_grid(shown, finding), (0 if section.title else 1, 0, 0, 0))


def _grid(lines: Sequence[Line], finding: Finding) -> Table:
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
    if sign := wording.mark(line.support):
        text.append(f" {sign}", style="yellow" if line.support == "unchecked" else "dim")
    return text


def _left_out(dossier: Dossier) -> str:
    """How many lines of which sections are not shown: "places 7, timeline 6 more"."""
    parts = []
    for finding in dossier.findings:
        for section in finding.sections:
            minor = sum(line.minor for line in section.lines)
            if minor:
                more = " more" if minor < len(section.lines) else ""
                parts.append(f"{legible(section.title or finding.result.task)} {minor}{more}")
    return ", ".join(parts)


def _doubts(dossier: Dossier) -> Iterator[RenderableType]:
    """What did not go well, in a line each: results that are not complete, and what was dropped or replaced."""
    for finding in dossier.findings:
        if finding.unfinished:
            yield Text(f"{legible(finding.result.task)} {finding.unfinished}", style="red")
        for issue in dossier.issues_of(finding):
            yield Text.assemble((wording.ACTIONS[issue.action], "yellow"), ": ", (legible(issue.message), "dim"))
    if dossier.legend:
        yield Text(dossier.legend, style="dim")
