"""`config`: what holds and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome
from tests.conftest import SEED

Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of its own, and no file of the person who runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name: str(tmp_path / "config"))
    monkeypatch.delenv("SUMMARIZER_PROFILE", raising=False)
    return tmp_path


def test_every_setting_is_told_with_its_place(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set by whom, what is a default, and where files would be."""
    (project / "summarizer.toml").write_text('model = "extractive"\n', "utf-8")
    monkeypatch.setenv("SUMMARIZER_TIMEOUT", "7")
    told = [" ".join(line.split()) for line in run("config").out.splitlines()]

    assert "summarizer.toml: model:" in told[told.index("model extractive") + 1]
    assert "SUMMARIZER_TIMEOUT:" in told[told.index("timeout 7.0") + 1]
    assert "default:" in told[told.index("concurrency 8") + 1]
    assert f"{project / 'config' / 'summarizer.toml'} (not there)" in told


def test_a_profile_is_chosen_on_the_command_line(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this run; a wrong one is status 2."""
    (project / "summarizer.toml").write_text('[profiles.code]\nmodel = "extractive"\n', "utf-8")
    monkeypatch.setenv("SUMMARIZER_PROFILE", "")
    assert run("--profile", "code", "summarize", str(SEED), "-f", "json").err.startswith("read by extractive")
    assert 2 == run("--profile", "none", "config").status


def test_a_wrong_setting_is_one_line(run: Run, project: Path) -> None:
    """The file is named, the status is 2."""
    (project / "summarizer.toml").write_text("timeout = -1\n", "utf-8")
    outcome = run("summarize", str(SEED), "-m", "extractive")
    assert (2, 1) == (outcome.status, len(outcome.err.splitlines()))
    assert "summarizer.toml: timeout = -1 cannot be used" in outcome.err
