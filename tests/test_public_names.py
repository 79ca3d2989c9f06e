"""The public names: each can be imported, none is missing, and asking for them loads nothing early."""

from __future__ import annotations

import subprocess
import sys

import pytest

import summarizer

NAMES = """
Answer Article AsyncConversation AsyncSummarizer BudgetReached ChatModel Claim Conversation DraftClaim
Entities FakeModel Index InputError Issue Level Mention ModelError Policy Reader Result Run Sentence Span
Summarizer SummarizerError Summary Task TaskOptions Timeline Ungrounded Unreadable Usage UsageError grounding
load_task read read_all
""".split()


def test_the_list_is_deliberate() -> None:
    """Adding or dropping a public name is a decision that shows here."""
    assert NAMES == sorted(summarizer.__all__, key=lambda name: (name[0].islower(), name))


@pytest.mark.parametrize("name", summarizer.__all__)
def test_every_name_is_there(name: str) -> None:
    """Each leads somewhere."""
    assert getattr(summarizer, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="has no attribute 'sumarize'"):
        summarizer.sumarize  # noqa: B018


def test_importing_it_loads_nothing_heavy() -> None:
    """`import summarizer` costs next to nothing."""
    code = "import summarizer, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert set() == {"pydantic", "openai", "instructor", "rich", "typer"} & set(loaded)


def test_two_calls_in_a_row_and_one_inside_a_running_loop() -> None:
    """The sync face has a loop of its own: it works again, and where a loop runs already."""
    import asyncio

    article = summarizer.Article("The bridge opened on Monday. It cost 5 million pounds.")
    first = summarizer.summarize(article, model="extractive")
    second = summarizer.summarize(article, model="extractive")

    async def inside() -> object:
        return summarizer.summarize(article, model="extractive").value

    assert first.value == second.value == asyncio.run(inside())
