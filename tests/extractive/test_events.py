"""Events keep the words of the article, and nothing that may happen is said to have happened."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.analysis.events import certainty_of
from summarizer.article import Article
from summarizer.extractive.asides import asides
from summarizer.extractive.events import day_as_said, timeline_draft
from summarizer.schemas.timeline import EventDraft

PUBLISHED = date(2024, 3, 14)  # a Thursday


def events(text: str, limit: int = 20) -> list[EventDraft]:
    return timeline_draft(Analysis(Article(text=text, published=PUBLISHED)), limit=limit).events


def only(text: str) -> EventDraft:
    (event,) = events(text)
    return event


@pytest.mark.parametrize(
    ("text", "certainty", "when"),
    [
        ("The bridge collapsed on Tuesday.", "happened", "2024-03-12"),
        ("The minister resigned in 2019.", "happened", "2019"),
        ("The pope died in February 2013.", "happened", "2013-02"),
        ("The two leaders could agree on a deal.", "possible", None),
        ("The ministers would meet in Geneva on Monday.", "planned", "2024-03-18"),
        ("The bank is expected to cut rates next month.", "planned", "2024-04"),
        ("The court will rule on 20 March.", "planned", "2024-03-20"),
        ("The firm plans to close the plant.", "planned", None),
        ("They fled the town before the dam was due to open.", "happened", None),
        ("Parliament may vote on Friday.", "possible", "2024-03-15"),
        ("The factory, which was old, burned down on Sunday.", "happened", "2024-03-10"),
        ("The light, a novelty in 1978, has been restored.", "happened", None),
        ("A violin that was stolen in 1994 was handed back on Tuesday.", "happened", "2024-03-12"),
        ("It was resolved to open the tenders on 20 March.", "planned", "2024-03-20"),
        ("She worked there from 1947 to 1960 and moved to Rome.", "happened", "1947/1960"),
        ("The army has held the town since Monday.", "happened", None),
        ("Ministers arrived before Monday.", "happened", None),
        ("Sailings have been cancelled until at least Thursday.", "happened", None),
        ("In 2019 the council wanted to sell the hall.", "happened", "2019"),
        ("The film opens in cinemas on 20 March.", "planned", "2024-03-20"),
        ("The next meeting is on 20 March.", "planned", "2024-03-20"),
        ("The fee will rise to £205 from 20 March.", "planned", "2024-03-20"),
        ("The firm has raised its fee to £205 from 20 March.", "happened", None),
    ],
)
def test_certainty_and_date(text: str, certainty: str, when: str | None) -> None:
    """Only what is told as past happened; a date that bounds it or stands in a relative clause is not its day."""
    event = only(text)

    assert (certainty, when) == (event.certainty, event.when)


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("The factory, which opened in 1950, burned down on Sunday.", ("The factory opened in 1950.", "1950")),
        ("The bell, which has hung here since 1742, is for sale.", None),
        ("The mill, built in 1790, has been sold to a farmer.", ("The mill was built in 1790.", "1790")),
        ("He drove a bus until 1979, when he bought a bakery.", ("He bought a bakery.", "1979")),
        ("They met Tom Breck, who vanished in May 1921.", ("Tom Breck vanished in May 1921.", "1921-05")),
        ("The bridge, which will open in 2030, is not paid for.", None),
        ("They flew to Oslo, where Ann Lee arrived in 1990.", ("Ann Lee arrived in 1990.", "1990")),
        ("Born in Hesse in 1937, a farmer's child, she left home.", ("She was born in Hesse in 1937.", "1937")),
    ],
)  # fmt: skip
def test_what_is_told_beside_is_an_event_of_its_own(text: str, aside: tuple[str, str] | None) -> None:
    """In words of its own and with its own date; the sentence around it has none of it."""
    found = [(event.text, event.when) for event in events(text) if event.text != text]

    assert [aside] * bool(aside) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The council sold the park on 14 May.", "14 May"),
        ("In February last year it sent nothing.", "February last year"),
        ("The shop has been closed since May.", None),
        ("He may go.", None),
        ("The bridge opened in May 1931.", None),
    ],
)
def test_a_day_without_a_year_is_told_as_it_is_said(text: str, day: str | None) -> None:
    """Not what bounds the event, and not what has a year."""
    assert day == day_as_said(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The army said rebels attacked the town on Monday.", "The army"),
        ("Rebels attacked the town, according to the Defence Ministry.", "the Defence Ministry"),
        ('"We crossed the river at dawn," said Colonel Jane Roe.', "Colonel Jane Roe"),
        ("Reporters quoted Mayor Ann Lee as saying the dam burst on Sunday.", "Mayor Ann Lee"),
        ("John Doe, a spokesman for the union, said talks collapsed on Monday.", "John Doe"),
        ("He said the talks collapsed.", None),
        ("‘Rebels attacked the town,’ he insisted.", None),
        ("Rebels attacked the town on Monday, said Mayor Ann Lee.", "Mayor Ann Lee"),
        ("The ship reportedly sank on Tuesday.", None),
    ],
)
def test_a_report_names_its_source_as_the_text_does(text: str, source: str | None) -> None:
    """What somebody says is reported, and a pronoun is no source."""
    event = only(text)

    assert ("reported", source, text) == (event.certainty, event.attributed_to, event.text)


def test_a_plan_somebody_tells_stays_a_plan() -> None:
    """The weaker of plan and report wins, and the source is kept."""
    event = only("The trains will run again on Saturday, according to the operator.")

    assert (event.certainty, event.attributed_to, event.when) == ("planned", "the operator", "2024-03-16")


def test_the_main_clause_tells_how_sure_an_event_is() -> None:
    """What may happen in a relative clause, and its day, are not the event's."""
    event = only("The president has arrived in Oslo, where both sides could sign a treaty on Friday.")

    assert ("happened", None) == (event.certainty, event.when)


