"""Facts of stored entities that are no claims: names, ids, dates, quantities, as the article's text gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.schemas.entities import Entities, Quantity
from summarizer.tasks.base import Misread


def misread_facts(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    """What is not what the text gives."""
    yield from _names(value, analysis)
    yield from _ids(value, analysis)
    yield from _dates(value, analysis)
    yield from _quantities(value, analysis)


def _names(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    text = fold(" ".join(analysis.article.text.split()))
    for number, entity in enumerate(value.entities):
        for name in (entity.name, *entity.aliases):
            if fold(" ".join(name.split())) not in text:
                yield Misread(f"/entities/{number}", "unknown_name", f"{name!r} is nowhere in the article")
        names = [fold(" ".join(name.split())) for name in (entity.name, *entity.aliases)]
        for at, mention in enumerate(entity.mentions):
            told = fold(" ".join(mention.text.split()))
            if not any(told in name or name in told for name in names):
                where = f"/entities/{number}/mentions/{at}"
                yield Misread(where, "wrong_mention", f"{mention.text!r} is no name of {entity.name!r}")


def _ids(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    """An entity that code found as well has the id code gave it: participants of events point at it."""
    known: dict[int, str] = {m.start: one.entity.id for one in analysis.entities for m in one.entity.mentions}
    for number, entity in enumerate(value.entities):
        ids = {known[mention.start] for mention in entity.mentions if mention.start in known}
        if ids and entity.id not in ids:
            told = f"{entity.id!r} is {', '.join(sorted(ids))} in this article"
            yield Misread(f"/entities/{number}/id", "wrong_mention", told)


def _dates(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    known = {mention.start: told for told in analysis.dates for mention in told.mentions}
    for number, told in enumerate(value.dates):
        for right in (known.get(mention.start) for mention in told.mentions):
            if right is None or right.text != told.text:
                yield Misread(f"/dates/{number}", "wrong_date", f"{told.text!r} is not read as a date")
            elif right.iso != told.iso:
                day = right.iso or "a date that is not known"
                yield Misread(f"/dates/{number}", "wrong_date", f"{told.text!r} is {day}, the result says {told.iso}")


def _quantities(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    known = {mention.start: found for found in analysis.quantities for mention in found.mentions}
    for number, told in enumerate(value.quantities):
        for right in (known.get(mention.start) for mention in told.mentions):
            where = f"/quantities/{number}"
            if right is None or right.text != told.text:
                yield Misread(where, "wrong_quantity", f"{told.text!r} is not read as a quantity")
            elif (right.value, right.unit, right.kind) != (told.value, told.unit, told.kind):
                other = f"{told.text!r} is {_measure(right)}, the result says {_measure(told)}"
                yield Misread(where, "wrong_quantity", other)
            elif _restated(told, value.quantities) != _restated(right, analysis.quantities):
                other = f"{told.text!r} restates another quantity than that"
                yield Misread(f"{where}/same_as", "wrong_quantity", other)


def _measure(quantity: Quantity) -> str:
    return " ".join(str(part) for part in (quantity.value, quantity.unit, f"({quantity.kind})") if part is not None)


def _restated(quantity: Quantity, among: Sequence[Quantity]) -> str | None:
    """The words of the quantity that this one restates."""
    same = quantity.same_as
    return among[same].text if same is not None and 0 <= same < len(among) else None
