"""Prompt files: what makes a task, and every fault named before anything is asked."""

# ruff: noqa: E501  a fault a line reads as a table

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.prompts import Prompts
from summarizer.errors import PromptError, SchemaError, SummarizerError, UsageError
from summarizer.models.fake import FakeModel
from summarizer.tasks.base import FormTask
from summarizer.tasks.registry import load_task

MODELS = '''
from pydantic import BaseModel
from summarizer.schemas.evidence import Span


class Risk(BaseModel):
    evidence: list[Span]
    text: str


class Risks(BaseModel):
    """What could go wrong."""

    risks: list[Risk]


class Open(BaseModel):
    notes: dict[str, str]


not_a_model = 3
'''
FRONT = "---\nname: risks\nschema: models.py:Risks\noptions:\n  most: 3\n  field: null\n{more}---\n"
BODY = "risks: at most {{ most }}{% if field %} for {{ field }}{% endif %}."
TEXT = "The bridge is old. It may fall in winter."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a user's models."""
    (tmp_path / "models.py").write_text(MODELS, "utf-8")
    return tmp_path


def prompt(folder: Path, text: str) -> Path:
    path = folder / "risks.md"
    path.write_text(text, "utf-8", newline="")
    return path


def good(folder: Path, more: str = "", body: str = BODY) -> Path:
    return prompt(folder, FRONT.format(more=more) + body)


def rendered(task: FormTask, **options: Any) -> str:
    return task.prompt(Prompts()).render(task.parsed(options).values())


def fingerprint(task: FormTask) -> str:
    return task.prompt(Prompts()).fingerprint


def test_a_task_is_loaded_with_its_schema_from_beside_the_prompt(folder: Path) -> None:
    """The name, the options with their defaults, the model, and fingerprints of both."""
    task = load_task(str(good(folder)))

    assert ("risks", {"most": 3, "field": None}, "Risks") == (
        task.name,
        task.parsed({}).values(),
        task.draft.__name__,
    )
    assert ("risks: at most 3.", "risks: at most 5 for trade.") == (
        rendered(task),
        rendered(task, most=5, field="trade"),
    )
    assert task.prompt(Prompts()).fingerprint.startswith("risks@")


def test_fingerprints_change_with_what_they_stand_for(folder: Path) -> None:
    """The prompt's with its text and defaults, the schema's with its fields; nothing else."""
    one, same = load_task(good(folder)), load_task(good(folder))
    reworded = load_task(good(folder, body=BODY + " Be brief."))
    other = load_task(good(folder), "models.py:Open")

    assert (fingerprint(one), one.schema_fingerprint) == (fingerprint(same), same.schema_fingerprint)
    assert fingerprint(one) != fingerprint(reworded)
    assert one.schema_fingerprint == reworded.schema_fingerprint != other.schema_fingerprint


@pytest.mark.parametrize("form", ["\ufeff", "crlf"])
def test_any_editors_file_is_read(folder: Path, form: str) -> None:
    """A byte order mark or CRLF changes nothing."""
    text = FRONT.format(more="") + BODY
    path = prompt(folder, text.replace("\n", "\r\n") if form == "crlf" else form + text)

    assert "risks: at most 3." == rendered(load_task(path))


