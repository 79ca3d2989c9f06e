"""What stands beside the claims of a draft: roles, days, certainty, who reports, short answers, and your own forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.prompts import SHIPPED, Front, Prompt
from summarizer.errors import Ungrounded
from summarizer.models.fake import FakeModel
from summarizer.schemas.evidence import Span
from summarizer.schemas.result import Result
from summarizer.tasks.base import FormTask

TEXT = (
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the former mayor, did not attend. A second bridge could follow next year, she said. "
    "Police said that a ferry sank on 3 May 2023. Harwick will close the old bridge on Friday. "
    "More than 500 people came."
)
ARTICLE = Article(TEXT, published=date(2023, 9, 13))
Told = list[tuple[str, str, str]]


def event(sentence: int, certainty: str = "happened", **more: Any) -> dict[str, Any]:
    """An event worded as its sentence."""
    text = ARTICLE.sentences[sentence - 1].text
    return {
        "evidence": [sentence],
        "text": text,
        "when": None,
        "certainty": certainty,
        "attributed_to": None,
    } | more


async def timeline(*events: dict[str, Any], policy: Any = "reask") -> Result[Any]:
    async with AsyncSummarizer(FakeModel([{"events": list(events)}]), policy=policy) as client:
        return await client.timeline(ARTICLE)


def told(result: Result[Any]) -> Told:
    return [(issue.code, issue.where, issue.action) for issue in result.issues]


@pytest.mark.parametrize(("sentence", "right"), [(4, "possible"), (6, "planned")])
async def test_what_may_or_will_happen_has_not_happened(sentence: int, right: str) -> None:
    """The words of the claim outweigh the model's choice, and the result says so."""
    result = await timeline(event(sentence))

    assert [right] == [one.certainty for one in result.value.events]
    assert [("certainty_corrected", "/events/0/certainty", "replaced")] == told(result)


@pytest.mark.parametrize(("sentence", "said"), [(1, "happened"), (4, "possible"), (6, "planned"), (5, "reported")])
async def test_a_certainty_that_fits_stays(sentence: int, said: str) -> None:
    """Code does not put in a word where the model's holds."""
    who = {"attributed_to": "Police"} if sentence == 5 else {}
    result = await timeline(event(sentence, said, **who))

    assert ([said], []) == ([one.certainty for one in result.value.events], told(result))


@pytest.mark.parametrize(
    ("sentence", "when", "kept", "action"),
    [
        (5, "2023-05-03", "2023-05-03", None),
        (5, "2023-05", "2023-05", None),
        (5, "2023-05-04", "2023-05-03", "replaced"),
        (1, "2024-01-01", "2023-09-11", "replaced"),
        (2, "2023-09-11", None, "dropped"),
    ],
)
async def test_a_day_that_contradicts_the_sentence(sentence: int, when: str, kept: str | None, action: Any) -> None:
    """It becomes the only day of the evidence where the claim names that, else it goes."""
    result = await timeline(event(sentence, "happened" if sentence < 5 else "reported", when=when, attributed_to=None))

    assert [kept] == [one.when for one in result.value.events]
    assert ([("ungrounded", "/events/0/when", action)] if action else []) == [
        one for one in told(result) if one[1].endswith("/when")
    ]


async def test_a_day_the_claim_does_not_name_does_not_stand_in() -> None:
    """The claim leaves its day out: which one was meant is not known."""
    result = await timeline(event(1, text="The council of Harwick opened the bridge.", when="2024-01-01"))

    assert ([None], "dropped") == ([one.when for one in result.value.events], told(result)[0][2])


@pytest.mark.parametrize(("who", "code"), [(None, "attribution_filled"), ("The Times", "ungrounded")])
async def test_a_reported_event_has_its_reporter(who: str | None, code: str) -> None:
    """Who says so is filled in from the sentence where the model left it out or made it up."""
    result = await timeline(event(5, "reported", attributed_to=who))

    assert ["Police"] == [one.attributed_to for one in result.value.events]
    assert [(code, "/events/0/attributed_to", "replaced")] == told(result)


async def test_a_source_that_is_nowhere_goes_from_what_happened() -> None:
    """Nobody reports an event that the article states itself."""
    result = await timeline(event(1, attributed_to="The Times"))

    assert [None] == [one.attributed_to for one in result.value.events]
    assert [("ungrounded", "/events/0/attributed_to", "dropped")] == told(result)


@pytest.mark.parametrize(
    "proposed", [event(4), event(5, "reported", when="2021-01-01"), event(1, attributed_to="The Times")]
)
async def test_the_policy_fail_fails_for_them_as_well(proposed: dict[str, Any]) -> None:
    """A wrong certainty, day or source is a failure like any other."""
    with pytest.raises(Ungrounded, match="/events/0/"):
        await timeline(proposed, policy="fail")


async def entities(role: str, policy: Any, sentence: int = 3) -> Result[Any]:
    person = {"ids": [], "name": "second bridge", "type": "work", "evidence": [sentence], "role": role}
    async with AsyncSummarizer(FakeModel([{"entities": [person]}]), policy=policy) as client:
        return await client.entities(ARTICLE)


