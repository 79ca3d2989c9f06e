"""Which value each built-in task comes to."""

from __future__ import annotations

from typing import Any

from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Value
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline

VALUES: dict[str, type[Value]] = {"summary": Summary, "entities": Entities, "timeline": Timeline, "answer": Answer}


def result_type(task: str) -> type[Result[Any]]:
    """`Result[...]` of a built-in task: it validates a stored result, and gives its JSON schema."""
    return Result[VALUES[task]]  # type: ignore[misc]
