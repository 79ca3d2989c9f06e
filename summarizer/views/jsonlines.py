"""Results as JSON: one object, an array, or one object a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.output import json_text
from summarizer.schemas.result import Result


def render_json(results: Sequence[Result[Any]], *, indent: int | None = 2) -> str:
    """One object for one result, an array for several or none."""
    plain = [_plain(result) for result in results]
    return json_text(plain[0] if len(plain) == 1 else plain, indent=indent)


def render_jsonl(results: Sequence[Result[Any]]) -> str:
    """One result a line, each line ended; empty for no result."""
    return "".join(json_text(_plain(result)) + "\n" for result in results)


def _plain(result: Result[Any]) -> Any:
    try:
        return result.model_dump(mode="json", by_alias=True)
    except UnicodeEncodeError:  # pydantic cannot write a lone surrogate in a key of a mapping
        return result.model_dump(by_alias=True)
