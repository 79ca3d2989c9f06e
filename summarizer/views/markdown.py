"""Results as Markdown that reads well on GitHub, each claim with footnotes that quote its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.article import Article
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities, Entity
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import Issue, Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Event, Timeline
from summarizer.views import wording
from summarizer.views.dossier import Dossier, gather, is_claim
from summarizer.views.legible import legible

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$^!]")
_OPENING = re.compile(r"(\d{0,9})([-+=#.)])")
# GitHub makes links of these after it has undone all backslashes: only a character in between keeps them text.
_LINKED = re.compile(r"@(?=\S)|#(?=\d)|(?<=\w):(?=//)|(?i:www)(?=\.)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    """`text` on one line, so that Markdown shows exactly it: no emphasis, link, table, list, heading, HTML or formula.

    An invisible word joiner is put where GitHub would make a link of an address, a name or an issue number.
    """
    line = _SPECIAL.sub(lambda match: f"\\{match[0]}", legible(text))
    line = _LINKED.sub(lambda match: match[0] + _WORD_JOINER, line)
    opening = _OPENING.match(line)
    return f"{opening[1]}\\{line[opening.end(1) :]}" if opening else line


class Footnotes:
    """The passages cited so far, each once, numbered in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._notes: list[str] = []

    def cite(self, evidence: Sequence[Span], article: str) -> str:
        """References to `evidence` of the article with this id, to stand right behind a claim."""
        return "".join(f"[^{self._number(span, article)}]" for span in evidence if span.resolved)

    def _number(self, span: Span, article: str) -> int:
        key = (span.article or article, span.start, span.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            place = f"Sentence {span.sentence}, characters {span.start}–{span.end}: "
            self._notes.append(f"[^{self._numbers[key]}]: {place}“{escape(span.text)}”")
        return self._numbers[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._notes)


def render_markdown(results: Sequence[Result[Any]], articles: Mapping[str, Article]) -> str:
    """All results as one Markdown document, a part for each article."""
    notes = Footnotes()
    blocks: list[str] = []
    for dossier in gather(results, articles):
        blocks += [*(["---"] if blocks else []), *_Page(dossier, notes).blocks()]
    return "\n\n".join([*blocks, *notes]) + "\n" if blocks else ""


class _Page:
    """The part of the document that is about one article."""

    def __init__(self, dossier: Dossier, notes: Footnotes) -> None:
        self._dossier = dossier
        self._notes = notes

    def blocks(self) -> Iterator[str]:
        dossier = self._dossier
        yield from self._head()
        for _, summary in dossier.of(Summary):
            yield _list(self._claim(point) for point in summary.points)
        for _, entities in dossier.of(Entities):
            yield from self._entities(entities)
        for _, timeline in dossier.of(Timeline):
            yield from self._timeline(timeline)
        yield from self._answers()
        for finding in dossier.others:
            yield f"## {escape(finding.result.task)}"
            yield "\n".join(self._tree(finding.value, 0))
        yield from self._doubts()

    def _head(self) -> Iterator[str]:
        dossier = self._dossier
        headline = next((self._cited(s.headline) for _, s in dossier.of(Summary)), "")
        yield f"# {escape(dossier.title)}{headline}"
        read = max((f.result.coverage for f in dossier.findings), key=lambda c: (c.sentences, c.read))
        source, day = escape(dossier.ref.source), wording.plain_day(dossier.ref.published)
        yield " · ".join(fact for fact in (source, day, wording.coverage(read)) if fact)

    def _cited(self, claim: Claim) -> str:
        return self._notes.cite(claim.evidence, self._dossier.ref.id)

    def _claim(self, claim: Claim) -> str:
        doubt = " *(unchecked)*" if claim.support == "unchecked" else ""
        return escape(claim.text) + self._cited(claim) + doubt

    def _entities(self, found: Entities) -> Iterator[str]:
        if found.entities:
            yield "## Names"
            kinds = [(title, [e for e in found.entities if e.type == kind]) for kind, title in wording.TYPES.items()]
            rows = [(title if not i else "", *self._entity(e)) for title, es in kinds for i, e in enumerate(es)]
            yield _table(("", "Name", "Also", "Role", "Named"), rows)
        if found.dates:
            yield "## Dates"
            rows_of_dates = [(d.text, wording.plain_date(d.iso) if d.iso else "not resolved") for d in found.dates]
            yield _table(("In the article", "Read as"), [(escape(a), escape(b)) for a, b in rows_of_dates])
        if found.quantities:
            yield "## Figures"
            rows_of_figures = [(escape(q.text), escape(wording.measure(q))) for q in found.quantities]
            yield _table(("In the article", "Read as"), rows_of_figures)

    def _entity(self, entity: Entity) -> tuple[str, str, str, str]:
        role = self._claim(entity.role) if entity.role else ""
        aliases = ", ".join(escape(alias) for alias in entity.aliases)
        return f"**{escape(entity.name)}**", aliases, role, f"{len(entity.mentions)}×"

    def _timeline(self, timeline: Timeline) -> Iterator[str]:
        if timeline.events:
            yield "## Timeline"
            yield _table(("When", "", "What"), [self._event(event) for event in timeline.events])

    def _event(self, event: Event) -> tuple[str, str, str]:
        when = escape(wording.plain_date(event.when)) if event.when else "*no date*"
        by = f"{wording.told_by(event.certainty)}{escape(event.attributed_to)}" if event.attributed_to else ""
        return when, f"{wording.MARKS[event.certainty]} {event.certainty}{by}", self._claim(event.claim)

    def _answers(self) -> Iterator[str]:
        answers = self._dossier.of(Answer)
        if answers:
            yield "## Questions"
        for _, answer in answers:
            yield f"### {escape(answer.question)}"
            yield from self._answer(answer)

    def _answer(self, answer: Answer) -> Iterator[str]:
        if not answer.found:
            yield f"*{wording.NOT_FOUND}*" + (" Nearest passages:" if answer.closest else "")
            if answer.closest:
                yield _list(escape(s.text) + self._notes.cite([s], self._dossier.ref.id) for s in answer.closest)
            return
        if answer.short:
            yield f"**{escape(answer.short)}**"
        if answer.claims:
            yield _list(map(self._claim, answer.claims))
        for group in answer.conflicts:
            yield "The article contradicts itself:"
            yield _list(map(self._claim, group))

    def _tree(self, value: Any, depth: int) -> Iterator[str]:
        """A value of no known form as nested items."""
        indent = "  " * depth
        pairs = value.items() if isinstance(value, Mapping) else ((None, v) for v in value) if _is_list(value) else ()
        if not _is_list(value) and not isinstance(value, Mapping):
            yield f"{indent}- {self._leaf(value)}"
        for name, inner in pairs:
            label = f"**{escape(str(name))}**: " if name is not None else ""
            if isinstance(inner, Mapping | list) and not is_claim(inner):
                yield f"{indent}- {label or '—'}"
                yield from self._tree(inner, depth + 1)
            else:
                yield f"{indent}- {label}{self._leaf(inner)}"

    def _leaf(self, value: Any) -> str:
        if is_claim(value):
            return self._claim(Claim.model_validate(value))
        return "*unknown*" if value is None else escape(str(value))

    def _doubts(self) -> Iterator[str]:
        results = [finding.result for finding in self._dossier.findings]
        unfinished = [
            f"**{escape(r.task)}** is {r.status}: {wording.coverage(r.coverage)}"
            for r in results
            if r.status != "complete"
        ]
        issues = [_issue(r.task, issue) for r in results for issue in r.issues]
        if unfinished or issues:
            yield "## Issues"
            yield _list([*unfinished, *issues])
        runs = self._dossier.runs
        yield "\n".join(
            f"<sub>Read by {escape(run.model)} · {wording.tokens(run)} · {escape(wording.money(run.cost_usd))}"
            f" · {wording.seconds(run.seconds)}</sub>  "
            for run in runs
        )


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _issue(task: str, issue: Issue) -> str:
    place = escape(f"{task} {issue.code} {issue.where}")
    return f"**{wording.ACTIONS[issue.action]}** {escape(issue.message)} ({place})"


def _list(items: Any) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
