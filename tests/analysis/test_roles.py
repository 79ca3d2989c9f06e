"""Roles: what an article says somebody is, word by word."""

import pytest

from summarizer.analysis.clusters import Cluster
from summarizer.analysis.mentions import Name, Names
from summarizer.analysis.roles import role_of
from summarizer.analysis.tokens import tokens
from summarizer.article import Article


def role(text: str, name: str, kind: str = "person") -> str | None:
    article = Article(text)
    sentences = tuple(tokens(sentence.text, sentence.start) for sentence in article.sentences)
    start = text.index(name)
    sentence = article.sentence_at(start)
    assert sentence is not None
    row = sentences[sentence.number - 1]
    inside = [n for n, token in enumerate(row) if start <= token.start < start + len(name)]
    words = tuple(row[n].text for n in inside)
    found = Name(sentence.number, start, start + len(name), name, inside[0], inside[-1], words, {kind: 1.0})
    claim = role_of(Cluster([found]), kind, Names(article, sentences, (found,)))
    if claim is None:
        return None
    assert [sentence.number] == [span.sentence for span in claim.evidence]
    assert claim.text in claim.evidence[0].text
    return claim.text


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Kremlin spokesperson Dmitry Peskov spoke.", "Dmitry Peskov", "Kremlin spokesperson"),
        ("The North Korean leader, Kim Jong-un, came.", "Kim Jong-un", "North Korean leader"),
        ("It includes his foreign minister, Choe Sun Hui, and others.", "Choe Sun Hui", "foreign minister"),
        ("A deal with President Vladimir Putin is near.", "Vladimir Putin", "President"),
        ("Jane Roe, chairman of the space committee, agreed.", "Jane Roe", "chairman of the space committee"),
        ("Jane Roe, a ruling party official who came by train, agreed.", "Jane Roe", "ruling party official"),
        ("Jane Roe is a Swedish biologist at a school.", "Jane Roe", "Swedish biologist at a school"),
        ("The agency's director-general, Jane Roe, agreed.", "Jane Roe", "director-general"),
        ("He saw former US Navy Admiral John Poe.", "John Poe", "former US Navy Admiral"),
    ],
)
def test_titles_appositions_and_copulas_give_the_role(text: str, name: str, expected: str) -> None:
    """The words before a name, behind it, or after "is a", without articles and pronouns."""
    assert expected == role(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Kim came by train.", "Kim"),
        ("Jane Roe, London, 1999.", "Jane Roe"),
        ("After the war, Jane Roe returned.", "Jane Roe"),
        ("Jane Roe, John Poe and others came.", "Jane Roe"),
        ("Jane Roe is a long way from home.", "Jane Roe"),
        ("Jane Roe, leader of the pack had left", "Jane Roe"),
    ],
)
def test_where_no_role_is_named_there_is_none(text: str, name: str) -> None:
    """A title such as Mr, a place, a date or another person tells no role."""
    assert role(text, name) is None


def test_bodies_and_places_have_roles_of_their_own() -> None:
    """An agency is an agency, and a person's word does not fit it."""
    assert "Russian news agency" == role("TASS, the Russian news agency, said so.", "TASS", "organisation")
    assert role("TASS, minister of all, said so.", "TASS", "organisation") is None
    assert "news agency" == role("He told the TASS news agency, he said.", "TASS", "organisation")
    assert "Russian city" == role("They met in the Russian city of Omsk.", "Omsk", "place")
    assert "port city in the east" == role("Vladivostok, a port city in the east, is far.", "Vladivostok", "place")
