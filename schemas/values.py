"""Which value each built-in task comes to."""

from __future__ import annotations

from typing import Any

from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline

_RESULTS: dict[str, type[Result[Any]]] = {
    "summary": Result[Summary],
    "entities": Result[Entities],
    "timeline": Result[Timeline],
    "answer": Result[Answer],
}


def result_type(task: str) -> type[Result[Any]]:
    """`Result[...]` of a built-in task: it validates a stored result, and gives its JSON schema."""
    return _RESULTS[task]
