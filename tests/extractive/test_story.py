"""What of an article is its story, and of what form it is."""

from __future__ import annotations

from summarizer.article import Article
from summarizer.extractive.story import form_of, told
from summarizer.extractive.weights import is_holding

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
