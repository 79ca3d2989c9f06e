"""Every task there is: the built-in ones, those of installed packages, and a user's own pairs of files.

A built-in task is `prompts/NAME.md`, `schemas/NAME.py` and `tasks/NAME.py`, whose `TASK` is found by the name of its
file. A package names its tasks under the entry point `summarizer.tasks`; a prompt file whose front matter names a
schema is a task of the folder that `--prompts` or SUMMARIZER_PROMPTS gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.engines.prompts import SHIPPED, Front, Prompts, read_prompt
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
    """The task of that name or command."""
    if not isinstance(name, str):
        raise UsageError(f"a task is named by a word such as 'quotes', not by {name!r:.80}; are two arguments swapped?")
    known = {entry.name: entry for entry in entries(prompts)}
    by_command = {entry.command: entry for entry in known.values()}
    if found := known.get(name) or by_command.get(name):
        return found.load()
    near = nearest(name, [*known, *by_command])
    raise UsageError(f"there is no task {name!r}{near}; there are {', '.join(known)}")


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message on a name that is not known: the one that may have been meant."""
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def commands() -> frozenset[str]:
    """The commands of all tasks and bundles."""
    return frozenset([*(entry.command for entry in entries()), *(bundle.command for bundle in BUNDLES)])


def bundle(command: str) -> Bundle | None:
    """The bundle of that command."""
    return next((one for one in BUNDLES if one.command == command), None)


def tasks_of(name: str, prompts: Prompts | None = None) -> list[Task[Any, Any, Any]]:
    """The tasks of a task's or a bundle's name."""
    found = bundle(name)
    return [get(one, prompts) for one in (found.names if found else (name,))]


@cache
def _built_in() -> tuple[Entry, ...]:
    stems = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    files = {stem: prompt for stem in stems if (prompt := SHIPPED / f"{stem}.md").is_file()}
    listed = [_entry(read_prompt(prompt).front, partial(_module_task, stem)) for stem, prompt in files.items()]
    # The oldest questions to a text come first in help.
    return tuple(sorted(listed, key=lambda entry: (entry.name not in BUNDLES[0].names, entry.name)))


def _entry(front: Front, load: Callable[[], Task[Any, Any, Any]]) -> Entry:
    return Entry(front.name, front.command or front.name, front.help, load)


def _module_task(stem: str) -> Task[Any, Any, Any]:
    task: Task[Any, Any, Any] = import_module(f"summarizer.tasks.{stem}").TASK
    return task


@cache
def _installed() -> tuple[Entry, ...]:
    points = entry_points(group=GROUP)
    return tuple(Entry(one.name, one.name, f"From {one.module}.", partial(_foreign_task, one)) for one in points)


def _foreign_task(point: EntryPoint) -> Task[Any, Any, Any]:
    from summarizer.tasks.base import Task

    task = point.load()
    if not isinstance(task, Task):
        raise UsageError(f"entry point {point.value} of {GROUP} is no Task")
    return task


def _own(prompts: Prompts) -> Iterator[Entry]:
    """The pairs of files in the user's folders."""
    own = (path for folder in prompts.folders if folder != SHIPPED for path in sorted(folder.glob("*.md")))
    for path in own:
        if (front := read_prompt(path).front).schema_:
            yield _entry(front, partial(_pair_task, path))


def _pair_task(path: Path) -> Task[Any, Any, Any]:
    from summarizer.tasks.form import load_task

    return load_task(path)
