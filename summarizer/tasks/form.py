"""A user's own task from a pair of files, a prompt and a pydantic schema."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from summarizer.article import Article
from summarizer.engines.prompts import Prompt, Prompts, read_prompt
from summarizer.errors import PromptError, SchemaError
from summarizer.grounding import Grounder
from summarizer.grounding.form import ground_form
from summarizer.schemas.evidence import TaskOptions, numbers_refer_to
from summarizer.tasks.base import Misread, Task


class FormTask(Task[BaseModel, BaseModel, TaskOptions]):
    """Draft and value are the user's schema; what is evidence and what a statement is told by its types."""

    def __init__(self, prompt: Prompt, schema: type[BaseModel]) -> None:
        self._prompt = prompt
        self.name = prompt.front.name  # type: ignore[misc]  # one class serves all of them
        self.draft = self.value = schema
        fields: dict[str, Any] = {
            name: (str | int | float | bool | None, default) for name, default in prompt.front.options.items()
        }
        self.options = create_model(f"{self.name}_options", __base__=TaskOptions, **fields)

    def prompt(self, prompts: Prompts) -> Prompt:
        """The user's file."""
        return self._prompt

    def misread(self, value: BaseModel, grounder: Grounder | None) -> Iterator[Misread]:
        """The statements of the form that do not hold in the sentences beside them."""
        issues = ground_form(value, grounder).issues if grounder else ()
        fail = (issue for issue in issues if issue.code == "ungrounded")
        return (Misread(issue.where, "claim_fails", f"it does not hold: {issue.message}") for issue in fail)


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
        return importlib.import_module(module_name) if path is None else _import_file(path.resolve())
    except Exception as error:
        raise SchemaError(f"schema {module_name}: cannot be imported: {type(error).__name__}: {error}") from error


def _import_file(path: Path) -> types.ModuleType:
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
