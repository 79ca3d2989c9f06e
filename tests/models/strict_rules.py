"""OpenAI's published rules for strict structured output, written down once more for tests.

From the guide "Structured outputs", section "Supported schemas". It shares nothing with the code it judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPES = {"string", "number", "boolean", "integer", "object", "array", "null"}
KEYWORDS = {
    "string": {"pattern", "format"},
    "number": {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"},
    "integer": {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"},
    "array": {"items", "minItems", "maxItems"},
    "object": {"properties", "required", "additionalProperties"},
}
EVERYWHERE = {"type", "description", "enum", "const", "$defs"}
FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}


def broken_rules(root: dict[str, Any]) -> list[str]:
    """What a schema has that strict mode does not take; [] for one that can be sent."""
    broken = list(_broken(root, root.get("$defs", {}), "$"))
    if root.get("type") != "object" or "anyOf" in root:
        broken.append("$: the root is not an object")
    for name, node in root.get("$defs", {}).items():
        broken += _broken(node, root["$defs"], f"$defs/{name}")
    names = [name for node in _objects(root) for name in node["properties"]]
    choices = [str(choice) for node in _all(root) for choice in node.get("enum", [])]
    if len(names) > 5000 or _depth(root, root.get("$defs", {}), frozenset()) > 10:
        broken.append("$: more than 5,000 properties or 10 levels")
    if len(choices) > 1000 or sum(map(len, [*names, *choices, *root.get("$defs", {})])) > 120_000:
        broken.append("$: more than 1,000 choices or 120,000 characters")
    return broken


def _broken(node: Any, definitions: dict[str, Any], where: str) -> Iterator[str]:
    if not isinstance(node, dict):
        yield f"{where}: no schema"
        return
    if "$ref" in node:
        if set(node) != {"$ref"} or node["$ref"].removeprefix("#/$defs/") not in definitions:
            yield f"{where}: $ref with siblings, or to nowhere"
        return
    if "anyOf" in node:
        yield from (f"{where}: {key} beside anyOf" for key in set(node) - {"anyOf", "description"})
        for number, option in enumerate(node["anyOf"]):
            yield from _broken(option, definitions, f"{where}/{number}")
        return
    types = [node["type"]] if isinstance(node.get("type"), str) else node.get("type", [])
    yield from _broken_keywords(node, types, where)
    if "object" in types:
        fields = node.get("properties", {})
        if node.get("additionalProperties") is not False or list(fields) != node.get("required"):
            yield f"{where}: open, or not all required"
        for name, field in fields.items():
            yield from _broken(field, definitions, f"{where}/{name}")
    if "array" in types:
        yield from _broken(node.get("items"), definitions, f"{where}/items")


def _broken_keywords(node: dict[str, Any], types: list[str], where: str) -> Iterator[str]:
    if not set(types) <= TYPES or not (types or "enum" in node or "const" in node):
        yield f"{where}: type {types}"
    allowed = EVERYWHERE.union(*(KEYWORDS.get(name, set()) for name in types))
    if extra := set(node) - allowed:
        yield f"{where}: {sorted(extra)}"
    if node.get("format", "date") not in FORMATS:
        yield f"{where}: format {node['format']}"


def _all(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _all(item)


def _objects(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (node for node in _all(root) if node.get("type") == "object" and isinstance(node.get("properties"), dict))


def _depth(node: Any, definitions: dict[str, Any], seen: frozenset[str]) -> int:
    if not isinstance(node, dict):
        return 0
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        return 0 if name in seen else _depth(definitions[name], definitions, seen | {name})
    below = [*node.get("properties", {}).values(), *node.get("anyOf", []), node.get("items")]
    return max((_depth(item, definitions, seen) for item in below), default=0) + ("properties" in node)
