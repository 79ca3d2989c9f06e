"""Clusters: which names mean the same entity."""

import pytest

from summarizer.analysis.clusters import clusters, key_of
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import tokens

KINDS = ("person", "organisation", "place", "other", "nationality")


def gathered(text: str, *marked: tuple[str, str]) -> list[list[str]]:
    """The clusters of the names `marked` (text, kind), each at its first place behind the one before."""
    names: list[Name] = []
    at = 0
    for name, kind in marked:
        start = text.index(name, at)
        at = start + len(name)
        before = text[:start].split()[-1:]
        titles = tuple(word for word in before if word.rstrip(".") in {"Mr", "Mrs", "President"})
        kinds = {other: float(other == kind) for other in KINDS}
        words = tuple(token.text for token in tokens(name))
        names.append(Name(1, start, at, name, 0, 0, words, kinds, titles, start))
    return [[name.text for name in cluster.names] for cluster in clusters(names, text)]


def test_a_surname_and_a_spelling_variant_mean_the_person() -> None:
    """Hyphen or not, full name or surname, first or last: one person."""
    text = "Kim Jong-un came. Kim Jong Un met Vladimir Putin. Kim left. Mr Putin stayed."
    found = gathered(
        text,
        ("Kim Jong-un", "person"),
        ("Kim Jong Un", "person"),
        ("Vladimir Putin", "person"),
        ("Kim", "person"),
        ("Putin", "person"),
    )
    assert [["Kim Jong-un", "Kim Jong Un", "Kim"], ["Vladimir Putin", "Putin"]] == found


def test_two_people_of_one_surname_stay_two_and_titles_tell_them_apart() -> None:
    """Mr Smith cannot be Mrs Jane Smith."""
    text = "Mr John Smith and Mrs Jane Smith came. Mrs Smith spoke. Mr Smith left."
    found = gathered(text, ("John Smith", "person"), ("Jane Smith", "person"), ("Smith", "person"), ("Smith", "person"))
    assert [["John Smith", "Smith"], ["Jane Smith", "Smith"]] == found


def test_a_lone_surname_means_the_one_introduced_before_it() -> None:
    """A person named only later cannot be meant."""
    text = "Kim Jong-un came. Kim spoke. Kim Myong Sik listened."
    found = gathered(text, ("Kim Jong-un", "person"), ("Kim", "person"), ("Kim Myong Sik", "person"))
    assert [["Kim Jong-un", "Kim"], ["Kim Myong Sik"]] == found


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("Korean Central News Agency (KCNA) said so.", "Korean Central News Agency", "KCNA"),
        ("The World Health Organization met. WHO agreed.", "World Health Organization", "WHO"),
        ("The Bank of England met. BoE", "Bank of England", "Bank of England"),
        ("Microsoft Corp bought it. Microsoft paid.", "Microsoft Corp", "Microsoft"),
        ("The United Nations met. The U.N. agreed.", "United Nations", "U.N."),
    ],
)
def test_acronyms_and_short_forms_mean_the_long_name(text: str, long: str, short: str) -> None:
    """In brackets behind the name, or by initials, or without the company ending."""
    names = [(long, "organisation")] if long == short else [(long, "organisation"), (short, "organisation")]
    assert 1 == len(gathered(text, *names))


@pytest.mark.parametrize("short", ["J. Smith", "John Smith", "Smith"])
def test_a_shorter_form_of_a_persons_name_means_the_person(short: str) -> None:
    """An initial for the first name, or the middle one left out."""
    text = f"John Brian Smith came. Then {short} left."
    assert [["John Brian Smith", short]] == gathered(text, ("John Brian Smith", "person"), (short, "person"))


def test_a_short_form_of_two_names_stays_apart() -> None:
    """Nobody can tell which one is meant."""
    text = "Barclays Bank met Barclays Group. Barclays spoke."
    names = [("Barclays Bank", "organisation"), ("Barclays Group", "organisation"), ("Barclays", "organisation")]
    assert 3 == len(gathered(text, *names))


def test_a_place_inside_a_longer_name_stays_a_place() -> None:
    """Vladivostok is not the Vladivostok forum."""
    text = "He was in Vladivostok. The Vladivostok forum began."
    assert 2 == len(gathered(text, ("Vladivostok", "place"), ("Vladivostok forum", "other")))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kim Jong-un", "KIM JONG UN"), ("José Pérez", "Jose Perez"), ("The Beatles", "Beatles"), ("Acme, Inc.", "Acme")],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    """Case, accents, hyphens, the article and company endings do not tell names apart."""
    assert key_of(one) == key_of(other)


def test_a_lone_word_of_unsure_kind_means_the_longer_name_it_ends_or_begins() -> None:
    """ "Northline" is "Northline Engineering" though it looked like a person; a college has its own namesake."""
    text = "Northline Engineering built it. Northline paid. Dover College closed. Dover wept."
    names = [
        _unsure(text, "Northline Engineering", "organisation", 0),
        _unsure(text, "Northline", "person", 30),
        _unsure(text, "Dover College", "organisation", 40),
        _unsure(text, "Dover", "place", 60),
    ]
    found = [[name.text for name in cluster.names] for cluster in clusters(names, text)]
    assert [["Northline Engineering", "Northline"], ["Dover College"], ["Dover"]] == found


def _unsure(text: str, name: str, kind: str, at: int) -> Name:
    start = text.index(name, at)
    kinds = {other: 0.8 if other == kind else 0.05 for other in KINDS}
    words = tuple(token.text for token in tokens(name))
    return Name(1, start, start + len(name), name, 0, 0, words, kinds)
