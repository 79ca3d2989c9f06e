"""The block of fields that may open a Markdown or text file: YAML between `---` lines, TOML between `+++` lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_BLOCK = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>.{0,20000}?)\r?\n(?P=mark)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields, their names in lower case, and where the block ends; no fields and 0 where there is none."""

    end: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)


def find_front_matter(text: str) -> FrontMatter:
    """The front matter at the head of `text`. A rule of dashes without fields below it is none."""
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter()
    fields = _toml(block["body"]) if block["mark"] == "+++" else _yaml(block["body"])
    if not fields:
        return FrontMatter()
    return FrontMatter(block.end(), {str(name).lower(): value for name, value in fields.items()})


def _toml(body: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(body.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _yaml(body: str) -> dict[str, Any]:
    import yaml

    try:
        fields = yaml.safe_load(body)
    except (yaml.YAMLError, ValueError):
        # A title with a colon in it is not YAML, and the commonest of faults.
        return {name: value.strip("\"'") for name, value in _FIELD.findall(body)}
    return fields if isinstance(fields, dict) else {}
