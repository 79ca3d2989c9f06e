"""What becomes of a claim: kept, put on better evidence, replaced, flagged or dropped; and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.errors import Ungrounded
from summarizer.grounding import Checker, Grounder, Opinions, key_of
from summarizer.reader import Answer, Name
from summarizer.schemas.evidence import Claim, Span
from summarizer.settings import Level, Policy

ARTICLE = Article(
    "Tom Hale, the mayor of Harwick, opened the new bridge on Monday. He cut a ribbon before a crowd of 400 people. "
    "The bridge cost 5.2 million pounds. Ferries to Holm will stop in May. "
    "The old pier was sold to a firm from Bonn for one pound."
)


def spans(*numbers: int) -> list[Span]:
    return [Span.of(ARTICLE.sentences[number - 1]) for number in numbers]


def grounder(policy: Policy = Policy.REASK, **more: object) -> Grounder:
    return Grounder(Analysis(ARTICLE), Checker(Level.BALANCED), policy, **more)  # type: ignore[arg-type]


def told(one: Grounder) -> list[tuple[str, str]]:
    return [(issue.code, issue.action) for issue in one.issues]


def test_what_holds_is_kept_with_its_score() -> None:
    """A rewording is checked, a sentence verbatim; only the first has a score."""
    one = grounder()
    reworded = one.claim("The new bridge was opened by Tom Hale on Monday.", spans(1), "/a")
    verbatim = one.claim(ARTICLE.sentences[2].text, spans(3), "/b")

    assert ("checked", "verbatim") == (reworded.support, verbatim.support)
    assert reworded
    assert reworded.score
    assert reworded.score > 0.8
    assert verbatim
    assert verbatim.score is None
    assert ([], 2) == (told(one), one.decided)


def test_evidence_grows_by_the_sentence_that_carries_the_claim() -> None:
    """The neighbour is added, in the order of the article, and an issue says so."""
    one = grounder()
    claim = one.claim("The bridge opened by the mayor, Tom Hale, cost 5.2 million pounds.", spans(1), "/a")

    assert claim
    assert [1, 3] == [span.sentence for span in claim.evidence]
    assert [("evidence_moved", "moved")] == told(one)
    assert "sentence 3" in one.issues[0].message


class Nudged:
    """A reader that finds a claim a little likelier on every sentence more."""

    name, languages, band = "nudged@0", frozenset({"en"}), (0.4, 0.9)
    levels, copies = {"balanced": 0.8, "lenient": 0.6}, {"cut": 0.4, "rearranged": 0.0}

    def __init__(self, step: float) -> None:
        self.step = step

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [min(0.7 + self.step * evidence.count(". "), 1.0) for evidence, _ in pairs]

    def answer(self, question: str, passages: Sequence[str]) -> Answer | None:
        return None

    def names(self, text: str) -> list[Name]:
        return []


@pytest.mark.parametrize(
    ("claim", "step", "numbers"),
    [
        ("A bridge was paid for in full by the council of Harwick.", 0.25, [1, 3]),
        ("A bridge was paid for in full by the council of Harwick.", 0.15, None),
        ("Somebody paid for the bridge.", 0.25, None),
    ],
    ids=["it gives Harwick", "a nudge", "it gives nothing"],
)
def test_a_sentence_that_joins_must_earn_it(claim: str, step: float, numbers: list[int] | None) -> None:
    """By a word of the claim that the cited ones lack, and by more than any other sentence would do for it."""
    one = Grounder(Analysis(ARTICLE), Checker(Level.BALANCED, Nudged(step)), Policy.DROP)
    found = one.claim(claim, spans(3), "/a")

    assert numbers == (found and [span.sentence for span in found.evidence])


def test_a_sentence_that_carries_the_claim_alone_is_preferred() -> None:
    """The smallest evidence wins."""
    claim = grounder().claim("The old pier was sold for one pound.", spans(3), "/a")

    assert claim
    assert [5] == [span.sentence for span in claim.evidence]


def test_a_sentence_with_the_wrong_number_moves() -> None:
    """Word for word elsewhere: the wrong sentence goes."""
    one = grounder()
    claim = one.claim(ARTICLE.sentences[3].text, spans(1), "/a")

    assert claim
    assert ("verbatim", [4]) == (claim.support, [span.sentence for span in claim.evidence])


def test_a_claim_that_cites_nothing_finds_its_sentence() -> None:
    """Retrieval proposes, the reader judges."""
    claim = grounder().claim("The old pier was sold for one pound.", [], "/a")

    assert claim
    assert [5] == [span.sentence for span in claim.evidence]


def test_all_cited_sentences_replace_it_and_the_pronoun_is_named() -> None:
    """What stands in is words of the article, and a reader knows who "He" is."""
    one = grounder()
    claim = one.claim("Hale sang for 900 people.", spans(2, 3), "/a")

    assert claim == Claim(
        text="He [Tom Hale] cut a ribbon before a crowd of 400 people. The bridge cost 5.2 million pounds.",
        evidence=spans(2, 3),
        support="verbatim",
    )
    assert [("ungrounded", "replaced")] == told(one)
    assert True is Checker(Level.STRICT).check(claim.text, claim.evidence).verbatim


@pytest.mark.parametrize(
    ("claim", "certain"),
    [
        ("The bridge cost 8.2 million pounds.", ("the article says 5.2 million, the claim 8.2 million",)),
        ("The bridge was a present of the queen.", ()),
    ],
)
def test_a_failure_tells_a_model_only_what_is_sure(claim: str, certain: tuple[str, ...]) -> None:
    """The figure that differs; of meaning nothing."""
    one = grounder()
    one.claim(claim, spans(3), "/a")

    assert certain == one.failures[0].certain
    assert one.failures[0].problems


@pytest.mark.parametrize(
    ("policy", "support", "action"), [("drop", None, "dropped"), ("flag", "unchecked", "flagged"), ("fail", None, "")]
)
def test_policies(policy: str, support: str | None, action: str) -> None:
    """Dropped, flagged, or an error."""
    one = grounder(Policy(policy))
    if policy == "fail":
        with pytest.raises(Ungrounded, match="/a"):
            one.claim("The bridge cost 8.2 million pounds.", spans(3), "/a")
        return
    claim = one.claim("The bridge cost 8.2 million pounds.", spans(3), "/a")
    assert (support, [("ungrounded", action)]) == (claim and claim.support, told(one))


def test_a_second_opinion_decides_close_cases_only() -> None:
    """It is told, and cannot overturn a wrong figure."""
    close, wrong = "The town spent 5.2 million pounds on the bridge.", "The bridge cost 8.2 million pounds."
    opinions = Opinions("other", frozenset({key_of(close, spans(3)), key_of(wrong, spans(3))}))
    one = grounder(Policy.DROP, opinions=opinions)

    assert [True, False] == [one.claim(text, spans(3), "/a") is not None for text in (close, wrong)]


def test_a_sentence_that_is_not_there_is_told() -> None:
    """An unknown number is an issue; the rest of the evidence counts."""
    one = grounder()
    nowhere = Span(sentence=99, start=0, end=0, text="", article=None)
    claim = one.claim(ARTICLE.sentences[2].text, [nowhere, *spans(3)], "/a")

    assert claim
    assert [("unknown_sentence", "dropped")] == told(one)
