"""The wheel holds what git tracks, all of it, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = {"summarizer": "summarizer", "schemas": "summarizer/schemas", "prompts": "summarizer/prompts"}


def tracked() -> set[str]:
    """The files of the three rooms under the names they have when installed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", *ROOMS], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    files = [Path(line) for line in listed.splitlines() if not (ROOT / line).is_symlink()]
    return {str(Path(ROOMS[file.parts[0]], *file.parts[1:])) for file in files}


def test_the_wheel_holds_what_git_tracks(tmp_path: Path) -> None:
    """A package or data file that `pyproject.toml` forgets would be left out without a word."""
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, symlinks=True, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "tests"))
    code = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")

    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert tracked() == names


def test_no_file_names_a_path_of_a_machine_or_a_package_registry() -> None:
    """What is tracked can be read anywhere."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    registry = "py" + "pi.org"
    paths = [ROOT / line for line in listed.splitlines()]
    texts = {path: path.read_bytes() for path in paths if path.is_file() and not path.is_symlink()}

    assert [] == [path for path, text in texts.items() if registry.encode() in text or str(ROOT).encode() in text]
