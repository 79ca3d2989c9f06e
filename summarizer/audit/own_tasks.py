"""Results of a user's own task: with its schema at hand, the statements in them are checked again too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from summarizer.analysis import Analysis
from summarizer.grounding import Checker, Grounder
from summarizer.grounding.generic import ground_form
from summarizer.schemas.result import Result
from summarizer.settings import Level, Policy
from summarizer.task import Task


def wrong_statements(
    result: Result[Any], task: Task, analysis: Analysis, level: Level
) -> Iterator[tuple[str, str, str]]:
    """What does not fit the schema, and statements that do not hold without an issue that tells so."""
    try:
        form = task.schema.model_validate(result.value)
    except ValidationError as error:
        first = error.errors()[0]
        yield f"/{'/'.join(map(str, first['loc']))}", "invalid", f"it is not a {task.schema.__name__}: {first['msg']}"
        return
    told = {issue.message for issue in result.issues}
    for issue in ground_form(form, Grounder(analysis, Checker(Level(level)), Policy.FLAG)).issues:
        if issue.code == "ungrounded" and issue.message not in told:
            yield issue.where, "claim_fails", f"it does not hold: {issue.message}"
