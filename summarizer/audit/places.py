"""The spans, mentions and claims anywhere in a value, with a JSON pointer to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.schemas.evidence import Claim, Mention, Span

Form = TypeVar("Form", bound=BaseModel)


def places_of(value: Any) -> Iterator[tuple[str, Span | Mention]]:
    """Every span and mention; in a value of no known form, every object that has the fields of one."""
    for where, node in _nodes(value, ""):
        if isinstance(node, (Span, Mention)):
            yield where, node
        elif isinstance(node, Mapping) and {"sentence", "start", "end", "text"} <= set(node) <= set(Span.model_fields):
            yield from _as(Span, where, node)


def claims_of(value: Any) -> Iterator[tuple[str, Claim]]:
    """Every claim."""
    for where, node in _nodes(value, ""):
        if isinstance(node, Claim):
            yield where, node
        elif isinstance(node, Mapping) and set(node) == set(Claim.model_fields):
            yield from _as(Claim, where, node)


def _as(form: type[Form], where: str, node: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    try:
        yield where, form.model_validate(node)
    except ValidationError:  # an object of the user's own that only looks like one
        return


def _nodes(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Every value inside `value`, itself first. Depth is bounded: JSON that deep does not parse."""
    yield where, value
    if isinstance(value, BaseModel):
        inside = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        inside = ((str(name), inner) for name, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        inside = ((str(n), inner) for n, inner in enumerate(value))
    else:
        return
    for name, inner in inside:
        yield from _nodes(inner, f"{where}/{name.replace('~', '~0').replace('/', '~1')}")
