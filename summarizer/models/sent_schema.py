"""The JSON schema as it is sent: constant for a task, strict, and without words the model does not need.

Strict structured output, as OpenAI publishes it, takes a part of JSON Schema only: every object closed, every field
required, no keyword beyond a short list. openai's own function closes objects, and leaves in what its server refuses.
Keywords that only narrow a value are left out, for pydantic checks them when the answer comes; a shape that cannot be
told at all is an error before anything is sent.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema

from summarizer.errors import SchemaError
from summarizer.schemas.evidence import Draft

KEPT = frozenset(
    "type enum const description pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum"
    " minItems maxItems".split()
)
FORMATS = frozenset("date-time time date duration email hostname ipv4 ipv6 uuid".split())
_FREE_KEYS = "an object with free keys cannot be sent; use a list of models with a key and a value"
UNTELLABLE = {
    "prefixItems": "a tuple cannot be sent; use a model with named fields",
    "patternProperties": _FREE_KEYS,
    **{keyword: f"`{keyword}` cannot be sent" for keyword in ("not", "if", "dependentRequired", "dependentSchemas")},
}
_REFERENCE = re.compile(r'"#/\$defs/([^"]+)"')


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
    strict = _Strict(schema.__name__, whole, described=not issubclass(schema, Draft))
    root = strict.model(strict.definitions[_name(whole["$ref"])] if "$ref" in whole else whole, "")
    if "properties" not in root:
        raise SchemaError(f"schema {schema.__name__}: its root must be a model with fields, not a list or a union")
    return {**root, "$defs": strict.sent} if strict.sent else root


class _Strict:
    """Makes nodes of one schema strict, `sent` the definitions they need. `where` is a node's path, for messages.

    A definition that is used once, or is neither an object nor refers to one, stands where it is used.
    """

    def __init__(self, name: str, whole: dict[str, Any], *, described: bool) -> None:
        self._name, self._described = name, described
        self.definitions: dict[str, Any] = whole.get("$defs", {})
        self.sent: dict[str, Any] = {}
        uses = Counter(_REFERENCE.findall(json.dumps(whole)))
        self._inline = {
            name
            for name, node in self.definitions.items()
            if uses[name] == 1 or not ("properties" in node or _REFERENCE.search(json.dumps(node)))
        }

    def model(self, node: dict[str, Any], where: str) -> dict[str, Any]:
        """The strict form of a whole model, without its docstring where that is not wanted."""
        return self._node({key: v for key, v in node.items() if self._described or key != "description"}, where)

    def _node(self, node: Any, where: str) -> dict[str, Any]:
        node = self._told(node, where)
        tidy = {key: value for key, value in node.items() if key in KEPT and _wanted(key, value)}
        if "$ref" in node:
            return _one_of([self._referred(_name(node["$ref"]))], tidy)
        if options := node.get("anyOf") or node.get("oneOf"):
            return _one_of([self._node(option, where) for option in options], tidy)
        if not {"enum", "const", "type"} & set(tidy):
            raise self._error(where, "it may be anything; say which type it has")
        if tidy.get("type") == "object":
            if node.get("additionalProperties") not in (None, False) and "properties" not in node:
                raise self._error(where, _FREE_KEYS)
            fields = {name: self._node(field, f"{where}/{name}") for name, field in node.get("properties", {}).items()}
            tidy.update(properties=fields, required=list(fields), additionalProperties=False)
        if tidy.get("type") == "array":
            tidy["items"] = self._node(node.get("items", {}), f"{where}/0")
        return tidy

    def _told(self, node: Any, where: str) -> dict[str, Any]:
        """The node, which must be one that can be told, its only `allOf` written out."""
        if not isinstance(node, dict):
            raise self._error(where, "it has no type; say which one it is")
        parts = node.get("allOf", [{}])
        untellable = {**UNTELLABLE, "allOf": "`allOf` cannot be sent"} if len(parts) > 1 else UNTELLABLE
        for keyword in untellable.keys() & node.keys():
            raise self._error(where, untellable[keyword])
        return {**parts[0], **node}

    def _referred(self, name: str) -> dict[str, Any]:
        if name in self._inline:
            return self.model(self.definitions[name], name)
        if name not in self.sent:
            self.sent[name] = {}  # it may be inside itself
            self.sent[name] = self.model(self.definitions[name], name)
        return {"$ref": f"#/$defs/{name}"}

    def _error(self, where: str, why: str) -> SchemaError:
        return SchemaError(f"schema {self._name}, field {where.lstrip('/') or '(root)'}: {why}")


def _wanted(key: str, value: Any) -> bool:
    return value in FORMATS if key == "format" else key != "pattern" or "(?" not in value


def _one_of(options: list[dict[str, Any]], beside: dict[str, Any]) -> dict[str, Any]:
    """One of the options in the fewest words: one by itself, a bare type or null as a list of types."""
    if len(options) == 1 and not ("$ref" in options[0] and beside):
        return {**options[0], **beside}
    bare = [option["type"] for option in options if set(option) == {"type"} and isinstance(option["type"], str)]
    if len(bare) == len(options) == 2 and "null" in bare and not {"object", "array"} & set(bare):
        return {"type": bare, **beside}
    return {"anyOf": options, **{key: value for key, value in beside.items() if key == "description"}}


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
