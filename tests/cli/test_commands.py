"""What the commands print, and what they cost before they start."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.schemas.result import Result
from summarizer.tasks import registry
from tests.cli.conftest import Outcome
from tests.conftest import SEED
from tests.scripted_server import ScriptedServer

Run = Callable[..., Outcome]


def test_help_loads_nothing_heavy() -> None:
    """The command line starts without a client, a model runtime or a reader's libraries."""
    code = (
        "import sys; sys.argv = ['summarizer', '--help']\nfrom summarizer.cli import main\n"
        "try: main()\nexcept SystemExit: print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.split()

    heavy = {
        "openai",
        "instructor",
        "xllamacpp",
        "onnxruntime",
        "rich",
        "jinja2",
        "trafilatura",
        "pypdf",
        "pyarrow",
        "numpy",
        "tenacity",
        "prompt_toolkit",
    }
    assert set() == heavy & set(loaded)


@pytest.mark.parametrize("command", ["summarize", "entities", "timeline", "brief"])
def test_json_is_the_contract(run: Run, command: str) -> None:
    """One object for one result and an array for several; each reads back as what it was."""
    outcome = run(command, str(SEED), "-m", "extractive", "-f", "json")
    printed = json.loads(outcome.out)
    results = printed if isinstance(printed, list) else [printed]

    assert 0 == outcome.status
    assert (3 if command == "brief" else 1) == len(results)
    for result in results:
        value = registry.get(result["task"]).value
        form: Any = Result.__class_getitem__(value)
        assert result == json.loads(form.model_validate(result).to_json())
        assert ["task", "status", "value", "issues", "coverage", "article", "run"] == list(result)
        assert "2023-09-12" == result["article"]["published"]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "html", "csv"])
def test_every_format_goes_to_a_file_as_well(run: Run, tmp_path: Path, form: str) -> None:
    """With -o nothing is printed, and the file is whole."""
    file = tmp_path / "out"
    outcome = run("brief", str(SEED), "-m", "extractive", "-f", form, "-o", str(file), "--quiet")

    assert (0, "", "") == (outcome.status, outcome.out, outcome.err)
    assert "Kim" in file.read_text("utf-8")
    assert [file] == list(tmp_path.iterdir())


def test_the_line_that_says_who_read(run: Run) -> None:
    """Standard error names the model; --quiet keeps it still."""
    assert "read by extractive\n" == run("summarize", str(SEED), "-m", "extractive", "-f", "json").err
    assert "" == run("summarize", str(SEED), "-m", "extractive", "-f", "json", "--quiet").err


def test_date_overrides(run: Run) -> None:
    """--date beats what the text says."""
    outcome = run("entities", str(SEED), "-m", "extractive", "-f", "json", "--date", "2024-01-31")
    assert "2024-01-31" == json.loads(outcome.out)["article"]["published"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the Kremlin spokesperson?", "Dmitry Peskov"),
        ("When did Putin arrive in Vladivostok?", "Mr Putin arrived on Monday"),
    ],
)
def test_ask(run: Run, question: str, sentence: str) -> None:
    """The right sentence comes first."""
    outcome = run("ask", str(SEED), "-q", question, "-m", "extractive", "-f", "json")
    value = json.loads(outcome.out)["value"]

    assert (0, True) == (outcome.status, value["found"])
    assert sentence in value["claims"][0]["text"]


def test_several_questions_from_a_file(run: Run, tmp_path: Path) -> None:
    """A line is a question; the status is the most severe."""
    (tmp_path / "questions").write_text(
        "Who is the Kremlin spokesperson?\n\nWho won the cricket match in Mumbai?\n", "utf-8"
    )
    outcome = run("ask", str(SEED), "--questions", str(tmp_path / "questions"), "-m", "extractive", "-f", "jsonl")

    assert 7 == outcome.status
    assert [True, False] == [json.loads(line)["value"]["found"] for line in outcome.out.splitlines()]


def test_tasks_and_schemas(run: Run) -> None:
    """Every task is listed, and both of its schemas print."""
    told = run("tasks").out
    for entry in registry.entries():
        assert f"`summarizer {entry.command}`" in told
        assert "properties" in json.loads(run("schema", entry.name).out)
        assert not json.loads(run("schema", entry.name, "--sent").out)["additionalProperties"]


