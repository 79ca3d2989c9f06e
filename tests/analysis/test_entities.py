"""Entities of whole articles, by the shipped weights."""

import time
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.analysis.entities import FoundEntity, find_entities
from summarizer.article import Article
from summarizer.reader import Name as Heard
from summarizer.reader import Reader

SEED = Path(__file__).parents[2] / "seeds" / "kim-arrives-in-russia.txt"


@pytest.fixture(scope="module")
def seed() -> tuple[FoundEntity, ...]:
    text = SEED.read_text("utf-8")
    return find_entities(Article(text, metadata=((0, text.index("North Korean leader")),)))


def named(found: tuple[FoundEntity, ...], name: str) -> FoundEntity:
    return next(entity for entity in found if name in (entity.entity.name, *entity.entity.aliases))


@pytest.mark.parametrize(
    "name",
    ["Kim Jong-un", "Vladimir Putin", "Dmitry Peskov", "Choe Sun Hui", "Ri Pyong Chol", "Pak Jong Chon",
     "Pak Thae Song", "Kim Myong Sik", "Jo Chun Ryong"],
)  # fmt: skip
def test_every_person_of_the_seed_is_listed_once(seed: tuple[FoundEntity, ...], name: str) -> None:
    """Nine people, two Kims and three Paks among them."""
    assert ["person"] == [found.entity.type for found in seed if name == found.entity.name]


@pytest.mark.parametrize(
    "name", ["Russia", "Ukraine", "Moscow", "North Korea", "South Korea", "Vladivostok", "Pyongyang"]
)
def test_every_place_of_the_seed_is_listed_once(seed: tuple[FoundEntity, ...], name: str) -> None:
    """Seven places."""
    assert ["place"] == [found.entity.type for found in seed if name == found.entity.name]


def test_aliases_and_mentions_are_of_the_right_kim(seed: tuple[FoundEntity, ...]) -> None:
    """Every "Kim" and "Mr Kim" is the leader; the admiral is only named in full. Titles are outside of mentions."""
    kim, admiral = named(seed, "Kim Jong-un").entity, named(seed, "Kim Myong Sik").entity
    assert ["Kim", "Mr Kim", "Kim Jong Un"] == kim.aliases
    assert ["Kim Myong Sik"] == [mention.text for mention in admiral.mentions]
    assert not any(mention.text.startswith("Mr") for found in seed for mention in found.entity.mentions)


def test_an_agency_and_its_acronym_are_one(seed: tuple[FoundEntity, ...]) -> None:
    """The acronym in brackets is an alias."""
    agency = named(seed, "KCNA").entity
    assert ("Korean Central News Agency", "organisation") == (agency.name, agency.type)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Kim Jong-un", "North Korean leader"),
        ("Dmitry Peskov", "Kremlin spokesperson"),
        ("Choe Sun Hui", "foreign minister"),
        ("Pak Thae Song", "chairman of North Korea’s space science and technology committee"),
        ("Kim Myong Sik", "Navy Admiral"),
        ("Jo Chun Ryong", "ruling party official in charge of munitions policies"),
    ],
)
def test_roles_are_in_the_words_of_the_article(seed: tuple[FoundEntity, ...], name: str, role: str) -> None:
    """A role is a piece of the sentence it cites."""
    claim = named(seed, name).entity.role
    assert claim is not None
    assert (role, "verbatim") == (claim.text, claim.support)
    assert claim.text in claim.evidence[0].text


def test_nationalities_are_not_listed_and_peoples_are_groups() -> None:
    """ "Korean" tells a nationality; "Kurds" names a group."""
    found = find_entities(Article("A North Korean ship met a German crew near Hamburg. Many Kurds live in Berlin."))
    names = {entity.entity.name: entity.entity.type for entity in found}
    assert "German" not in names
    assert "North Korean" not in names
    assert "group" == names["Kurds"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She wrote it in French, then left.", {"French": "other"}),
        ("The Dutch said no.", {"Dutch": "group"}),
        ("He is German.", {}),
        ("The French and German ministers met.", {}),
        ("A Dutch crew, more Swedish than Danish, sailed.", {}),
    ],
)
def test_a_word_of_nationality_is_listed_where_it_is_a_noun(text: str, expected: dict[str, str]) -> None:
    """A language or a people; what describes something is not listed."""
    assert expected == {one.entity.name: one.entity.type for one in find_entities(Article(text))}


def test_ids_follow_the_order_of_first_mention(seed: tuple[FoundEntity, ...]) -> None:
    """e1 is named first."""
    assert [f"e{n}" for n in range(1, len(seed) + 1)] == [found.entity.id for found in seed]
    firsts = [found.entity.mentions[0].start for found in seed]
    assert sorted(firsts) == firsts


def test_metadata_is_not_read() -> None:
    """A byline names nobody of the article."""
    text = "By John Smith\n\nThe rain in Spain stays mainly in the plain."
    names = [found.entity.name for found in find_entities(Article(text, metadata=((0, 14),)))]
    assert "John Smith" not in names


