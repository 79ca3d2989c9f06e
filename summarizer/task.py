"""A task: a prompt that asks and a schema that is filled in. The built-in tasks are ordinary ones."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import PromptError, SchemaError

BUILT_IN = ("summary", "entities", "timeline", "answer")
SLOTS = ("headline", "point", "choice", "verify")
Options = Mapping[str, str | int | float | bool | None]


class Front(BaseModel):
    """The front matter of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    schema_: str | None = Field(None, alias="schema")
    options: dict[str, str | int | float | bool | None] = {}
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """What is asked and what comes back.

    Args:
        name: how the task is called in results.
        body: a Jinja template over `options`.
        schema: the pydantic model a model fills in.
        options: the names the body may use, with their defaults.
        examples: pairs of what is shown and what should come back, shown before the article.

    """

    name: str
    body: str
    schema: type[BaseModel]
    options: Options
    examples: tuple[tuple[str, str], ...] = ()

    @cached_property
    def prompt_fingerprint(self) -> str:
        """`name@` and 12 hexadecimal digits of the prompt's text and defaults."""
        return f"{self.name}@{_digest([self.body, dict(self.options), self.examples])}"

    @cached_property
    def schema_fingerprint(self) -> str:
        """`name@` and 12 hexadecimal digits of the JSON schema."""
        return f"{self.name}@{_digest(self.schema.model_json_schema())}"

    def render(self, options: Options) -> str:
        """The body with `options` over its defaults.

        Raises:
            PromptError: an option is not one of the prompt's, or the template fails.

        """
        if unknown := sorted(set(options) - set(self.options)):
            raise PromptError(
                f"prompt {self.name!r} has no option {', '.join(unknown)}; it has {', '.join(self.options) or 'none'}"
            )
        from summarizer.templating import rendered

        return rendered(self.body, {**self.options, **options}, self.name)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


@lru_cache(maxsize=16)
def built_in(name: str) -> Task:
    """The built-in task of that name.

    Raises:
        PromptError: there is none.

    """
    if name not in BUILT_IN + SLOTS:
        raise PromptError(f"no task {name!r}; there are {', '.join(BUILT_IN)}, or name a prompt file ending in .md")
    return parse(files("summarizer.prompts").joinpath(f"{name}.md").read_text("utf-8"), name)


@lru_cache(maxsize=1)
def system_rules() -> str:
    """The rules that go before every article, the same for all tasks."""
    return files("summarizer.prompts").joinpath("system.md").read_text("utf-8").strip()


def load_task(path: Path | str, schema: str | None = None) -> Task:
    """A user's task from a prompt file; `schema` (`module:Model` or `file.py:Model`) overrides its front matter.

    Raises:
        PromptError: the file cannot be read or used.
        SchemaError: the schema cannot be loaded.

    """
    path = Path(path)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read: {error}") from error
    task = parse(text, str(path), schema, path.parent)
    _check(task, str(path))
    if task.name in BUILT_IN + SLOTS:
        raise PromptError(f"{path}: {task.name!r} is the name of a built-in task; give yours another")
    return task


def parse(text: str, where: str, schema: str | None = None, folder: Path | None = None) -> Task:
    """A task from the text of a prompt file: front matter between `---` lines, then the body."""
    front, body = _split(text, where)
    if not (wanted := schema or front.schema_):
        raise PromptError(f"{where}: no schema; add `schema: module:Model` to its front matter or give --schema")
    return Task(front.name, body, _load_schema(wanted, folder or Path.cwd()), front.options, front.examples)


def _check(task: Task, where: str) -> None:
    """A user's prompt is proved before it is used; the built-in ones are proved by our tests."""
    from summarizer.templating import names_in

    if missing := sorted(names_in(task.body, where) - set(task.options)):
        raise PromptError(f"{where}: {', '.join(missing)} used but not among its options; the article is added by code")
    _check_examples(task, where)


def _split(text: str, where: str) -> tuple[Front, str]:
    head, mark, body = text.removeprefix("\ufeff").partition("\n---")
    if not head.startswith("---") or not mark:
        raise PromptError(f"{where}: no front matter; begin with lines `---`, `name: ...`, `schema: ...`, `---`")
    try:
        return Front.model_validate(yaml.safe_load(head[3:]) or {}), body.lstrip("-").strip("\r\n")
    except yaml.YAMLError as error:
        raise PromptError(f"{where}: the front matter is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise PromptError(f"{where}: front matter `{'.'.join(map(str, first['loc']))}`: {first['msg']}") from error


def _check_examples(task: Task, where: str) -> None:
    for number, (_, answer) in enumerate(task.examples, 1):
        try:
            task.schema.model_validate_json(answer)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = "/".join(map(str, first["loc"])) or "answer"
            raise PromptError(
                f"{where}: example {number} does not fit {task.schema.__name__}: {place}: {first['msg']}"
            ) from error


def _load_schema(wanted: str, folder: Path) -> type[BaseModel]:
    module_name, _, name = wanted.rpartition(":")
    if not module_name or not name:
        raise SchemaError(f"schema {wanted!r}: write module:Model or file.py:Model")
    found = getattr(_import(module_name, folder), name, None)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise SchemaError(f"schema {wanted!r}: there is no pydantic model {name} in {module_name}")
    return found


def _import(module_name: str, folder: Path) -> ModuleType:
    try:
        if not module_name.endswith(".py"):
            return importlib.import_module(module_name)
        path = next((path for path in (Path(module_name), folder / module_name) if path.is_file()), None)
        if path is None:
            raise SchemaError(f"schema file {module_name}: not found")
        return _import_file(path.resolve())
    except SchemaError:
        raise
    except Exception as error:
        raise SchemaError(f"schema {module_name}: cannot be imported: {type(error).__name__}: {error}") from error


def _import_file(path: Path) -> ModuleType:
    # The path is part of the name: two files called models.py are two modules.
    name = f"summarizer_user_{path.stem}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
