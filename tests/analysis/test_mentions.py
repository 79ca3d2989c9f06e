"""Mentions: exact spans of names in the shapes that are hard."""

import pytest

from summarizer.analysis.mentions import find_names
from summarizer.analysis.name_spans import Place
from summarizer.analysis.words import tokens
from summarizer.article import Article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bashar al-Assad flew to Tehran. Assad left on Monday.", ["Bashar al-Assad", "Tehran", "Assad"]),
        ("Charles de Gaulle and Ludwig van Beethoven never met.", ["Charles de Gaulle", "Ludwig van Beethoven"]),
        ("Moscow's mayor, Sergei Sobyanin, spoke.", ["Moscow", "Sergei Sobyanin"]),
        ("Yesterday David Cameron met Angela Merkel in Berlin.", ["David Cameron", "Angela Merkel", "Berlin"]),
        ("However, Mr Cameron's aides met President Merkel.", ["Cameron", "Merkel"]),
        (
            "The World Health Organization (WHO) met in Geneva.",
            ["World Health Organization", "WHO", "Geneva"],
        ),
        ("Richard Blake-Smith of Birmingham won.", ["Richard Blake-Smith", "Birmingham"]),
        ("Callum Reith of the Seafarers' Union spoke.", ["Callum Reith", "Seafarers' Union"]),
        ("Claudia Mo of Civic Party left.", ["Claudia Mo", "Civic Party"]),
        ("The Royal Society of the Arts met.", ["Royal Society of the Arts"]),
        ("It rained all day, and nobody came.", []),
    ],
)
def test_names_have_exact_spans(text: str, expected: list[str]) -> None:
    """Particles and hyphens belong to a name; possessives, titles and words that open a sentence do not."""
    assert expected == [name.text for name in find_names(Article(text)).names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Korean People’s Army Marshals Ri Pyong Chol",
            [("Korean People’s Army", "organisation"), ("Ri Pyong Chol", "person")],
        ),
        ("Navy Admiral Kim Myong Sik", [("Kim Myong Sik", "person")]),
        ("Captain America School", [("Captain America School", "organisation")]),
        ("State of Maine Governor School", [("State of Maine Governor School", "organisation")]),
    ],
)
def test_an_office_inside_a_range_parts_a_body_from_a_person(text: str, expected: list[tuple[str, str]]) -> None:
    """The office belongs to neither, and a common word before it only to the office; else nothing is parted."""
    article = Article(text)
    row = tokens(text)
    chances = [{"O": 0.1, "Bo": 0.8, "Bp": 0.1}] * len(row)
    found = Place(article, 1, row).names(0, len(row) - 1, chances)
    assert expected == [(name.text, name.kind) for name in found]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("People's Party", "o", [("People's Party", "organisation")]),
        ("Award for (", "x", [("Award for", "other")]),
        ("Stern & Dahl", "p", [("Stern & Dahl", "organisation")]),
        ("Weber 2014", "p", [("Weber", "person")]),
    ],
)
def test_a_name_ends_with_a_word_and_its_words_settle_its_kind(
    text: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    """A bracket and a person's number fall off; two surnames and an ampersand are a firm."""
    row = tokens(text)
    chances = [{"O": 0.1, f"B{kind}": 0.9}] * len(row)
    found = Place(Article(text), 1, row).names(0, len(row) - 1, chances)
    assert expected == [(name.text, name.kind) for name in found]


def test_kinds_are_probabilities() -> None:
    """They sum to 1, and all places of one name agree."""
    names = find_names(Article("Angela Merkel met Emmanuel Macron. Merkel spoke, and Macron left for Paris.")).names
    assert all(abs(sum(name.kinds.values()) - 1) < 1e-9 for name in names)
    by_text = {name.text: name.kind for name in names}
    assert all(by_text[name.text] == name.kind for name in names)
