"""The peers on the same cases, in a Python of their own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

RUNNER = Path(__file__).with_name("peers_runner.py")
LIMITS = {"langextract_default": 10.0, "langextract_exact": 10.0, "instructor_citation": 10.0, "anchorcite": 10.0}
"""Peer -> seconds allowed a case."""

Verdicts = list[bool | str | None]


def ask(peer: str, cases: Sequence[tuple[str, str]], python: Path) -> Verdicts:
    """The verdict on each (claim, source): whether the peer accepts, "timeout" or "error: ..."; None where unasked."""
    lines = "".join(json.dumps({"claim": claim, "text": text}) + "\n" for claim, text in cases)
    command = [str(python), str(RUNNER), peer, str(LIMITS[peer])]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    verdicts: Verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    return verdicts + [None] * (len(cases) - len(verdicts))
