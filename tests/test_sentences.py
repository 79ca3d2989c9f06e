"""Sentences: where they begin and end."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sentences import LONGEST, split


def sentences(text: str, skip: Sequence[tuple[int, int]] = ()) -> list[str]:
    return [text[start:end] for start, end in split(text, skip)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr Putin met Mr. Kim.", "They spoke."],
        ["The U.S. President left.", "He flew."],
        ["He lives in the U.S.", "She does not."],
        ["J. Smith wrote it.", "J. R. R. Tolkien did not."],
        ["Gen. Lee and Lt. Col. Grant met Sen. Warner.", "Peace."],
        ["It rose 3.5 percent to $1.2 billion.", "Then it fell."],
        ["He works at Acme Inc.", "He likes it."],
        ["The firm, Acme Inc. of Ohio, won."],
        ["Rep. Ilhan Omar (D-Minn.), the U.S. Attorney’s Office said.", "Good."],
        ["It is at 5 p.m. on Monday.", "Good."],
        ["It is at 5 p.m. Tuesday.", "Good."],
        ["On Sept. 3 it rained.", "On Oct. 4 it did not."],
        ["They studied art.", "It paid."],
        ["“I will go,” he said.", "“You stay!” she cried."],
        ["“Will you go?” she asked.", "“No.”"],
        ["He said: “We won.", "It was hard.”", "Then he left."],
        ["Wait... what?", "Yes."],
        ["He paused…", "Then he left."],
        ["He studied in Harrow. [6] [7]", "Then he left."],
        ["我来了。", "你好吗？", "很好！"],
        ["他说：“我来了。”然后走了。"],
        ["これは文です。", "あれも文です！"],
        ["هل أنت بخير؟", "نعم.", "شكرا."],
        ["यह एक वाक्य है।", "यह दूसरा है।"],
        ["Hola.", "¿Cómo estás?", "¡Bien!"],
        ["Он родился в 1970 г. в Москве.", "Потом уехал."],
    ],
)
def test_stops_that_end_a_sentence_are_told_from_those_that_do_not(expected: list[str]) -> None:
    """A full stop ends a sentence unless it belongs to a title, an initial, an abbreviation or a number."""
    separator = "" if ord(expected[0][0]) > 0x3000 else " "
    assert expected == sentences(separator.join(expected))


def test_a_blank_line_always_ends_a_sentence() -> None:
    """A headline without a full stop is a sentence of its own, with LF as with CRLF."""
    assert ["A headline", "The text begins.", "It ends."] == sentences("A headline\n\nThe text begins. It ends.")
    assert ["A headline", "the text"] == sentences("A headline\r\n \r\nthe text")


def test_a_wrapped_line_goes_on() -> None:
    """A line end made by wrapping ends nothing; one made on purpose does."""
    wrapped = "The leader of North Korea has arrived in\nRussia ahead of a meeting with\nthe president."
    assert [wrapped] == sentences(wrapped)
    assert ["Kim in Russia", wrapped] == sentences("Kim in Russia\n" + wrapped)


def test_short_lines_are_lines() -> None:
    """An address, a list of names: nobody wraps so narrow."""
    assert sentences("Kim Jong Un\nPyongyang\nThe North") == ["Kim Jong Un", "Pyongyang", "The North"]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "(a) "])
def test_each_item_of_a_list_is_a_sentence(mark: str) -> None:
    """The mark stays with its item."""
    assert ["We need:", f"{mark}Bread and butter", f"{mark}Milk"] == sentences(
        f"We need:\n{mark}Bread and butter\n{mark}Milk\n"
    )


def test_what_is_skipped_is_in_no_sentence() -> None:
    """Ranges to skip may overlap, touch, be empty and come in any order; they end a sentence."""
    text = "By Jane Doe. One two. Three."
    assert ["One two."] == sentences(text, [(22, 28), (0, 5), (3, 12), (12, 12), (28, 99)])


def test_a_sentence_of_fifty_thousand_characters_is_cut_at_pauses() -> None:
    """Nobody can read or cite it whole."""
    text = "word after word, " * 3000
    parts = sentences(text)
    assert max(map(len, parts)) <= LONGEST
    assert all(part.endswith(",") for part in parts)
    assert text.split() == " ".join(parts).split()


@pytest.mark.parametrize(
    "unit", ["!", "A. ", "“a. ", "\n", "a\n\n", "。》", "\t", "1. ", "Mr. ", "x", ") ", "…", "[1]"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """No text is slow: a hundred thousand repeats of anything take moments, not minutes."""
    text = unit * 100_000
    start = time.perf_counter()
    split(text)
    assert time.perf_counter() - start < 10


PIECES = st.sampled_from(
    "Mr.|U.S.|e.g.|J.|3.5|“|”|'|(|)|。|؟|।|…|\n|\n\n|\r\n| |\u2028|\u200b|\0|Word|word".split("|")
    + ".|?!|- |1.|😀|\u0301|字|[1]|a.m. The|İ".split("|")
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))
RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda r: (r[0], r[0] + r[1])), max_size=4)


@given(TEXTS, RANGES)
def test_no_character_is_lost_or_doubled(text: str, skip: list[tuple[int, int]]) -> None:
    """Every code point that is no white space and not skipped is in exactly one sentence, in order."""
    found = split(text, skip)
    covered = [at for start, end in found for at in range(start, end)]
    assert covered == sorted(set(covered))
    skipped = {at for start, end in skip for at in range(start, end)}
    assert skipped.isdisjoint(covered)
    visible = {at for at, character in enumerate(text) if not character.isspace()}
    assert visible - skipped <= set(covered)


@given(TEXTS)
def test_sentences_are_trimmed_and_not_empty(text: str) -> None:
    """A sentence begins and ends with something that can be seen or counted."""
    for sentence in sentences(text):
        assert sentence
        assert sentence == sentence.strip()
