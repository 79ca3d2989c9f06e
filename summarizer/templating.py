"""Prompt bodies as templates. Only our own and the user's prompt files pass through here, article text never."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarizer.errors import PromptError

_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
)


def rendered(body: str, values: Mapping[str, Any], name: str) -> str:
    """The body with its names filled in.

    Raises:
        PromptError: the template fails.

    """
    try:
        return _template(body).render(values).strip()
    except TemplateError as error:
        raise PromptError(f"prompt {name!r}: {error}") from error


def names_in(body: str, where: str) -> frozenset[str]:
    """The names a body uses.

    Raises:
        PromptError: it is not a template.

    """
    try:
        return frozenset(find_undeclared_variables(_ENVIRONMENT.parse(body)))
    except TemplateSyntaxError as error:
        raise PromptError(f"{where}: line {error.lineno}: {error.message}") from error


@lru_cache(maxsize=64)
def _template(body: str) -> Template:
    """Compiled once: a job writes the same prompt for every article."""
    return _ENVIRONMENT.from_string(body)
