"""Quantities have the value, the unit and the kind that a reader gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.values.quantities import find_quantities, quantities_in

CASES = Path(__file__).with_name("quantity_cases.txt")

Expected = tuple[str, float, str | None, str]


def cases() -> list[tuple[str, list[Expected]]]:
    """The sentences of the table, each with its quantities in order."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(sentence, expected(answer.strip())) for sentence, answer in zip(lines[::2], lines[1::2], strict=True)]


def expected(answer: str) -> list[Expected]:
    if answer == "none":
        return []
    found = []
    for item in answer.split("; "):
        text, _, rest = item.partition(" = ")
        value, unit, kind = rest.split()
        found.append((text, float(value), None if unit == "-" else unit, kind))
    return found


def read(sentence: str) -> list[Expected]:
    found = quantities_in(sentence)
    return [(sentence[q.start : q.end], float(round(q.value, 4)), q.unit, q.kind) for q in found]


def test_the_table_is_read_right() -> None:
    """Of at least 150 expressions, 95 in 100 have the right text, value, unit and kind, and nothing else is found."""
    rows = [(sentence, answer, read(sentence)) for sentence, answer in cases()]
    total = sum(max(len(answer), 1) for _, answer, _ in rows)
    wrong = [(sentence, answer, found) for sentence, answer, found in rows if answer != found]
    faults = sum(max(1, len(set(answer) ^ set(found)) // 2) for _, answer, found in wrong)

    assert total >= 150
    assert faults <= 0.05 * total, json.dumps(wrong, indent=1)


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("1,180km (733 miles)", [None, 0]),
        ("50km/h (31mph)", [None, 0]),
        ("10-15 km (6-9 miles)", [None, None, 0, 1]),
        ("£5m ($6m)", [None, 0]),
        ("a 100 km, or 62 miles, walk", [None, 0]),
        ("20 people (3 hours)", [None, None]),
        ("5 km or 20 miles", [None, None]),
    ],
)
def test_a_restatement_is_tied_to_what_it_restates(text: str, ties: list[int | None]) -> None:
    """Brackets tie two units of one kind; "or" ties them only where they convert."""
    assert ties == [quantity.same_as for quantity in quantities_in(text)]


def test_the_same_quantity_twice_is_one_with_two_mentions() -> None:
    """Text, value, unit and kind together make one quantity."""
    article = Article(text="It is 5 km away. They ran 5 km and 3 km.")
    five, three = find_quantities(article)

    assert [mention.sentence for mention in five.mentions] == [1, 2]
    assert (three.text, three.value, three.unit, three.kind, three.same_as) == ("3 km", 3.0, "km", "distance", None)


def test_more_digits_than_any_quantity_has_are_none() -> None:
    """A number that no quantity has is a code, so no value overflows to infinity."""
    assert find_quantities(Article(text="It is 1" + "0" * 55 + " km away.")) == ()


PIECES = [
    *"0123456789.,/-–%$€£ ()'½°٣",
    "km",
    "miles ",
    "m ",
    "million ",
    "people ",
    "two ",
    "per ",
    "hour ",
    "kg ",
    "or ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_every_mention_is_its_slice(text: str) -> None:
    """For any text a mention equals its slice and lies in its sentence, and a tie points back."""
    article = Article(text=text)
    for index, quantity in enumerate(find_quantities(article)):
        assert quantity.same_as is None or quantity.same_as < index
        for mention in quantity.mentions:
            sentence = article.sentences[mention.sentence - 1]
            assert sentence.start <= mention.start < mention.end <= sentence.end
            assert quantity.text == mention.text == text[mention.start : mention.end]


@pytest.mark.parametrize("text", ["东京有20公里", "المسافة ٢٠ كم", "1" * 5000, "1," * 30_000, "5 km " * 10_000])
def test_any_script_and_any_length(text: str) -> None:
    """Nothing crashes, and long runs take linear time."""
    quantities_in(text)
