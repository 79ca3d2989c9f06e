"""JSON that can stand inside an HTML script element, whatever it contains."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

# `<`, `>` and `&` could end the element or open a comment; the others are line ends to some readers or not UTF-8.
_RISKY = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def island(value: Any) -> Markup:
    """`value` as compact JSON without a character that HTML gives a meaning to."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(_RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # noqa: S704 - escaped in this line
