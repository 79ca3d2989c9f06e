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


@pytest.mark.parametrize(
    "expected",
    [
        [
            'In May the band played "Hey! Hey! Wait for Me" in Oslo.',
            "Yahoo! said it would appeal.",
            "The film Who's Afraid of Rita? won a prize.",
            "He joined Panic! at the club.",
        ],
        [
            "The agency approved the filter at 4 p.m.",
            "Monday's trial was moved to Friday.",
            "It was held in Washington, D.C.",
            "Mr. Wade paid for it.",
        ],
        [
            "The port earned 84 million euros in 2024.[1]",
            "It spent 61 million on the quay.[2][3]",
            "The board meets in June.¹",
            "Nobody objected.",
        ],
    ],
    ids=["titles with marks", "half of the day before a name", "note marks"],
)
def test_paragraphs_that_came_out_wrong_once(expected: list[str]) -> None:
    """Marks in titles, p.m. before a name and note marks, several in a row."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["The podcast Who? Weekly returned in May.", "It has fans."],
        ["Shares of Yahoo! Finance partners fell.", "Nobody knew."],
        ["She sang with Wham! in 1984.", "Then she left."],
        ["He hosts Jeopardy! on weekdays.", "It pays well."],
        ["The musical Oklahoma! opened in 1943.", "It ran for years."],
        ['Their song "Help! I Need You" was a hit.', "They toured."],
        ["The book “Where Is Home? Notes from the Road” sold well.", "It won."],
        ["Yum! Brands owns it.", "KFC is part of it."],
        ["What a day!", "Nobody slept."],
        ["Who came?", "Anna did."],
        ["Panic! at the Disco split up.", "Fans wept."],
    ],
    ids=" ".join,
)
def test_names_with_marks(expected: list[str]) -> None:
    """A name or title written with a mark goes on: no end before a small letter, nor inside a title that goes on."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ['He called it "a mess. A real mess" in court.', "She agreed."],
        ['He said: "We won.', 'It was hard."', "Then he left."],
        ["“Is it true?” asked Mr. Holm.", "“No,” said Vik."],
        ["She wrote “Stop!” on the wall.", "He read it."],
        ["The sign “No entry! Danger of death” hung there.", "He went in."],
        ["He asked “Why?” and left.", "She stayed."],
        ["He told them: “Leave! Leave now!” in a loud voice.", "They left."],
        ["The game “Ready? Set. Go” sold well; it was cheap.", "Fans cheered."],
        ['She read "Who Am I? Poems" aloud.', "We wept."],
        ['"Where is it? Where did it go?" asked Mr. Vik.', "Nobody knew."],
    ],
    ids=" ".join,
)
def test_quotations_that_go_on(expected: list[str]) -> None:
    """A quotation that its sentence goes on behind is not cut; sentences somebody says are."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ['He said " We won. "', "Then he left."],
        ["“ We lost. ”", "The crowd left."],
        ["She cried: « Fire! »", "Everybody ran."],
        ['" It is late, " she said.', '" Go home. "', "He went."],
        ['" Stop! " he cried.', "They ran."],
        ['He wrote " Yes. "', 'She wrote " No. "'],
        ["« It is done. »", "They left."],
        ["“ Come in. ”", "She did."],
        ['They sang " Help! " in the hall.', "It rained."],
        ['He asked: " Why? "', "Nobody answered."],
    ],
    ids=" ".join,
)
def test_spaced_quotation_marks(expected: list[str]) -> None:
    """A quotation mark that stands apart belongs to the side it is on."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["It opens at 9 a.m.", "Visitors may park behind it."],
        ["The vote is at 4 p.m.", "Tuesday's session was cancelled."],
        ["It starts at 5 p.m. Friday in the hall.", "Entry is free."],
        ["It starts at 5 p.m. Eastern time.", "Entry is free."],
        ["It starts at 5 p.m. EST on Friday.", "Entry is free."],
        ["The train left at 7 a.m. March 3.", "It was full."],
        ["He woke at 6 a.m.", "Dr. Vik called him."],
        ["They met at 3 p.m.", "In the evening they left."],
        ["The shop closes at 8 p.m. on weekdays.", "It is busy."],
    ],
    ids=" ".join,
)
def test_times_of_day(expected: list[str]) -> None:
    """After a time of day a sentence ends, but before a day, a zone or a month with its day."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["They moved to Washington, D.C.", "The flat was small."],
        ["They moved to Washington, D.C.", "Mrs. Wade paid."],
        ["He left the U.S.", "In 2020 he came back."],
        ["The U.S. Senate met.", "It voted."],
        ["She works for the U.N.", "Her brother does not."],
        ["The U.K. Government said so.", "Nobody cared."],
        ["They live in the U.S. Virgin Islands.", "They like it."],
        ["He was born in L.A.", "His mother was not."],
        ["The U.S. Attorney's Office in Washington, D.C. said so.", "Good."],
        ["She studied at N.Y.U.", "Then she taught."],
        ["It fled to the U.S.", "But it came back."],
    ],
    ids=" ".join,
)
def test_acronyms(expected: list[str]) -> None:
    """An acronym ends a sentence where what follows can only open one."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["The port earned 84 million in 2024.1", "The board was glad."],
        ["Two quays are planned.2", "The first opens in May."],
        ["He left.[a]", "She stayed.[12]", "They met."],
        ["It rose.¹²", "It fell.³", "It rose again."],
        ["“We won.”[3]", "Nobody objected."],
        ["It rose (see below).[4]", "It fell."],
        ["Version 2024.1 came out in May.", "It is fast."],
        ["He died in 1990.[5]", "His son lived."],
        ["Is it true?[6]", "Yes."],
        ["It rose.*", "It fell.†", "It rose again."],
    ],
    ids=" ".join,
)
def test_reference_marks(expected: list[str]) -> None:
    """Reference marks stand at the end of the sentence they belong to."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["On 3. June 2024 the board met.", "It voted."],
        ["He plays for 1. FC Holm in the 2. Bundesliga.", "He is good."],
        ["He finished 3rd.", "She was 1st."],
        ["They moved in 2020.", "They left in 2021."],
        ["The total was 31.", "March was worse."],
        ["Henry VIII. was king.", "He ate."],
        ["Der 5. Mai war warm.", "Wir gingen."],
        ["She is in grade 3.", "He is in grade 4."],
        ["The 20. Century was long.", "It ended."],
        ["In Art. 5 the law says so.", "It is old."],
    ],
    ids=" ".join,
)
def test_ordinals(expected: list[str]) -> None:
    """The point of an ordinal ends nothing."""
    assert expected == sentences(" ".join(expected))


@pytest.mark.parametrize(
    "expected",
    [
        ["It costs approx. 5 euros.", "It is cheap."],
        ["Acme Bros. Ltd. said so.", "It is old."],
        ["She has a Ph.D. in physics.", "He does not."],
        ["He met John Smith Jr. at home.", "They spoke."],
        ["They climbed Mt. Everest and St. Helens.", "It rained."],
        ["See p. 12 and Fig. 3 for more.", "It is clear."],
        ["It was built c. 1850 by monks.", "It stands."],
        ["They sell nuts, dates, etc. in bulk.", "It is cheap."],
        ["The Dept. of Health said no.", "It stopped."],
        ["It beat Brown v. Board of Education.", "It is law."],
        ["He works at No. 10 Downing St. in London.", "He is tired."],
        ["Reps. Holm and Vik met Sens. Ash and Oak.", "They agreed."],
        ["Lt. Gov. Holm spoke.", "Adm. Vik listened."],
        ["The firm, Holm & Co., closed.", "It was old."],
        ["It is at 12 Oak Ave. near the pier.", "It is red."],
        ["He met Prof. Ada Holm.", "She spoke."],
        ["They sell apples, pears, etc.", "The shop is small."],
        ["The firm is Holm Inc.", "The other is Vik Ltd."],
    ],
    ids=" ".join,
)
def test_abbreviations(expected: list[str]) -> None:
    """The point of an abbreviation ends nothing where the sentence goes on."""
    assert expected == sentences(" ".join(expected))


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
    "unit", ["!", "A. ", "“a. ", "\n", "a\n\n", "。》", "\t", "1. ", "Mr. ", "x", ") ", "…", "[1]", "a.[1]", "“a! b? "]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """No text is slow: a hundred thousand repeats of anything take moments, not minutes."""
    text = unit * 100_000
    start = time.process_time()
    split(text)
    assert time.process_time() - start < 10


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
