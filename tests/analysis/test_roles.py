"""Roles: what an article says somebody is, word by word."""

from pathlib import Path

import pytest

from summarizer.analysis.clusters import Cluster
from summarizer.analysis.entities import find_entities, role_of
from summarizer.analysis.mentions import Names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import tokens
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
        ("Present: Rob Tennant (harbour master), Ann Lee.", "Rob Tennant", "harbour master"),
        ("Arsenal playmaker Rob Tennant came on.", "Rob Tennant", "Arsenal playmaker"),
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


TEXTS = Path(__file__).parent / "texts"
ROLES: dict[str, dict[str, str | None]] = {
    "news": {
        "Solvang Lines": "Ferry company", "Petra Nyhus": "chief executive", "Omar Reyes": "Union leader",
        "Ellen Dahl": "former harbour pilot", "Jonas Feld": "Transport minister",
        "Mia Torp": "deputy", "Arvid Nyhus": "grandfather", "Brightwater Partners": "consultancy",
        "Lars Ek": "Economist",
    },
    "minutes": {
        "Ruth Okafor": "chair", "Maya Lund": "clerk", "Dan Pell": None, "Helen Wray": None, "K. Lind": "Treasurer",
        "Harlow Roofing Ltd": None, "Anita Rao": "neighbourhood officer", "Joel Stern": "Architect",
    },
    "interview": {
        "Inga Sorel": "Novelist", "Paul Wick": "reporter", "Clara Beck": "editor", "Henrik": "husband",
        "Tove Lind": "old friend from school", "Nordlys Press": "publisher", "Trondheim": None,
    },
    "ruling": {
        "Deepa Rao": "appellant", "Fenwick Haulage Ltd": None, "Adam Stone": None, "Miriam Holt": "Judge",
        "Neil Frost": "tribunal chairman",
    },
    "recipe": {"Rosa Delgado": "cook", "Ken Oduya": "Food writer", "Oaxaca": None},
    "obituary": {
        "Marta Quist": "botanist", "Alan Pryor": "geologist", "Eva Pryor": "daughter", "Boris Havel": "rival",
        "Nils Quist": "brother", "Visby": None,
    },
    "review": {
        "Yara Mendes": "Director", "Tomas Brandt": "Leading actor", "Ilya": "smuggler", "Jun Park": "Cinematographer",
        "Ada Flint": "composer", "Lia Mendes": "sister", "Arcadia Films": "distributor",
    },
}  # fmt: skip


@pytest.mark.parametrize("text", ROLES)
def test_roles_of_whole_texts(text: str) -> None:
    """Each name has the role that a careful reader gives it, or none."""
    found = {one.entity.name: one.entity for one in find_entities(Article((TEXTS / f"{text}.txt").read_text("utf-8")))}
    roles = {name: found[name].role if name in found else None for name in ROLES[text]}
    told = {name: claim.text if claim else None for name, claim in roles.items()}
    assert ROLES[text] == told


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("If Mayor Osei agrees, work starts.", "Osei", "Mayor"),
        ("Treasurer: K. Lind", "K. Lind", "Treasurer"),
        ("Though Judge Holt agreed, he lost.", "Holt", "Judge"),
        ("The tribunal chairman, Neil Frost, left.", "Neil Frost", "tribunal chairman"),
        ("Marta Quist, a botanist, died.", "Marta Quist", "botanist"),
        ("On Tuesday Chief Vik left.", "Vik", "Chief"),
        ("Counsel for the respondent, Fiona Reid, agreed.", "Fiona Reid", "Counsel for the respondent"),
    ],
)
def test_a_role_is_a_noun_phrase(text: str, name: str, expected: str) -> None:
    """No conjunction, preposition or day belongs to it; a label before a colon is one."""
    assert expected == role(text, name)
