"""What must not be shown: keys in addresses and in what servers say back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit

from summarizer.errors import ModelError, RequestRejected
from summarizer.models.model import Message

SHORTEST_KEY = 6
LONGEST_ECHO = 20


class WithoutCredentials(logging.Filter):
    """Takes a user and a password out of the addresses the HTTP library logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(masked_address(str(one)) if "://" in str(one) else one for one in record.args)
        return True


def masked_address(url: str) -> str:
    """An address without a user, a password, a query or a fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "****"
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")


def masked(text: str, key: str) -> str:
    """`text` with the key starred out."""
    return text.replace(key, "****") if len(key) >= SHORTEST_KEY else text


def hide(error: ModelError, key: str, messages: Sequence[Message]) -> None:
    """Take the key, and what repeats the request, out of what an error says."""
    error.args = tuple(without_echo(masked(str(said), key), messages) for said in error.args)
    if isinstance(error, RequestRejected):
        error.said = masked(error.said, key.lower())


def without_echo(text: str, messages: Sequence[Message]) -> str:
    """`text` without stretches of more than 20 characters that the messages contain too: servers repeat requests."""
    length = LONGEST_ECHO + 1
    known = {
        flat[at : at + length]
        for message in messages
        for flat in (" ".join(message.content.split()),)
        for at in range(len(flat) - length + 1)
    }
    kept: list[str] = []
    at = hidden = 0
    while at < len(text):
        if text[at : at + length] in known:
            hidden = at + length
        if at >= hidden:
            kept.append(text[at])
        elif not kept or kept[-1] != "…":
            kept.append("…")
        at += 1
    return "".join(kept)