STRANGE = [
    "", " ", "Paris", "paris", "我来了。北京是中国的首都。",
    "👍🏽 👩‍👩‍👧 Kim 🇰🇷", "\x00\x01\u200b\ufeff", "A" * 5000, "Mr", "Mr. Mr.",
    "KIM JONG UN ARRIVES IN RUSSIA\n\nKim Jong Un is in Russia.", "-- - -- 's 's", "ǅ ß İstanbul ŉ", "(((",
    "The The The", "\ud800",
]  # fmt: skip
WORDS = ["Kim", "Jong-un", "’s", "(", ")", ".", "the", "Mr", "U.S.", "IBM", "of", "é", "\n\n", "met", "🙂", "-"]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_gives_exact_mentions_or_none(text: str) -> None:
    """Nothing breaks, and every mention equals its slice."""
    check(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS)))
def test_any_order_of_names_and_signs_gives_exact_mentions(words: list[str]) -> None:
    """For any text, `text[start:end]` is the mention, inside the sentence it says, and no two overlap."""
    check(" ".join(words))


def check(text: str) -> None:
    article = Article(text)
    found = find_entities(article)
    mentions = sorted((m for entity in found for m in entity.entity.mentions), key=lambda m: m.start)
    for mention in mentions:
        sentence = article.sentence(mention.sentence)
        assert sentence is not None
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert mention.text == text[mention.start : mention.end]
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(0.0 < entity.certainty <= 1.0 for entity in found)
    assert found == find_entities(Article(text))


def test_a_capitals_headline_names_who_the_text_names() -> None:
    """ "KIM JONG UN" in a headline is the person of the text."""
    text = "KIM JONG UN ARRIVES IN RUSSIA\n\nKim Jong Un travelled to Russia by train, the Kremlin said on Monday."
    kim = named(find_entities(Article(text)), "Kim Jong Un").entity
    assert "KIM JONG UN" in [mention.text for mention in kim.mentions]


def test_cost_grows_linearly() -> None:
    """Ten times the text takes about ten times as long, also when all of it is names."""
    text = SEED.read_text("utf-8")
    for paragraph in (
        text,
        " ".join(f"Kim Number{chr(97 + n % 26)}{n} met Kim and Acme Number{n} Corp." for n in range(60)),
    ):
        small, large = (Article("\n\n".join([paragraph] * times)) for times in (2, 20))
        assert small.sentences
        assert large.sentences
        assert 25 * min(seconds(small) for _ in range(3)) > seconds(large)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The lock was reopened by keeper Tomas Breck.", "Tomas Breck", "keeper"),
        ("It was told by overseas minister Ada Moor.", "Ada Moor", "overseas minister"),
        ("Potato grower Malcolm Tate said he had lost half.", "Malcolm Tate", "Potato grower"),
        ("The chef is Tobias Renn, who trained in Graz.", "Tobias Renn", "chef"),
        ("The chef is Tobias Renn's brother.", "Tobias Renn", None),
        ("Town councillor and group leader Ada Moor said no.", "Ada Moor", "group leader"),
        ("He went to Graz and met leader Ada Moor in May.", "Ada Moor", "leader"),
    ],
)
def test_a_trade_before_a_name_is_a_role(text: str, name: str, role: str | None) -> None:
    """With the noun that says what he keeps or leads, and without a verb."""
    claim = named(find_entities(Article(text)), name).entity.role
    assert role == (claim.text if claim else None)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The rockets were built by Northrop, Vulcan and Draper.", {"organisation"}),
        ("The cake was made by Maria.", {"person"}),
        ("The jug was made by Bernard Leach and his wife.", {"person"}),
    ],
)
def test_makers_under_one_word_are_bodies(text: str, types: set[str]) -> None:
    """But for given names."""
    assert types == {found.entity.type for found in find_entities(Article(text))}


def seconds(article: Article) -> float:
    start = time.process_time()
    find_entities(article)
    return time.process_time() - start


TEXTS = Path(__file__).parent / "texts"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "brewery-merger",
            {
                "Carrow Breweries": "organisation", "Hallam & Sons": "organisation", "Ingrid Vos": "person",
                "Peter Hallam": "person", "Kyiv": "place", "Federation of Food Workers": "organisation",
            },
        ),
        (
            "marathon",
            {
                "Lake Tormo Marathon": "event", "Suzuki Aiko": "person", "Osaka": "place", "Wanjiru Mwangi": "person",
                "Tormo Athletics": "organisation", "Swiss Federal Railways": "organisation",
            },
        ),
        (
            "flood-court",
            {
                "Delmar Energy": "organisation", "Supreme Court of Belvania": "organisation", "Elena Ruiz": "person",
                "Madrid": "place", "Ines Prado": "person",
            },
        ),
    ],
)  # fmt: skip
def test_short_texts_are_read_as_a_careful_reader_would(text: str, expected: dict[str, str]) -> None:
    """The main names of invented articles, with their types."""
    found = find_entities(Article((TEXTS / f"{text}.txt").read_text("utf-8")))
    assert expected == {one.entity.name: one.entity.type for one in found if one.entity.name in expected}


