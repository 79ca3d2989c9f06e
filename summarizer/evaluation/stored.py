"""A file of results, line by line: each a result in its own form, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import InputError
from summarizer.schemas.result import ArticleRef, Result
from summarizer.tasks.base import Task
from summarizer.views.dossier import known_task, refs_of, revived
from summarizer.views.dossier import refs_in as named_in


@dataclass(frozen=True, slots=True)
class Stored:
    """One line (or one item of an array, counted from 1) and the result on it; `fault` says why there is none."""

    line: int
    result: Result[Any] | None
    fault: str = ""


def read_stored(path: Path, tasks: Mapping[str, Task[Any, Any, Any]] | None = None) -> list[Stored]:
    """The results in a file that the program wrote as `jsonl` or `json`; `tasks` are the user's own, by name.

    Raises:
        InputError: the file cannot be read, or nothing in it is a result.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}") from error
    found = [_stored(number, item, tasks or {}) for number, item in _items(text)]
    if not any(one.result for one in found):
        raise InputError(
            str(path), f"no result in it: {found[0].fault}" if found else "empty: there is no result in it"
        )
    return found


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