def role_of(result: Result[Any]) -> tuple[str, str] | None:
    """Text and support of the role the entity has in the end."""
    role = next(one.role for one in result.value.entities if one.name == "second bridge")
    return (role.text, role.support) if role else None


@pytest.mark.parametrize(
    ("role", "policy", "kept", "action"),
    [
        ("the former mayor", "reask", ("the former mayor", "verbatim"), None),
        ("mayor", "reask", None, "dropped"),
        ("the mayor", "drop", None, "dropped"),
        ("the bishop", "reask", None, "dropped"),
        ("the bishop", "flag", ("the bishop", "unchecked"), "flagged"),
    ],
)
async def test_a_role_is_words_of_its_sentence(role: str, policy: Any, kept: Any, action: str | None) -> None:
    """A former mayor is no mayor; what does not hold goes, or is flagged."""
    result = await entities(role, policy)

    assert kept == role_of(result)
    assert ([("ungrounded", "/entities/0/role", action)] if action else []) == told(result)


async def test_a_role_that_does_not_hold_can_fail_the_run() -> None:
    """By the policy `fail`."""
    with pytest.raises(Ungrounded, match="/entities/0/role: 'the bishop'"):
        await entities("the bishop", "fail")


@pytest.mark.parametrize(
    ("sentence", "short", "kept"),
    [
        (2, "5.2 million pounds", True),
        (2, "2 million pounds", False),
        (2, "5.2", False),
        (7, "more than 500", True),
        (7, "500 people", False),
        (3, "did not attend", True),
        (3, "attend", False),
        (3, "tend", False),
    ],
)
async def test_a_short_answer_is_whole(sentence: int, short: str, kept: bool) -> None:
    """No piece of a number or a word, and nothing without the word that limits it."""
    claim = {"evidence": [sentence], "text": ARTICLE.sentences[sentence - 1].text}
    fake = FakeModel([{"answers": [{"question": 1, "found": True, "claims": [claim], "short": short}]}])
    async with AsyncSummarizer(fake) as client:
        result = await client.ask(ARTICLE, "What did the bridge of Harwick cost?")

    assert (short if kept else None) == result.value.short
    assert ([] if kept else [("ungrounded", "/short", "dropped")]) == told(result)


async def test_a_failing_answer_is_asked_for_again_by_its_own_place() -> None:
    """Answers may come in any order and some not at all; the words that come back go where they belong."""
    false = {"evidence": [2], "text": "It cost 8.2 million pounds."}
    good = {"evidence": [7], "text": "More than 500 people came."}
    answers = [
        {"question": 3, "found": True, "claims": [false], "short": None},
        {"question": 1, "found": True, "claims": [good], "short": None},
    ]
    anew = {"claims": [{"claim": 1, "evidence": [2], "text": "It cost 5.2 million pounds."}]}
    fake = FakeModel([{"answers": answers}, anew])
    async with AsyncSummarizer(fake) as client:
        first, second, third = await client.ask_all(
            ARTICLE, ["How many people came?", "Who built the bridge?", "What did the bridge cost?"]
        )

    assert "8.2" in fake.requests[1].messages[-1].content
    assert "500" not in fake.requests[1].messages[-1].content
    assert fake.requests[0].messages[:-1] == fake.requests[1].messages[:-1]
    assert ["More than 500 people came."] == [claim.text for claim in first.value.claims]
    assert not second.value.found
    assert ["It cost 5.2 million pounds."] == [claim.text for claim in third.value.claims]
    assert [] == third.issues


class Costs(BaseModel):
    """A form of a user's own."""

    evidence: list[Span]
    statement: str
    remark: str | None


TASK = FormTask(Prompt(Front(name="costs"), "costs: what it cost.", "costs.md", (SHIPPED,)), Costs)
FALSE = {"evidence": [2], "statement": "It cost 8.2 million pounds.", "remark": "It cost 5.2 million pounds."}


@pytest.mark.parametrize(
    ("policy", "answers", "statement", "action"),
    [
        ("reask", [{"claims": [{"claim": 1, "evidence": [2], "text": "It cost 5.2 million pounds."}]}], "5.2", None),
        ("reask", [{"claims": []}], "5.2", "replaced"),
        ("flag", [], "8.2", "flagged"),
    ],
)
async def test_a_form_of_your_own_goes_the_way_of_the_policy(
    policy: Any, answers: list[Any], statement: str, action: str | None
) -> None:
    """Its failing text is asked for again, alone; what still fails becomes the sentence, or is flagged."""
    fake = FakeModel([FALSE, *answers])
    async with AsyncSummarizer(fake, policy=policy) as client:
        result = await client.run(TASK, ARTICLE)

    assert f"It cost {statement} million pounds." == result.value.statement
    assert ([("ungrounded", "/statement", action)] if action else []) == told(result)
    assert len(answers) + 1 == len(fake.requests)
    if answers:
        assert "1 statement: It cost 8.2 million pounds." in fake.requests[1].messages[-1].content
        assert "5.2 million pounds. (" not in fake.requests[1].messages[-1].content


async def test_a_form_of_your_own_can_fail_the_run() -> None:
    """By the policy `fail`."""
    async with AsyncSummarizer(FakeModel([FALSE]), policy="fail") as client:
        with pytest.raises(Ungrounded, match="/statement"):
            await client.run(TASK, ARTICLE)
