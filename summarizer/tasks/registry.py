"""Every task there is: the built-in ones, those of installed packages, and a user's own pairs of files.

A built-in task is `prompts/NAME.md`, `schemas/NAME.py` and `tasks/NAME.py`, whose `TASK` is found by the name of its
file. A package names its tasks under the entry point `summarizer.tasks`; a prompt file whose front matter names a
schema is a task of the folder that `--prompts` or SUMMARIZER_PROMPTS gives.
"""

from __future__ import annotations

import hashlib
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.article import Article
from summarizer.engines.prompts import SHIPPED, Front, Prompts, read_prompt
from summarizer.errors import PromptError, SchemaError, UsageError

if TYPE_CHECKING:
    from summarizer.tasks.base import FormTask, Task

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


def load_task(path: Path | str, schema: str | None = None) -> FormTask:
    """A user's task from a prompt file and a pydantic schema.

    Args:
        path: the prompt file, Markdown with front matter.
        schema: `module:Model` or `file.py:Model`, the file beside the prompt or in the working directory; it overrides
            the front matter's.

    Raises:
        PromptError: the file cannot be read or used, or an example in it does not fit the schema.
        SchemaError: there is no such model, or its module cannot be imported.

    """
    from summarizer.schemas.evidence import numbers_refer_to
    from summarizer.tasks.base import FormTask

    path = Path(path)
    prompt = read_prompt(path, (path.parent.resolve(), *Prompts().folders))
    if not (wanted := schema or prompt.front.schema_):
        raise PromptError(f"{path}: no schema; add `schema: module:Model` to its front matter or give --schema")
    task = FormTask(prompt, _load_schema(wanted, path.parent))
    if missing := sorted(prompt.names - set(prompt.front.options)):
        raise PromptError(f"{path}: {', '.join(missing)} used but not among its options; the article is added by code")
    for number, (text, answer) in enumerate(prompt.front.examples, 1):
        try:
            with numbers_refer_to(Article(text)):
                task.draft.model_validate_json(answer)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            fault = f"{'/'.join(map(str, first['loc'])) or 'answer'}: {first['msg']}"
            raise PromptError(f"{path}: example {number} does not fit {task.draft.__name__}: {fault}") from error
    return task


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
            yield _entry(front, partial(load_task, path))


def _load_schema(wanted: str, folder: Path) -> type[BaseModel]:
    module_name, _, name = wanted.rpartition(":")
    if not module_name or not name:
        raise SchemaError(f"schema {wanted!r}: write module:Model or file.py:Model")
    found = getattr(_import(module_name, folder), name, None)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise SchemaError(f"schema {wanted!r}: there is no pydantic model {name} in {module_name}")
    return found


def _import(module_name: str, folder: Path) -> types.ModuleType:
    path = next((path for path in (Path(module_name), folder / module_name) if path.is_file()), None)
    if path is None and module_name.endswith(".py"):
        raise SchemaError(f"schema file {module_name}: not found")
    try:
        return import_module(module_name) if path is None else _import_file(path.resolve())
    except Exception as error:
        raise SchemaError(f"schema {module_name}: cannot be imported: {type(error).__name__}: {error}") from error


def _import_file(path: Path) -> types.ModuleType:
    # The path is part of the name: two files called models.py are two modules.
    name = f"summarizer_user_{path.stem}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
