"""Settings: defaults, then summarizer.toml of the user and of the project, then a profile, then the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

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
FILE = "summarizer.toml"
PROFILES = "profiles"
FOLDERS = ("prompts", "reader", "cache_dir")
OWN = ("base_url", *FOLDERS)
"""What only the user may set: where articles are sent, and whose code, weights and prompts are loaded."""
ADDRESSABLE = ("model", "verify")


class Settings(BaseModel):
    """What holds where a call says nothing: each field is a key of summarizer.toml, and SUMMARIZER_ with its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(None, description="The model to use where none is named, as `provider/name`.")
    base_url: str | None = Field(None, description="The address of an OpenAI-compatible server.")
    local_servers: bool = Field(True, description="Whether a server on this machine is looked for by `auto`.")
    allow_cli: bool = Field(False, description="Whether an assistant's program may be taken by `auto`.")
    policy: Policy = Field(Policy.REASK, description="What happens to a claim that does not hold.")
    level: Level = Field(Level.BALANCED, description="How sure the check must be of a claim.")
    verify: str | None = Field(None, description="The model that is asked about claims the reader is not sure of.")
    prompts: Path | None = Field(None, description="A folder of prompt files that stand in front of the shipped ones.")
    reader: Path | None = Field(None, description="A folder with another reader.")
    cache_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("summarizer")),
        description="Where the embedded model's weights are kept.",
    )
    timeout: float = Field(60.0, gt=0, description="Seconds one product may take, re-asks included.")
    concurrency: int = Field(8, gt=0, description="Articles read at the same time by a job.")
    max_cost: float | None = Field(None, ge=0, description="US dollars a job may spend.")
    profile: str | None = Field(None, description="Which of the profiles of summarizer.toml holds.")


Source = dict[str, tuple[Any, str]]
"""Settings from one place, by name: the value, and how a person finds it there."""


def get_settings() -> Settings:
    """The settings as files and environment give them now.

    Raises:
        UsageError: one has a value that cannot be used; the message says where it is set.

    """
    return explained()[0]


def explained() -> tuple[Settings, dict[str, str]]:
    """The settings, and by name where each that is set comes from.

    Raises:
        UsageError: one has a value that cannot be used.

    """
    holding: Source = {}
    for source in _sources():
        holding |= source
    try:
        found = Settings.model_validate({name: value for name, (value, _) in holding.items()})
    except ValidationError as error:
        raise UsageError(_told(error, holding)) from error
    return found, {name: where for name, (_, where) in holding.items()}


def files() -> tuple[Path, ...]:
    """Where summarizer.toml may be, the weakest first: the user's folder, then the working directory."""
    return Path(platformdirs.user_config_dir("summarizer")) / FILE, Path(FILE)


def _sources() -> Iterator[Source]:
    contents = [(path, found) for path in files() if (found := _content(path)) is not None]
    if contents and contents[-1][0] == Path(FILE) and Path(FILE).resolve() != files()[0].resolve():
        _check_foreign(contents[-1][1])
    environment = {name: value for name in Settings.model_fields if (value := os.environ.get(PREFIX + name.upper()))}
    for path, content in contents:
        yield _of_file(str(path), content)
    wanted = environment.get("profile") or next((c["profile"] for _, c in contents[::-1] if "profile" in c), None)
    if wanted:
        yield _profile(str(wanted), contents)
    yield {name: (value, PREFIX + name.upper()) for name, value in environment.items()}


def _of_file(place: str, values: Mapping[str, Any]) -> Source:
    return {name: (value, f"{place}: {name}") for name, value in values.items() if name != PROFILES}


def _check_foreign(content: Mapping[str, Any]) -> None:
    """Refuse what a folder that came from elsewhere may not decide: whoever wrote it would get the article."""
    for table, values in (("", content), *((f" [{PROFILES}.{name}]", one) for name, one in content[PROFILES].items())):
        named = [name for name in OWN if name in values]
        named += [name for name in ADDRESSABLE if "://" in str(values.get(name, ""))]
        if named:
            allowed = f"your own {files()[0]}, {PREFIX}{named[0].upper()} and the command line may set it"
            raise UsageError(f"{FILE}{table}: {named[0]}: a file of the working directory may not set it; {allowed}")


def _profile(name: str, contents: list[tuple[Path, dict[str, Any]]]) -> Source:
    for path, content in reversed(contents):
        if isinstance(found := content.get(PROFILES, {}).get(name), dict):
            return _of_file(f"{path} [{PROFILES}.{name}]", found)
    known = ", ".join(dict.fromkeys(one for _, content in contents for one in content.get(PROFILES, {}))) or "none"
    raise UsageError(f"there is no profile {name!r}; profiles are {known}")


def _content(path: Path) -> dict[str, Any] | None:
    try:
        known = path.stat()
    except OSError:
        return None
    return _parsed(path.resolve(), path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=8)
def _parsed(resolved: Path, path: Path, *_: int) -> dict[str, Any]:
    """The content of a file; folders in it are beside it."""
    try:
        content = tomllib.loads(resolved.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    if not all(isinstance(one, dict) for one in (content.get(PROFILES, {}), *content.get(PROFILES, {}).values())):
        raise UsageError(f"{path}: profiles are tables: write [{PROFILES}.NAME]")
    profiles = {name: _placed(one, resolved.parent) for name, one in content.get(PROFILES, {}).items()}
    return {**_placed(content, resolved.parent), PROFILES: profiles}


def _placed(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The values, folders made absolute."""
    beside = {name: str(folder / values[name]) for name in FOLDERS if isinstance(values.get(name), str)}
    return {**values, **beside}


def _told(error: ValidationError, holding: Source) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    value, where = holding[name]
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no such setting; there are {', '.join(Settings.model_fields)}"
    mark = "=" if where.startswith(PREFIX) else " = "
    return f"{where}{mark}{value!r} cannot be used: {first['msg']}"
