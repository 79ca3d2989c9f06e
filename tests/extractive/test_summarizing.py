"""Summaries without a model: the title leads, points tell the story, a summary is shorter than its article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.extractive.story import Form, form_of, told
from summarizer.extractive.summarizing import summary_draft

RECIPE = (
    "Serves 4\n\nYou need 200 g of rice, an onion, two peppers and a tin of beans.\n\n"
    "Fry the onion in a little oil until it is soft. Stir in the rice and the chopped peppers. "
    "Add the beans and let everything simmer for twenty minutes."
)
MINUTES = (
    "Apologies: Mina Sato\n\nTreasurer: K. Lind\n\n1. Opening\n\nThe chair opened the meeting at seven.\n\n3. Roof\n\n"
    "Present members heard that the quote for the roof is £18,400. The committee agreed to accept it."
)
RULING = (
    "The claimant worked as a driver for the respondent. The tribunal had dismissed the claim for lack of evidence. "
    "The claimant brought an appeal to this court in May. Held: the appeal is allowed in part."
)
INTERVIEW = (
    "Q: Was it planned?\n\nA: I never planned to run a boatyard.\n\nQ: What came first?\n\n"
    "A: My father left me two boats and a shed in 1988."
)

ASKED = "How bad was the fire?\n\nWe lost the roof.\n\nWho paid?\n\nA village did.\n\nWill you stay?\n\nI will."


def lines(text: str, title: str | None = None, words: int | None = None) -> list[str]:
    draft = summary_draft(Analysis(Article(text, title=title)), words=words)
    assert draft is not None
    return [draft.headline.text, *(point.text for point in draft.points)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (RECIPE, "instructions"),
        (MINUTES, "minutes"),
        (RULING, "ruling"),
        (INTERVIEW, "interview"),
        (ASKED, "interview"),
    ],
)
def test_the_form_is_told_by_its_words(text: str, form: Form) -> None:
    """And what has none of them is news."""
    assert form == form_of(Article(text))
    assert "news" == form_of(Article("A storm flooded the harbour of Bergen on Monday."))


def test_the_articles_own_title_is_the_headline() -> None:
    """With the sentences nearest to it as its evidence."""
    text = f"Rice and beans for four\n\n{RECIPE}"
    draft = summary_draft(Analysis(Article(text, title="Rice and beans for four", metadata=((0, 23),))))

    assert draft is not None
    assert any("rice" in span.text for span in draft.headline.evidence)
    assert "Rice and beans for four" == draft.headline.text


def test_a_title_from_elsewhere_must_hold() -> None:
    """Metadata may be of another page: then the leading sentence is the headline."""
    text = "The glass works was sold to the trader Lena Ruud on Tuesday. Nobody had expected it."

    assert "Glass works sold to trader Lena Ruud" == lines(text, "Glass works sold to trader Lena Ruud")[0]
    assert "The glass works was sold to the trader Lena Ruud" == lines(text, "Storm floods Bergen harbour")[0]


@pytest.mark.parametrize("title", ["scan_04.pdf", "By", "Untitled", ""])
def test_a_files_name_is_no_headline(title: str) -> None:
    """Then the leading sentence is."""
    assert lines("A storm flooded the harbour of Bergen.", title)[0] == "A storm flooded the harbour of Bergen"


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (RECIPE, ["You need", "Serves"]),
        (MINUTES, ["Apologies", "Treasurer", "Opening", "3. Roof"]),
        (INTERVIEW, ["Q:", "A:", "?"]),
    ],
)
def test_what_is_no_sentence_of_the_story_is_no_point(text: str, absent: list[str]) -> None:
    """Lists, labels, heads, questions."""
    for line in lines(text):
        assert not any(word in line for word in absent)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (("Minutes of the Holt parish meeting show that members approved a car park by six votes to one. The surveyor"
         " replied that tests would be carried out in June, and a petition was received."), "Members approved"),
        (("After ten minutes of debate the plan for a car park at Holt was approved by six votes to one. The surveyor"
         " replied that tests would be carried out in June, and a petition was received."), "After ten minutes"),
        (("The minutes of 1 April were agreed. Members of the parish rejected a car park by six votes to one. A"
         " petition was received."), "Members of the parish"),
        (("The club resolved that no boat may leave the landing stage without a coach. Insurance had gone up by a"
         " third."), "No boat may leave"),
        (("The minutes of 2 October were accepted without change. Members of the parish rejected a car park by six"
         " votes to one."), "Members of the parish"),
    ],
)  # fmt: skip
def test_a_decision_leads_and_the_minutes_of_last_time_do_not(text: str, leads: str) -> None:
    """That the minutes were accepted is no news; what minutes tell, or what took minutes, is."""
    assert lines(f"{text} Apologies were received from Ann Cole. The meeting closed at ten.")[0].startswith(leads)


def test_what_is_asked_and_what_a_mail_quotes_is_not_told() -> None:
    """Whole lines: the question's first sentence and the reply's too."""
    asked = f"**You sold the boat. Why?**\n\n{ASKED}"
    assert "We lost the roof." == told(Article(asked))[0].text
    mail = Article("Dear all,\n\nThe parade is moved.\n\nOn Tuesday Joel wrote:\n> The quay is wet. I can do it.")
    assert ["The parade is moved."] == [one.text for one in told(mail)]


def test_what_the_court_below_held_is_no_holding() -> None:
    """Though it held that a clause was unfair."""
    held = "The county court judge, Judge Fenwick, held that the clause was unfair."
    assert "The appeal on damages is allowed in part" == lines(
        f"The respondent left a dog with the appellant. {held} The appeal on damages is allowed in part. This is the"
        " judgment of the court.", words=99)[0]  # fmt: skip


def test_a_courts_own_holding_leads() -> None:
    """Not what the court below decided."""
    assert "The appeal is allowed in part" == lines(RULING)[0]
    assert "The appeal is allowed in part" == lines(f"Ruud v Nordvik\n\n{RULING}", "Ruud v Nordvik")[0]


BODY = "Corran Hall Committee"
MOTION = (
    f"{BODY}\n\nPresent: Ada Moor, Tom Hay. Apologies: Bo Lind.\n\nMatters arising: none.\n\nTom Hay reported that the"
    " bill came to £1,936. It was proposed by Tom Hay and seconded by Ada Moor that the rate go up to £18 an hour."
    " Carried, 4 votes to 1. The committee agreed to buy it out of reserves. The committee accepted the quote of Holm"
    " & Sons for a heat pump. Ada Moor moved that dogs be let in. There was some worry. Lost, two votes to three. Tom"
    " Hay to write to the council by 10 October. The meeting closed at nine."
)


def test_what_a_meeting_decided_is_its_headline_and_not_its_name() -> None:
    """Told by itself: nobody knows what "it" is; and each motion stands with what came of it."""
    headline, *points = lines(MOTION, BODY, 200)
    assert "The committee accepted the quote of Holm & Sons for a heat pump" == headline
    assert any(point.endswith("£18 an hour. Carried, 4 votes to 1.") for point in points)
    assert any(point.endswith("dogs be let in. Lost, two votes to three.") for point in points)
    assert not any("to write" in point or point.startswith(("Carried", "Lost")) for point in points)
    assert BODY == lines(f"{BODY}\n\nPresent: Ada Moor.\n\nApologies: none.\n\nThe tap drips. Nobody minded.", BODY)[0]


def test_one_members_vote_is_no_decision() -> None:
    """What was resolved by so many votes to one leads, not why somebody was against it."""
    text = (
        "Harbour Committee\n\nPresent: Ada Moor, Tom Hay.\n\nApologies: none.\n\nTom Hay reported that the basin has"
        " lost depth since 2023. It was resolved by four votes to one to accept the lower quote. Ms Sturm voted against"
        " because the mud would be dumped off the mussel beds. The meeting closed at nine."
    )
    headline, *points = lines(text, "Harbour Committee")
    assert "It was resolved by four votes to one to accept the lower quote" == headline
    assert not any(point.startswith("Ms Sturm") for point in points[:1])


MAIL = (
    "Dear all,\n\nI hope you had a good weekend. The surveyors found asbestos in the ceiling of the second floor. The"
    " post room stays open at the side entrance until noon. Please clear your desk by 4 pm on Thursday 20 November. The"
    " lift was painted in the summer. Many thanks and sorry for the trouble."
)


def test_a_mail_is_its_subject_and_what_it_asks_for() -> None:
    """And no greeting."""
    article = Article(MAIL, title="Office closed", fields={"from": "Ada Moor", "to": "all"})
    draft = summary_draft(Analysis(article), points=2)
    assert draft is not None
    assert ("mail", "Office closed") == (form_of(article), draft.headline.text)
    assert any("clear your desk" in point.text for point in draft.points)
    assert not any("weekend" in point.text or "thanks" in point.text for point in draft.points)


def test_news_leads_with_its_first_sentence_and_tells_what_was_decided() -> None:
    """What is weighty further down is a point."""
    text = (
        "The council of Harwick has dropped its charge for garden waste. Its leader was pleased with the talks."
        " The vote was a long one. Members voted by 31 to 17 for it after two hours. The room was warm. A baker came."
    )
    headline, *points = lines(text)
    assert "The council of Harwick has dropped its charge for garden waste" == headline
    assert any("31 to 17" in point for point in points)


def test_what_one_side_says_is_told_with_the_doubt() -> None:
    """Where the next sentence says that nobody could check it."""
    text = "A bridge fell on Monday. The mayor said the bridge had been mined. Neither claim could be verified."
    assert "The mayor said the bridge had been mined. Neither claim could be verified." in lines(text, words=99)[1:]


def test_instructions_warn() -> None:
    """What one must never do stands before what is only told."""
    text = (
        f"{RECIPE}\n\nPreheat the oven. Never use a pan made of copper, which the acid attacks. My aunt liked it cold."
    )
    assert any(line.startswith("Never use") for line in lines(text, words=200)[1:])


def test_a_title_behind_its_key_is_the_articles_own() -> None:
    """In front matter it is no other page's."""
    text = "---\ntitle: A long walk\n---\n\nThe film opens on Friday. It was shot in nine weeks by two people."
    assert "A long walk" == lines(text, "A long walk")[0]


def test_a_sentence_is_not_halved_to_be_short() -> None:
    """What led to the law is the point."""
    text = (
        "Ada Moor gave evidence to the Dunmore inquiry in 1994, which led to the law that lets short sentences be"
        " struck from the record."
    )
    assert lines(f"The baker Ada Moor died on Monday. {text} She was ninety.", "Ada Moor", 200)[1:].count(text) == 1


def test_a_summary_is_shorter_than_its_article(seed: Article) -> None:
    """Of a short article as of a long one."""
    text = seed.text[:900]
    assert sum(len(line.split()) for line in lines(text)) < 0.75 * len(text.split())


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet='ab .!?\n"(-—é:Q1', max_size=200))
def test_any_text_has_a_draft_of_its_own_sentences(text: str) -> None:
    """Evidence always lies in the article; none only where there is no sentence."""
    article = Article(text)
    draft = summary_draft(Analysis(article))

    assert (draft is None) == (not article.sentences)
    assert set(told(article)) <= set(article.sentences)
    for claim in [draft.headline, *draft.points] if draft else []:
        assert all(text[span.start : span.end] == span.text for span in claim.evidence)
