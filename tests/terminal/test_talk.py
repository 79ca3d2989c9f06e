"""The real program on a real terminal: what a person types, pastes and interrupts."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer.reading import read
from tests.conftest import ROOT, SEED
from tests.scripted_server import Reply, ScriptedServer, completion

if TYPE_CHECKING:
    import pexpect

pexpect_module = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix terminal")

PASTE = "\x1b[200~{}\x1b[201~"
SECONDS = 20
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


def said(number: int, short: str | None = None) -> Reply:
    """A model's answer to one question: a sentence of the seed."""
    sentence = read(str(SEED)).sentence(number)
    assert sentence is not None
    claim = {"evidence": [number], "text": sentence.text}
    return completion({"answers": [{"question": 1, "found": True, "claims": [claim], "short": short}]})


class Terminal:
    """The program as a person sees it."""

    def __init__(self, *arguments: str) -> None:
        environment = {
            **os.environ,
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "COLUMNS": "100",
            "PYTHONPATH": str(ROOT),
        }
        self.child: pexpect.spawn[str] = pexpect_module.spawn(
            sys.executable, ["-m", "summarizer", "ask", *arguments], env=environment, encoding="utf-8",
            timeout=SECONDS, dimensions=(40, 100), cwd=ROOT,
        )  # fmt: skip

    def sees(self, text: str) -> None:
        """Wait until it is on the screen."""
        self.child.expect(re.escape(text))

    def enters(self, text: str) -> None:
        """Type a line."""
        self.child.send(text + "\r")

    def leaves(self) -> int:
        """The exit status, once the program has ended."""
        self.child.expect(pexpect_module.EOF)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


@pytest.fixture
def scripted(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments that ask the scripted server about the seed."""
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    return [str(SEED), "-m", "openai/scripted", "--base-url", server.base_url]


def last_question(server: ScriptedServer) -> str:
    """What the server was asked last."""
    return str(server.requests[-1]["messages"][-1]["content"]).splitlines()[-1]


def test_a_conversation(server: ScriptedServer, scripted: list[str], tmp_path: Path) -> None:
    """Question, follow-up, a paste of three lines, commands, an answer that is stopped, and leave."""
    server.script(
        said(8, "Dmitry Peskov"),
        said(7, "2019"),
        said(6),
        Reply(seconds=60),
        said(6),
    )
    terminal = Terminal(*scripted)
    terminal.sees("12 sentences")

    terminal.enters("Who is the Kremlin spokesperson?")
    terminal.sees("Dmitry Peskov")
    terminal.sees("[8]")

    terminal.enters("and when did he meet Kim?")
    terminal.sees("(Dmitry Peskov)")
    assert "1 and when did he meet Kim? (Dmitry Peskov)" == last_question(server)
    before = [message["content"] for message in server.requests[-1]["messages"]]
    assert server.requests[0]["messages"] == server.requests[-1]["messages"][: len(server.requests[0]["messages"])]
    assert any("Dmitry Peskov" in content and content.startswith("{") for content in before)

    terminal.child.send(PASTE.format("In which city\nwould Kim\nand Putin meet?"))
    terminal.child.send("\r")
    terminal.sees("[6]")
    assert "1 In which city would Kim and Putin meet?" == last_question(server)
    assert 3 == len(server.requests)

    terminal.enters("/evidence")
    terminal.sees(f"{SEED.name}, sentence")
    saved = tmp_path / "talk.json"
    terminal.enters(f"/save {saved}")
    terminal.sees("saved in")
    assert 3 == len(json.loads(saved.read_text("utf-8")))

    terminal.enters("Where did Putin arrive?")
    wait_for_requests(server, 4)
    terminal.child.send(CTRL_C)
    terminal.sees("stopped")
    terminal.child.send("half a question" + CTRL_C)
    terminal.enters("Where would Kim and Putin meet?")
    terminal.sees("[6]")

    terminal.enters("/quit")
    assert 0 == terminal.leaves()


def test_what_was_typed_is_there_after_a_restart(tmp_path: Path) -> None:
    """Up finds the last question of the time before; tab completes a command and a name; Ctrl-D leaves."""
    arguments = [str(SEED), "-m", "extractive"]
    first = Terminal(*arguments)
    first.sees("12 sentences")
    first.enters("Who is the Kremlin spokesperson?")
    first.sees("[8]")
    first.child.send(CTRL_D)
    assert 0 == first.leaves()
    assert 0o600 == (tmp_path / "cache" / "questions.history").stat().st_mode & 0o777

    again = Terminal(*arguments)
    again.sees("12 sentences")
    again.child.send(UP + "\r")
    again.sees("Dmitry Peskov")
    again.child.send("/evi\t")
    again.sees("dence")
    again.child.send("\r")
    again.sees("sentence 8")
    again.child.send("Who is Pesk\t")
    again.sees("Peskov")
    again.child.send(CTRL_C + CTRL_D)
    assert 0 == again.leaves()


def wait_for_requests(server: ScriptedServer, count: int) -> None:
    """Until the server has got so many."""
    import time

    until = time.monotonic() + SECONDS
    while len(server.requests) < count and time.monotonic() < until:
        time.sleep(0.02)
    assert count == len(server.requests)
