"""A command-line assistant that a person has installed and signed in to, asked through its non-interactive mode.

Each is run in an empty temporary folder with its tools off: it is given the form and the article on standard input,
and can neither read nor change a file of the person's. The flags are those of each program's own documentation.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import InvalidAnswer, ModelUnavailable, ServerFault, Spent
from summarizer.models.hosted.answers import bare_json, spent_on
from summarizer.models.hosted.failures import problems_of
from summarizer.models.hosted.instructor_model import asked_by, read_form
from summarizer.models.masking import named, one_line
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema
from summarizer.models.telemetry import request_span

MOST_BYTES = 8_000_000
FORM = "form.json"


@dataclass(frozen=True, slots=True)
class Assistant:
    """How a program is asked.

    Args:
        program: its name on PATH.
        arguments: what is behind its name; `{schema}` is the JSON schema, `{form}` the file that holds it.
        read: the answer's text and usage in what it writes.
        files: what is laid into its working directory, by path.
        model: the argument that names a model.

    """

    program: str
    arguments: tuple[str, ...]
    read: Callable[[str], tuple[str, Any]]
    files: Mapping[str, str]
    model: str = "--model"


def _claude(output: str) -> tuple[str, Any]:
    told = json.loads(output)
    if told.get("is_error"):
        raise ServerFault(f"it failed: {one_line(str(told.get('result') or told.get('subtype') or ''))}")
    form = told.get("structured_output")
    return (json.dumps(form) if isinstance(form, dict) else str(told.get("result") or "")), told.get("usage")


def _codex(output: str) -> tuple[str, Any]:
    text, usage = "", None
    for line in output.splitlines():
        event = json.loads(line) if line.startswith("{") else {}
        item = event.get("item") or {}
        if item.get("type") == "agent_message":
            text = str(item.get("text") or "")
        if event.get("type") in ("turn.failed", "error"):
            said = event.get("error") or event
            raise ServerFault(f"it failed: {one_line(str(said.get('message') or ''))}")
        # Its input tokens have the cached ones among them, as OpenAI's have.
        usage = event.get("usage") or usage
    if isinstance(usage, dict) and "cached_input_tokens" in usage:
        usage = {**usage, "cached_tokens": usage["cached_input_tokens"]}
    return text, usage


def _gemini(output: str) -> tuple[str, Any]:
    told = json.loads(output)
    if told.get("error"):
        raise ServerFault(f"it failed: {one_line(str(told['error'].get('message') or ''))}")
    models = (told.get("stats") or {}).get("models") or {}
    counts = [model.get("tokens") or {} for model in models.values()]
    usage = {
        "prompt_token_count": sum(count.get("prompt") or 0 for count in counts),
        "candidates_token_count": sum(count.get("candidates") or 0 for count in counts),
        "cached_content_token_count": sum(count.get("cached") or 0 for count in counts),
        "thoughts_token_count": sum(count.get("thoughts") or 0 for count in counts),
    }
    return str(told.get("response") or ""), usage


ASSISTANTS = {
    "claude": Assistant(
        "claude",
        ("-p", "--output-format", "json", "--json-schema", "{schema}", "--tools", "", "--strict-mcp-config",
         "--no-session-persistence"),
        _claude,
        {},
    ),
    "codex": Assistant(
        "codex",
        ("exec", "--json", "--output-schema", "{form}", "--sandbox", "read-only", "--skip-git-repo-check",
         "--ephemeral", "-"),
        _codex,
        {},
    ),
    "gemini": Assistant(
        "gemini",
        ("--output-format", "json", "--extensions", "none"),
        _gemini,
        # An allow-list without a tool on it; extensions are off by the argument.
        {".gemini/settings.json": json.dumps({"tools": {"core": []}, "mcpServers": {}})},
    ),
}  # fmt: skip


def installed() -> list[str]:
    """The assistants whose program is on PATH."""
    return [name for name, assistant in ASSISTANTS.items() if shutil.which(assistant.program)]


class AssistantModel:
    """A `ChatModel` that runs an assistant's program for each request. Retries are a wrapper's business.

    Args:
        name: `cli/claude`, or `cli/claude/MODEL` for a model that the program knows.

    Raises:
        ModelUnavailable: the program is not on PATH.

    """

    def __init__(self, name: str) -> None:
        self._name = name
        _, program, *model = name.split("/", 2)
        self._assistant = ASSISTANTS[program]
        path = shutil.which(self._assistant.program)
        if path is None:
            raise ModelUnavailable(f"there is no program {self._assistant.program!r} on PATH", model=name)
        self._program, self._model = path, model

    @property
    def name(self) -> str:
        """The name as it was given."""
        return self._name

    @property
    def window(self) -> int | None:
        """It is not known."""
        return None

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        with request_span(self._name, request) as told:
            with tempfile.TemporaryDirectory(prefix="summarizer-") as folder:
                output = await self._run(request, Path(folder))
            try:
                text, usage = self._assistant.read(output)
            except ServerFault as error:
                raise named(error, self._name) from None
            except (ValueError, AttributeError, TypeError) as error:
                message = f"what {self._assistant.program} wrote cannot be read"
                raise ServerFault(message, model=self._name, spent=Spent(1, uncounted=1)) from error
            return told(self._filled_in(request, bare_json(text), spent_on(usage)))

    def _filled_in(self, request: Request[T], text: str, spent: Spent) -> Completion[T]:
        try:
            return Completion(*read_form(text, request.schema), spent)
        except ValidationError as error:
            problems = problems_of(error, request.messages)
            message = "the answer does not fit the schema: " + "; ".join(problems[:3])
            raise InvalidAnswer(message, answer=text, problems=problems, model=self._name, spent=spent) from None

    async def _run(self, request: Request[BaseModel], folder: Path) -> str:
        schema = json.dumps(sent_schema(request.schema))
        for name, content in {FORM: schema, **self._assistant.files}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, "utf-8")
        values = {"{schema}": schema, "{form}": str(folder / FORM)}
        behind = [values.get(argument, argument) for argument in self._assistant.arguments]
        chosen = [self._assistant.model, *self._model] if self._model else []
        # `exec` and the like come first, `-` for standard input last.
        command = [self._program, *behind[:1], *chosen, *behind[1:]]
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            start_new_session=True,
            limit=MOST_BYTES,
        )
        try:
            output, said = await child.communicate(_prompt(request).encode("utf-8", "replace"))
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
            why = one_line(lines[-1]) if lines else "it says nothing"
            message = f"{self._assistant.program} left with status {child.returncode}: {why}; is it signed in?"
            raise ModelUnavailable(message, model=self._name, spent=Spent(1, uncounted=1))
        if len(output) > MOST_BYTES:
            raise ServerFault(
                "the answer is longer than any form can be", model=self._name, spent=Spent(1, uncounted=1)
            )
        return output.decode("utf-8", "replace")

    async def aclose(self) -> None:
        """Nothing runs between requests."""


def _prompt(request: Request[BaseModel]) -> str:
    """The messages one after the other, with the form in instructor's words for models that know no schemas."""
    return "\n\n".join(str(message["content"]) for message in asked_by("MD_JSON", request)["messages"]) + "\n"
