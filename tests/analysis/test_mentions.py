"""Mentions: exact spans of names in the shapes that are hard."""

import pytest

from summarizer.analysis.mentions import find_names
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
        ("It rained all day, and nobody came.", []),
    ],
)
def test_names_have_exact_spans(text: str, expected: list[str]) -> None:
    """Particles and hyphens belong to a name; possessives, titles and words that open a sentence do not."""
    assert expected == [name.text for name in find_names(Article(text)).names]


def test_a_body_and_the_person_behind_an_office_are_two_names() -> None:
    """The office parts them and belongs to neither."""
    names = find_names(Article("They met US Navy Admiral John Poe in Paris.")).names
    assert ["US Navy", "John Poe", "Paris"] == [name.text for name in names]


def test_kinds_are_probabilities() -> None:
    """They sum to 1, and all places of one name agree."""
    names = find_names(Article("Angela Merkel met Emmanuel Macron. Merkel spoke, and Macron left for Paris.")).names
    assert all(abs(sum(name.kinds.values()) - 1) < 1e-9 for name in names)
    by_text = {name.text: name.kind for name in names}
    assert all(by_text[name.text] == name.kind for name in names)
