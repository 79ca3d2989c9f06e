"""A request in the words of the Chat Completions interface, as a server's manners want it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from summarizer.models.model import Message, Request
from summarizer.models.providers import Manners
from summarizer.models.sent_schema import sent_schema

_NAME = re.compile(r"[^a-zA-Z0-9_-]+")


def arguments_for(request: Request[Any], manners: Manners) -> dict[str, Any]:
    """The fields of the request's body, but for the model's name."""
    limit = request.max_tokens + manners.thinking_tokens
    arguments: dict[str, Any] = {
        "messages": _messages(request, manners),
        manners.limit: min(limit, manners.most_tokens or limit),
    }
    if manners.temperature is not None:
        arguments["temperature"] = manners.temperature
    if manners.effort is not None:
        arguments["reasoning_effort"] = manners.effort
    streamed = {"stream": True, "stream_options": {"include_usage": True}} if manners.stream else {}
    # Through `extra_body` the client neither walks the schema (1 ms a request) nor takes a stream apart: it comes as
    # one body, which `answers` reads like any other.
    return {**arguments, "extra_body": {**_form(request.schema, manners), **manners.extra, **streamed}}


def form_name(schema: type[BaseModel]) -> str:
    """The schema's name in the letters and the length the interface allows."""
    return _NAME.sub("_", schema.__name__).strip("_")[:64] or "form"


def _form(schema: type[BaseModel], manners: Manners) -> dict[str, Any]:
    name, strict = form_name(schema), {"strict": True} if manners.strict else {}
    match manners.mode:
        case "json_schema":
            form = {"name": name, "schema": sent_schema(schema), **strict}
            return {"response_format": {"type": "json_schema", "json_schema": form}}
        case "tools":
            function = {"name": name, "parameters": sent_schema(schema), **strict}
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": name}},
            }
        case "json":
            return {"response_format": {"type": "json_object"}}


def _messages(request: Request[Any], manners: Manners) -> list[dict[str, str]]:
    messages = list(request.messages)
    if manners.mode == "json":
        messages = _told_schema(messages, request.schema)
    if not manners.system:
        messages = [Message("user", one.content) if one.role == "system" else one for one in messages]
    if manners.alternating:
        messages = [
            Message(role, "\n\n".join(one.content for one in group))
            for role, group in groupby(messages, key=lambda one: one.role)
        ]
    return [{"role": message.role, "content": message.content} for message in messages]


def _told_schema(messages: Sequence[Message], schema: type[BaseModel]) -> list[Message]:
    """The schema in words, before the last message: what stands before it stays a shared prefix."""
    told = json.dumps(sent_schema(schema), separators=(",", ":"))
    return [*messages[:-1], Message("user", f"Answer with one JSON object of this JSON schema: {told}"), messages[-1]]
