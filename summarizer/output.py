"""What is written: JSON that every reader takes, whatever an article contains, and files that are whole or absent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from summarizer.errors import InputError

# Legal in JSON, but not safe as they are: some readers end a line at U+0085, U+2028 or U+2029, a terminal obeys
# C1 controls and turns the direction of writing, and a lone surrogate cannot be written as UTF-8.
_RISKY = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON; an infinity or NaN, which JSON does not have, is unknown and becomes null."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, default=to_jsonable_python)
    except ValueError:
        plain = json.dumps(value, default=to_jsonable_python)
        return json_text(json.loads(plain, parse_constant=lambda name: None), indent=indent)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def render_json(results: Sequence[BaseModel], *, indent: int | None = 2) -> str:
    """One object for one result, an array for several or none."""
    plain = [_plain(result) for result in results]
    return json_text(plain[0] if len(plain) == 1 else plain, indent=indent)


def render_jsonl(results: Sequence[BaseModel]) -> str:
    """One result a line, each line ended; empty for no result."""
    return "".join(json_text(_plain(result)) + "\n" for result in results)


def _plain(result: BaseModel) -> Any:
    try:
        return result.model_dump(mode="json", by_alias=True)
    except UnicodeEncodeError:  # pydantic cannot write a lone surrogate in a key of a mapping
        return result.model_dump(by_alias=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; when the body is through it takes the place of `path`, else it goes.

    Raises:
        InputError: it cannot be written, the disk is full for instance. What was at `path` stays.

    """
    part = path.parent / f".{path.name}.{token_hex(4)}"
    try:
        part.touch(exist_ok=False)
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # it took the place of `path`, or never was
            part.unlink()