@pytest.mark.parametrize("entry", registry.entries(), ids=lambda entry: entry.name)
def test_every_task_is_a_command_whose_help_tells_its_options(run: Run, entry: registry.Entry) -> None:
    """The list has its line; its own help has an option for each field of its options."""
    assert f"  {entry.command} " in run("--help").out
    told = run(entry.command, "--help").out
    for name in entry.load().options.model_fields:
        assert f"--{'question' if name == 'questions' else name.replace('_', '-')}" in told


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--points", "0"], "--points"),
        (["--length", "huge"], "--length"),
        (["--points", "2", "--style", "Not A Style"], "style"),
        (["--style", "nosuch"], "nosuch"),
        (["--words", "many"], "--words"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else one,
)
def test_an_option_that_cannot_be_is_refused_before_anything_is_read(
    run: Run, arguments: list[str], named: str
) -> None:
    """Status 2 and the option's name; the source, which is not there, is not even looked for."""
    outcome = run("summarize", "no-such-file.txt", "-m", "extractive", *arguments)
    assert 2 == outcome.status
    assert named in outcome.err
    assert "no-such-file" not in outcome.err


def test_a_folder_of_prompts_brings_its_tasks(run: Run, tmp_path: Path) -> None:
    """A pair of files in the folder of --prompts is a command with the options of its front matter."""
    (tmp_path / "risks.py").write_text(
        "from pydantic import BaseModel\nfrom summarizer.schemas.evidence import DraftClaim\n"
        "class Risks(BaseModel):\n    risks: list[DraftClaim]\n", "utf-8")  # fmt: skip
    front = "name: risks\nhelp: What may go wrong.\nschema: risks.py:Risks\noptions: {most: 3}"
    (tmp_path / "risks.md").write_text(f"---\n{front}\n---\nrisks: at most {{{{ most }}}}.\n", "utf-8")
    folder = ["--prompts", str(tmp_path)]

    outcome = run("risks", str(SEED), *folder, "--most", "2", "-m", "fake", "-f", "json")
    assert (0, "risks") == (outcome.status, json.loads(outcome.out)["task"])
    assert "--most" in run("risks", *folder, "--help").out
    assert 2 == run("risks", str(SEED)).status


def test_models(run: Run) -> None:
    """Each says whether it can be used, and what auto is."""
    out = run("models").out
    assert "extractive" in out
    assert "OPENAI_API_KEY is not set" in out
    assert "auto is " in out.splitlines()[-1]


def test_version(run: Run) -> None:
    """--version prints a line."""
    assert run("--version").out.startswith("summarizer ")


def test_the_fake_model_on_the_command_line(run: Run) -> None:
    """`-m fake` goes the whole road without any model."""
    result = json.loads(run("summarize", str(SEED), "-m", "fake", "-f", "json").out)
    assert ("fake", 1) == (result["run"]["model"], result["run"]["requests"])


def test_the_columns_of_a_table_can_be_named(run: Run, tmp_path: Path) -> None:
    """--text-field, --title-field and --date-field beat what would be guessed."""
    table = tmp_path / "news.csv"
    table.write_text("text,body,head,day\nnothing,The bridge opened on Monday.,Bridge,2024-03-14\n", "utf-8")
    named = ["--text-field", "body", "--title-field", "head", "--date-field", "day"]

    result = json.loads(run("summarize", str(table), *named, "-m", "extractive", "-f", "json").out)
    question = ["-q", "When did the bridge open?"]
    asked = json.loads(run("ask", str(table), *named, *question, "-m", "extractive", "-f", "json").out)

    assert ("Bridge", "2024-03-14") == (result["article"]["title"], result["article"]["published"])
    assert "The bridge opened on Monday" == result["value"]["headline"]["text"]
    assert asked["value"]["found"]


def test_a_private_address_is_refused_unless_allowed(run: Run, server: ScriptedServer) -> None:
    """A URL may not lead to this machine, but for those who say so."""
    refused = run("summarize", server.base_url, "-m", "extractive")

    assert 3 == refused.status
    assert "--allow-private" in refused.err
