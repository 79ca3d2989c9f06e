"""A new task is a prompt, a schema and one file: everything else comes by itself. A new field is two edits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripted_server import ScriptedServer, completion

ROOT = Path(__file__).parent.parent

PROMPT = """---
name: risks
help: What could go wrong.
---
risks: at most {{ most }} things that may go wrong, one sentence each.
"""
SCHEMA = '''"""Risks: what could go wrong."""

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, Value
from summarizer.schemas.evidence import TaskOptions


class RisksOptions(TaskOptions):
    """How many."""

    most: int = Field(3, ge=1, description="At most this many risks.")


class RisksDraft(Draft):
    """What a model fills in."""

    risks: list[DraftClaim] = Field(description="What may go wrong.")


class Risks(Value):
    """What could go wrong."""

    risks: list[Claim]
'''
TASK = '''"""What could go wrong."""

from summarizer.schemas.risks import Risks, RisksDraft, RisksOptions
from summarizer.tasks.base import Task


class RisksTask(Task[RisksDraft, Risks, RisksOptions]):
    """See the file's first line."""

    name = "risks"
    draft, value, options = RisksDraft, Risks, RisksOptions


TASK = RisksTask()
'''
ARTICLE = "The bridge at Harwick is old. It may fall in winter. The council has no money for another."
TRUE = {"evidence": [2], "text": "It may fall in winter."}
FALSE = {"evidence": [2], "text": "It may fall in the winter of 2031."}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package; the reader's weights, which nobody edits, are linked."""
    ignored = shutil.ignore_patterns("__pycache__", "weights")
    for folder in ("prompts", "schemas", "summarizer"):
        shutil.copytree(ROOT / folder, tmp_path / folder, symlinks=True, ignore=ignored)
    (tmp_path / "summarizer/reader/weights").symlink_to(ROOT / "summarizer/reader/weights")
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


@pytest.fixture
def with_task(copy: Path) -> Path:
    """The copy with a task more."""
    (copy / "prompts/risks.md").write_text(PROMPT, "utf-8")
    (copy / "schemas/risks.py").write_text(SCHEMA, "utf-8")
    (copy / "summarizer/tasks/risks.py").write_text(TASK, "utf-8")
    return copy


def run(copy: Path, *arguments: str, server: ScriptedServer | None = None) -> subprocess.CompletedProcess[str]:
    address = ["-m", "openai/gpt-5-mini", "--base-url", server.base_url] if server else []
    program = [] if arguments[0] == "-c" else ["-m", "summarizer"]
    return subprocess.run(
        [sys.executable, *program, *arguments, *address],
        cwd=copy,
        check=False,
        env={
            **os.environ,
            "OPENAI_API_KEY": "none",
            "PYTHONPATH": str(copy),
            "SUMMARIZER_CACHE_DIR": str(copy / "cache"),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_three_files_are_a_task(with_task: Path, server: ScriptedServer) -> None:
    """Command, help, Python call, text view, check, batch and eval, with no other file touched."""
    answer = completion({"risks": [TRUE, FALSE]})
    server.script(answer)

    top, usage = run(with_task, "--help"), run(with_task, "risks", "--help")
    assert "What could go wrong." in top.stdout
    assert "--most" in usage.stdout
    assert "At most this many risks." in " ".join(usage.stdout.split())

    text = run(with_task, "risks", "article.txt", "--on-ungrounded", "drop", "--most", "7", server=server)
    assert (0, True, False) == (
        text.returncode,
        "It may fall in winter." in text.stdout,
        "2031" in text.stdout.split("\n\n")[0],
    )
    assert "at most 7 things" in json.dumps(server.requests[-1])

    stored = run(
        with_task, "risks", "article.txt", "--on-ungrounded", "drop", "-f", "jsonl", "-o", "out.jsonl", server=server
    )
    assert (0, "") == (stored.returncode, stored.stdout)
    assert 0 == run(with_task, "check", "out.jsonl").returncode
    tampered = (
        (with_task / "out.jsonl")
        .read_text("utf-8")
        .replace('"text": "It may fall in winter."', '"text": "It fell in 2031."')
    )
    (with_task / "bad.jsonl").write_text(tampered, "utf-8")
    assert 0 != run(with_task, "check", "bad.jsonl").returncode

    python = run(
        with_task,
        "-c",
        "import summarizer; from summarizer import FakeModel, Summarizer\n"
        f"fake = FakeModel([{{'risks': [{TRUE!r}]}}])\n"
        f"print(Summarizer(fake).risks(summarizer.Article({ARTICLE!r}), most=2).value.risks[0].text)",
    )
    assert "It may fall in winter.\n" == python.stdout

    job = run(
        with_task,
        "batch",
        "article.txt",
        "--task",
        "risks",
        "--out",
        "job.jsonl",
        "--on-ungrounded",
        "drop",
        server=server,
    )
    assert (0, 1) == (job.returncode, len((with_task / "job.jsonl").read_text("utf-8").splitlines())), job.stderr

    gold = {"id": "a", "text": ARTICLE, "risks": {"sentences": [2]}}
    (with_task / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    measured = run(with_task, "eval", "gold.jsonl", server=server)
    assert (0, True) == (measured.returncode, "risks evidence recall" in measured.stdout), measured.stderr


def test_a_new_field_is_two_edits(copy: Path, server: ScriptedServer) -> None:
    """A field of the draft and of the value, and a line in the prompt: it comes out in JSON and in text."""
    schema, prompt = copy / "schemas/summary.py", copy / "prompts/summary.md"
    edited = schema.read_text("utf-8").replace(
        '    points: list[DraftClaim] = Field(description="The main points, the most important first.")\n',
        '    points: list[DraftClaim] = Field(description="The main points, the most important first.")\n'
        "    doubts: list[DraftClaim]\n",
    )
    schema.write_text(
        edited.replace("    points: list[Claim]\n", "    points: list[Claim]\n    doubts: list[Claim]\n"), "utf-8"
    )
    prompt.write_text(prompt.read_text("utf-8") + "\n`doubts` are what is uncertain.\n", "utf-8")
    headline = {"evidence": [1], "text": "The bridge at Harwick is old."}
    server.script(completion({"headline": headline, "points": [], "doubts": [TRUE]}))

    text = run(copy, "summarize", "article.txt", server=server)
    plain = run(copy, "summarize", "article.txt", "-f", "json", server=server)

    assert "It may fall in winter." in text.stdout
    assert "doubts" in text.stdout.lower()
    assert ["It may fall in winter."] == [claim["text"] for claim in json.loads(plain.stdout)["value"]["doubts"]]
    assert "what is uncertain" in json.dumps(server.requests[0])
