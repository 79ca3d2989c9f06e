"""A user's own schema: evidence is resolved, statements are checked, and what does not hold is dealt with."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.errors import Ungrounded
from summarizer.grounding import Checker, Grounded, Grounder
from summarizer.schemas.evidence import DraftClaim, Span, numbers_refer_to
from summarizer.settings import Level, Policy
from summarizer.tasks.form import ground_form

ARTICLE = Article(
    "The Harwick bridge was opened on Monday by Anna Pell. It cost 5.2 million pounds. Ferries may stop in May."
)
TRUE = {"evidence": [2], "text": "It cost 5.2 million pounds."}
FALSE = {"evidence": [2], "text": "It cost 8.2 million pounds."}


class Kind(Enum):
    MONEY = "money"
    TIME = "time"


class Detail(BaseModel):
    note: str


class Risk(BaseModel):
    evidence: list[Span]
    text: str
    kind: Kind = Kind.MONEY
    level: Literal["low", "high"] = "low"
    score: int = 1
    who: str | None = None
    code: Annotated[str, Field(pattern="^R[0-9]+$")] = "R1"
    details: list[Detail] = []


class Risks(BaseModel):
    risks: list[Risk]


def settled(schema: type[BaseModel], data: Any, policy: str = "drop") -> Grounded[Any]:
    with numbers_refer_to(ARTICLE):
        draft = schema.model_validate(data)
    return ground_form(draft, Grounder(Analysis(ARTICLE), Checker(Level.LENIENT), Policy(policy)))


def told(outcome: Grounded[Any]) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.where, issue.action) for issue in outcome.issues]


def test_what_holds_stays_as_it_is() -> None:
    """Evidence is text of the article; choices, numbers and codes are not touched; statements count as decided."""
    outcome = settled(Risks, {"risks": [{**TRUE, "level": "high", "who": "Anna Pell", "evidence": [1, 2]}]})

    risk = outcome.value.risks[0]
    assert ["The Harwick bridge was opened on Monday by Anna Pell.", "It cost 5.2 million pounds."] == [
        span.text for span in risk.evidence
    ]
    assert (Kind.MONEY, "high", 1, "R1", "Anna Pell") == (risk.kind, risk.level, risk.score, risk.code, risk.who)
    assert ([], 2) == (told(outcome), outcome.decided)


@pytest.mark.parametrize(
    ("policy", "texts", "actions"),
    [
        ("drop", [], ["dropped"]),
        ("reask", ["It cost 5.2 million pounds."], ["replaced"]),
        ("flag", ["It cost 8.2 million pounds."], ["flagged"]),
    ],
)
def test_a_false_statement_is_dealt_with_by_the_policy(policy: Policy, texts: list[str], actions: list[str]) -> None:
    """The item goes, or its cited sentence stands in, or it stays and is flagged."""
    outcome = settled(Risks, {"risks": [FALSE]}, policy)

    assert texts == [risk.text for risk in outcome.value.risks]
    assert actions == [action for _, _, action in told(outcome)]
    assert "/risks/0/text" == outcome.issues[0].where
    assert ["/risks/0/text"] == [failure.where for failure in outcome.failures]


def test_the_policy_fail_raises() -> None:
    """The pointer is in the message."""
    with pytest.raises(Ungrounded, match="/risks/0/text"):
        settled(Risks, {"risks": [FALSE]}, "fail")


def test_optional_text_that_does_not_hold_becomes_null() -> None:
    """The rest of the object stays; a label is not replaced by a sentence."""
    outcome = settled(Risks, {"risks": [{**TRUE, "who": "Boris Yeltsin"}]}, "reask")

    assert outcome.value.risks[0].who is None
    assert [("ungrounded", "/risks/0/who", "dropped")] == told(outcome)


def test_evidence_of_an_object_stands_for_what_is_inside_it() -> None:
    """A nested object without evidence is checked against that of the object around it."""
    good = settled(Risks, {"risks": [{**TRUE, "details": [{"note": "5.2 million pounds"}]}]})
    bad = settled(
        Risks, {"risks": [{**TRUE, "details": [{"note": "5.2 million pounds"}, {"note": "9.9 million pounds"}]}]}
    )

    assert ["5.2 million pounds"] == [detail.note for detail in good.value.risks[0].details]
    assert ["5.2 million pounds"] == [detail.note for detail in bad.value.risks[0].details]
    assert [("ungrounded", "/risks/0/details/1/note", "dropped")] == told(bad)


def test_sentences_that_do_not_exist_are_dropped() -> None:
    """The resolved ones stay; every span that is left is a slice of the article."""
    outcome = settled(Risks, {"risks": [{**TRUE, "evidence": [2, 99]}]})

    spans = outcome.value.risks[0].evidence
    assert [(2, "It cost 5.2 million pounds.")] == [
        (span.sentence, ARTICLE.text[span.start : span.end]) for span in spans
    ]
    assert ["unknown_sentence"] == [code for code, _, _ in told(outcome)]


def test_a_statement_that_points_beside_its_sentence_is_moved() -> None:
    """The right sentence joins the evidence, and the issue says so."""
    outcome = settled(Risks, {"risks": [{**TRUE, "evidence": [3]}]})

    assert 2 in [span.sentence for span in outcome.value.risks[0].evidence]
    assert ["moved"] == [action for _, _, action in told(outcome)]


class Marked(BaseModel):
    place: Span
    level: Literal["low", "high"]


class Marks(BaseModel):
    marks: list[Marked]
    best: Span | None


def test_an_object_that_only_points_goes_with_its_sentence() -> None:
    """A single span that is not there takes the item with it, or becomes null where it may."""
    outcome = settled(Marks, {"marks": [{"place": 1, "level": "low"}, {"place": 77, "level": "low"}], "best": 88})

    assert ([1], None) == ([mark.place.sentence for mark in outcome.value.marks], outcome.value.best)
    assert {"unknown_sentence"} == {code for code, _, _ in told(outcome)}


class Report(BaseModel):
    title: str
    lead: DraftClaim
    tags: list[str]


def test_text_without_evidence_is_flagged_as_unchecked() -> None:
    """Nothing passes in silence: each such text is named."""
    outcome = settled(Report, {"title": "All is well", "lead": TRUE, "tags": ["bridges"]})

    assert [("unchecked", "/title", "flagged"), ("unchecked", "/tags/0", "flagged")] == told(outcome)
    assert "All is well" == outcome.value.title


class Flat(BaseModel):
    evidence: list[Span]
    claim: str
    tags: list[str]


def test_what_the_form_cannot_be_without_stays_and_is_flagged() -> None:
    """Dropping it would lose the rest of the answer."""
    outcome = settled(
        Flat,
        {"evidence": [2], "claim": "It cost 8.2 million pounds.", "tags": ["5.2 million pounds", "8.2 million pounds"]},
    )

    assert ["5.2 million pounds"] == outcome.value.tags
    assert ("ungrounded", "/claim", "flagged") in told(outcome)


def test_lists_of_statements_lose_only_what_fails() -> None:
    """Each item is a statement of its own."""
    outcome = settled(Flat, {"evidence": [2], "claim": "It cost 5.2 million pounds.", "tags": []})

    assert ([], 1) == (told(outcome), outcome.decided)
