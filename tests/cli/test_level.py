"""The level at which claims are checked, from the caller to the auditor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer, Summarizer
from summarizer.evaluation import find_articles, read_stored, verify
from summarizer.models.fake import FakeModel
from summarizer.schemas.result import Result

TEXT = "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds."
REWORDED = {"evidence": [1], "text": "On Monday, the council of Harwick opened the bridge."}
DRAFT = {"headline": REWORDED, "points": [REWORDED]}


async def summarize(level: Any) -> Result[Any]:
    """The result of one claim in other words; a batch gives one where nothing could be kept, too."""
    async with AsyncSummarizer(FakeModel([DRAFT]), on_ungrounded="drop", level=level) as client:
        (result,) = [result async for result in client.batch([Article(TEXT, source="harwick.txt")])]
        return result


async def test_other_words_hold_at_the_level_lenient_only() -> None:
    """A claim in another order of words is kept by `lenient`, refused by `strict`; the run says which it was."""
    lenient, strict = await summarize("lenient"), await summarize("strict")

    assert (["checked"], "lenient") == ([lenient.value.headline.support], lenient.run.level)
    assert ("failed", "strict") == (strict.status, strict.run.level)


async def test_balanced_is_the_level_where_nobody_says() -> None:
    """The run tells it, of a model and of code."""
    assert "balanced" == (await summarize(None)).run.level
    with Summarizer("extractive") as client:
        assert "balanced" == client.summarize(Article(TEXT)).run.level


@pytest.mark.parametrize(("told", "holds"), [("lenient", True), ("strict", False), (None, True)])
async def test_the_auditor_checks_at_the_level_of_the_run(tmp_path: Path, told: Any, holds: bool) -> None:
    """A result is verified as strictly as it says it was made; one that does not say, as its engine would."""
    article = tmp_path / "harwick.txt"
    article.write_text(TEXT, "utf-8")
    data = json.loads((await summarize("lenient")).to_json())
    data["article"]["source"], data["run"]["level"] = str(article), told
    file = tmp_path / "results.jsonl"
    file.write_text(json.dumps(data) + "\n", "utf-8")
    stored = list(read_stored(file))

    assert holds == verify(stored, find_articles([one.result.article for one in stored if one.result])).holds


def test_the_command_line_takes_a_level(tmp_path: Path, run: Callable[..., Any]) -> None:
    """`--level` reaches the run."""
    article = tmp_path / "harwick.txt"
    article.write_text(TEXT, "utf-8")
    outcome = run("summarize", "-m", "extractive", "--level", "lenient", "-f", "json", str(article))

    assert (0, "lenient") == (outcome.status, json.loads(outcome.out)["run"]["level"])
