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

KEPT = frozenset(
    "type enum const properties required additionalProperties items anyOf $ref $defs description pattern format"
    " multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems".split()
)
FORMATS = frozenset(["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"])
_FREE_KEYS = "an object with free keys cannot be sent; use a list of models with a key and a value"
UNTELLABLE = {
    "prefixItems": "a tuple cannot be sent; use a model with named fields",
    "patternProperties": _FREE_KEYS,
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
    strict = _Strict(schema.__name__, whole.pop("$defs", {}), described=not issubclass(schema, Draft))
    root = strict.model(whole, "")
    if "$ref" in root:
        root = strict.model(strict.definitions[_name(root["$ref"])], "")
    if root.get("type") != "object" or "properties" not in root:
        raise SchemaError(f"schema {schema.__name__}: its root must be a model with fields, not a list or a union")
    return _inlined(root, strict.used_by(root))


class _Strict:
    """Makes nodes of one schema strict. `where` is the path of a node, for messages."""

    def __init__(self, name: str, definitions: dict[str, Any], *, described: bool) -> None:
        self._name, self.definitions, self._described = name, definitions, described

    def model(self, node: dict[str, Any], where: str) -> dict[str, Any]:
        """The strict form of a whole model, without its docstring where that is not wanted."""
        return self.node({key: v for key, v in node.items() if self._described or key != "description"}, where)

    def used_by(self, root: dict[str, Any]) -> dict[str, Any]:
        """The strict definitions that `root` needs, in the order of their first use."""
        found: dict[str, Any] = {}
        waiting = list(_references(root))
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = self.model(self.definitions[name], name)
                waiting += _references(found[name])
        return found

    def node(self, node: Any, where: str) -> dict[str, Any]:
        """The strict form of a node."""
        node = self._plain(node, where)
        for keyword, why in UNTELLABLE.items():
            if keyword in node:
                raise self._error(where, why)
        if "$ref" in node:
            return {"$ref": node["$ref"]}
        tidy = {key: value for key, value in node.items() if key in KEPT and _wanted(key, value)}
        if "anyOf" in tidy:
            tidy["anyOf"] = [self.node(option, where) for option in tidy["anyOf"]]
        elif not {"enum", "const", "type"} & set(tidy):
            raise self._error(where, "it may be anything; say which type it has")
        if tidy.get("type") == "object":
            if node.get("additionalProperties") not in (None, False) and "properties" not in node:
                raise self._error(where, _FREE_KEYS)
            fields = {name: self.node(field, f"{where}/{name}") for name, field in node.get("properties", {}).items()}
            tidy.update(properties=fields, required=list(fields), additionalProperties=False)
        if tidy.get("type") == "array":
            tidy["items"] = self.node(node.get("items", {}), f"{where}/0")
        return tidy

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

    def _error(self, where: str, why: str) -> SchemaError:
        return SchemaError(f"schema {self._name}, field {where.lstrip('/') or '(root)'}: {why}")


def _wanted(key: str, value: Any) -> bool:
    return value in FORMATS if key == "format" else key != "pattern" or "(?" not in value


def _inlined(root: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema in fewer words: definitions that are used once, or are no objects, stand where they are used."""
    uses = Counter([*_references(root), *_references(list(definitions.values()))])
    inline = {name for name, node in definitions.items() if uses[name] == 1 or "properties" not in node}
    inline -= {name for name in inline if _leads_to_itself(name, definitions)}

    def short(node: Any) -> Any:
        if isinstance(node, list):
            return [short(item) for item in node]
        if not isinstance(node, dict):
            return node
        if (name := _name(node.get("$ref", ""))) in inline:
            return short(definitions[name])
        return _nullable({key: short(item) for key, item in node.items()})

    kept = {name: short(node) for name, node in definitions.items() if name not in inline}
    whole: dict[str, Any] = short(root)
    return {**whole, "$defs": kept} if kept else whole


def _leads_to_itself(name: str, definitions: dict[str, Any]) -> bool:
    reached: set[str] = set()
    waiting = list(_references(definitions[name]))
    while waiting:
        found = waiting.pop()
        if found not in reached:
            reached.add(found)
            waiting += _references(definitions[found])
    return name in reached


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
