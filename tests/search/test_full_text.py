"""The index over many articles: finds the right one, follows changes, refuses what is not its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article, Place
from summarizer.errors import InputError
from summarizer.search.full_text import FullText

FLOOD = Article("A flood closed the harbour of Bergen. Ferries waited.", source="flood.txt", published=date(2024, 5, 1))
VOTE = Article(
    "The council rejected the tram by one vote. Anna Berg voted last.",
    title="Tram",
    source="vote.txt",
    metadata=((0, 3),),
    places=(Place(0, 42, "page 1"),),
    fields={"id": "7"},
    notices=("a table was left out",),
)
BREAD = Article("The bakery in Bergen raised its prices by 4 per cent.", source="bread.txt")


@pytest.fixture
def corpus() -> FullText:
    """Three articles, in memory."""
    return holding(FullText(":memory:"), FLOOD, VOTE, BREAD)


def holding(texts: FullText, *articles: Article) -> FullText:
    """The index with these articles, each in a document of its own."""
    with texts.updating():
        for article in articles:
            texts.take_in(article.source, [article], stamp="now")
    return texts


@pytest.mark.parametrize(
    ("question", "article", "number"),
    [
        ("What closed the harbour in Bergen?", FLOOD, 1),
        ("Who voted last?", VOTE, 2),
        ("By how much did the bakery raise prices?", BREAD, 1),
        ("tram", VOTE, 1),
    ],
)
def test_the_right_article_and_sentence_come_first(
    corpus: FullText, question: str, article: Article, number: int
) -> None:
    """By words of the question."""
    best = corpus.search(question)[0]
    assert (article.id, number) == (best.article, best.sentence.number)
    assert article.sentences[number - 1] == best.sentence


def test_an_article_comes_back_as_it_was(corpus: FullText) -> None:
    """Text, title, day and source, what is no news, pages, and the other columns of its row."""
    assert corpus.article(FLOOD.id) == FLOOD
    assert corpus.article(VOTE.id) == VOTE
    assert corpus.article("0" * 64) is None


def test_the_index_stays_on_disk(tmp_path: Path) -> None:
    """It is built once; what is there already is not taken in again."""
    path = tmp_path / "index.db"
    holding(FullText(path), FLOOD, VOTE, BREAD).close()
    corpus = FullText(path)
    assert (3, {"flood.txt": "now", "vote.txt": "now", "bread.txt": "now"}) == (len(corpus), corpus.stamps())
    with corpus.updating():
        assert (0, 0) == corpus.take_in("vote.txt", [VOTE])
    assert corpus.search("Who voted last?")[0].article == VOTE.id
    corpus.close()


def test_a_changed_file_is_found_by_its_new_words_only(corpus: FullText) -> None:
    """The old text is gone from the index and from the articles."""
    changed = Article("A landslide closed the road to Voss.", source="flood.txt")
    assert (1, 1) == corpus.take_in("flood.txt", [changed])
    assert corpus.search("landslide")[0].article == changed.id
    assert corpus.search("ferries flood") == ()
    assert corpus.article(FLOOD.id) is None
    assert len(corpus) == 3


def test_rows_of_one_file_stand_together(corpus: FullText) -> None:
    """Two articles of one document, and the same text in two, are all kept."""
    rows = [Article("Row one is of apples.", source="rows:1"), Article("Row two is of pears.", source="rows:2")]
    assert (2, 0) == corpus.take_in("rows", rows)
    assert (1, 0) == corpus.take_in("copy.txt", [Article(FLOOD.text, source="copy.txt")])
    assert (0, 1) == corpus.take_in("rows", rows[:1])
    assert corpus.search("pears") == ()
    assert corpus.search("apples")[0].article == rows[0].id
    assert {"rows", "copy.txt", "flood.txt"} <= set(corpus.stamps())


def test_a_file_that_is_gone_can_be_forgotten(corpus: FullText) -> None:
    """And takes its words along."""
    assert corpus.forget("vote.txt") == 1
    assert corpus.search("tram") == ()
    assert corpus.forget("vote.txt") == 0


def test_an_error_while_reading_leaves_the_index_as_it_was(corpus: FullText) -> None:
    """An update is all or nothing."""

    def failing() -> Iterator[Article]:
        yield Article("New words: xylophone.", source="new.txt")
        raise InputError("other.txt", "cannot be read")

    with pytest.raises(InputError), corpus.updating():
        corpus.take_in("new.txt", failing())
    assert corpus.search("xylophone") == ()
    assert len(corpus) == 3


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at", b"SQLite format 3\0broken"])
def test_a_file_of_another_kind_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """With an input error that names it."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"notes\.txt"):
        FullText(path)
    assert content == path.read_bytes()


def test_a_folder_that_does_not_exist_is_an_input_error(tmp_path: Path) -> None:
    """Not a crash."""
    with pytest.raises(InputError):
        FullText(tmp_path / "nowhere" / "index.db")


@pytest.mark.parametrize("question", ["", "the", '" OR ', "NEAR(a b)", "title:tram*", "\0", "\ud800", "a" * 100_000])
def test_no_question_is_an_operator_or_a_crash(corpus: FullText, question: str) -> None:
    """Words are words, whatever the search engine makes of them."""
    assert len(corpus.search(question)) <= 5


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_can_be_indexed_and_forgotten(text: str, question: str) -> None:
    """Lone surrogates, NUL and all; offsets hold."""
    article = Article(text, title=question, source="x")
    corpus = FullText(":memory:")
    corpus.take_in("x", [article])
    assert corpus.article(article.id) == article
    for passage in corpus.search(question):
        assert text[passage.sentence.start : passage.sentence.end] == passage.sentence.text
    assert corpus.forget("x") == 1
    corpus.close()
