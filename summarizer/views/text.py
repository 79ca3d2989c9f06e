"""Results as a page for the terminal: headline, points, names by type, timeline, answers, and what to doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import DateMention, Entities, Entity, Quantity
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import Issue, Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Event, Timeline
from summarizer.views import wording
from summarizer.views.dossier import Dossier, gather, is_claim
from summarizer.views.legible import legible

_PIPE_WIDTH = 80
_WIDEST = 100

_TYPE_STYLES = {
    "person": "magenta",
    "organisation": "blue",
    "place": "green",
    "group": "cyan",
    "event": "yellow",
    "work": "bright_magenta",
    "product": "bright_blue",
    "other": "",
}


def print_text(results: Sequence[Result[Any]], articles: Mapping[str, Article], console: Console) -> None:
    """Print the page: on a terminal in its width and colours, anywhere else as plain text 80 columns wide."""
    page = render_text(results, articles)
    if console.is_terminal:
        console.print(page, width=min(console.width, _WIDEST))
        return
    plain = Console(width=_PIPE_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    with plain.capture() as capture:
        plain.print(page)
    lines = "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])
    console.file.write(lines.encode(console.encoding, "replace").decode(console.encoding))


def render_text(results: Sequence[Result[Any]], articles: Mapping[str, Article]) -> RenderableType:
    """The page as something rich can print at any width. No text from outside is read as markup."""
    pages = [Group(*_dossier(dossier)) for dossier in gather(results, articles)]
    ruled: list[RenderableType] = []
    for page in pages:
        ruled += [Text(), Rule(style="dim"), Text(), page] if ruled else [page]
    return Group(*ruled)


def render_claims(claims: Sequence[Claim]) -> RenderableType:
    """A summary that is not complete yet: the headline, then the points that are there."""
    headline, *points = claims
    grid = _grid(2)
    for number, point in enumerate(points, 1):
        grid.add_row(Text(f"{number}.", style="dim"), _claim(point))
    return Group(_claim(headline, "bold"), Padding(grid, (1, 0, 0, 0)))


def _dossier(dossier: Dossier) -> Iterator[RenderableType]:
    yield from _head(dossier)
    for _, summary in dossier.of(Summary):
        yield from _points(summary)
    for _, entities in dossier.of(Entities):
        yield from _entities(entities)
    for _, timeline in dossier.of(Timeline):
        yield from _timeline(timeline, dossier.names)
    for _, answer in dossier.of(Answer):
        yield from _answer(answer)
    for finding in dossier.others:
        yield _title(finding.result.task)
        yield _tree(finding.value)
    yield from _doubts(dossier)
    yield from _runs(dossier)


def _head(dossier: Dossier) -> Iterator[RenderableType]:
    cited = next((_cited(s.headline.evidence) for _, s in dossier.of(Summary)), Text())
    yield _joined(Text(legible(dossier.title), style="bold"), cited)
    coverage = max((f.result.coverage for f in dossier.findings), key=lambda c: (c.sentences, c.read))
    facts = (legible(dossier.ref.source), wording.plain_day(dossier.ref.published), wording.coverage(coverage))
    yield Text(" · ".join(fact for fact in facts if fact), style="dim")


def _title(text: str) -> RenderableType:
    return Padding(Text(legible(text).upper(), style="bold"), (1, 0, 0, 0))


def _points(summary: Summary) -> Iterator[RenderableType]:
    grid = _grid(2)
    for number, point in enumerate(summary.points, 1):
        grid.add_row(Text(f"{number}.", style="dim"), _claim(point))
    if summary.points:
        yield Padding(grid, (1, 0, 0, 0))


def _claim(claim: Claim, style: str = "") -> Text:
    doubt = Text("  (unchecked)", style="yellow") if claim.support == "unchecked" else Text()
    return Text.assemble(_joined(Text(legible(claim.text), style=style), _cited(claim.evidence)), doubt)


def _cited(evidence: Sequence[Span]) -> Text:
    """The numbers of the sentences a claim rests on: `[2, 3]`."""
    numbers = ", ".join(str(n) for n in dict.fromkeys(span.sentence for span in evidence if span.resolved))
    return Text(f"[{numbers}]", style="cyan") if numbers else Text()


def _joined(text: Text, cited: Text) -> Text:
    return Text.assemble(text, "  ", cited) if cited else text


def _entities(found: Entities) -> Iterator[RenderableType]:
    for kind, title in wording.TYPES.items():
        group = [entity for entity in found.entities if entity.type == kind]
        if group:
            yield _title(title)
            yield _names(group, _TYPE_STYLES[kind])
    if found.dates:
        yield _title("Dates")
        yield _rows((date.text, _read_as(date)) for date in found.dates)
    if found.quantities:
        yield _title("Figures")
        yield _rows((quantity.text, _measured(quantity, found.quantities)) for quantity in found.quantities)


def _names(group: Sequence[Entity], style: str) -> RenderableType:
    grid = _grid(2)
    for entity in group:
        name = Text(legible(entity.name), style=style)
        if entity.aliases:
            name.append(f"  also {', '.join(map(legible, entity.aliases))}", style="dim")
        told = Group(name, _claim(entity.role, "dim")) if entity.role else name
        grid.add_row(Text(f"{len(entity.mentions)}×", style="dim"), told)
    return grid


def _rows(pairs: Iterator[tuple[str, str]]) -> RenderableType:
    grid = _grid(2)
    for text, meaning in pairs:
        grid.add_row(Text(), Text.assemble(legible(text), (f"  = {meaning}" if meaning else "", "dim")))
    return grid


def _read_as(date: DateMention) -> str:
    return wording.plain_date(legible(date.iso)) if date.iso else "not resolved"


def _measured(quantity: Quantity, among: Sequence[Quantity]) -> str:
    if quantity.same_as is not None and 0 <= quantity.same_as < len(among):
        return legible(among[quantity.same_as].text)
    return legible(wording.measure(quantity))


def _timeline(timeline: Timeline, names: Mapping[str, str]) -> Iterator[RenderableType]:
    if not timeline.events:
        return
    yield _title("Timeline")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=24, overflow="fold")
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    for when, events in groupby(timeline.events, key=lambda event: event.when):
        for position, event in enumerate(events):
            day = wording.plain_date(legible(when)) if when else "no date"
            grid.add_row(
                Text("" if position else day, style="dim"), wording.MARKS[event.certainty], _event(event, names)
            )
    yield grid


def _event(event: Event, names: Mapping[str, str]) -> Text:
    by = f"{wording.told_by(event.certainty)}{legible(event.attributed_to)}" if event.attributed_to else ""
    who = ", ".join(legible(names[one]) for one in event.participants if one in names)
    note = f"  {event.certainty}{by}" if by or event.certainty != "happened" else ""
    return Text.assemble(_claim(event.claim), (note, "italic"), (f"  {who}" if who else "", "dim"))


def _answer(answer: Answer) -> Iterator[RenderableType]:
    yield Padding(Text(legible(answer.question), style="bold italic"), (1, 0, 0, 0))
    if not answer.found:
        yield Text(wording.NOT_FOUND, style="yellow")
        if answer.closest:
            yield Text("Nearest passages:", style="dim")
            yield from map(_quote, answer.closest)
        return
    if answer.short:
        yield Text(legible(answer.short), style="bold green")
    for claim in answer.claims:
        yield _claim(claim)
        yield from (_quote(span) for span in claim.evidence if span.resolved and span.text != claim.text)
    for group in answer.conflicts:
        yield Text("The article contradicts itself:", style="yellow")
        yield from (Padding(_claim(claim), (0, 0, 0, 2)) for claim in group)


def _quote(span: Span) -> RenderableType:
    grid = _grid(2)
    grid.add_row(Text(f"[{span.sentence}]", style="cyan"), Text(legible(span.text), style="dim"))
    return grid


def _tree(value: Any) -> RenderableType:
    """A value of no known form: its fields by name, lists as items, claims with their sentences."""
    if is_claim(value):
        return _claim(Claim.model_validate(value))
    if isinstance(value, Mapping):
        return Group(*(_field(legible(str(name)), inner) for name, inner in value.items()))
    if isinstance(value, list):
        grid = _grid(2)
        for inner in value:
            grid.add_row("-", _tree(inner))
        return grid
    return Text("unknown" if value is None else legible(str(value)))


def _field(name: str, value: Any) -> RenderableType:
    if isinstance(value, Mapping | list) and not is_claim(value):
        return Group(Text(f"{name}:", style="bold"), Padding(_tree(value), (0, 0, 0, 2)))
    shown = _tree(value)
    return Text.assemble((f"{name}: ", "bold"), shown) if isinstance(shown, Text) else shown


def _doubts(dossier: Dossier) -> Iterator[RenderableType]:
    """What did not go well: results that are not complete, and issues."""
    short = [f.result for f in dossier.findings if f.result.status != "complete"]
    issues = [(f.result.task, issue) for f in dossier.findings for issue in f.result.issues]
    if not short and not issues:
        return
    yield _title(wording.count(len(issues), "issue") if issues else "Not complete")
    for result in short:
        yield Text(f"{legible(result.task)} is {result.status}: {wording.coverage(result.coverage)}", style="red")
    for task, issue in issues:
        yield _issue(task, issue)


def _issue(task: str, issue: Issue) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=8)
    grid.add_column(ratio=1, overflow="fold")
    where = f"  {legible(task)} {legible(issue.code)} {legible(issue.where)}"
    grid.add_row(
        Text(wording.ACTIONS[issue.action], style="yellow"), Text.assemble(legible(issue.message), (where, "dim"))
    )
    return grid


def _runs(dossier: Dossier) -> Iterator[RenderableType]:
    yield Text()
    for run in dossier.runs:
        facts = (legible(run.model), wording.tokens(run), wording.money(run.cost_usd), wording.seconds(run.seconds))
        yield Text("read by " + " · ".join(facts), style="dim")


def _grid(columns: int) -> Table:
    """Narrow columns that hang to the left of one wide column."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for _ in range(columns - 1):
        grid.add_column(justify="right", min_width=3, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    return grid
