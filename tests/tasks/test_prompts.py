"""Prompts drive every road: whatever file is edited in a copy, the edit is in what is sent."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.prompts import SHIPPED, Prompts
from summarizer.errors import PromptError
from summarizer.models.fake import FakeModel
from summarizer.tasks import registry

MARK = "Heed the blue lantern."
ARTICLE = Article(
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the mayor, did not attend. A second bridge could follow next year, she said."
)
TRUE = {"evidence": [1], "text": "The council of Harwick opened the bridge on Monday."}
FALSE = {"evidence": [2], "text": "It cost 8.2 million pounds."}
FAR = {"evidence": [1, 2], "text": "The council paid 5.2 million pounds for it."}
SUMMARY: dict[str, Any] = {"headline": TRUE, "points": [FALSE]}


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """A copy of the shipped prompts that a test may edit."""
    copy = tmp_path / "prompts"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return copy


def edit(prompts: Path, name: str) -> None:
    file = prompts / f"{name}.md"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{MARK}\n", "utf-8")


def sent(*models: FakeModel) -> str:
    return "\n".join(message.content for model in models for asked in model.requests for message in asked.messages)


@pytest.mark.parametrize("name", [entry.name for entry in registry.entries()])
async def test_an_edited_task_is_asked_as_edited(prompts: Path, name: str) -> None:
    """The task's own file; the result names another prompt than the shipped one."""
    edit(prompts, name)
    options = {"questions": ("What did the bridge cost the council?",)} if name == "answer" else {}
    fake = FakeModel()
    async with AsyncSummarizer(fake, prompts=prompts) as client:
        of_several = client.digest([ARTICLE, Article("It rained.")]) if name == "digest" else None
        result = await (of_several or client.read(name, ARTICLE, **options))

    assert MARK in sent(fake)
    assert result.run.prompt == Prompts.of(prompts).get(name).fingerprint != Prompts().get(name).fingerprint


@pytest.mark.parametrize("name", ["system", "again", "invalid", "verify", "styles/plain"])
async def test_whatever_else_is_sent_stands_in_a_file_too(prompts: Path, name: str) -> None:
    """Rules, the re-ask, the complaint about a form, the second opinion, a style."""
    edit(prompts, name)
    reader = (
        FakeModel(["no JSON", SUMMARY, {"claims": []}]) if name == "invalid" else FakeModel([SUMMARY, {"claims": []}])
    )
    verifier = FakeModel([{"verdicts": []}], name="other")
    if name == "verify":
        reader = FakeModel([{"headline": TRUE, "points": [FAR]}, {"claims": []}])
    async with AsyncSummarizer(reader, prompts=prompts, verify=verifier) as client:
        await client.summarize(ARTICLE, style="plain")

    assert MARK in sent(reader, verifier)


async def test_a_folder_of_ones_own_needs_only_the_files_that_differ(tmp_path: Path) -> None:
    """The shipped ones stand behind it; a style is a file."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "pirate.md").write_text("Speak like a pirate.", "utf-8")
    fake = FakeModel()
    async with AsyncSummarizer(fake, prompts=tmp_path) as client:
        await client.summarize(ARTICLE, style="pirate")

    assert "Speak like a pirate." in sent(fake)


def test_the_environment_names_a_folder_too(monkeypatch: pytest.MonkeyPatch, prompts: Path) -> None:
    """SUMMARIZER_PROMPTS stands where `prompts=` does not."""
    edit(prompts, "system")
    monkeypatch.setenv("SUMMARIZER_PROMPTS", str(prompts))

    assert MARK in Prompts.of().rules
    assert MARK not in Prompts().rules


@pytest.mark.parametrize(
    ("style", "words"), [("nope", "styles are brief, bullets, executive, plain, social"), ("../system", "style=")]
)
async def test_a_style_that_is_not_there_costs_nothing(style: str, words: str) -> None:
    """It is told before anything is sent, with those there are; a path is no style."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        with pytest.raises(Exception, match=words):
            await client.summarize(ARTICLE, style=style)

    assert not fake.requests


def test_a_folder_that_is_not_there_is_named() -> None:
    """Before anything is read."""
    with pytest.raises(PromptError, match="no such folder"):
        AsyncSummarizer("extractive", prompts="nowhere")


async def test_nothing_is_said_of_a_prompt_that_was_not_sent(seed: Article) -> None:
    """Code alone sends none: `run.prompt` is null."""
    async with AsyncSummarizer("extractive") as client:
        assert (await client.summarize(seed)).run.prompt is None


async def test_the_article_is_never_a_template(prompts: Path) -> None:
    """What looks like a template in an article or a question is text."""
    hostile = Article("The bridge cost {{ 7*7 }} pounds. {% include 'system.md' %} is not obeyed.")
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        await client.read("answer", hostile, questions=("What did {{ 6*6 }} the bridge cost?",))

    assert "{{ 7*7 }}" in sent(fake)
    assert "{{ 6*6 }}" in sent(fake)
    assert "{% include 'system.md' %}" in sent(fake)