def test_a_company_by_its_first_word_is_the_company() -> None:
    """ "Delmar" alone looks like a person; the company's name tells what it is. "Navy Admiral" names no navy."""
    found = find_entities(Article((TEXTS / "flood-court.txt").read_text("utf-8")))
    assert ["Delmar"] == named(found, "Delmar Energy").entity.aliases
    assert not any(one.entity.name == "Navy" for one in found)


class ScriptedReader:
    """Hears the names it is told to hear, as organisations."""

    def __init__(self, *heard: str) -> None:
        self.heard, self.asked = heard, 0

    def names(self, text: str) -> list[Heard]:
        self.asked += 1
        return [Heard(text.index(name), text.index(name) + len(name), "organisation", 0.9) for name in self.heard]


def test_the_reader_is_asked_once_and_votes_on_types() -> None:
    """ "Northrop" looks like a person; a reader that hears a body there is believed."""
    article = Article("The satellites flew on rockets built by Northrop. Ida Sand of Oslo saw it.")
    reader = ScriptedReader("Northrop")
    analysis = Analysis(article, cast("Reader", reader))
    types = {one.entity.name: one.entity.type for one in analysis.entities}
    assert ("organisation", "person") == (types["Northrop"], types["Ida Sand"])
    assert analysis.entities
    assert 1 == reader.asked


def types_of(text: str) -> dict[str, str]:
    return {one.entity.name: one.entity.type for one in find_entities(Article(text))}


@pytest.mark.parametrize(
    ("text", "expected", "aliases"),
    [
        ("Park Geun-soo met Abe Kenji in Oslo. Park left.", "Park Geun-soo", ["Park"]),
        ("Halden Kabel ASA will build a plant. Halden rose 4 percent.", "Halden Kabel ASA", ["Halden"]),
        ("Ruth Vik Oy hired ten people. Staff of Ruth were glad.", "Ruth Vik Oy", ["Ruth"]),
        ("Adam Stone KC spoke. Mr Stone sat down.", "Adam Stone", ["Mr Stone", "Stone"]),
        ("K. Lind reported a balance of £1,240.", "K. Lind", []),
    ],
)
def test_one_entity_under_its_full_name(text: str, expected: str, aliases: list[str]) -> None:
    """Hyphened given names are whole, a company goes by its first word, letters behind a name are no part of it."""
    found = {one.entity.name: one.entity for one in find_entities(Article(text))}
    assert aliases == found[expected].aliases


def test_a_place_of_the_same_name_stays_a_place() -> None:
    """Somebody is in Halden: then it is not only the company."""
    found = types_of("Halden Kabel ASA will build a plant. It is in Halden. People in Halden were glad.")
    assert {"Halden Kabel ASA", "Halden"} <= found.keys()


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("“We rebuild it,” said Joe Marsh. Casey Flynn added more.", ["Joe Marsh", "Casey Flynn"], []),
        ("Present: Tom Brandt, Lena Ruud\nApologies: Mina Sato\n", ["Lena Ruud", "Mina Sato"], ["Apologies"]),
        ("# Rating Of Isagon\nMoorland Ltd Announces Results\n\nThe shares fell.", ["Moorland Ltd"], []),
        ("Analysts at Vestbank praised Halden. Vestbank is old.", ["Vestbank"], ["Vestbank praised Halden"]),
        ("The USD 40 million were paid in NOK and EUR in Oslo.", ["Oslo"], ["NOK", "EUR", "USD"]),
        ("Fry the onion in a pan from Lisbon.", ["Lisbon"], ["Fry"]),
        ("Economist Lars Ek of the University of Aalund doubts it.", ["Lars Ek", "University of Aalund"], []),
    ],
)
def test_names_end_where_a_reader_ends_them(text: str, present: list[str], absent: list[str]) -> None:
    """No name runs over a full stop, a label, the line end of a heading or a verb; a currency is no name."""
    found = types_of(text)
    assert not set(present) - found.keys()
    assert found.keys().isdisjoint(absent)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The old phone was sold on eBay for 90 euros.", "eBay", "organisation"),
        ("She works for iRobot in Bonn.", "iRobot", "organisation"),
        ("The buyer wanted an iPhone.", "iPhone", "product"),
        ("She lost her iPad in Oslo.", "iPad", "product"),
        ("The essay by bell hooks came with it.", "bell hooks", "person"),
    ],
)
def test_names_written_small(text: str, name: str, kind: str) -> None:
    """A capital inside a word makes a name of it; the few people written small are known."""
    assert kind == types_of(text).get(name)
