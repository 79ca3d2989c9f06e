"""Bad input: one clear line on standard error, the right exit status, nothing lost and nothing half-written."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.models.local.weights import SMOLLM2
from tests.cli.conftest import Outcome
from tests.conftest import SEED
from tests.scripted_server import Reply, ScriptedServer

Run = Callable[..., Outcome]


def assert_one_line(outcome: Outcome, status: int, *said: str) -> None:
    lines = [line for line in outcome.err.splitlines() if line.startswith("summarizer: ")]
    assert 1 == len(lines), outcome.err
    for part in said:
        assert part in lines[0]
    assert status == outcome.status
    assert "Traceback" not in outcome.err
    assert "" == outcome.out


def test_a_missing_file(run: Run, tmp_path: Path) -> None:
    """The path is named."""
    assert_one_line(run("brief", str(tmp_path / "none.txt")), 3, "none.txt")


def test_a_folder_without_articles(run: Run, tmp_path: Path) -> None:
    """An empty folder is an error, not an empty success."""
    assert_one_line(run("brief", str(tmp_path)), 3, str(tmp_path))


def test_an_empty_file(run: Run, tmp_path: Path) -> None:
    """So is a file without text."""
    (tmp_path / "empty.txt").write_bytes(b" \n\n")
    assert_one_line(run("brief", str(tmp_path / "empty.txt")), 3, "empty.txt")


def test_a_binary_file(run: Run, tmp_path: Path) -> None:
    """A picture is not an article."""
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    assert_one_line(run("brief", str(tmp_path / "picture.txt")), 3, "picture.txt")


def test_an_unknown_model(run: Run) -> None:
    """Those there are are named."""
    assert_one_line(
        run("brief", str(SEED), "-m", "gpt9"), 2, "unknown model 'gpt9'", "local/smollm2-135m", "openai/NAME"
    )


def test_no_key(run: Run) -> None:
    """The variable to set is named."""
    assert_one_line(run("brief", str(SEED), "-m", "openai/gpt-5-mini"), 5, "set OPENAI_API_KEY")


def test_a_wrong_key(run: Run, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 401 is not tried again, and the key is not shown."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-canary")
    server.script(Reply({"error": {"message": "Incorrect API key"}}, 401))

    outcome = run("brief", str(SEED), "-m", "openai/gpt-5-mini", "--base-url", server.base_url)

    assert_one_line(outcome, 5, "refused the key (401)")
    assert "canary" not in outcome.err
    assert 1 == len(server.requests)


def test_a_server_that_is_down(run: Run) -> None:
    """A refused connection is given up after a few tries."""
    with ScriptedServer() as server:
        base_url = server.base_url
    assert_one_line(run("brief", str(SEED), "-m", "openai/x", "--base-url", base_url), 5, "no connection to 127.0.0.1")


def test_a_server_that_never_answers(run: Run, server: ScriptedServer) -> None:
    """The deadline is for all of it."""
    server.script(Reply({}, seconds=60))
    outcome = run("brief", str(SEED), "-m", "openai/x", "--base-url", server.base_url, "--timeout", "0.5")
    assert_one_line(outcome, 5, "no answer within 0.5 s")


def test_damaged_weights(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file of the right size with other bytes is refused before it is loaded."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    damaged = tmp_path / "models" / Path(SMOLLM2.file).name
    damaged.parent.mkdir()
    with damaged.open("wb") as file:
        file.truncate(SMOLLM2.size)
    assert_one_line(
        run("brief", str(SEED), "-m", "local/smollm2-135m"), 5, "damaged", "summarizer models pull smollm2-135m"
    )


def test_a_cache_folder_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder and the variable are named."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert_one_line(run("brief", str(SEED), "-m", "local/smollm2-135m"), 5, "cannot store", "SUMMARIZER_CACHE_DIR")


def test_a_model_file_that_is_none(run: Run, tmp_path: Path) -> None:
    """A path that ends in .gguf must exist."""
    assert_one_line(run("brief", str(SEED), "-m", f"local/{tmp_path}/none.gguf"), 5, "none.gguf")


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """The result's file is named; nothing is left beside it."""
    outcome = run(
        "brief", str(SEED), "-m", "extractive", "--quiet", "-f", "json", "-o", str(tmp_path / "no" / "out.json")
    )
    assert_one_line(outcome, 3, "out.json")
    assert [] == list(tmp_path.iterdir())


def test_a_bad_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable and its value are named."""
    monkeypatch.setenv("SUMMARIZER_TIMEOUT", "soon")
    assert_one_line(run("brief", str(SEED), "-m", "extractive"), 2, "SUMMARIZER_TIMEOUT='soon'")


def test_one_bad_source_does_not_lose_the_others(run: Run, tmp_path: Path) -> None:
    """What could be read is printed; the status is the most severe one."""
    outcome = run("summarize", str(tmp_path / "none.txt"), str(SEED), "-m", "extractive", "-f", "jsonl")
    assert 3 == outcome.status
    assert 1 == len(outcome.out.splitlines())
    assert "none.txt" in outcome.err


def test_one_word_is_a_short_article(run: Run, tmp_path: Path) -> None:
    """It is read, and the status is 0."""
    (tmp_path / "word.txt").write_text("Rain")
    outcome = run("brief", str(tmp_path / "word.txt"), "-m", "extractive")
    assert 0 == outcome.status
    assert "Rain" in outcome.out


def test_a_question_the_article_does_not_answer(run: Run) -> None:
    """Status 7, and the result says so."""
    outcome = run(
        "ask", str(SEED), "-q", "Which team won the cricket match in Mumbai?", "-m", "extractive", "-f", "json"
    )
    assert 7 == outcome.status
    assert '"found": false' in outcome.out


def test_no_question(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on standard input either."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert_one_line(run("ask", str(SEED), "-m", "extractive", "--quiet"), 2, "no question")


@pytest.mark.parametrize(
    "arguments",
    [["brief"], ["brief", "x", "-f", "xml"], ["brief", "x", "--date", "tomorrow"], ["nonsense"]],
    ids=" ".join,
)
def test_a_command_line_that_is_wrong(run: Run, arguments: list[str]) -> None:
    """Usage errors are the parser's, with status 2."""
    outcome = run(*arguments)
    assert 2 == outcome.status
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(("wrong", "said"), [("summrize", "did you mean summarize?"), ("xyzzy", "there are brief, ")])
def test_a_command_that_is_not_there_names_the_nearest(run: Run, wrong: str, said: str) -> None:
    """Or, where none is near, all of them; in one line."""
    outcome = run(wrong, str(SEED))

    assert (2, 1) == (outcome.status, len(outcome.err.splitlines()))
    assert said in outcome.err
