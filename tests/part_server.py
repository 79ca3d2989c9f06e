"""A real HTTP server that reads parts: it quotes the first sentence it is shown, and fails for good where told."""

from __future__ import annotations

import re
from typing import Any

from tests.jobs.reading_server import ReadingServer, answer_to
from tests.scripted_server import Reply, completion

_LINE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)


class PartServer(ReadingServer):
    """`broken` are sentences whose part always gets status 500; `shown` are the numbers of each part asked for."""

    def __init__(self, broken: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self.broken = broken
        self.shown: list[list[int]] = []

    def reply(self, body: dict[str, Any]) -> Reply:
        """A summary of the first sentences of a part; for a choice, the first claims."""
        found = (_LINE.findall(message["content"]) for message in reversed(body["messages"]))
        lines = [(int(number), text) for number, text in next(filter(None, found), [])]
        if body["response_format"]["json_schema"]["name"] == "Choice":
            return completion({"chosen": [1, 2], "headline_from": [], "headline": ""})
        with self.lock:
            self.shown.append([number for number, _ in lines])
        if self.broken & {number for number, _ in lines}:
            return Reply({"error": {"message": "out of order"}}, status=500)
        claims = [{"evidence": [number], "text": text} for number, text in lines[:3]]
        return completion({"headline": claims[0], "points": claims[1:]}) if claims else answer_to(body)
