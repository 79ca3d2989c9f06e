"""The checker: verbatim by code, exact facts by code, meaning by the reader, and nothing loaded that is not needed."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import Check, Checker, check
from summarizer.grounding.checker import LONGEST_CLAIM
from summarizer.reader import Answer, Name
from summarizer.schemas.evidence import Span
from summarizer.settings import Level

TRAIN = (
    "Kim spent 20 hours travelling 1,180km (733 miles) on the slow-moving green-and-yellow train, "
    "according to South Korean reports."
)


class Scripted:
    """A reader that gives every pair the same probability and notes what it was given."""

    name, languages, band = "scripted@0", frozenset({"en"}), (0.4, 0.9)

    def __init__(self, *scores: float) -> None:
        self.levels, self.copies = {"balanced": 0.8, "lenient": 0.6}, {"cut": 0.3, "rearranged": 0.1}
        self.scores, self.seen = scores, list[tuple[str, str]]()

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.seen += pairs
        return [self.scores[n % len(self.scores)] for n in range(len(pairs))]

    def answer(self, question: str, passages: Sequence[str]) -> Answer | None:
        return None

    def names(self, text: str) -> list[Name]:
        return []


def judged(claim: str, *sentences: str, score: float = 0.7, level: Level = Level.BALANCED) -> Check:
    return check(claim, sentences, level=level, reader=Scripted(score))


@pytest.mark.parametrize(
    ("score", "level", "expected"),
    [(0.8, "balanced", True), (0.79, "balanced", False), (0.6, "lenient", True), (0.59, "lenient", False)],
)
def test_one_threshold_a_level(score: float, level: str, expected: bool) -> None:
    """The reader's probability decides, and stands in the outcome."""
    found = judged("A dog was seen by the mayor.", "The mayor saw a hound.", score=score, level=Level(level))

    assert (expected, score) == (found.supported, found.score)


@pytest.mark.parametrize(("score", "undecided"), [(0.39, False), (0.4, True), (0.7, True)])
def test_a_second_opinion_is_for_the_band(score: float, undecided: bool) -> None:
    """What is hopeless is not asked about."""
    assert undecided is judged("A dog was seen by the mayor.", "The mayor saw a hound.", score=score).undecided


def test_a_wrong_fact_is_refused_without_the_reader() -> None:
    """Nothing is judged, so there is no score and no second opinion."""
    reader = Scripted(0.99)
    found = check("The dam cost 8 million euros.", ["The dam cost 5 million euros."], reader=reader)

    assert (False, None, False, []) == (found.supported, found.score, found.undecided, reader.seen)
    assert ("the article says 5 million, the claim 8 million",) == found.problems


def test_what_is_verbatim_is_not_judged() -> None:
    """A cited sentence, all of them, or a safe trim of one passes by code."""
    reader = Scripted(0.0)
    sentences = ["The dam, built in 1990, broke.", "Nobody was hurt."]
    for claim in (sentences[0], " ".join(sentences), "The dam broke.", "“Nobody was hurt”"):
        assert Check(True, None, verbatim=True) == check(claim, sentences, reader=reader)
    assert [] == reader.seen


def test_each_sentence_of_a_claim_must_hold() -> None:
    """Two sentences are two pairs, and the lower probability counts."""
    reader = Scripted(0.9, 0.2)
    found = check("A hound barked. It bit the mayor.", ["The dog barked at the mayor."], reader=reader)

    assert (2, False, 0.2) == (len(reader.seen), found.supported, found.score)


