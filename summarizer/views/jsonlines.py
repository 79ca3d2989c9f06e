"""Results as JSON and as JSON Lines, valid whatever an article contains."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from summarizer.schemas.result import Result

# Legal in JSON, but not safe as they are: some readers end a line at U+0085, U+2028 or U+2029, a terminal obeys
# C1 controls, and a lone surrogate cannot be written as UTF-8.
_RISKY = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def render_json(results: Sequence[Result[Any]], *, indent: int | None = 2) -> str:
    """One object for one result, an array for several or none."""
    plain = [_plain(result) for result in results]
    return _dump(plain[0] if len(plain) == 1 else plain, indent)


def render_jsonl(results: Sequence[Result[Any]]) -> str:
    """One result a line, each line ended; empty for no result."""
    return "".join(_dump(_plain(result), None) + "\n" for result in results)


def _dump(value: Any, indent: int | None) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=to_jsonable_python)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(result: Result[Any]) -> Any:
    try:
        return _finite(result.model_dump(mode="json", by_alias=True))
    except UnicodeEncodeError:  # pydantic cannot write a lone surrogate in a key of a mapping
        return _finite(result.model_dump(by_alias=True))


def _finite(value: Any) -> Any:
    """JSON has no infinity and no NaN: such a number is unknown."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return value