def test_what_tells_no_event_is_none() -> None:
    """Questions, titles and states are left out."""
    assert events("Who attacked the town on Monday? Monday, March 11, 2024\n\nThe town is old.") == []


@pytest.mark.parametrize(
    "text",
    [
        "I never planned to run a boatyard.",
        "If Mayor Osei agrees, the bridge will be closed on Monday.",
        "The council did not approve the plan on Monday.",
        "Was the bridge closed on Monday?",
        "Neither man has entered a plea.",
        "We were going to plant bulbs in June.",
    ],
)
def test_what_is_denied_supposed_or_asked_is_no_event(text: str) -> None:
    """It did not happen."""
    assert [] == events(text)


@pytest.mark.parametrize(
    "text",
    [
        "The roof collapsed, the fire service said on Tuesday.",
        "The recall affected models built between March 2020 and June 2022.",
        "The pieces remained in Graz under an agreement signed in March.",
        "The brewery sold more beer than in any summer since records began in 1889.",
        "It was decided to open the pool on Saturday mornings.",
    ],
)
def test_a_date_of_another_thing_is_not_the_events(text: str) -> None:
    """Of the saying, or of a thing that is named."""
    assert [None] == [event.when for event in events(text)]


def test_later_is_counted_from_what_stands_before_it() -> None:
    """In its own sentence: she rehired him a week after she had sacked him, and in no known year."""
    told = "She sacked her brother in a rage, and rehired him a week later."
    assert ["1990", None] == [event.when for event in events(f"The law was passed in 1990. {told}")]


def test_a_heading_dates_what_stands_under_it() -> None:
    """As in a diary."""
    found = events("3 March 1912\n\nThe ship left Oslo. The captain died.\n\nLater\n\nThe ship sank.")

    assert ["1912-03-03", "1912-03-03", None] == [event.when for event in found]


def test_the_day_of_publication_is_no_heading() -> None:
    """Under a title and a byline that nobody has taken out."""
    text = "A storm came over\nBy Ann Roe, weather correspondent\n\nPublished: 3 March 1912\n\nThe ship left Oslo."
    assert [None] == [event.when for event in events(text)]


def test_only_who_can_speak_is_a_source() -> None:
    """A person, a body or somebody's office; no budget and no half sentence."""
    assert [None] == [
        event.attributed_to for event in events("The 4.2 billion budget said that the school burned down.")
    ]


def test_events_with_a_date_come_before_others_when_there_is_room_for_few() -> None:
    """The limit keeps dated events, in the order of the article."""
    text = "Rebels attacked the town. The bridge collapsed on Tuesday. The mayor resigned on Wednesday."

    assert [event.when for event in events(text, limit=2)] == ["2024-03-12", "2024-03-13"]
    assert events(text, limit=0) == []
    undated = timeline_draft(Analysis(Article("Rebels attacked the town. The hall was sold on 14 May.")), limit=1)
    assert ["The hall was sold on 14 May."] == [event.text for event in undated.events]


WORDS = (
    "The army |said |rebels |attacked |Oslo|, where |the two |ministers |met |on Monday|, |could |not |which |in 2019 |"
)
PIECES = [*WORDS.split("|"), "according to ", ". ", "? ", '"', "(", "東京 ", "from ", "to "]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_every_event_is_word_for_word_in_its_sentence(text: str) -> None:
    """For any text all words of an event stand in the sentence it cites last; before it stands a heading at most."""
    for event in events(text):
        span = event.evidence[-1]
        assert len(event.evidence) <= 2
        assert event.text
        assert all(word in span.text for word in event.text.removesuffix(".").split())
        assert span.text == text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Residents of Weir Street, which was flooded in 2019, were cross.", ["Weir Street was flooded in 2019."]),
        ("The mayor of Harwick, who was elected in 2019, left.", ["The mayor of Harwick was elected in 2019."]),
        ("Students of Harwick, who were moved in 2019, left.", ["Students of Harwick were moved in 2019."]),
    ],
)
def test_a_relative_clause_tells_of_what_it_agrees_with(text: str, told: list[str]) -> None:
    """ "Was" is not said of residents."""
    assert told == [said for said, _ in asides(text)]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("A convoy of 22 lorries that had been due to arrive on Sunday turned back to Kosti.", "happened"),
        ("The 14 who made the cut will fight in June.", "planned"),
        ("The convoy that turned back on Sunday is due to arrive in May.", "planned"),
    ],
)
def test_a_clause_about_the_subject_does_not_tell_how_sure_the_event_is(text: str, certainty: str) -> None:
    """What had been due to arrive turned back, and that happened, on no day that is told."""
    assert certainty == certainty_of(text)
    draft = timeline_draft(Analysis(Article(text, published=date(2026, 11, 30))))
    assert [certainty] == [event.certainty for event in draft.events]