def test_copies_have_thresholds_of_their_own() -> None:
    """One that only leaves out needs less, and is a trim; one whose words stand in another order needs more."""
    sentence = "Tom Hale opened the red bridge in Bonn on Friday."
    cut, turned = "Tom Hale opened the bridge in Bonn.", "In Bonn, Tom Hale opened on Friday the red bridge."
    assert Check(True, None, verbatim=True) == judged(cut, sentence, score=0.3)
    assert (True, 0.9) == (judged(turned, sentence, score=0.9).supported, judged(turned, sentence, score=0.9).score)
    assert [False, False] == [
        judged(cut, sentence, score=0.2).supported,
        judged(turned, sentence, score=0.85).supported,
    ]


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge is unsafe.",
        "The bridge cost 40 million euros.",
        "The bridge is unsafe, the mayor.",
    ],
)
def test_a_copy_may_not_leave_out_who_says_so(claim: str) -> None:
    """What somebody said, alleged or bounded is not told as it is, however sure the reader is."""
    sentences = ["The bridge is unsafe, the mayor said.", "The bridge cost up to 40 million euros."]
    assert False is judged(claim, *sentences, score=0.99).supported


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Congress wanted what the court refused.", "The court wanted what Congress refused."),
        ("The name went from Coron to Penon de Coron.", "The name went from Penon de Coron to Coron."),
        ("Ann Sam, 36, and Tom Sam, 42, live in Bonn.", "Ann Sam, 42, and Tom Sam, 36, live in Bonn."),
    ],
)  # fmt: skip
def test_two_things_that_changed_places(claim: str, sentence: str) -> None:
    """Every word is there, so that the reader hardly sees it."""
    found = judged(claim, sentence, score=0.99)

    assert False is found.supported
    assert "changed places" in found.problems[0]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("In Bonn, Ann Lind met Tom Hale.", "Ann Lind met Tom Hale in Bonn."),
        ("Tom Hale and Ann Lind left Bonn.", "Ann Lind and Tom Hale left Bonn."),
        ("Tom Hale was met by Ann Lind.", "Ann Lind met Tom Hale."),
    ],
)
def test_a_sentence_may_be_turned_round(claim: str, sentence: str) -> None:
    """What was last may be first, lists have no order, and the passive turns both."""
    assert True is judged(claim, sentence, score=0.99).supported


def test_a_pronoun_is_read_with_the_sentence_before() -> None:
    """The reader sees who "He" is; a claim may name him."""
    article, reader = Article("Tom Hale won the vote. He lives in Bonn. Bonn is old."), Scripted(0.9)
    found = check("Tom Hale has a home in Bonn.", [article.sentences[1]], article=article, reader=reader)

    assert True is found.supported
    assert "Tom Hale won the vote. He lives in Bonn." == reader.seen[0][0]


LISTED = Article(
    "Decisions of the roads committee\n\n- The hall roof will be mended.\n- The fee rises in May.\n\n"
    "Q: Who built the dam?\nA: Tom Hale, in two years.\n\nBirds sang. Rain fell."
)


@pytest.mark.parametrize(
    ("claim", "number", "before"),
    [
        ("The committee lets the fee rise in May.", 3, "Decisions of the roads committee "),
        ("The fee goes up in May.", 3, ""),
        ("Tom Hale built the dam.", 5, "Q: Who built the dam? "),
        ("Rain came down, and birds sang.", 7, ""),
    ],
    ids=["the heading above a list", "a heading that gives nothing", "a question", "a sentence"],
)
def test_a_heading_or_a_question_is_read_with_what_stands_below(claim: str, number: int, before: str) -> None:
    """Where it gives a word of the claim that the cited sentence lacks."""
    reader, cited = Scripted(0.9), LISTED.sentences[number - 1]
    check(claim, [cited], article=LISTED, reader=reader)

    assert [before + cited.text] == [evidence for evidence, _ in reader.seen]


def test_long_evidence_is_shortened_to_what_the_claim_shares() -> None:
    """More than six sentences dilute what the reader sees."""
    reader = Scripted(0.9)
    check("A red boat sank.", [*(f"Bird {n} sang." for n in range(9)), "The red boat sank off Holm."], reader=reader)

    assert "The red boat sank off Holm." in reader.seen[0][0]
    assert 6 == reader.seen[0][0].count(".")


