"""What must hold for any text: changed facts are refused, true twins pass, nothing breaks, cost is linear."""

# ruff: noqa: E501 - tables of words, patterns and sentences

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.grounding.changes import FAMILIES
from benchmarks.grounding.rewordings import REWORDINGS
from benchmarks.grounding.sources import Source, _of, seed_article
from summarizer.grounding import Level, check, prepare
from summarizer.grounding.check import LONGEST_CLAIM

SEED = seed_article()
GROUNDS = prepare(SEED)
SOURCES = list(_of(SEED, None))
NAMES = ["Mara Lind", "Tom Hale", "Ines Okafor", "Viktor Braun"]
PLACES = ["Leeds", "Oslo", "Nairobi", "Lima"]
MONTHS = ["January", "March", "June", "October"]
DEEDS = ["sued", "praised", "warned", "replaced"]
numbers = st.integers(2, 9_999_999)


@given(
    st.sampled_from(SOURCES),
    st.sampled_from(sorted(set(FAMILIES) - {"qualifier_lost", "opposite"})),
    st.integers(0, 2**32),
)
def test_no_changed_fact_of_the_seed_article_is_accepted(source: Source, family: str, seed: int) -> None:
    """Every generator of false claims, on every sentence of the seed article."""
    for claim in FAMILIES[family](source, random.Random(seed)):
        if claim != source.sentence.text:
            assert check(claim, [source.sentence], article=GROUNDS).supported is not True, claim


@given(st.sampled_from(SOURCES), st.sampled_from(sorted(REWORDINGS)), st.integers(0, 2**32))
def test_every_harmless_rewording_of_the_seed_article_is_accepted(source: Source, name: str, seed: int) -> None:
    """Every rewording, on every sentence of the seed article."""
    claim = REWORDINGS[name](source, random.Random(seed))
    if claim is not None:
        assert check(claim, [source.sentence], article=GROUNDS).problems == ()


@given(numbers, numbers)
def test_a_number_is_only_itself(one: int, other: int) -> None:
    """With and without thousands separators."""
    sentence = f"The fund spent {one:,} dollars on schools in Leeds."
    assert check(f"The fund spent ${one} on schools.", [sentence]).supported is True
    if one != other:
        assert check(f"The fund spent ${other} on schools.", [sentence]).supported is False


@given(st.permutations(NAMES), st.sampled_from(DEEDS), st.sampled_from(PLACES), st.sampled_from(MONTHS))
def test_roles_are_kept(names: list[str], deed: str, place: str, month: str) -> None:
    """A did it to B: in the passive too, and never the other way round."""
    one, other = names[:2]
    sentence = f"{one} {deed} {other} in {place} in {month}."
    assert check(f"In {month}, {one} {deed} {other}.", [sentence]).supported is True
    assert check(f"{other} was {deed} by {one} in {place}.", [sentence]).supported is True
    assert check(f"{other} {deed} {one} in {place}.", [sentence]).supported is False
    assert check(f"{one} was {deed} by {other} in {place}.", [sentence]).supported is False
    assert check(f"{names[2]} {deed} {other} in {place}.", [sentence]).supported is False


@given(st.sampled_from(NAMES), st.sampled_from(PLACES), st.sampled_from(["did not visit", "has never visited", "failed to visit", "refused to visit"]))  # fmt: skip
def test_a_negation_stays(name: str, place: str, verb: str) -> None:
    """However it is worded, it may neither go nor come."""
    denied, told = f"{name} {verb} the museum in {place}.", f"{name} visited the museum in {place}."
    assert check(told, [denied]).supported is False
    assert check(denied, [told]).supported is False


@settings(max_examples=200)
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=2), st.sampled_from(["strict", "lenient"]))
def test_any_text_gets_an_answer(claim: str, sentences: list[str], level: Level) -> None:
    """No text breaks the check; a refusal has a reason, a score is a share."""
    found = check(claim, sentences, level=level)
    assert 0.0 <= found.score <= 1.0
    assert bool(found.problems) is (found.supported is not True)


@pytest.mark.parametrize("piece", ["train ", "3 May ", "he said, ", "not ", "Kim Putin ", "7", ",", "if 5 or more, "])
def test_the_cost_is_linear(piece: str) -> None:
    """Four times the article takes about four times as long, not sixteen; a claim is bounded."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.perf_counter()
        check("Kim would not leave Moscow on 3 May, he said.", [text + " x"])
        check(text + " y", [text + " z"])
        check((text + " y")[:LONGEST_CLAIM], [text + " w"])
        return time.perf_counter() - begin

    small = min(seconds(5_000) for _ in range(3))
    large = min(seconds(20_000) for _ in range(2))
    assert large < 12 * small + 0.05


def test_a_megabyte_is_no_claim_but_a_sentence_may_be_one() -> None:
    """A claim of a megabyte is refused for its length; a cited sentence of a megabyte is itself."""
    text = "The train left. " * 65_000
    assert check(text, ["The train left."]).problems == (
        "the claim is too long to be one statement: 1,040,000 characters",
    )
    assert check(text, [text]).supported is True
