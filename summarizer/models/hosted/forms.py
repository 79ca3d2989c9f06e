"""A form for instructor: sent as its strict schema, and read with harmless faults mended."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.models.model import T
from summarizer.models.sent_schema import sent_schema

ROUNDS_OF_MENDING = 4
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_-]+")
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0{1,9})?\s*")


class Form(BaseModel):
    """What instructor fills in: the draft, and the JSON that it was read from, which fits the schema as it stands."""

    draft: Any
    text: str


@lru_cache(maxsize=256)
def form_of(schema: type[BaseModel]) -> Any:
    """The `Form` that stands for `schema` where instructor asks for a schema and reads an answer.

    It is made once, for that takes 3 ms, and has no fields of its own to walk: instructor walks them five times a
    request.
    """
    import instructor

    class Prepared(instructor.response_schema(Form)):  # type: ignore[misc]
        @classmethod
        def model_validate_json(cls, text: str | bytes, **_: Any) -> Any:
            draft, read = read_form(text if isinstance(text, str) else text.decode("utf-8", "replace"), schema)
            return cls.model_construct(draft=draft, text=read)

        @classmethod
        def model_validate(cls, data: Any, **_: Any) -> Any:
            return cls.model_validate_json(json.dumps(data, ensure_ascii=False))

        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {"title": form_name(schema), **sent_schema(schema)}

    Prepared.__name__ = Prepared.__qualname__ = form_name(schema)
    Prepared.__doc__ = schema.__doc__
    return Prepared


def form_name(schema: type[BaseModel]) -> str:
    """The schema's name in the letters and the length the interface allows."""
    return _NOT_IN_A_NAME.sub("_", schema.__name__).strip("_")[:64] or "form"


def read_form(text: str, schema: type[T]) -> tuple[T, str]:
    """The draft in a text of JSON, harmless shapes taken, and the JSON that fits the schema as it stands.

    Raises:
        ValidationError: it does not fit.

    """
    for _ in range(ROUNDS_OF_MENDING):
        try:
            return schema.model_validate_json(text), text
        except ValidationError as error:
            if (better := _mended(text, error)) is None:
                raise
            text = better
    return schema.model_validate_json(text), text


def _mended(text: str, error: ValidationError) -> str | None:
    """The JSON without the harmless faults that `error` names; None where it names none.

    A key that the form does not have is left out; one value where a list is wanted becomes a list of one, null an
    empty one; a number written as text, or as `3.0`, becomes that number.
    """
    faults = error.errors(include_url=False, include_context=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        return None
    data = json.loads(text)
    changed = [_mend(data, fault) for fault in faults]
    return json.dumps(data, ensure_ascii=False) if any(changed) else None


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
