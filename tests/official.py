"""The official OpenAPI schemas of the Chat Completions interface, where they lie beside the checkout."""

from __future__ import annotations

import copy
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SUMMARIZER_SHARED") or Path(__file__).parents[2] / "shared")
BUNDLE = SHARED / "openai" / "openai-schemas.jsonschema.json"


def problems_of_request(body: dict[str, Any]) -> list[str]:
    """Where a request departs from the specification; [] where the specification is not there."""
    return _problems("CreateChatCompletionRequest", body)


def problems_of_answer(body: dict[str, Any]) -> list[str]:
    """The same for an answer, with the three things forgiven in which the real service departs from it."""
    body = copy.deepcopy(body)
    if body.get("system_fingerprint", "") is None:
        del body["system_fingerprint"]
    for choice in body.get("choices", []):
        choice.setdefault("logprobs", None)
        choice.get("message", {}).setdefault("refusal", None)
    return _problems("CreateChatCompletionResponse", body)


def _problems(name: str, body: dict[str, Any]) -> list[str]:
    validator = _validator(name)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)] if validator else []


@lru_cache(maxsize=4)
def _validator(name: str) -> Any:
    if not BUNDLE.is_file():
        return None
    from jsonschema import Draft202012Validator

    bundle = json.loads(BUNDLE.read_text("utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": bundle["$defs"]})
