"""Command-line assistants: fake programs on PATH get the prompt and the form, run in an empty folder, tools off."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InvalidAnswer, ModelUnavailable, ServerFault, Spent
from summarizer.models.catalog import open_model
from tests.models.asking import GOOD, REQUEST

TEXT = json.dumps(GOOD)
CODEX = [
    {"type": "thread.started", "thread_id": "x"},
    {"type": "item.completed", "item": {"type": "reasoning", "text": "hm"}},
    {"type": "item.completed", "item": {"type": "agent_message", "text": TEXT}},
    {"type": "turn.completed", "usage": {"input_tokens": 100, "cached_input_tokens": 64, "output_tokens": 20}},
]
WRITES: dict[str, tuple[str, str, Spent]] = {
    "claude": (
        "claude",
        json.dumps({"type": "result", "is_error": False, "result": "", "structured_output": GOOD,
                    "usage": {"input_tokens": 36, "cache_read_input_tokens": 64, "output_tokens": 20}}),
        Spent(1, 100, 64, 20),
    ),
    "claude, in words": (
        "claude",
        json.dumps({"type": "result", "is_error": False, "result": f"Here:\n```json\n{TEXT}\n```"}),
        Spent(1, uncounted=1),
    ),
    "codex": ("codex", "\n".join(map(json.dumps, CODEX)), Spent(1, 100, 64, 20)),
    "gemini": (
        "gemini",
        json.dumps({"response": f"```json\n{TEXT}\n```", "stats": {"models": {"gemini-2.5-pro": {
            "tokens": {"prompt": 100, "candidates": 13, "cached": 64, "thoughts": 7, "total": 120}}}}}),
        Spent(1, 100, 64, 20, 7),
    ),
}  # fmt: skip


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a program of that name on PATH: it notes how it was run, and writes what it is told to."""

    def install(name: str, writes: str, *, status: int = 0, error: str = "") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        script = folder / f"{name}.py"
        script.write_text(
            "import json, os, sys, pathlib\n"
            "files = {str(p): p.read_text() for p in pathlib.Path('.').rglob('*') if p.is_file()}\n"
            "notes = {'argv': sys.argv[1:], 'stdin': sys.stdin.read(), 'cwd': os.getcwd(), 'files': files}\n"
            f"pathlib.Path({str(tmp_path / 'notes.json')!r}).write_text(json.dumps(notes))\n"
            f"sys.stderr.write({error!r})\nsys.stdout.write({writes!r})\nsys.exit({status})\n",
            "utf-8",
        )
        runner = folder / name
        runner.write_text(f'#!/bin/sh\nexec {sys.executable} -I {script} "$@"\n', "utf-8")
        runner.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        return tmp_path / "notes.json"

    return install


@pytest.mark.parametrize("case", WRITES)
async def test_an_assistant_fills_in_the_form(program: Any, case: str) -> None:
    """What it writes is read, with the tokens it tells; the article comes on standard input, as it is."""
    name, writes, spent = WRITES[case]
    notes = program(name, writes)

    done = await open_model(f"cli/{name}").complete(REQUEST)

    told = json.loads(notes.read_text("utf-8"))
    assert ("It rains.", spent) == (done.draft.headline.text, done.spent)
    assert "{{ 7*7 }} {% if %} of the article" in told["stdin"]
    assert '"additionalProperties": false' in told["stdin"]
    assert "of the article" not in " ".join(told["argv"])
    assert not os.path.exists(told["cwd"])  # noqa: ASYNC240, PTH110  the folder is gone
    assert {"form.json"} >= {name for name in told["files"] if not name.startswith(".gemini")}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("claude", ["-p", "--output-format", "json", "--tools", ""]),
        ("codex", ["exec", "--json", "--output-schema", "--sandbox", "read-only", "-"]),
        ("gemini", ["--output-format", "json"]),
    ],
)
async def test_tools_are_off(program: Any, name: str, expected: list[str]) -> None:
    """Each program's own flags for a run without a person, and without tools."""
    notes = program(name, WRITES[name][1])

    await open_model(f"cli/{name}/some-model").complete(REQUEST)

    told = json.loads(notes.read_text("utf-8"))
    assert set(expected) <= set(told["argv"])
    assert "some-model" == told["argv"][told["argv"].index("--model") + 1]
    if name == "gemini":
        assert [] == json.loads(told["files"][".gemini/settings.json"])["tools"]["core"]


@pytest.mark.parametrize(
    ("name", "writes", "kind", "words"),
    [
        ("claude", json.dumps({"is_error": True, "result": "limit\x1b[31m reached"}), ServerFault, "limit reached"),
        ("claude", "no JSON", ServerFault, "what claude wrote cannot be read"),
        ("claude", "[]", ServerFault, "what claude wrote cannot be read"),
        ("codex", json.dumps({"type": "turn.failed", "error": {"message": "quota"}}), ServerFault, "quota"),
        ("gemini", json.dumps({"error": {"message": "no key"}}), ServerFault, "no key"),
        ("gemini", json.dumps({"response": '{"points": []}'}), InvalidAnswer, "headline: Field required"),
    ],
)
async def test_what_goes_wrong_is_told(program: Any, name: str, writes: str, kind: type[Exception], words: str) -> None:
    """One line, with the model's name."""
    program(name, writes)

    with pytest.raises(kind, match=words) as caught:
        await open_model(f"cli/{name}").complete(REQUEST)

    assert str(caught.value).startswith(f"cli/{name}: ")


async def test_who_is_not_signed_in_is_told(program: Any) -> None:
    """The program's last line, and what to do."""
    program("gemini", "", status=41, error="warning\nPlease set an Auth method\n")

    with pytest.raises(ModelUnavailable, match="left with status 41: Please set an Auth method; is it signed in"):
        await open_model("cli/gemini").complete(REQUEST)
