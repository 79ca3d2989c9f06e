"""From any draft to its value: proposed claims are grounded, all else is taken over where the value has its name."""

from __future__ import annotations

import types
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from summarizer.grounding import Grounder, ground_form
from summarizer.schemas.evidence import Claim, DraftClaim

V = TypeVar("V", bound=BaseModel)


def settled(draft: BaseModel, value: type[V], grounder: Grounder) -> V | None:
    """The value with what holds; None where a field that it cannot be without does not.

    A user's own schema is draft and value at once: what is evidence and what a statement is told by its types.
    """
    if type(draft) is value:
        kept: Any = ground_form(draft, grounder).value
        return kept if isinstance(kept, value) else None
    return _made(value, settled_fields(draft, value, grounder))


def settled_fields(draft: BaseModel, value: type[BaseModel], grounder: Grounder, where: str = "") -> dict[str, Any]:
    """The fields of the value that the draft gives, by name, each grounded; a list keeps the items that hold."""
    found: dict[str, Any] = {}
    for name in type(draft).model_fields:
        if name in value.model_fields:
            found[name] = _field(getattr(draft, name), value.model_fields[name].annotation, grounder, f"{where}/{name}")
    return found


def _field(proposed: Any, wanted: Any, grounder: Grounder, where: str) -> Any:
    if isinstance(proposed, DraftClaim):
        return grounder.claim(proposed.text, proposed.evidence, where)
    if isinstance(proposed, (list, tuple)):
        inside = next(iter(get_args(_bare(wanted))), Any)
        items = (_field(one, inside, grounder, f"{where}/{number}") for number, one in enumerate(proposed))
        return distinct([item for item in items if item is not None], grounder, where)
    form = _bare(wanted)
    if isinstance(proposed, BaseModel) and isinstance(form, type) and issubclass(form, BaseModel):
        return _made(form, settled_fields(proposed, form, grounder, where))
    return proposed


def distinct(items: list[Any], grounder: Grounder, where: str) -> list[Any]:
    """The items, of claims with the same words the first only."""
    kept: list[Any] = []
    texts: set[str] = set()
    for number, item in enumerate(items):
        if isinstance(item, Claim) and item.text in texts:
            grounder.note("duplicate", f"{where}/{number}", "it says what another says", "dropped")
            continue
        texts |= {item.text} if isinstance(item, Claim) else set()
        kept.append(item)
    return kept


def _made(value: type[V], fields: dict[str, Any]) -> V | None:
    """The value of these fields; None where one it needs is missing."""
    try:
        return value.model_validate(fields)
    except ValidationError:
        return None


def _bare(annotation: Any) -> Any:
    """The annotation without null beside it."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation
