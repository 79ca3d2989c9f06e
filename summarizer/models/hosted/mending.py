"""Harmless faults of an answer, taken rather than asked for again."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from summarizer.models.model import T

ROUNDS = 4
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0{1,9})?\s*")


def mended(text: str, schema: type[T], error: ValidationError) -> tuple[T, str]:
    """The draft in a text of JSON that does not fit for these faults, and the JSON that does.

    A key that the form does not have is left out; one value where a list is wanted becomes a list of one, null an
    empty one; a number written as text, or as `3.0`, becomes that number.
    """
    for _ in range(ROUNDS):
        faults = error.errors(include_url=False, include_context=False)
        if any(fault["type"] == "json_invalid" for fault in faults):
            break
        data = json.loads(text)
        changed = [_mend(data, fault) for fault in faults]
        if not any(changed):
            break
        text = json.dumps(data, ensure_ascii=False)
        try:
            return schema.model_validate_json(text), text
        except ValidationError as other:
            error = other
    raise error


def _mend(data: Any, fault: Any) -> bool:
    *above, key = fault["loc"] or (None,)
    parent: Any = data
    for step in above:  # a union's choice stands in the path, too: what is no key is passed over
        if (isinstance(parent, dict) and step in parent) or (isinstance(parent, list) and isinstance(step, int)):
            parent = parent[step]
    if not (key in parent if isinstance(parent, dict) else isinstance(parent, list) and isinstance(key, int)):
        return False
    value, number = parent[key], _number(parent[key])
    if fault["type"] == "extra_forbidden" and isinstance(parent, dict):
        del parent[key]
    elif fault["type"] == "list_type" and (value is None or isinstance(value, dict) or number is not None):
        parent[key] = [] if value is None else [value]
    elif fault["type"] in ("model_type", "int_type", "int_parsing") and number is not None:
        parent[key] = number
    else:
        return False
    return True


def _number(value: Any) -> int | None:
    """The whole number that a value is, or that a text says in digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (written := _NUMBER.fullmatch(value)):
        return int(written[1])
    return value if isinstance(value, int) else None
