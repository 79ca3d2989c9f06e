"""Every task there is: the built-in ones, those of installed packages, and a user's own pairs of files.

A built-in task is `prompts/NAME.md`, `schemas/NAME.py` and `tasks/NAME.py`, whose `TASK` is found by the name of its
file. A package names its tasks under the entry point `summarizer.tasks`; a prompt file whose front matter names a
schema is a task of the folder that `--prompts` or SUMMARIZER_PROMPTS gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.engines.prompts import SHIPPED, Prompts, read_prompt
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.tasks.base import Task

GROUP = "summarizer.tasks"


@dataclass(frozen=True)
class Entry:
    """A task that is not loaded yet: its name, its command and one line of help."""

    name: str
    command: str
    help: str
    load: Callable[[], Task[Any, Any, Any]] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Bundle:
    """Several tasks read in one request under one command."""

    command: str
    help: str
    names: tuple[str, ...]


BUNDLES = (Bundle("brief", "Summary, names and events in one reading.", ("summary", "entities", "timeline")),)


def entries(prompts: Prompts | None = None) -> list[Entry]:
    """All tasks, built-in ones first; a name that is taken is not taken again."""
    found: dict[str, Entry] = {}
    for entry in (*_built_in(), *_installed(), *_own(prompts or Prompts.of())):
        found.setdefault(entry.name, entry)
    return list(found.values())


def get(name: str, prompts: Prompts | None = None) -> Task[Any, Any, Any]:
    """The task of that name or command.

    Raises:
        UsageError: there is none; the nearest name is told.

    """
    known = entries(prompts)
    for entry in known:
        if name in (entry.name, entry.command):
            return entry.load()
    names = [entry.name for entry in known]
    near = get_close_matches(str(name), [*names, *(entry.command for entry in known)], 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"there is no task {name!r}{hint} There are {', '.join(names)}.")


def commands(prompts: Prompts | None = None) -> frozenset[str]:
    """The commands of all tasks and bundles."""
    return frozenset(one.command for one in (*entries(prompts), *BUNDLES))


def bundle(command: str) -> Bundle | None:
    """The bundle of that command."""
    return next((one for one in BUNDLES if one.command == command), None)


def tasks_of(name: str, prompts: Prompts | None = None) -> list[Task[Any, Any, Any]]:
    """The tasks of a task's or a bundle's name.

    Raises:
        UsageError: there is none.

    """
    found = bundle(name)
    return [get(one, prompts) for one in (found.names if found else (name,))]


@cache
def _built_in() -> tuple[Entry, ...]:
    files = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    stems = [stem for stem in files if (SHIPPED / f"{stem}.md").is_file()]
    listed = [_entry(SHIPPED / f"{stem}.md", f"summarizer.tasks.{stem}") for stem in stems]
    # The oldest questions to a text come first in help.
    return tuple(sorted(listed, key=lambda entry: (entry.name not in BUNDLES[0].names, entry.name)))


def _entry(prompt: Path, module: str) -> Entry:
    front = read_prompt(prompt).front
    return Entry(front.name, front.command or front.name, front.help, lambda: _loaded(module))


def _loaded(module: str) -> Task[Any, Any, Any]:
    task: Task[Any, Any, Any] = import_module(module).TASK
    return task


@cache
def _installed() -> tuple[Entry, ...]:
    return tuple(_foreign(point) for point in entry_points(group=GROUP))


def _foreign(point: EntryPoint) -> Entry:
    def load() -> Task[Any, Any, Any]:
        from summarizer.tasks.base import Task

        task = point.load()
        if not isinstance(task, Task):
            raise UsageError(f"entry point {point.value} of {GROUP} is no Task")
        return task

    return Entry(point.name, point.name, f"From {point.module}.", load)


def _own(prompts: Prompts) -> Iterator[Entry]:
    for folder in prompts.folders:
        if folder == SHIPPED:
            continue
        for path in sorted(folder.glob("*.md")):
            if (front := read_prompt(path).front).schema_:
                yield Entry(front.name, front.command or front.name, front.help, lambda path=path: _pair(path))  # type: ignore[misc]


def _pair(path: Path) -> Task[Any, Any, Any]:
    from summarizer.tasks.form import load_task

    return load_task(path)
