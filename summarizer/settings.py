"""Settings from the environment: one class, one prefix, read afresh at each use."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from summarizer.errors import UsageError

Policy = Literal["reask", "drop", "flag", "fail"]


class Settings(BaseSettings):
    """What `SUMMARIZER_*` says. Every field is an environment variable of that name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SUMMARIZER_", extra="ignore", frozen=True)

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
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"SUMMARIZER_{'_'.join(map(str, first['loc'])).upper()}"
        raise UsageError(f"{name}={first['input']!r} cannot be used: {first['msg']}") from error
