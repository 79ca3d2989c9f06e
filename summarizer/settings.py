"""Settings from the environment: one class, one prefix, read afresh at each use."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import UsageError


class Policy(StrEnum):
    """What happens to a claim that does not hold.

    `REASK` asks once for the failing claims, then takes the cited sentences; `DROP` leaves them out; `FLAG` keeps them
    as `unchecked`; `FAIL` raises `Ungrounded`.
    """

    REASK = "reask"
    DROP = "drop"
    FLAG = "flag"
    FAIL = "fail"


class Level(StrEnum):
    """How sure the check must be of a claim.

    `STRICT` takes sentences and safe trims of them only; `BALANCED` and `LENIENT` take other words where the reader's
    probability is at least its threshold for that level, and no exact fact differs.
    """

    STRICT = "strict"
    BALANCED = "balanced"
    LENIENT = "lenient"


PREFIX = "SUMMARIZER_"


class Settings(BaseModel):
    """What `SUMMARIZER_*` says. Every field is an environment variable of that name in capitals."""

    model_config = ConfigDict(frozen=True)

    model: str | None = Field(None, description="The model to use where none is named, as `provider/name`.")
    base_url: str | None = Field(None, description="The address of an OpenAI-compatible server.")
    cache_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("summarizer")),
        description="Where the embedded model's weights are kept.",
    )
    timeout: float = Field(60.0, gt=0, description="Seconds one product may take, re-asks included.")
    concurrency: int = Field(8, gt=0, description="Articles read at the same time by a job.")
    max_cost: float | None = Field(None, ge=0, description="US dollars a job may spend.")


def get_settings() -> Settings:
    """The settings as the environment gives them now.

    Raises:
        UsageError: a variable has a value that cannot be used.

    """
    set_here = {name: value for name in Settings.model_fields if (value := os.environ.get(PREFIX + name.upper()))}
    try:
        return Settings.model_validate(set_here)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise UsageError(f"{name}={first['input']!r} cannot be used: {first['msg']}") from error
