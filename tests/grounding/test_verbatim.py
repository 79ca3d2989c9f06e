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
