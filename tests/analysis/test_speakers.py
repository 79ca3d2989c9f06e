"""Interviews and transcripts: who speaks is read with what is said, and names are those whom the sentences mean."""

from __future__ import annotations

import pytest

from summarizer.analysis import Analysis
from summarizer.analysis.speech import as_spoken, speakers
from summarizer.article import Article
from summarizer.grounding.names import wrong_names

INTERVIEW = Article(
    "Night shift: a talk with baker Ilse Marant\n\n"
    "Ilse Marant took over the Corner Oven in Dunsley from her aunt Greta in 2011.\n"
    "Q: When does your day begin?\n"
    "A: I get up at one, and my husband Tom comes at four. He loads the van.\n"
    "Q: Has the price of flour hurt you?\n"
    "A: We dropped two kinds of croissant because of butter.",
    title="Night shift: a talk with baker Ilse Marant",
)
PODCAST = Article(
    "Two nurses talk about the night ward.\n"
    "Ines: I am Ines Carvalho, and opposite me sits Bo Lindqvist. How are you, Bo?\n"
    "Bo: I have applied for the training. I get the answer on the tenth.\n"
    "Ines: Does the ward know?\n"
    "Bo: I have not told the ward either.\n"
    "Ines: Are you afraid of the test?\n"
    "Bo: No."
)
MAIL = Article(
    "From: Lidia Marek\nSubject: The fair\n\nPlease ask for a corner stand.\n\n"
    "From: Gareth Boyle\nSubject: Re: The fair\n\nI will ring them today."
)


def said(article: Article, text: str) -> str:
    """The sentence that begins with `text`, as it is read."""
    analysis = Analysis(article)
    sentence = next(one for one in article.sentences if one.text.startswith(text))
    return as_spoken([sentence.text], [sentence.number], analysis)[0]


def test_an_answer_is_the_answer_of_the_one_interviewed() -> None:
    """The mark is replaced by the name; a sentence in the middle of the answer is told with it, a question is not."""
    assert said(INTERVIEW, "A: I get up").startswith("Ilse Marant: I get up at one")
    assert "Ilse Marant: He loads the van." == said(INTERVIEW, "He loads")
    assert "Q: When does your day begin?" == said(INTERVIEW, "Q: When")
    assert said(INTERVIEW, "Ilse Marant took").startswith("Ilse Marant took over")


def test_a_turn_is_its_speakers() -> None:
    """A name in front of each turn; two sentences of one turn need it once."""
    analysis = Analysis(PODCAST)
    numbers = [one.number for one in PODCAST.sentences if "applied" in one.text or "the tenth" in one.text]
    texts = [PODCAST.sentences[number - 1].text for number in numbers]

    assert ("Bo: I have applied for the training.", "I get the answer on the tenth.") == as_spoken(
        texts, numbers, analysis
    )
    assert "Bo: I get the answer on the tenth." == as_spoken(texts[1:], numbers[1:], analysis)[0]


def test_heads_of_mails_and_notes_are_no_speakers() -> None:
    """ "From:" stands twice, "Note:" once."""
    note = Article("The hall opens at nine. Note: bring a coat. It is cold there.")

    assert {None} == set(speakers(Analysis(MAIL)))
    assert {None} == set(speakers(Analysis(note)))


@pytest.mark.parametrize(
    ("claim", "begins", "wrong"),
    [
        ("Marant dropped two kinds of croissant.", "A: We dropped", []),
        (
            "Tom dropped two kinds of croissant.",
            "A: We dropped",
            [],
        ),  # named before, and no other is: the reader judges
        ("Jonas Weber dropped two kinds of croissant.", "A: We dropped", ["Jonas Weber is not in the cited sentences"]),
    ],
)
def test_whom_the_sentences_may_mean(claim: str, begins: str, wrong: list[str]) -> None:
    """A name that the article gave before is the reader's to judge, one that it never gave is not."""
    sentence = next(one for one in INTERVIEW.sentences if one.text.startswith(begins))

    assert wrong == list(wrong_names(claim, [sentence.text], Analysis(INTERVIEW), [sentence.number]))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Walkers should carry water.", "Water should be carried by all who go there, walkers and riders."),
        ("Before Vernet, Tully was a cook.", "Tully had cooked on a ferry before he came to Vernet."),
        ("Unlike Darrow, the author is gentle.", "Darrow is harsh, the author is not."),
    ],
)
def test_the_first_word_is_no_name_for_its_capital(claim: str, sentence: str) -> None:
    """Nor do two names with a comma between them make one."""
    assert [] == list(wrong_names(claim, [sentence], None, []))
