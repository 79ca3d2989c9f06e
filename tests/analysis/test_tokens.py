"""Tokens: what the name tagger reads."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis.words import tokens


def test_words_split_at_hyphens_and_before_the_possessive_and_initials_keep_their_point() -> None:
    """The tagger needs these borders: nearly every name of the training rows begins and ends at one."""
    text = "Kim Jong-un's U.S. friend J. Smith, O’Brien of Acme Inc."
    expected = [
        "Kim",
        "Jong",
        "-",
        "un",
        "'s",
        "U.S.",
        "friend",
        "J.",
        "Smith",
        ",",
        "O’Brien",
        "of",
        "Acme",
        "Inc",
        ".",
    ]
    assert expected == [token.text for token in tokens(text)]


@given(st.text())
def test_tokens_stand_in_order_at_their_places_and_cover_everything_but_spaces(text: str) -> None:
    """For any text, every token equals its slice, and what lies between them is space."""
    found = tokens(text, 7)
    for token in found:
        assert token.text == text[token.start - 7 : token.end - 7]
    assert "".join(text.split()) == "".join("".join(token.text for token in found).split())
    assert found == sorted(found, key=lambda token: token.start)
