"""What articles of different kinds give a careful reader without a key: short texts, and the right reading of each.

Tested elsewhere with the same input: "425 miles" and its like as a person says them (analysis/test_spoken.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Article, Summarizer
from summarizer.schemas.entities import Entities
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline

Brief = Callable[[Article], tuple[Summary, Entities, Timeline]]


@pytest.fixture(scope="module")
def client() -> Iterator[Summarizer]:
    """Code and the reader alone."""
    with Summarizer(model="extractive") as client:
        yield client


@pytest.fixture
def brief(client: Summarizer) -> Brief:
    """The values of a brief."""

    def values(article: Article) -> Any:
        return tuple(result.value for result in client.brief(article))

    return values


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Article]:
    """An article from a file, with what is found at its head."""

    def article(text: str) -> Article:
        (tmp_path / "a.txt").write_text(text, "utf-8")
        return summarizer.read(tmp_path / "a.txt")

    return article


MINUTES = """Harwick Parish Council
Thursday 6 March 2025, 19:00, Old Library

Apologies: Mina Sato
Treasurer: K. Lind

2. Path
The footpath by the mill will be closed for a week, because its bridge is unsafe.

3. Roof
The quote for the roof is £18,400.
"""
RECIPE = """Rice and beans for four

This is a quick supper for a weekday evening, and it keeps until the next day. Fry the onion gently.
You need 200 g of rice, an onion, two peppers and a tin of beans. Add the rice and cook it for 20 minutes. Serve hot.
"""
STORY = (
    "The ferry stopped on Friday after its engine caught fire. Ida Sand, who leads the company, said nobody was hurt."
)


def test_a_headline_keeps_a_whole_thought(brief: Brief) -> None:
    """Nothing ends inside a clause."""
    whole = (
        "Substitute Rafael Duarte scored twice in the last six minutes as Ashford came from two goals down to draw 3-3."
    )
    summary, _, _ = brief(Article(whole))
    assert summary.headline.text in (whole.rstrip("."), whole.partition(" as ")[0])


def test_a_recipe_is_its_title(brief: Brief, written: Callable[[str], Article]) -> None:
    """The list of what is needed is no point."""
    summary, _, _ = brief(written(RECIPE))
    assert "Rice and beans for four" == summary.headline.text
    assert not any("200 g" in point.text for point in summary.points)


def test_minutes_have_a_title_a_day_and_people(brief: Brief, written: Callable[[str], Article]) -> None:
    """A label is no name, and an office is a role."""
    article = written(MINUTES)
    summary, entities, _ = brief(article)
    assert ("Harwick Parish Council", date(2025, 3, 6)) == (summary.headline.text, article.published)
    people = {one.name: one.role.text if one.role else None for one in entities.entities if one.type == "person"}
    assert {"Mina Sato": None, "K. Lind": "Treasurer"} == people


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (MINUTES, "How much will the roof cost?", "£18,400"),
        ("The car park cost £300,000 to build. It brings in £120,000 a year.", "How much does it bring in a year?",
         "£120,000"),
        ("At least three people were killed. The road is closed.", "How many were killed?", "At least three"),
        ("She married Alan Pryor in 1962. They had two sons.", "Who was her husband?", "Alan Pryor"),
    ],
    ids=["numbered head", "two sums", "at least", "husband"],
)  # fmt: skip
def test_answers(client: Summarizer, text: str, question: str, expected: str) -> None:
    """The right one, as it is told, and nothing is said against it."""
    result = client.ask(Article(text), question)
    assert (expected, "complete", ()) == (result.value.short, result.status, tuple(result.issues))


def test_what_was_expected_is_not_what_was_reported(brief: Brief) -> None:
    """A profit above the one expected happened."""
    told = "Nordvik Cables ASA reported first-quarter profit of 920 million crowns"
    _, _, timeline = brief(Article(f"{told}, above the 870 million expected by analysts."))
    assert ["happened"] == [event.certainty for event in timeline.events]


def test_an_interview(brief: Brief) -> None:
    """A question is no point and no event, and what was never planned is no plan."""
    said = "A: I never planned to run a boatyard. My uncle left it to me in 1998, and I came for a week to sell it."
    summary, _, timeline = brief(Article(f"Q: Was it planned?\n{said}\nQ: And then?\nA: I stayed.\n"))
    assert not any("?" in claim.text for claim in (summary.headline, *summary.points))
    assert not any("?" in event.claim.text or "never" in event.claim.text for event in timeline.events)
    assert "planned" not in [event.certainty for event in timeline.events]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Asked what he received, Mr Holm declined to say.", {"Mr Holm", None}),
        ("Let me be clear: the council sold the park in May.", {None}),
        ("Before this court the firm argued that it paid the fee in May.", {"the firm", None}),
        ("The 4.2 billion budget that the agency set in May was cut, said the minister.", {"the minister", None}),
        (
            "The 4.2 billion budget that the agency set in May was cut, and Ann Pell said it was late.",
            {"Ann Pell", None},
        ),
    ],
    ids=["asked", "let me", "before", "said", "said beside"],
)
def test_a_speaker_is_somebody(brief: Brief, text: str, speakers: set[str | None]) -> None:
    """A person, an organisation or a role, else null."""
    _, _, timeline = brief(Article(text))
    assert {event.attributed_to for event in timeline.events} <= speakers


def test_the_holding_of_a_ruling_comes_first(brief: Brief, written: Callable[[str], Article]) -> None:
    """Not the decision of the court below; and above the name of the case, which is shown as the title."""
    below = "The tribunal had dismissed the claim of the ferry company. The company appealed on two grounds"
    ruling = f"{below}, and the other side did not appear. Held: the appeal is allowed in part."
    summary, _, _ = brief(Article(ruling))
    assert "The appeal is allowed in part" == summary.headline.text
    article = written(f"Ruud v Holm\nJudgment handed down on 20 February 2025\n\n{ruling}\n")
    titled, _, _ = brief(article)
    assert ("Ruud v Holm", "The appeal is allowed in part") == (article.title, titled.headline.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If Mayor Osei agrees, the bridge will open in May.", {"Osei": ("person", "Mayor")}),
        ('"It is late," said Joe Marsh. Casey Flynn added that it was cold.',
         {"Joe Marsh": ("person", None), "Casey Flynn": ("person", None)}),
        ("Halden Kabel ASA opened a plant in Oslo. Halden hired 40 people. The shares of Halden rose 4 %.",
         {"Halden Kabel ASA": ("organisation", None), "Oslo": ("place", None)}),
        ("The rockets were built by Northrop, Vulcan and Draper.",
         dict.fromkeys(("Northrop", "Vulcan", "Draper"), ("organisation", None))),
        ("The cake was made by Maria.", {"Maria": ("person", None)}),
    ],
    ids=["role behind if", "two people", "one company", "builders", "a given name"],
)  # fmt: skip
def test_who_is_named(brief: Brief, text: str, expected: dict[str, tuple[str, str | None]]) -> None:
    """Each once, with type and role."""
    _, entities, _ = brief(Article(text))
    found = {one.name: (one.type, one.role.text if one.role else None) for one in entities.entities}
    assert expected == found


@pytest.mark.parametrize(
    ("head", "published", "friday"),
    [
        ("OSLO, 3 February 2025 — ", date(2025, 2, 3), "2025-01-31"),
        ("Ferry stops\nPosted by N. on 12 May 2024\n\n", date(2024, 5, 12), "2024-05-10"),
        ("Ruud v Holm\nJudgment handed down on 20 February 2025\n\n", date(2025, 2, 20), "2025-02-14"),
    ],
    ids=["dateline", "byline", "judgment"],
)
def test_a_day_at_the_head_is_that_of_publication(
    brief: Brief, written: Callable[[str], Article], head: str, published: date, friday: str
) -> None:
    """Relative days are counted from it."""
    article = written(f"{head}{STORY} It will sail again within two weeks, and the fare is paid back.\n")
    _, _, timeline = brief(article)
    assert (published, friday) == (article.published, timeline.events[0].when)


def test_quantities_are_told_as_a_person_says_them(client: Summarizer) -> None:
    """The code of a unit is for JSON."""
    from summarizer.views.text import plain_text

    article = Article("The boat sailed 425 miles in three years. It is 15 nautical miles away. Two thirds voted yes.")
    page = plain_text([client.entities(article)], {article.id: article}, everything=True)
    assert not any(code in page for code in ("[mi_i]", "[nmi_i]", "3 a", "0.66"))
    assert "425 miles" in page


def test_a_feed_is_its_entries(tmp_path: Path) -> None:
    """No tag is read as prose, whatever the file is called."""
    pytest.importorskip("feedparser")
    entry = "<item><title>Ferry stops</title><description>The ferry stopped on Friday.</description></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entry}</channel></rss>'
    for name in ("a.xml", "a.txt"):
        (tmp_path / name).write_text(feed)
        article = summarizer.read(tmp_path / name)
        assert ("Ferry stops", "The ferry stopped on Friday.") == (article.title, article.text)
