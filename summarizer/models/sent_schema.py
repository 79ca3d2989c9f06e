"""The JSON schema as it is sent: constant for a task, strict, and without words the model does not need.

Strict structured output, as OpenAI publishes it, takes a part of JSON Schema only: every object closed, every field
required, no keyword beyond a short list. Keywords that only narrow a value are left out, for pydantic checks them when
the answer comes; a shape that cannot be told at all is an error before anything is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema

from summarizer.errors import SchemaError
from summarizer.schemas.evidence import Draft

MOST_PROPERTIES = 5_000
MOST_DEPTH = 10
MOST_CHARACTERS = 120_000
MOST_CHOICES = 1_000

KEPT = frozenset(
    [
        "type",
        "enum",
        "const",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "$ref",
        "$defs",
        "description",
        "pattern",
        "format",
        "multipleOf",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
    ]
)
FORMATS = frozenset(["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"])
UNTELLABLE = {
    "prefixItems": "a tuple cannot be sent; use a model with named fields",
    "patternProperties": "an object with free keys cannot be sent; use a list of models with a key and a value",
    "not": "`not` cannot be sent",
    "if": "`if` cannot be sent",
    "dependentRequired": "dependent fields cannot be sent",
    "dependentSchemas": "dependent fields cannot be sent",
}


@lru_cache(maxsize=256)
def sent_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema of `schema` for a request.

    Descriptions of fields are sent. Docstrings of our own drafts are not: they are written for who reads the code.
    Those of a user's schema are part of what the user asks.

    Raises:
        SchemaError: it cannot be sent in strict form; the message names the field and a way out.

    """
    try:
        whole = schema.model_json_schema()
    except PydanticInvalidForJsonSchema as error:
        raise SchemaError(f"schema {schema.__name__}: {error.message}") from error
    strict = _Strict(schema.__name__, whole.get("$defs", {}), described=not issubclass(schema, Draft))
    tidy = strict.definition({key: value for key, value in whole.items() if key != "$defs"}, "")
    if "$ref" in tidy:
        tidy = strict.definition(strict.named(tidy["$ref"]), "")
    if tidy.get("type") != "object" or "properties" not in tidy:
        raise SchemaError(f"schema {schema.__name__}: its root must be a model with fields, not a list or a union")
    short = _inlined(tidy, strict.definitions(tidy))
    _check_size(schema.__name__, short)
    return short


class _Strict:
    """Makes nodes of one schema strict. `where` is the path of a node, for messages."""

    def __init__(self, name: str, definitions: dict[str, Any], *, described: bool) -> None:
        self._name = name
        self._definitions = definitions
        self._described = described

    def node(self, node: Any, where: str) -> dict[str, Any]:
        """The strict form of a node."""
        node = self._plain(node, where)
        for keyword, why in UNTELLABLE.items():
            if keyword in node:
                raise self._error(where, why)
        if "$ref" in node:
            return {"$ref": node["$ref"]}
        tidy = {key: value for key, value in node.items() if key in KEPT and self._wanted(key, value)}
        if "anyOf" in tidy:
            tidy["anyOf"] = [self.node(option, where) for option in tidy["anyOf"]]
        elif "enum" not in tidy and "const" not in tidy:
            self._check_type(tidy, where)
        if tidy.get("type") == "object":
            self._close(tidy, node, where)
        if tidy.get("type") == "array":
            tidy["items"] = self.node(node.get("items", {}), f"{where}/0")
        return tidy

    def definition(self, node: dict[str, Any], where: str) -> dict[str, Any]:
        """The strict form of a whole model, without its docstring where that is not wanted."""
        kept = node if self._described else {key: value for key, value in node.items() if key != "description"}
        return self.node(kept, where)

    def named(self, reference: str) -> dict[str, Any]:
        """The definition a reference names."""
        found: dict[str, Any] = self._definitions[_name(reference)]
        return found

    def definitions(self, root: dict[str, Any]) -> dict[str, Any]:
        """The strict definitions that `root` needs, in the order of their first use."""
        found: dict[str, Any] = {}
        waiting = list(_references(root))
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = self.definition(self._definitions[name], name)
                waiting += _references(found[name])
        return found

    def _plain(self, node: Any, where: str) -> dict[str, Any]:
        """The node, with what has an equal in strict form written so."""
        if not isinstance(node, dict):
            raise self._error(where, "it has no type; say which one it is")
        plain: dict[str, Any] = dict(node)
        if "oneOf" in plain:
            plain["anyOf"] = plain.pop("oneOf")
        if "allOf" in plain:
            parts = plain.pop("allOf")
            if len(parts) != 1:
                raise self._error(where, "`allOf` cannot be sent")
            plain = {**parts[0], **plain}
        if "$ref" in plain and "description" in plain:
            return {"anyOf": [{"$ref": plain["$ref"]}], "description": plain["description"]}
        return plain

    @staticmethod
    def _wanted(key: str, value: Any) -> bool:
        if key == "format":
            return value in FORMATS
        return bool(key != "pattern" or "(?" not in value)

    def _check_type(self, tidy: dict[str, Any], where: str) -> None:
        if "type" not in tidy:
            raise self._error(where, "it may be anything; say which type it has")

    def _close(self, tidy: dict[str, Any], node: dict[str, Any], where: str) -> None:
        if node.get("additionalProperties") not in (None, False) and "properties" not in node:
            raise self._error(where, UNTELLABLE["patternProperties"])
        fields = {name: self.node(field, f"{where}/{name}") for name, field in node.get("properties", {}).items()}
        tidy.update(properties=fields, required=list(fields), additionalProperties=False)

    def _error(self, where: str, why: str) -> SchemaError:
        return SchemaError(f"schema {self._name}, field {where.lstrip('/') or '(root)'}: {why}")


