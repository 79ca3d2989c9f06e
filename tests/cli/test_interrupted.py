"""Ctrl-C at any moment of a short run without a key: one line at most, exit status 130, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")

PROGRAM = [sys.executable, "-X", "importtime", "-m", "summarizer", "brief", str(SEED), "-m", "extractive"]
READS = "read by extractive"


def interrupted(folder: Path, moment: str, waits: tuple[float, ...]) -> tuple[int, list[str]]:
    """Status and lines on standard error of a brief that is interrupted after each wait, from the moment a line says.

    Python tells of each module that it has imported; those lines are left out.
    """
    err = folder / "err"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (
        err.open("wb") as log,
        subprocess.Popen(PROGRAM, stdout=subprocess.DEVNULL, stderr=log, env=environment) as process,
    ):
        while process.poll() is None and f"{moment}\n" not in err.read_text("utf-8"):
            time.sleep(0.005)
        for seconds in waits:
            time.sleep(seconds)
            process.send_signal(signal.SIGINT)
        process.wait(120)
    lines = err.read_text("utf-8").splitlines()
    return process.returncode, [line for line in lines if line and not line.startswith("import time:")]


@pytest.mark.parametrize("waits", [(0.0,), (0.0, 0.02)], ids=["once", "twice"])
@pytest.mark.parametrize(
    "moment",
    ["summarizer.errors", "typer", "summarizer.article", "numpy", READS],
)
def test_an_interrupted_brief_ends_in_a_line(tmp_path: Path, moment: str, waits: tuple[float, ...]) -> None:
    """While it imports, and while it reads; an impatient second Ctrl-C changes nothing."""
    status, lines = interrupted(tmp_path, moment, waits)

    assert 130 == status
    assert [line for line in lines if line not in {READS, "summarizer: interrupted"}] == []
