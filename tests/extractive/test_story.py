"""What of an article is its story, and of what form it is."""

from __future__ import annotations

from summarizer.article import Article
from summarizer.extractive.story import form_of, told
from summarizer.extractive.weights import is_holding, outcome_of, weight

RULING = (
    "Farrant and others v Basin Holdings Ltd\n\nMoorings Tribunal\n\nDecision dated 3 September 2025\n\n"
    "Each applicant holds a berth in the basin. The respondent owns it. Dispensation is refused. The total payable "
    "is £125,300, due within 28 days."
)


def test_who_was_present_is_not_told() -> None:
    """A list of names behind a label in bold."""
    text = "Minutes\n\n**Present:** Hector Inkster (chair), Ruth Mouat (treasurer).\n\nThe board approved the budget."

    assert ["The board approved the budget."] == [one.text for one in told(Article(text)) if "." in one.text]


def test_a_tribunals_decision_is_a_ruling() -> None:
    """It has applicants for claimants; what it refuses and what is payable is held."""
    article = Article(RULING)

    assert form_of(article) == "ruling"
    assert {"Dispensation is refused.", "The total payable is £125,300, due within 28 days."} == {
        one.text for one in article.sentences if is_holding(article, one)
    }


MINUTES = (
    "Minutes of the board\n\n**Present:** Ruth Mouat, treasurer.\n\n**1. Any other hull matters.**\n\n"
    "Ms Finnegan presented the survey she had carried out. **Decision:** to proceed with the full replacement. Carried "
    "by five votes to one.\n\nThe treasurer proposed raising the fare from £4.20 to £4.80. Mrs Birsay moved an "
    "amendment to limit it to £4.60. The amended proposal was carried by four votes to two."
)


def test_minutes_weigh_what_was_decided() -> None:
    """A decision behind its label, with its vote; not a survey that was carried out, nor what was amended away."""
    article = Article(MINUTES)
    survey, decision, proposed, amended = (
        next(one for one in told(article) if word in one.text) for word in ("survey", "Decision", "proposed", "moved")
    )

    assert not any("hull" in one.text for one in told(article))
    assert [True, True] == [outcome_of(article, one) is not None for one in (decision, amended)]
    assert outcome_of(article, proposed) is None
    assert weight(article, proposed) < weight(article, survey) < weight(article, decision)
