"""The process: standard output carries the protocol alone, and it ends when standard input does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from summarizer.client import AsyncSummarizer
from summarizer.configuration import Configuration
from summarizer.mcp.allowed import Allowed
from summarizer.mcp.server import server_of
from summarizer.mcp.tools import Toolbox
from tests.mcp.conftest import environment, text_of


class Wire:
    """The program, spoken to line by line as the protocol has it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", "mcp", "--allow", str(folder), *options],
            cwd=folder, env={**os.environ, **environment(folder)}, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
        self.greeting = self.ask(1, "initialize", hello)
        self.send({"method": "notifications/initialized"})

    def send(self, message: dict[str, Any]) -> None:
        """Say something."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, number: int, method: str, params: dict[str, Any]) -> Any:
        """What comes back for a request."""
        self.send({"id": number, "method": method, "params": params})
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def end(self) -> tuple[int, str, str]:
        """How it ends when nobody speaks to it any more: status, and what is left on the two streams."""
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def test_it_ends_with_its_input(tmp_path: Path) -> None:
    """Status 0; which model reads is told on standard error, and nothing but answers came on standard output."""
    wire = Wire(tmp_path)
    call = {"name": "summarize", "arguments": {"texts": ["The bridge at Harwick is old. It may fall."]}}
    answer = wire.ask(2, "tools/call", call)

    assert "summarizer" == wire.greeting["result"]["serverInfo"]["name"]
    assert "abstained" in wire.greeting["result"]["instructions"]
    assert (2, False) == (answer["id"], answer["result"].get("isError", False))
    status, out, err = wire.end()
    assert (0, "", 1, True) == (status, out, err.count("\n"), err.startswith("read by extractive"))


def test_it_ends_in_the_middle_of_a_call(tmp_path: Path) -> None:
    """An assistant that is closed does not leave a program behind that reads on for minutes."""
    wire = Wire(tmp_path)
    text = " ".join(f"The council of Harwick spent {n} million pounds on bridge {n}." for n in range(20_000))
    wire.send({"id": 2, "method": "tools/call", "params": {"name": "entities", "arguments": {"texts": [text]}}})
    assert {} == wire.ask(3, "ping", {})["result"]

    status, out, err = wire.end()
    assert (0, 1) == (status, err.count("\n")), err
    assert all(json.loads(line)["id"] == 2 for line in out.splitlines())


async def test_a_fault_of_the_program_is_no_traceback(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The assistant hears of what kind it was; what stood in it is in the log, and the next call is answered."""

    async def broken(arguments: Any, progress: Any) -> Any:
        raise KeyError("sk-secret")

    box = Toolbox(Configuration.of({"model": "extractive"}), AsyncSummarizer("extractive"), Allowed.of([tmp_path]))
    box.tools["topics"] = replace(box.tools["topics"], call=broken)
    async with Client(server_of(box)) as client:
        failed = await client.call_tool("topics", {"texts": ["One."]})
        read = await client.call_tool("summarize", {"texts": ["The bridge at Harwick is old. It may fall."]})

    told = "topics failed by a fault of the program (KeyError); its log tells more"
    assert (True, told) == (failed.is_error, text_of(failed))
    assert "sk-secret" in caplog.text
    assert not read.is_error


@pytest.mark.parametrize("model", ["nobody/nothing", "openai/gpt-5-mini"])
def test_a_model_that_cannot_be_used_is_told_at_the_start(tmp_path: Path, model: str) -> None:
    """One line before any request, not a failure of each call."""
    ended = subprocess.run(
        [sys.executable, "-m", "summarizer", "mcp", "--quiet", "-m", model, "--allow", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, **environment(tmp_path)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    assert 0 != ended.returncode
    assert ("", 1, True) == (ended.stdout, ended.stderr.count("\n"), ended.stderr.startswith("summarizer: "))