def _inlined(root: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema in fewer words: definitions that are used once, or are no objects, stand where they are used."""
    uses = Counter([*_references(root), *_references(list(definitions.values()))])
    inline = {name for name, node in definitions.items() if uses[name] == 1 or "properties" not in node}
    inline = {name for name in inline if name not in _reached(name, definitions)}

    def short(node: Any) -> Any:
        if isinstance(node, list):
            return [short(item) for item in node]
        if not isinstance(node, dict):
            return node
        name = _name(node.get("$ref", ""))
        return (
            short(definitions[name]) if name in inline else _nullable({key: short(item) for key, item in node.items()})
        )

    kept = {name: short(node) for name, node in definitions.items() if name not in inline}
    whole: dict[str, Any] = short(root)
    return {**whole, "$defs": kept} if kept else whole


def _reached(name: str, definitions: dict[str, Any]) -> set[str]:
    """The definitions that one leads to."""
    reached: set[str] = set()
    waiting = list(_references(definitions[name]))
    while waiting:
        found = waiting.pop()
        if found not in reached:
            reached.add(found)
            waiting += _references(definitions[found])
    return reached


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    """`anyOf` of a bare type and null as a list of types; `anyOf` of one node as that node."""
    options = node.get("anyOf")
    if not isinstance(options, list):
        return node
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    if len(options) == 1 and "$ref" not in options[0]:
        return {**options[0], **rest}
    bare = [option["type"] for option in options if set(option) == {"type"} and isinstance(option["type"], str)]
    if len(bare) == len(options) == 2 and "null" in bare and not {"object", "array"} & set(bare):
        return {"type": bare, **rest}
    return node


def _name(reference: Any) -> str:
    """The name of the definition a reference points at."""
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield _name(node["$ref"])
        for item in node.values():
            yield from _references(item)


def _check_size(name: str, root: dict[str, Any]) -> None:
    """The published limits on a schema as a whole."""
    nodes = list(_nodes(root))
    properties = [field for node in nodes for field in node.get("properties", {})]
    choices = [str(choice) for node in nodes for choice in node.get("enum", [])]
    texts = [*properties, *choices, *root.get("$defs", {}), *(str(node["const"]) for node in nodes if "const" in node)]
    depth = _depth(root, root.get("$defs", {}), ())
    for found, most, what in (
        (len(properties), MOST_PROPERTIES, "fields"),
        (len(choices), MOST_CHOICES, "choices"),
        (sum(map(len, texts)), MOST_CHARACTERS, "characters of names and choices"),
        (depth, MOST_DEPTH, "levels"),
    ):
        if found > most:
            raise SchemaError(f"schema {name}: {found:,} {what}, and at most {most:,} can be sent")


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    """The schema nodes below and including `node`."""
    if isinstance(node, dict):
        yield node
        below = [*node.get("properties", {}).values(), *node.get("$defs", {}).values(), *node.get("anyOf", [])]
        for item in [*below, *([node["items"]] if "items" in node else [])]:
            yield from _nodes(item)


def _depth(node: dict[str, Any], definitions: dict[str, Any], seen: tuple[str, ...]) -> int:
    """How many objects lie inside each other; a definition inside itself is counted once."""
    if "$ref" in node:
        name = _name(node["$ref"])
        return 0 if name in seen else _depth(definitions[name], definitions, (*seen, name))
    below = [*node.get("properties", {}).values(), *node.get("anyOf", [])]
    below += [node["items"]] if "items" in node else []
    inside = max((_depth(item, definitions, seen) for item in below), default=0)
    return inside + (1 if node.get("type") == "object" else 0)