FAULTS: dict[str, tuple[str, type[SummarizerError], str]] = {
    "no front matter": ("Just text.", PromptError, "no schema"),
    "not YAML": ("---\nname: [\n---\nx", PromptError, "not YAML"),
    "unknown field": ("---\nname: x\nschemas: models.py:Risks\n---\nx", PromptError, "front matter `schemas`"),
    "no name": ("---\nschema: models.py:Risks\n---\nx", PromptError, "front matter `name`"),
    "a name with spaces": ("---\nname: my risks\nschema: models.py:Risks\n---\nx", PromptError, "front matter `name`"),
    "no schema": ("---\nname: x\n---\nx", PromptError, "no schema"),
    "missing variable": ("---\nname: x\nschema: models.py:Risks\n---\n{{ most }}", PromptError, "most used but not among its options"),
    "the article as variable": ("---\nname: x\nschema: models.py:Risks\n---\n{{ article }}", PromptError, "the article is added by code"),
    "template syntax": ("---\nname: x\nschema: models.py:Risks\n---\na\n{% if %}", PromptError, "Expected an expression"),
    "no such file": ("---\nname: x\nschema: gone.py:Risks\n---\nx", SchemaError, "gone.py: not found"),
    "no such module": ("---\nname: x\nschema: gone.models:Risks\n---\nx", SchemaError, "cannot be imported"),
    "no such model": ("---\nname: x\nschema: models.py:Gone\n---\nx", SchemaError, "no pydantic model Gone"),
    "not a model": ("---\nname: x\nschema: models.py:not_a_model\n---\nx", SchemaError, "no pydantic model not_a_model"),
    "no colon": ("---\nname: x\nschema: models.py\n---\nx", SchemaError, "write module:Model or file.py:Model"),
    "example that does not fit": (
        "---\nname: x\nschema: models.py:Risks\nexamples:\n  - [Rain fell., '{\"risks\": 3}']\n---\nx",
        PromptError,
        "example 1 does not fit Risks: risks",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_a_name(folder: Path, fault: str) -> None:
    """The file and the fault are in the message; nothing is asked."""
    text, kind, words = FAULTS[fault]

    with pytest.raises(kind) as caught:
        load_task(prompt(folder, text))

    assert words in str(caught.value)
    assert isinstance(caught.value, UsageError)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(PromptError, match=r"gone\.md: cannot be read"):
        load_task(tmp_path / "gone.md")


def test_a_schema_file_with_a_fault_is_named(folder: Path) -> None:
    """A user's syntax error is shown as theirs."""
    (folder / "broken.py").write_text("def", "utf-8")

    with pytest.raises(SchemaError, match=r"broken\.py: cannot be imported: SyntaxError"):
        load_task(good(folder), "broken.py:Risks")


async def test_faults_of_a_call_cost_nothing(folder: Path) -> None:
    """An unknown option or a schema that cannot be sent is an error before any request."""
    fake, article = FakeModel(), Article(TEXT)
    async with AsyncSummarizer(fake) as client:
        with pytest.raises(UsageError, match="risks has no option 'least'; it has most, field"):
            await client.run(load_task(good(folder)), article, least=1)
        with pytest.raises(SchemaError, match="field notes"):
            await client.run(load_task(good(folder), "models.py:Open"), article)

    assert not fake.requests


async def test_a_task_of_ones_own_is_run_and_checked(folder: Path) -> None:
    """The result has the user's model as value, its evidence resolved, its false claims gone, and fingerprints."""
    answer = {
        "risks": [
            {"evidence": [2], "text": "It may fall in winter."},
            {"evidence": [2], "text": "It will fall in 2031."},
        ]
    }
    task, article = load_task(good(folder)), Article(TEXT)
    async with AsyncSummarizer(FakeModel([answer]), policy="drop") as client:
        result = await client.run(task, article)

    assert ["It may fall in winter."] == [risk.text for risk in result.value.risks]
    span = result.value.risks[0].evidence[0]
    assert "It may fall in winter." == span.text == TEXT[span.start : span.end]
    assert [("ungrounded", "/risks/1/text")] == [(issue.code, issue.where) for issue in result.issues]
    assert (fingerprint(task), task.schema_fingerprint) == (result.run.prompt, result.run.schema_)
    assert '"risks":[{"evidence":[{"sentence":2' in result.to_json().replace(" ", "")


async def test_a_false_claim_is_asked_for_again(folder: Path) -> None:
    """A user's statements take part in the one re-ask, by their pointer."""
    answer = {"risks": [{"evidence": [2], "text": "It will fall in the winter of 2031."}]}
    anew = {"claims": [{"claim": 1, "evidence": [2], "text": "It may fall in winter."}]}
    fake = FakeModel([answer, anew])
    async with AsyncSummarizer(fake) as client:
        result = await client.run(load_task(good(folder)), Article(TEXT))

    assert ["It may fall in winter."] == [risk.text for risk in result.value.risks]
    assert (2, []) == (len(fake.requests), result.issues)


async def test_examples_of_the_front_matter_are_shown(folder: Path) -> None:
    """Each as an article and an answer, before the article."""
    more = "examples:\n  - - Rain fell.\n    - '{\"risks\": []}'\n"
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        await client.run(load_task(good(folder, more)), Article(TEXT))

    contents = [message.content for message in fake.requests[0].messages]
    assert ["[1] Rain fell.", '{"risks": []}'] == contents[1:3]
