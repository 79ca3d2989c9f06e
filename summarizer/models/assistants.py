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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from summarizer.errors import ModelError, ModelUnavailable, ServerFault, Spent
from summarizer.models.hosted.answers import bare_json
from summarizer.models.hosted.forms import asked_by, filled, in_span
from summarizer.models.hosted.usage import spent_on
from summarizer.models.masking import named, one_line
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema

MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Assistant:
    """How a program is asked.

    Args:
        arguments: what is behind its name; `{schema}` is the JSON schema, `{form}` the file that holds it.
        read: the answer's text and usage in what it writes.
        files: what is laid into its working directory, by path.

    """

    arguments: tuple[str, ...]
    read: Callable[[str], tuple[str, Any]]
    files: Mapping[str, str] = field(default_factory=dict)


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
    names = {"prompt": "prompt", "candidates": "candidates", "cached_content": "cached", "thoughts": "thoughts"}
    usage = {f"{ours}_token_count": sum(one.get(theirs) or 0 for one in counts) for ours, theirs in names.items()}
    return str(told.get("response") or ""), usage


ASSISTANTS = {
    "claude": Assistant(
        ("-p", "--output-format", "json", "--json-schema", "{schema}", "--tools", "", "--strict-mcp-config",
         "--no-session-persistence"),
        _claude,
    ),
    "codex": Assistant(
        ("exec", "--json", "--output-schema", "{form}", "--sandbox", "read-only", "--skip-git-repo-check",
         "--ephemeral", "-"),
        _codex,
    ),
    "gemini": Assistant(
        ("--output-format", "json", "--extensions", "none"),
        _gemini,
        # An allow-list without a tool on it; extensions are off by the argument.
        {".gemini/settings.json": json.dumps({"tools": {"core": []}, "mcpServers": {}})},
    ),
}  # fmt: skip


def installed() -> list[str]:
    """The assistants whose program is on PATH."""
    return [name for name in ASSISTANTS if shutil.which(name)]


class AssistantModel:
    """A `ChatModel` that runs an assistant's program for each request. Retries are a wrapper's business.

    It is named `cli/claude`, or `cli/claude/MODEL` for a model that the program knows.
    """

    window = None

    def __init__(self, name: str) -> None:
        self.name = name
        _, self._program, *self._model = name.split("/", 2)
        self._assistant = ASSISTANTS[self._program]
        self._path = shutil.which(self._program)
        if self._path is None:
            raise ModelUnavailable(f"there is no program {self._program!r} on PATH", model=name)

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        return await in_span(self.name, request, self._fill(request))

    async def _fill(self, request: Request[T]) -> Completion[T]:
        with tempfile.TemporaryDirectory(prefix="summarizer-") as folder:
            output = await self._run(request, Path(folder))
        try:
            text, usage = self._assistant.read(output)
        except ServerFault as error:
            raise named(error, self.name) from None
        except (ValueError, AttributeError, TypeError) as error:
            raise self._fault(f"what {self._program} wrote cannot be read") from error
        return filled(bare_json(text), spent_on(usage), request, self.name)

    async def aclose(self) -> None:
        """Nothing runs between requests."""

    def _fault(self, message: str, kind: type[ModelError] = ServerFault) -> ModelError:
        return kind(message, model=self.name, spent=Spent(1, uncounted=1))

    def _command(self, schema: str, form: Path) -> list[str]:
        """`exec` and the like come first, `-` for standard input last."""
        values = {"{schema}": schema, "{form}": str(form)}
        first, *rest = (values.get(argument, argument) for argument in self._assistant.arguments)
        return [str(self._path), first, *(["--model", *self._model] if self._model else []), *rest]

    async def _run(self, request: Request[BaseModel], folder: Path) -> str:
        schema, form = json.dumps(sent_schema(request.schema)), folder / "form.json"
        for name, content in {form.name: schema, **self._assistant.files}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, "utf-8")
        # The messages one after the other, with the form in instructor's words for models that know no schemas.
        prompt = "\n\n".join(str(message["content"]) for message in asked_by("MD_JSON", request)["messages"]) + "\n"
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(
            *self._command(schema, form), stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder,
            env={**os.environ, "NO_COLOR": "1"}, start_new_session=True, limit=MOST_BYTES,
        )  # fmt: skip
        try:
            output, said = await child.communicate(prompt.encode("utf-8", "replace"))
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
            why = one_line(lines[-1]) if lines else "it says nothing"
            message = f"{self._program} left with status {child.returncode}: {why}; is it signed in?"
            raise self._fault(message, ModelUnavailable)
        if len(output) > MOST_BYTES:
            raise self._fault("the answer is longer than any form can be")
        return output.decode("utf-8", "replace")
