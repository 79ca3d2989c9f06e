"""Run the program in this process, as a user would: arguments in, status and the two streams out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from summarizer.cli import main


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The program as a function."""

    def call(*arguments: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["summarizer", *arguments])
        try:
            main()
            status: int | str | None = 0
        except SystemExit as leave:
            status = leave.code
        captured = capsys.readouterr()
        return Outcome(int(status or 0), captured.out, captured.err)

    return call
