"""Selection: the sentences that say most, in order, few or many, of any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.extractive.selection import headline, select
from summarizer.reading import read

STORM = (
    "A storm flooded the harbour of Bergen on Monday. The flood closed the harbour for two days. "
    "The mayor of Bergen said the storm was the worst in years. The mayor said the harbour would reopen on Thursday. "
    "A bakery in the hills sold out of bread. Why was nobody warned? Ferries were sent to Stavanger. "
    "The storm flooded the harbour of Bergen on Monday, again."
)


def numbers(text: str, points: int, **wishes: object) -> list[int]:
    return [sentence.number for sentence in select(Analysis(Article(text)), points, **wishes)]  # type: ignore[arg-type]


def test_sentences_come_in_the_order_of_the_article() -> None:
    """What is chosen first is not what is shown first."""
    chosen = numbers(STORM, 4)
    assert sorted(chosen) == chosen
    assert len(chosen) == 4


def test_a_repetition_is_not_chosen_beside_what_it_repeats() -> None:
    """The last sentence says what the first said: it comes in last of all but the question."""
    assert {1, 8} - set(numbers(STORM, 5)) == {8}


def test_a_limit_of_words_holds_unless_one_sentence_has_more() -> None:
    """Whole sentences only, so the first may be longer than the limit."""
    chosen = select(Analysis(Article(STORM)), 8, words=20)
    assert sum(len(sentence.text.split()) for sentence in chosen) <= 20
    assert len(chosen) == 2
    assert len(select(Analysis(Article(STORM)), 8, words=3)) == 1


def test_a_focus_brings_in_what_is_said_of_it() -> None:
    """Without it the bakery is a side remark."""
    assert 5 not in numbers(STORM, 2)
    assert 5 in numbers(STORM, 2, focus="bread from the bakery")


def test_a_focus_nobody_speaks_of_changes_nothing() -> None:
    """There is nothing to prefer."""
    assert numbers(STORM, 3) == numbers(STORM, 3, focus="zebra")


@pytest.mark.parametrize("text", ["", "   \n", "...", "?"])
def test_an_article_that_says_nothing_has_no_wrong_points(text: str) -> None:
    """At most its own sentences are given."""
    analysis = Analysis(Article(text))
    assert set(select(analysis, 3)) <= set(analysis.article.sentences)


def test_the_headline_is_a_sentence_or_nothing(seed: Article) -> None:
    """Of the seed it is the one that says who went where; of nothing it is None."""
    assert headline(Analysis(Article(""))) is None
    chosen = headline(Analysis(seed))
    assert chosen in seed.sentences


def test_more_points_than_sentences_gives_each_once() -> None:
    """Nothing is doubled, and a question is no point."""
    assert [1, 2, 3, 4, 5, 7, 8] == numbers(STORM, 100)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet='ab .!?\n"(-—é', max_size=200), st.integers(0, 5))
def test_any_text_gives_at_most_so_many_of_its_sentences(text: str, points: int) -> None:
    """Whatever the text."""
    analysis = Analysis(Article(text))
    chosen = select(analysis, points)
    assert len(chosen) <= points
    assert len(set(chosen)) == len(chosen)
    assert all(sentence in analysis.article.sentences for sentence in chosen)


def test_a_book_takes_seconds() -> None:
    """Ten thousand sentences; the time without that of finding names, which is not selection's."""
    text = " ".join(f"Chapter word{n % 977} told of word{n % 331} and of word{n}." for n in range(10_000))
    analysis = Analysis(Article(text))
    assert len(analysis.article.sentences) == 10_000
    analysis.__dict__["entities"] = ()
    begun = time.process_time()
    assert len(select(analysis, 20)) == 20
    assert time.process_time() - begun < 5


def test_of_four_points_three_are_those_that_an_editor_would_make() -> None:
    """On our own articles, which the weights were fitted to; what counts is told in benchmarks/summaries."""
    root = Path(__file__).parents[2]
    rows = map(json.loads, (root / "benchmarks/summaries/marks.jsonl").read_text("utf-8").splitlines())
    right = total = 0
    for row in rows:
        if row["article"].startswith("benchmarks/reading/articles/"):
            chosen = {one.number for one in select(Analysis(read(root / row["article"])), 4)}
            right, total = right + len(chosen & {*row["best"], *row["good"]}), total + 4
    assert total > 150
    assert right >= 0.8 * total
