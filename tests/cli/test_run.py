"""`summarizer run`: a user's prompt and model from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli import app
from summarizer.errors import SummarizerError
from tests.tasks.test_own_tasks import BODY, FRONT, MODELS, TEXT

RUNNER = CliRunner()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a prompt, its models and an article."""
    (tmp_path / "models.py").write_text(MODELS, "utf-8")
    (tmp_path / "risks.md").write_text(FRONT.format(more="") + BODY, "utf-8")
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(files: Path, *arguments: str) -> tuple[int, str, SummarizerError | None]:
    """Exit status, standard output, and the error `main` would print."""
    done = RUNNER.invoke(app, ["run", str(files / "risks.md"), str(files / "article.txt"), "-m", "fake", *arguments])
    error = done.exception if isinstance(done.exception, SummarizerError) else None
    return (error.exit_status if error else done.exit_code), done.stdout, error


def test_a_task_of_ones_own_is_run(files: Path) -> None:
    """The result is printed like any other, with the user's form as its value."""
    status, out, _ = run(files, "-f", "json")

    result = json.loads(out)
    assert (0, "risks") == (status, result["task"])
    assert "The bridge is old." == result["value"]["risks"][0]["evidence"][0]["text"]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "jsonl"])
def test_every_form_can_show_it(files: Path, form: str) -> None:
    """A form the views do not know is shown all the same."""
    status, out, _ = run(files, "-f", form)

    assert 0 == status
    assert "The bridge is old." in out


def test_another_schema_can_be_given(files: Path) -> None:
    """`--schema` is stronger than the front matter; here it is one that cannot be sent."""
    status, _, error = run(files, "--schema", f"{files / 'models.py'}:Open")

    assert 2 == status
    assert "field notes: an object with free keys cannot be sent" in str(error)


@pytest.mark.parametrize(
    ("given", "words"),
    [("least=1", "has no option 'least'"), ("most", "write NAME=VALUE"), ("=3", "write NAME=VALUE")],
)
def test_faults_of_options_are_named(files: Path, given: str, words: str) -> None:
    """Before any request, with exit status 2."""
    status, _, error = run(files, "--set", given)

    assert 2 == status
    assert words in str(error)


def test_options_are_set(files: Path) -> None:
    """A number stays a number, text stays text."""
    assert 0 == run(files, "--set", "most=5", "--set", "field=trade: and more")[0]


def test_code_alone_cannot_fill_in_a_form_of_ones_own(files: Path) -> None:
    """`extractive` is no model; the message says so."""
    done = RUNNER.invoke(app, ["run", str(files / "risks.md"), str(files / "article.txt"), "-m", "extractive"])

    assert 2 == done.exit_code
    assert "need a model" in done.stderr or "needs a model" in done.stderr
