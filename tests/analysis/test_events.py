"""What a clause tells of its event, by its main verb, and who says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis.events import attribution_of, certainty_of


@pytest.mark.parametrize(
    "clause",
    [
        "Nordvik ASA reported first-quarter profit of 920 million crowns, above the 870 million expected by analysts.",
        "The board approved the plan on Monday.",
        "Three people were killed when a wall fell.",
        "The town bought the pier, which will be closed in May.",
        "She resigned because she had not been paid.",
        "They fled hours before the dam was due to open.",
        "After talks that could have failed, the two sides signed a deal.",
        "Shares rose 4 percent compared with a fall that analysts had expected.",
        "The firm said profits fell in May.",
        "He was jailed for planning an attack.",
        "Sales fell more than expected.",
        "The strike has ended.",
        "Sheriff Alan Kerr had refused the order in 2022.",
        "Avel was born in Riga.",
        "My editor, Clara Beck, pushed me.",
        "His will was read on Friday.",
        "Workers are rebuilding the bridge.",
        "The court dismissed the claim that the firm would pay.",
    ],
)
def test_what_happened(clause: str) -> None:
    """A word such as expected, due or planned beside the main clause changes nothing."""
    assert "happened" == certainty_of(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "The line will open in June.",
        "In September we open a school in the old mill.",
        "The agency expects rents to rise in 2026.",
        "Agencies quoted Ida Sand as saying the two would meet after the talks.",
        "Nyhus said the company would close the route in September.",
        "A verdict is expected in May.",
        "“We will rebuild it,” said Joe Marsh.",
        "The talks are due on Friday.",
        "His deputy is to meet the company on Friday.",
        "The council plans to buy the pier.",
        "The firm expects to hire 40 people.",
        "Voting is scheduled for June.",
        "The bank agreed to sell its stake.",
        "She told reporters that she would run again.",
    ],
)
def test_what_is_planned(clause: str) -> None:
    """The main verb looks ahead, also in what somebody says."""
    assert "planned" == certainty_of(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "The state could step in.",
        "Should members object, it would return to the council on 2 December.",
        "Feld told the newspaper Kystposten that the state could step in.",
        "The river may rise on Sunday.",
        "The firm might move to Gdynia.",
        "The strike will begin on Monday unless talks succeed.",
        "The board is considering a sale.",
        "The fire was probably started by a candle.",
        "He may have been killed.",
    ],
)
def test_what_may_be(clause: str) -> None:
    """The main verb leaves it open."""
    assert "possible" == certainty_of(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "I never planned to run a boatyard.",
        "The claim could not be independently verified.",
        "A: I never planned to run a boatyard.",
        "Was it planned?",
        "Q: Was it planned?",
        "The board did not approve the plan.",
        "Nobody was hurt.",
        "Dahl, a former pilot, declined to comment.",
        "If Mayor Osei agrees, work starts in June.",
        "It would have cost more.",
        "They would sell if the price rose.",
        "Who sold the pier?",
        "The firm has not paid.",
        "He never signed it.",
        "The company won't close the plant.",
        "No one was killed.",
        "Let me be clear: this is a bad idea.",
        "Torp said it was too early to tell.",
        "Had he known, he would have left.",
        "The house is red.",
        "She could not have seen it.",
        "The tower is 40 m tall.",
        "Neither side signed the deal.",
    ],
)
def test_what_is_no_event(clause: str) -> None:
    """Questions, what is negated, what is only imagined, and what merely is."""
    assert None is certainty_of(clause)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Asked what he received, Mr Holm declined to say.", "Mr Holm"),
        ("Let me be clear: this is wrong.", None),
        ("Let me say this: it is wrong.", None),
        ("Before this court the firm argued that the contract had ended.", "the firm"),
        ("The 4.2 billion budget that the agency set in May said it all.", None),
        ("Nyhus said the route would close.", "Nyhus"),
        ("The agency said on Monday that it rained.", "The agency"),
        ("“We will rebuild it,” said Joe Marsh.", "Joe Marsh"),
        ("According to police, two men fled.", "police"),
        ("According to the report, sales fell.", "the report"),
        ("Analysts at Vestbank said the price was fair.", "Analysts at Vestbank"),
        ("He said it was over.", None),
        ("Petra Nyhus, chief executive of Solvang, said sales fell.", "Petra Nyhus"),
        ("It was said to be cold.", None),
        ("On Tuesday Union leader Omar Reyes warned that jobs would go.", "Union leader Omar Reyes"),
        ("In a statement the ministry said it would pay.", "the ministry"),
        ("The price says little.", None),
        ("John Doe, the mayor, said the talks collapsed, again.", "John Doe"),
        ("The roof, said Casey Flynn, was lost.", "Casey Flynn"),
        ("Mr Stone submitted that the contract had ended.", "Mr Stone"),
        ("Residents told reporters that water came in.", "Residents"),
        ("Prime Minister Ada Holm announced that taxes would fall.", "Prime Minister Ada Holm"),
        ("Her brother said she was ill.", "Her brother"),
        ("The Bank of England said rates would stay.", "The Bank of England"),
        ("He was quoted as saying it was over.", None),
        ("The paper quoted Ida Sand as saying it was over.", "Ida Sand"),
        ("The river reportedly rose.", None),
        ("The river rose on Monday.", None),
        ("During the hearing Judge Holt said the claim failed.", "Judge Holt"),
        ("But Mina Sato insisted that it held.", "Mina Sato"),
        ("The sign on the door said “closed”.", None),
        ("Two witnesses said the car was red.", "Two witnesses"),
        ("Government sources told the paper that he would go.", "Government sources"),
        ('"We will miss it very much," said the ferryman, Tom Roe.', "Tom Roe"),
        ("“It held,” said the mayor, Anna Pell, on Monday.", "Anna Pell"),
        ("The ferryman, Tom Roe, said it rained.", "Tom Roe"),
        ("“It held,” said the mayor, who came by train.", "the mayor"),
        ("“It held,” said the mayor, Monday.", "the mayor"),
        ("“It held,” said the mayor of Harwick, England.", "the mayor of Harwick"),
    ],
)
def test_the_speaker_is_a_person_a_body_or_a_role(sentence: str, expected: str | None) -> None:
    """A pronoun, hearsay, a thing or half a clause is nobody."""
    found = attribution_of(sentence)
    assert expected == (found.source if found else None)


@given(
    st.text()
    | st.lists(st.sampled_from("said |Mr Holm |, |“|” |the |firm |that |who |if |? |never |could |. ".split("|"))).map(
        "".join
    )
)
def test_any_text_is_read(text: str) -> None:
    """Nothing breaks, and what is found lies in the text."""
    assert certainty_of(text) in {None, "happened", "planned", "possible"}
    found = attribution_of(text)
    assert found is None or found.source is None or found.source in " ".join(text.split())


@pytest.mark.parametrize("unit", ["said ", "the ", "could ", ", which ", "Before the ", "above the 8 ", "a, "])
def test_long_sentences_take_linear_time(unit: str) -> None:
    """A sentence has at most 4,000 code points; a hundred of them are read in moments."""
    certainty_of(unit * (40_000 // len(unit)))
    attribution_of(unit * (40_000 // len(unit)))
