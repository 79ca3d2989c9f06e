"""A dossier as the plain JSON that the page reads: all text ready to show, all offsets in UTF-16 code units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities, Entity
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import Issue, Result, Run
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Event, Timeline
from summarizer.views import wording
from summarizer.views.dossier import Dossier, is_claim
from summarizer.views.html.offsets import Utf16Offsets
from summarizer.views.timescale import Extent, Stretch, extent, stretches, ticks

Json = dict[str, Any]


class Recorder:
    """Makes records. It knows all dossiers, because evidence may lie in an article other than a result's own."""

    def __init__(self, dossiers: Sequence[Dossier]) -> None:
        self._sheets = {
            dossier.ref.id: _Sheet(place, dossier.article.text, Utf16Offsets(dossier.article.text))
            for place, dossier in enumerate(dossiers)
            if dossier.article
        }

    def record(self, dossier: Dossier) -> Json:
        """Everything the page shows of one article."""
        return _Record(dossier, self._sheets).json()


@dataclass(frozen=True)
class _Sheet:
    """The text of an article in the report, and its place there."""

    place: int
    text: str
    offsets: Utf16Offsets

    def span(self, span: Span | Mention) -> Json:
        """Where a passage lies; null where the text there is another, so that the page never lights a wrong place."""
        if self.text[span.start : span.end] != span.text:
            return {"a": None, "n": span.sentence, "text": span.text, "astray": True}
        start, end = self.offsets(span.start), self.offsets(span.end)
        return {"a": self.place, "n": span.sentence, "s": start, "e": end}


class _Record:
    def __init__(self, dossier: Dossier, sheets: Mapping[str, _Sheet]) -> None:
        self._dossier = dossier
        self._own = dossier.ref.id
        self._sheets = sheets

    def json(self) -> Json:
        dossier, ref = self._dossier, self._dossier.ref
        return {
            "title": dossier.title,
            "source": ref.source,
            "published": wording.plain_day(ref.published),
            "name": ref.title,
            "text": dossier.article.text if dossier.article else None,
            "sentences": self._sentences(),
            "summaries": [self._summary(r, s) for r, s in dossier.of(Summary)],
            "entities": [self._entities(r, e) for r, e in dossier.of(Entities)],
            "timelines": [self._timeline(r, t) for r, t in dossier.of(Timeline)],
            "answers": [self._answer(r, a) for r, a in dossier.of(Answer)],
            "others": [{"task": f.result.task, "value": self._tree(f.value)} for f in dossier.others],
            "results": [self._fate(f.result) for f in dossier.findings],
            "runs": [_run(run) for run in dossier.runs],
        }

    def _sentences(self) -> list[tuple[int, int]]:
        article = self._dossier.article
        if article is None:
            return []
        at = self._sheets[self._own].offsets
        return [(at(sentence.start), at(sentence.end)) for sentence in article.sentences]

    def _span(self, span: Span | Mention) -> Json:
        """Where it is, or the passage itself where the text of its article is not at hand."""
        sheet = self._sheets.get(span.article or self._own)
        return sheet.span(span) if sheet else {"a": None, "n": span.sentence, "text": span.text}

    def _claim(self, claim: Claim) -> Json:
        evidence = [self._span(span) for span in claim.evidence if span.resolved]
        return {"text": claim.text, "support": claim.support, "evidence": evidence}

    def _summary(self, result: Result[Any], summary: Summary) -> Json:
        points = [self._claim(point) for point in summary.points]
        return {"model": result.run.model, "headline": self._claim(summary.headline), "points": points}

    def _entities(self, result: Result[Any], found: Entities) -> Json:
        kinds = [(kind, title, [e for e in found.entities if e.type == kind]) for kind, title in wording.TYPES.items()]
        groups = [{"kind": k, "title": t, "entities": list(map(self._entity, es))} for k, t, es in kinds if es]
        dates = [
            {"text": d.text, "means": wording.plain_date(d.iso) if d.iso else None, "mentions": self._places_of(d)}
            for d in found.dates
        ]
        figures = [
            {"text": q.text, "means": _means(found, i), "mentions": self._places_of(q)}
            for i, q in enumerate(found.quantities)
        ]
        return {"model": result.run.model, "groups": groups, "dates": dates, "figures": figures}

    def _entity(self, entity: Entity) -> Json:
        role = self._claim(entity.role) if entity.role else None
        return {"name": entity.name, "aliases": entity.aliases, "role": role, "mentions": self._places_of(entity)}

    def _places_of(self, named: Any) -> list[Json]:
        return [self._span(mention) for mention in named.mentions]

    def _timeline(self, result: Result[Any], timeline: Timeline) -> Json:
        events = [self._event(event) for event in timeline.events]
        return {"model": result.run.model, "events": events, "line": _line(timeline)}

    def _event(self, event: Event) -> Json:
        return {
            "when": wording.plain_date(event.when) if event.when else None,
            "claim": self._claim(event.claim),
            "certainty": event.certainty,
            "by": event.attributed_to,
            "who": [self._dossier.names[one] for one in event.participants if one in self._dossier.names],
        }

    def _answer(self, result: Result[Any], answer: Answer) -> Json:
        return {
            "model": result.run.model,
            "question": answer.question,
            "found": answer.found,
            "short": answer.short,
            "claims": [self._claim(claim) for claim in answer.claims],
            "conflicts": [[self._claim(claim) for claim in group] for group in answer.conflicts],
            "closest": [self._span(span) | {"text": span.text} for span in answer.closest if span.resolved],
        }

    def _tree(self, value: Any) -> Json:
        """A value of no known form as nested fields, items, claims and leaves."""
        if is_claim(value):
            return {"claim": self._claim(Claim.model_validate(value))}
        if isinstance(value, Mapping):
            return {"fields": [[str(name), self._tree(inner)] for name, inner in value.items()]}
        if isinstance(value, list):
            return {"items": [self._tree(inner) for inner in value]}
        return {"leaf": None if value is None else str(value)}

    def _fate(self, result: Result[Any]) -> Json:
        return {
            "task": result.task,
            "status": result.status,
            "coverage": wording.coverage(result.coverage),
            "issues": [_issue(issue) for issue in result.issues],
        }


