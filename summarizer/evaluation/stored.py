"""Stored results, each in its own form or with what is wrong with it; and their articles, found again by their text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.jobs.database import Database
from summarizer.jobs.store import Store
from summarizer.reading import Unreadable, read_all
from summarizer.reading.web import is_url
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


_ROW = re.compile(r":\d{1,12}\Z")


@dataclass(frozen=True)
class Found:
    """What was found: articles by id, and for each source the ids of the texts that stand there now."""

    articles: dict[str, Article] = field(default_factory=dict)
    standing: dict[str, set[str]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)

    def why_missing(self, ref: ArticleRef) -> tuple[str, str]:
        """Code and message for an article that is not among `articles`."""
        now = self.standing.get(ref.source) or self.standing.get(PurePath(ref.source).name)
        if now:
            there = next(iter(now))[:12] if len(now) == 1 else f"{len(now)} others"
            return "changed_article", f"the text now is {there}, not the {ref.id[:12]} the result was made from"
        if ref.source in ("", "-"):
            return "missing_article", "it came from no file; name the article with --articles"
        return "missing_article", self.unreadable.get(ref.source, "not among the articles given")

    def keep(self, items: Iterable[Article | Unreadable], wanted: Iterable[str]) -> None:
        """Take from `items` the articles with the ids `wanted`, and note what else stands where."""
        for item in items:
            if isinstance(item, Unreadable):
                self.unreadable[item.source] = item.message
                continue
            if item.id in wanted:
                self.articles.setdefault(item.id, item)
            for name in (item.source, PurePath(item.source).name):
                self.standing.setdefault(name, set()).add(item.id)


def find_articles(
    refs: Iterable[ArticleRef],
    given: Path | None = None,
    opened: Callable[[str], Iterable[Article | Unreadable]] = read_all,
) -> Found:
    """The articles behind `refs`: among those at `given`, or from the sources the results themselves name.

    `opened` reads all that is at a source, as `read_all` does.
    """
    wanted = {ref.id: ref.source for ref in refs}
    found = Found()
    if given is not None:
        found.keep(opened(str(given)), wanted)
        return found
    places: dict[str, list[str]] = {}  # each is opened once: a row or a member of an archive is read with its file
    for source in wanted.values():
        if source not in ("", "-"):
            places.setdefault(_container(source), []).append(source)
    for place, sources in places.items():
        try:
            found.keep(opened(place), wanted)
        except InputError as error:
            found.unreadable.update(dict.fromkeys(sources, error.message))
    return found


def _container(source: str) -> str:
    """The file or page that a source is in: itself, or without the number of its row, or a file among its parents."""
    if is_url(source):
        return _ROW.sub("", source) if source.rpartition("/")[2].count(":") else source
    names = (Path(source), Path(_ROW.sub("", source)))
    candidates = (path for name in names for path in (name, *(one for one in name.parents if one.name)))
    return next((str(path) for path in candidates if path.is_file()), source)
