"""Actions: who is to do what by when, each of it in the sentences cited."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.errors import NeedsModel
from summarizer.models.fake import FakeModel
from summarizer.tasks.actions import TASK

ARTICLE = Article(
    "Mina Sato will send the quote for the roof to all members by 14 March 2025. "
    "The treasurer, Karl Lind, is to check the insurance. The hall was painted in January.",
    published=date(2025, 3, 6),
)
ROOF = "Mina Sato will send the quote for the roof to all members by 14 March 2025."


def action(evidence: list[int], text: str, owner: str | None, due: str | None) -> dict[str, Any]:
    return {"evidence": evidence, "text": text, "owner": owner, "due": due}


async def actions(*drafts: dict[str, Any], **options: Any) -> Any:
    async with AsyncSummarizer(FakeModel([{"actions": list(drafts)}]), policy="drop") as client:
        return await client.read("actions", ARTICLE, **options)


async def test_an_action_has_an_owner_and_a_day() -> None:
    """Both are in the sentence; the owner is an entity of the article."""
    result = await actions(action([1], ROOF, "Mina Sato", "2025-03-14"))

    (one,) = result.value.actions
    assert ("Mina Sato", "2025-03-14", []) == (one.owner, one.due, result.issues)
    assert one.owner_id is not None


async def test_an_owner_or_a_day_that_is_not_there_goes_and_the_action_stays() -> None:
    """Unknown is null, and the result says what was left out."""
    result = await actions(action([1], ROOF, "Karl Lind", "2025-04-14"))

    (one,) = result.value.actions
    assert (None, None) == (one.owner, one.owner_id)
    assert one.due in (None, "2025-03-14")
    assert "/actions/0/owner" in [issue.where for issue in result.issues]


async def test_an_action_that_nobody_took_on_goes() -> None:
    """A claim that does not hold is dropped."""
    result = await actions(action([3], "Mina Sato will paint 3 halls in January.", "Mina Sato", None))

    assert [] == result.value.actions


MINUTES = Article(
    "Minutes\nPresent: Ann Sato, Karl Lind\n\nThe roof leaks. It was resolved to invite tenders by 10 April 2025. "
    "Action: Karl Lind.\nThe clerk is to write to the insurers. Ann Sato said she would ask the council. "
    "Visitors will like it. If it rains, Ann Sato will close the hall. The hall was painted in May."
)


async def test_code_finds_what_minutes_say_is_to_be_done() -> None:
    """Whoever "is to" or "will", what was resolved, and whose action that is; a supposition is nobody's duty."""
    async with AsyncSummarizer("extractive") as client:
        result = await client.read("actions", MINUTES)

    assert [("Karl Lind", "2025-04-10"), ("The clerk", None), ("Ann Sato", None)] == [
        (one.owner, one.due) for one in result.value.actions
    ]


LIST = Article(
    "Minutes\nPresent: Ann Sato, Karl Lind\n\nThe fees rose in May. It was decided to open on Saturday mornings from 1"
    " March to 30 April 2025.\n\nAction: Ann Sato to write to the agency by 20 March 2025.\n"
    "Action: clerk to tell members.\nKarl Lind to find a room.\nNothing to report.\n"
)


async def test_a_list_of_things_to_do_says_who() -> None:
    """Behind "Action:" and without it; from when to when a hall opens is no day by which to open it."""
    async with AsyncSummarizer("extractive") as client:
        result = await client.read("actions", LIST)

    assert [(None, None), ("Ann Sato", "2025-03-20"), ("clerk", None), ("Karl Lind", None)] == [
        (one.owner, one.due) for one in result.value.actions
    ]


async def test_news_needs_a_model() -> None:
    """There "will" is no promise, and code alone does not guess; the line says what to do."""
    async with AsyncSummarizer("extractive") as client:
        with pytest.raises(NeedsModel, match="actions needs a model"):
            await client.read("actions", ARTICLE)


async def test_an_action_is_a_line_and_a_row() -> None:
    """Owner in front, day behind, as people write it."""
    value = (await actions(action([1], ROOF, "Mina Sato", "2025-03-14"))).value

    (section,) = TASK.view(value)
    assert ("Mina Sato", "by 14 March 2025") == (section.lines[0].label, section.lines[0].note)
    assert [("Mina Sato", "2025-03-14")] == [(row["owner"], row["due"]) for row in TASK.rows(value)]