def _means(found: Entities, index: int) -> str | None:
    quantity = found.quantities[index]
    same = quantity.same_as
    if same is not None and 0 <= same < len(found.quantities):
        return found.quantities[same].text
    return wording.measure(quantity) or None


def _line(timeline: Timeline) -> list[Json]:
    """The stretches of the line, with bars and ticks as shares of their stretch."""
    placed = [(i, found) for i, event in enumerate(timeline.events) if (found := extent(event.when))]
    return [_stretch(stretch, placed) for stretch in stretches([found for _, found in placed])]


def _stretch(stretch: Stretch, placed: Sequence[tuple[int, Extent]]) -> Json:
    long = stretch.end - stretch.start
    bars = [(event, found.start, found.end) for event, found in (placed[member] for member in stretch.members)]
    return {
        "bars": [{"event": e, "at": (s - stretch.start) / long, "long": (end - s) / long} for e, s, end in bars],
        "ticks": [{"at": (tick.day - stretch.start) / long, "label": tick.label} for tick in ticks(stretch)],
    }


def _issue(issue: Issue) -> Json:
    return {"action": wording.ACTIONS[issue.action], "code": issue.code, "where": issue.where, "message": issue.message}


def _run(run: Run) -> Json:
    return {
        "model": run.model,
        "tokens": wording.tokens(run),
        "cost": wording.money(run.cost_usd),
        "seconds": wording.seconds(run.seconds),
        "requests": wording.count(run.requests, "request"),
        "decided": wording.count(run.decided, "field") + " decided by the model",
        "prompt": run.prompt,
        "schema": run.schema_,
        "version": run.version,
    }
