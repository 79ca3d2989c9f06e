"""What must not be shown: keys, secrets of addresses, the article in what servers say back, control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from summarizer.errors import ModelError, RequestRejected
from summarizer.models.model import Message

LONGEST_MESSAGE = 300
LONGEST_ECHO = 20
SHORTEST_KEY = 6
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|[@-Z\\-_])")


def one_line(text: str) -> str:
    """Text on one line, no longer than a person reads, without control and formatting characters."""
    text = _ESCAPE.sub("", text[: 8 * LONGEST_MESSAGE])
    line = " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C").split())
    return line if len(line) <= LONGEST_MESSAGE else line[:LONGEST_MESSAGE] + "…"


def masked_address(url: str) -> str:
    """An address without a user, a password, a query or a fragment."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return "****"
    return one_line(f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}").rstrip("/")


def masked_words(text: str) -> str:
    """`text` with each address in it masked."""
    return " ".join(masked_address(word) if "://" in word else word for word in text.split())


def masked(text: str, key: str) -> str:
    """`text` with the key starred out."""
    return text.replace(key, "****") if len(key) >= SHORTEST_KEY else text


def hide(error: ModelError, key: str, messages: Sequence[Message]) -> ModelError:
    """Take the key, and what repeats the request, out of what an error says."""
    error.args = tuple(without_echo(masked(str(said), key), messages) for said in error.args)
    if isinstance(error, RequestRejected):
        error.said = masked(error.said, key.lower())
    return error


def without_echo(text: str, messages: Sequence[Message]) -> str:
    """`text` without stretches of more than 20 characters that the messages contain too: servers repeat requests."""
    length = LONGEST_ECHO + 1
    requests = "\n".join(" ".join(message.content.split()) for message in messages)
    known = {requests[at : at + length] for at in range(len(requests) - length + 1)}
    kept, hidden = "", 0
    for at, character in enumerate(text):
        if text[at : at + length] in known:
            hidden = at + length
        if at >= hidden:
            kept += character
        elif not kept.endswith("…"):
            kept += "…"
    return kept


def named(error: ModelError, model: str) -> ModelError:
    """The error with the name of the model, where it was raised by what does not know it."""
    if not error.model:
        error.model, error.args = model, (f"{model}: {error}",)
    return error
