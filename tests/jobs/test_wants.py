"""What a job wants, and when a kept result is known again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.configuration import Configuration
from summarizer.engines.prompts import SHIPPED
from summarizer.errors import UsageError
from summarizer.jobs.wants import Order, asks_for, wanted
from summarizer.settings import Level, Policy
from summarizer.tasks import registry

CONFIGURATION = Configuration("openai/gpt-4o-mini")


def keys(configuration: Configuration = CONFIGURATION, **options: Any) -> tuple[str, ...]:
    """The keys of a summary with these options."""
    return Order.of([registry.get("summary").ask(**options)], configuration).keys


def test_a_bundle_is_its_tasks_and_questions_are_results_of_their_own() -> None:
    """`brief` is three tasks; two questions are two wants, asked together in one request again."""
    asks = wanted(["brief", "answer"], ["Who?", "When?", "Who?"], CONFIGURATION)
    order = Order.of(asks, CONFIGURATION)
    names = [want.task.name for want in order.wants]
    assert ["summary", "entities", "timeline", "answer", "answer"] == names
    assert asks == asks_for(order.wants)
    assert ("When?",) == asks_for(order.wants_of(order.keys[4:]))[0].options.model_dump()["questions"]


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        (["summry"], "did you mean summary"),
        (["answer"], "answer needs a question"),
        (["summary", "brief"], "each task once"),
        ([], "at least one"),
    ],
    ids=["unknown", "no question", "twice", "none"],
)
def test_what_cannot_be_wanted_is_told_before_anything_is_read(tasks: list[str], told: str) -> None:
    """One line that says what is wrong, and the nearest name."""
    with pytest.raises(UsageError, match=told):
        wanted(tasks, [], CONFIGURATION)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONFIGURATION, model="openai/gpt-5-mini"),
        replace(CONFIGURATION, level=Level.STRICT),
        replace(CONFIGURATION, policy=Policy.DROP),
        replace(CONFIGURATION, verify="openai/gpt-5"),
    ],
    ids=["model", "level", "policy", "verifier"],
)
def test_a_result_depends_on_how_it_is_read(other: Configuration) -> None:
    """Equal calls have equal keys; another reader or another check has others."""
    assert keys() == keys(replace(CONFIGURATION, timeout=5.0))
    assert keys() != keys(other)


@pytest.mark.parametrize("file", ["summary.md", "system.md", "styles/brief.md"])
def test_an_edited_prompt_is_another_prompt(file: str, tmp_path: Path) -> None:
    """The task's own words, the rules before every article, and the lines of a style."""
    folder = tmp_path / "prompts"
    shutil.copytree(SHIPPED, folder)
    own = replace(CONFIGURATION, prompts=folder)
    before = keys(own, style="brief")
    with (folder / file).open("a") as prompt:
        prompt.write("\nOne more wish.\n")
    assert before != keys(own, style="brief")
    assert keys(points=3) != keys(points=4)
