"""JSON that every reader takes, whatever an article contains."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from pydantic_core import to_jsonable_python

# Legal in JSON, but not safe as they are: some readers end a line at U+0085, U+2028 or U+2029, a terminal obeys
# C1 controls, and a lone surrogate cannot be written as UTF-8.
_RISKY = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON; an infinity or NaN, which JSON does not have, is unknown and becomes null."""
    text = json.dumps(_finite(value), ensure_ascii=False, allow_nan=False, indent=indent, default=to_jsonable_python)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return value
