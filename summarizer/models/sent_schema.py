"""The JSON schema as it is sent: constant for a task, strict, and without words the model does not need."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from pydantic import BaseModel

from summarizer.schemas.evidence import Draft


@lru_cache(maxsize=256)
def sent_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema of `schema` for a request: titles left out, every object closed and all its fields required.

    Our own drafts are explained by their prompts, so their docstrings are left out as well; the descriptions in
    a user's schema are kept, for they are part of what the user asks.
    """
    drop = {"title", "description"} if issubclass(schema, Draft) else {"title"}
    return cast("dict[str, Any]", _tidy(schema.model_json_schema(), drop))


def _tidy(node: Any, drop: set[str]) -> Any:
    if isinstance(node, list):
        return [_tidy(item, drop) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: _named(value, drop) if key in ("properties", "$defs") else _tidy(value, drop)
        for key, value in node.items()
        if key not in drop
    }
    if "properties" in tidy:
        tidy["required"] = list(tidy["properties"])
        tidy["additionalProperties"] = False
    return tidy


def _named(node: dict[str, Any], drop: set[str]) -> dict[str, Any]:
    """Fields by name: a field may itself be called `title`."""
    return {name: _tidy(value, drop) for name, value in node.items()}
