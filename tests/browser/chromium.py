"""Opens a report in headless Chromium by playwright-core, which npm puts into a folder outside the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_PACKAGES = ("playwright-core@1.65.1", "axe-core@4.14.1")
_SCENARIOS = Path(__file__).with_name("scenarios.mjs")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Chromium:
    """A browser that plays the scenarios of `scenarios.mjs`.

    Args:
        modules: an empty folder for the npm packages.

    """

    def __init__(self, modules: Path) -> None:
        self._program = next((found for name in _NAMES if (found := shutil.which(name))), None)
        node, npm = shutil.which("node"), shutil.which("npm")
        if not (self._program and node and npm):
            absent("Chromium, node and npm are needed")
        assert node
        assert npm
        self._node, self._modules = node, modules
        command = [npm, "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(modules), *_PACKAGES]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            absent(f"npm cannot install {' '.join(_PACKAGES)}: {done.stderr[-500:]}")

    def play(self, scenario: str, report: Path, **options: Any) -> Any:
        """What `scenario` saw of `report`, with all console messages, page errors and requests."""
        asked = json.dumps({"scenario": scenario, "report": report.as_uri(), "browser": self._program, **options})
        done = subprocess.run(
            [self._node, str(_SCENARIOS), str(self._modules / "node_modules"), asked],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def absent(reason: str) -> None:
    """Skip, or fail where `SUMMARIZER_REQUIRE_BROWSER` says that the browser must be there."""
    if os.environ.get("SUMMARIZER_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)
