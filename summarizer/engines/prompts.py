"""Prompt files: found by name in the user's folders first, rendered over options alone.

Only prompt files pass through Jinja, article text never does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import PromptError
from summarizer.settings import get_settings

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SHIPPED = Path(__file__).parent.parent / "prompts"
STYLES = "styles"


class Front(BaseModel):
    """The front matter of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    help: str = ""
    command: str | None = Field(None, pattern=r"^[a-z][a-z0-9-]*$")
    schema_: str | None = Field(None, alias="schema")
    options: dict[str, str | int | float | bool | None] = {}
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Prompt:
    """One prompt file: what is asked, and what stands in its front matter."""

    front: Front
    body: str
    where: str
    folders: tuple[Path, ...] = (SHIPPED,)

    @cached_property
    def fingerprint(self) -> str:
        """`name@` and 12 hexadecimal digits of the prompt's text."""
        front = self.front.model_dump(exclude={"help", "command"})
        return f"{self.front.name}@{digest([self.body, front])}"

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the body uses."""
        from jinja2.meta import find_undeclared_variables

        with self._faults():
            return frozenset(find_undeclared_variables(_environment(self.folders).parse(self.body)))

    def render(self, values: Mapping[str, Any] | None = None) -> str:
        """The body with `values` filled in."""
        with self._faults():
            return _template(self.folders, self.body).render(values or {}).strip()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Faults of the template as errors of ours."""
        from jinja2 import TemplateError, TemplateNotFound

        try:
            yield
        except TemplateNotFound as error:
            styles = sorted({file.stem for folder in self.folders for file in (folder / STYLES).glob("*.md")})
            raise PromptError(f"{self.where}: there is no {error.name}; styles are {', '.join(styles)}") from error
        except TemplateError as error:
            raise PromptError(f"{self.where}: {error}") from error


@dataclass(frozen=True)
class Prompts:
    """The folders that prompts are looked for in, the user's first."""

    folders: tuple[Path, ...] = (SHIPPED,)
    _known: dict[str, Prompt] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, folder: Path | str | None = None) -> Prompts:
        """With `folder`, else that of the settings, in front of the shipped ones."""
        first = folder or get_settings().prompts
        if not first:
            return cls()
        if not Path(first).is_dir():
            raise PromptError(f"prompts {str(first)!r}: no such folder")
        return cls((Path(first).resolve(), SHIPPED))

    def get(self, name: str) -> Prompt:
        """The prompt of that name."""
        if name not in self._known:
            path = next((path for folder in self.folders if (path := folder / f"{name}.md").is_file()), None)
            if path is None:
                raise PromptError(f"there is no prompt {name!r} in {', '.join(map(str, self.folders))}")
            self._known[name] = read_prompt(path, self.folders)
        return self._known[name]

    @cached_property
    def rules(self) -> str:
        """The rules that go before every article, the same for all tasks."""
        return self.get("system").render()


def read_prompt(path: Path, folders: tuple[Path, ...] = (SHIPPED,)) -> Prompt:
    """A prompt from its file; what has no front matter is named after the file."""
    try:
        text = path.read_text("utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read: {error}") from error
    head, mark, body = text.partition("\n---")
    if not text.startswith("---"):
        return Prompt(Front(name=path.stem), text.strip("\r\n"), str(path), folders)
    if not mark:
        raise PromptError(f"{path}: the front matter has no end; close it with a line `---`")
    return Prompt(_front(head[3:], str(path)), body.lstrip("-").strip("\r\n"), str(path), folders)


def _front(head: str, where: str) -> Front:
    try:
        # The loader of libyaml, where it is there, is ten times as fast.
        found = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe, both of them
        return Front.model_validate(found or {})
    except (yaml.YAMLError, RecursionError) as error:
        raise PromptError(f"{where}: the front matter is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise PromptError(f"{where}: front matter `{'.'.join(map(str, first['loc']))}`: {first['msg']}") from error


def digest(value: Any) -> str:
    """Twelve hexadecimal digits that equal JSON values share."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


@lru_cache(maxsize=16)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )


@lru_cache(maxsize=64)
def _template(folders: tuple[Path, ...], body: str) -> Template:
    return _environment(folders).from_string(body)
