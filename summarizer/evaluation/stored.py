"""Stored results, one by one: each a result in its own form, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import InputError
from summarizer.jobs.database import Database
from summarizer.jobs.store import Store
from summarizer.schemas.result import ArticleRef, Result
from summarizer.tasks.base import Task
from summarizer.views.dossier import known_task, refs_of, revived
from summarizer.views.dossier import refs_in as named_in
from summarizer.views.tables import FORMS


@dataclass(frozen=True, slots=True)
class Stored:
    """One line (or one item of an array or a store, counted from 1) and the result on it; `fault` says why none."""

    line: int
    result: Result[Any] | None
    fault: str = ""
    file: str = ""


def read_stored(path: Path, tasks: Mapping[str, Task[Any, Any, Any]] | None = None) -> list[Stored]:
    """The results in a file that the program wrote as `jsonl` or `json`, in the store of a job, or in a folder of such.

    `tasks` are the user's own, by name. Of a folder's files those without a result are passed over, and so is a store
    beside what was written from it.
    """
    if path.is_dir():
        return _in_folder(path, tasks)
    found = [replace(_stored(number, item, tasks or {}), file=str(path)) for number, item in _items_of(path)]
    if not any(one.result for one in found):
        fault = f"no result in it ({found[0].fault})" if found else "empty"
        raise InputError(str(path), f"{fault}; results are what `-f jsonl` and `batch` write")
    return found


def _in_folder(folder: Path, tasks: Mapping[str, Task[Any, Any, Any]] | None) -> list[Stored]:
    files = sorted(one for ending in ("jsonl", "json", "sqlite") for one in folder.glob(f"*.{ending}"))
    found: list[Stored] = []
    for file in files:
        if file.suffix != ".sqlite" or file.with_suffix("") not in files:
            with suppress(InputError):
                found += read_stored(file, tasks)
    if not found:
        raise InputError(str(folder), "no results in this folder (looked for .jsonl, .json, .sqlite)")
    return found


def _items_of(path: Path) -> Iterator[tuple[int, Any]]:
    """The items of a file, or of the last job of a store."""
    if path.suffix.lower() in FORMS:
        raise InputError(str(path), "a table is for reading on; give the .jsonl, or the store beside it (.sqlite)")
    try:
        content = path.read_bytes()
        if content.startswith(b"SQLite format 3\0"):
            return iter(_of_store(path))
        return _items(content.decode("utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}") from error


def _of_store(path: Path) -> list[tuple[int, Any]]:
    with Database(path, exclusive=False) as database:
        store = Store(database)
        job = store.last_job()
        return [(number, json.loads(kept.text)) for number, kept in enumerate(store.kept(job) if job else (), 1)]


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """The lines as JSON; or, where the first is no whole value, the items of the one value there is."""
    # Not splitlines: U+2028 and its like may stand in a JSON string.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if lines and isinstance(_loaded(lines[0][1]), ValueError) and not isinstance(whole := _loaded(text), ValueError):
        yield from enumerate(whole if isinstance(whole, list) else [whole], 1)
        return
    for number, line in lines:
        value = _loaded(line)
        yield from enumerate(value, 1) if isinstance(value, list) else [(number, value)]


def _loaded(text: str) -> Any:
    """The value, or the error as a value."""
    try:
        return json.loads(text)
    except RecursionError:
        return ValueError("nested too deeply")
    except ValueError as error:
        return error


def _stored(number: int, item: Any, tasks: Mapping[str, Task[Any, Any, Any]]) -> Stored:
    """The result, its value as its task's model; of a task that is not known here with its claims and spans."""
    if isinstance(item, ValueError):
        return Stored(number, None, f"not JSON: {item}")
    try:
        result: Result[Any] = Result[Any].model_validate(item)
        task = None if result.value is None else tasks.get(result.task) or known_task(result.task)
        value = task.value.model_validate(item["value"]) if task else revived(result.value)
    except ValidationError as error:
        return Stored(number, None, f"not a result: {fault_of(error)}")
    return Stored(number, result.model_copy(update={"value": value}))


def fault_of(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = error.errors()[0]
    return f"/{'/'.join(map(str, first['loc']))}: {first['msg']}"


def several(result: Result[Any]) -> bool:
    """Whether the result was looked for in many articles."""
    return not result.article.id or any(named_in(result.value))


def refs_in(stored: Iterable[Stored]) -> list[ArticleRef]:
    """All articles that results are about."""
    return [ref for one in stored if one.result for ref in refs_of(one.result)]
