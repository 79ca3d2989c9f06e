"""Options of a task: one typed model a task, the same for Python, the command line and jobs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class TaskOptions(BaseModel):
    """Base of all options: nothing unknown, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def values(self) -> dict[str, Any]:
        """What the prompt's template may use, by name."""
        return self.model_dump()