@pytest.mark.parametrize(
    ("claim", "sentence", "supported"),
    [
        ("Die Brücke wurde 2021 für 5 Millionen gebaut.", "Für 5 Millionen wurde 2021 die Brücke gebaut.", None),
        ("Die Brücke wurde 2022 gebaut.", "Die Brücke wurde 2021 von der Stadt gebaut.", False),
        ("这座桥建于1990年。", "这座桥于1990年建成。", None),
        ("这座桥建于1991年。", "这座桥于1990年建成。", False),
        ("اكتمل الجسر سنة 1990", "اكتمل بناء الجسر في عام 1990.", None),
    ],
)  # fmt: skip
def test_a_language_the_reader_does_not_know_is_unchecked(claim: str, sentence: str, supported: bool | None) -> None:
    """Only the figures are compared, and the outcome says so."""
    found = check(claim, [sentence])

    assert supported is found.supported
    assert found.problems
    assert found.score is None


def test_a_claim_in_the_language_asked_for_is_unchecked_where_its_figures_stand() -> None:
    """Across languages only figures can be compared."""
    checker, sentence = Checker(), "The bridge was opened in 2021 by the mayor."
    right, wrong = (f"Die Brücke wurde {year} vom Bürgermeister eröffnet." for year in (2021, 2022))

    assert None is checker.check(right, [sentence], language="German").supported
    assert (
        None
        is checker.check(
            "Sie kostete 5,2 Millionen Pfund.", ["It cost 5.2 million pounds."], language="German"
        ).supported
    )
    assert False is checker.check(wrong, [sentence], language="German").supported


def test_strict_takes_sentences_and_safe_trims_only() -> None:
    """And names no reader, since none judges."""
    assert False is check("A hound barked.", ["The dog barked."], level=Level.STRICT).supported
    assert True is check("The dog barked.", ["The dog barked."], level=Level.STRICT).supported
    assert None is Checker(Level.STRICT).name
    assert (Checker().name or "").startswith("reader-")


def test_judging_ahead_gives_the_same_outcome() -> None:
    """What was judged in one go is not judged again, and the outcome is the one of a claim alone."""
    article = Article("Tom Hale won the vote in Bonn. He lives there with two dogs.")
    spans = [Span.of(sentence) for sentence in article.sentences]
    claims = ["Hale was elected in Bonn.", "Two dogs live with Hale.", "Hale lost the election in Bonn."]
    alone = [Checker().check(claim, spans, Analysis(article)) for claim in claims]
    Checker().judge_ahead([(claim, spans) for claim in claims], Analysis(article))

    assert alone == [Checker().check(claim, spans, Analysis(article)) for claim in claims]


@pytest.mark.parametrize(
    ("claim", "sentences"), [("", [TRAIN]), ("  ", [TRAIN]), ("Kim left.", []), ("Kim left.", [" "])]
)
def test_nothing_supports_nothing(claim: str, sentences: list[str]) -> None:
    """An empty claim or no evidence is refused."""
    assert False is check(claim, sentences).supported


@settings(deadline=None)  # what is loaded first counts to one case
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=2))
def test_any_text_gets_an_answer(claim: str, sentences: list[str]) -> None:
    """No text breaks the check; a refusal has a reason."""
    found = judged(claim, *sentences)
    assert bool(found.problems) is (found.supported is not True)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_every_text_is_verbatim_in_itself(text: str) -> None:
    """Whatever the script, a sentence supports itself at every level."""
    if text.strip():
        assert judged(text, text, level=Level.STRICT).verbatim


@pytest.mark.parametrize("piece", ["train ", "3 May ", "he said, ", "not ", "Kim Putin ", "7 ", ", ", "if 5 or more, "])
def test_the_cost_is_linear(piece: str) -> None:
    """Four times the evidence takes about four times as long, not sixteen; a claim is bounded."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.perf_counter()
        judged("Kim would not leave Moscow on 3 May, he said.", text + " x")
        judged((text + " y")[:LONGEST_CLAIM], text + " w")
        return time.perf_counter() - begin

    small, large = min(seconds(5_000) for _ in range(3)), min(seconds(20_000) for _ in range(2))
    assert large < 12 * small + 0.1


def test_a_megabyte_is_no_claim_but_a_sentence_may_be_one() -> None:
    """A claim of a megabyte is refused for its length; a cited sentence of a megabyte is itself."""
    text = "The train left. " * 65_000
    assert False is judged(text, "The train left.").supported
    assert True is judged(text, text).supported
