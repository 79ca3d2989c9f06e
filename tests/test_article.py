"""An article: its sentences, and the way from an offset to them."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article, Place
from summarizer.reading.decoding import decode

SHARED = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2] / "shared"))


def test_sentences_are_numbered_from_one() -> None:
    """Numbers outside give None."""
    article = Article("One. Two.")
    assert [(1, "One."), (2, "Two.")] == [(sentence.number, sentence.text) for sentence in article.sentences]
    assert article.sentence(2) == article.sentences[1]
    assert article.sentence(0) is None
    assert article.sentence(3) is None
    assert article.sentence(-1) is None


@given(st.text(), st.integers(-3, 80))
def test_sentence_at_finds_the_one_that_covers(text: str, offset: int) -> None:
    """And None between sentences and outside the text."""
    article = Article(text)
    expected = [sentence for sentence in article.sentences if sentence.start <= offset < sentence.end]
    assert (expected[0] if expected else None) == article.sentence_at(offset)


def test_place_of() -> None:
    """None between places, before, behind, and where there are none."""
    article = Article("One.\nTwo.", places=(Place(0, 4, "page 1"), Place(5, 9, "page 2")))
    assert ["page 1", "page 1", None, "page 2", None, None] == [article.place_of(at) for at in (0, 3, 4, 8, 9, -1)]
    assert Article("One.").place_of(0) is None


def test_the_id_is_that_of_the_text() -> None:
    """Even of one that no encoding can write."""
    assert Article("One.", title="a").id == Article("One.").id != Article("Two.").id
    assert 64 == len(Article("\ud800").id)


def test_naughty_strings_are_read_unchanged() -> None:
    """The Big List of Naughty Strings: each is decoded as it was written, and loses nothing to the splitting."""
    path = SHARED / "data" / "blns.json"
    if not path.exists():
        pytest.skip("needs the evaluation data beside the checkout")
    for text in json.loads(path.read_text("utf-8")):
        padded = f"He said {text} to them."
        assert padded == decode(padded.encode(), "a")
        article = Article(padded)
        assert "".join(padded.split()) == "".join("".join(s.text for s in article.sentences).split())
        assert all(article.text[s.start : s.end] == s.text for s in article.sentences)
