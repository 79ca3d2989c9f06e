"""Verbatim: a cited sentence or a safe trim of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding import check, is_trim, verbatim

SENTENCE = "The minister, who took office in May, said on Friday that the bridge (pictured) would not open before 2025."


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (SENTENCE, True),
        (SENTENCE.rstrip("."), True),
        (f"“{SENTENCE}”", True),
        ("The minister said on Friday that the bridge would not open before 2025.", True),
        ("The minister said that the bridge would not open before 2025.", True),
        ("The bridge would not open before 2025.", False),
        ("The minister said on Friday that the bridge would open before 2025.", False),
        ("The minister said on Friday that the bridge would not open.", True),
        ("The minister said on Friday that the tunnel would not open before 2025.", False),
        ("The bridge said on Friday that the minister would not open before 2025.", False),
        ("", False),
    ],
)
def test_a_trim_keeps_the_words_their_order_and_what_governs_them(claim: str, expected: bool) -> None:
    """Asides and times may go; "said" and "not" may not."""
    assert is_trim(claim, SENTENCE) is expected
    assert verbatim(claim, ["Nothing else was said.", SENTENCE]) is expected


@given(st.text(min_size=1, max_size=200))
def test_every_text_is_verbatim_in_itself(text: str) -> None:
    """Whatever the script, a sentence supports itself on both levels."""
    if text.strip():
        assert verbatim(text, [text])
        assert check(text, [text], level="strict").supported is True
        assert check(text, [text], level="lenient").supported is True


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        (
            'On a new website, "The Countdown", Microsoft has launched a campaign to retire its browser.',
            "The Countdown has launched a campaign to retire its browser.",
        ),
        ('He said the results were "better than expected" on Monday.', "He said the results were"),
        ('Microsoft says on "The Countdown" that it is time to go.', "Microsoft says on"),
        ('It greets users with messages like "time to go" and "goodbye".', "It greets users with messages like"),
        ('She opened a shop called "Blue" in March.', "She opened a shop called"),
        ('The mayor said: "We are late."', "The mayor said"),
        ("The results were, he said, mixed.", "The results were"),
        (
            "In a statement by Apple, managers said the phone sold well.",
            "Apple, managers said the phone sold well.",
        ),
        (
            "In a statement by Apple, managers said the phone sold well.",
            "Apple managers said the phone sold well.",
        ),
        ("Near the port of Harwick, police found a boat.", "Harwick police found a boat."),
        (
            "Smith opened the bridge, and Jones closed the gate in May.",
            "Smith opened the bridge in May.",
        ),
    ],
)
def test_a_trim_keeps_what_its_words_need(sentence: str, claim: str) -> None:
    """The one who did it, what a verb of saying or a preposition leads to, and the quotation behind it."""
    assert not is_trim(claim, sentence)
    assert check(claim, [sentence], level="strict").supported is False


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("The deal, which cost 5 million dollars, was signed on Monday.", "The deal was signed on Monday."),
        ("On Monday, the council opened the bridge.", "The council opened the bridge."),
        ("The council opened the bridge in May, and a second one followed.", "The council opened the bridge in May."),
        ("The band (formed in 1990) toured Europe.", "The band toured Europe."),
        ('"We won," Smith said, adding that it was late.', '"We won," Smith said.'),
        ('Smith said "we won" and left.', 'Smith said "we won".'),
        ("After the council opened the bridge, ferries stopped.", "The council opened the bridge."),
    ],
)
def test_a_trim_may_end_or_leave_out_at_a_mark(sentence: str, claim: str) -> None:
    """A stretch between two marks, a beginning or an end."""
    assert is_trim(claim, sentence)
