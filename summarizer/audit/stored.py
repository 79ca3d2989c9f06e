"""A file of results, line by line: each a result in its own form, or what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import InputError
from summarizer.schemas.answer import Answer
from summarizer.schemas.result import ArticleRef, Result
from summarizer.schemas.values import result_type


@dataclass(frozen=True, slots=True)
class Stored:
    """One line (or one item of an array, counted from 1) and the result on it; `fault` says why there is none."""

    line: int
    result: Result[Any] | None
    fault: str = ""


def read_stored(path: Path) -> list[Stored]:
    """The results in a file that the program wrote as `jsonl` or `json`.

    Raises:
        InputError: the file cannot be read, or nothing in it is a result.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8: byte 0x{error.object[error.start]:02x} at {error.start}") from error
    found = [_stored(number, item) for number, item in _items(text)]
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


def _stored(number: int, item: Any) -> Stored:
    if isinstance(item, ValueError):
        return Stored(number, None, f"not JSON: {item}")
    try:
        return Stored(number, _validated(item))
    except ValidationError as error:
        first = error.errors()[0]
        return Stored(number, None, f"not a result: /{'/'.join(map(str, first['loc']))}: {first['msg']}")


def _validated(item: Any) -> Result[Any]:
    task = item.get("task") if isinstance(item, dict) else None
    try:
        form = result_type(task) if isinstance(task, str) else Result[Any]
    except KeyError:  # a task of the user's own: its value has no form known here
        form = Result[Any]
    return form.model_validate(item)


def refs_of(result: Result[Any]) -> list[ArticleRef]:
    """The articles a result is about: its own, and those an answer from many points at. None where none was found."""
    others = result.value.articles if isinstance(result.value, Answer) else []
    return [ref for ref in (result.article, *others) if ref.id]


def several(result: Result[Any]) -> bool:
    """Whether the result is an answer that was looked for in many articles."""
    return not result.article.id or (isinstance(result.value, Answer) and bool(result.value.articles))


def refs_in(stored: Iterable[Stored]) -> list[ArticleRef]:
    """All articles that results are about."""
    return [ref for one in stored if one.result for ref in refs_of(one.result)]
