"""Metadata around the news: found where it is nothing else, never at the price of a sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.reading.preamble import find_preamble, prefix_length
from summarizer.reading.text import article_of

BODY = (
    "The leader arrived on Monday for talks, officials said. He will leave again on Friday after a visit to the port. "
)


@pytest.mark.parametrize(
    "prefix",
    [
        "date 2023-09-12 Tuesday, September 12, 2023 – ",
        "date 2023-09-12 ",
        "Published: 2023-09-12 | ",
        "12 September 2023 - ",
        "2023-09-12: ",
        "PARIS, Sept 3 (Reuters) - ",
        "PARIS (Reuters) - ",
        "(Reuters) - ",
        "(CNN) -- ",
        "(CNN)",
        "Washington (CNN) -- ",
        "LONDON, England (CNN) -- ",
        "NEW YORK (AP) — ",
        "KYIV, Ukraine (AP) — ",
        "WASHINGTON — ",
        "WASHINGTON, D.C. — ",
        "SAINT-DENIS, France — ",
        "HARWICK, March 14, 2024 – ",
        "SEOUL, Aug. 20 (Yonhap) -- ",
        "BRUSSELS/PARIS, 3 May (Reuters) - ",
        "Rio de Janeiro, Sept. 3 (Xinhua) -- ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(prefix: str) -> None:
    """The first sentence begins behind the dash."""
    article = article_of(prefix + BODY, "")
    assert "The leader arrived on Monday for talks, officials said." == article.sentences[0].text
    assert prefix.strip() == article.text[slice(*article.metadata[0])].strip()


@pytest.mark.parametrize("text", ["دمشق، سوريا (CNN) -- أكدت جهات سورية معارضة.", "新华社北京11月17日电 记者获悉。"])
def test_datelines_in_other_scripts(text: str) -> None:
    """They are marked as the agencies mark them there."""
    assert 0 < prefix_length(text) < 24


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO — the alliance founded in 1949 — met on Monday.",
        "Kim (39) – the leader – spoke.",
        "Putin - who arrived on Monday - met Kim.",
        "He said (in Paris) - And left.",
        "Mr Kim (North Korea) – The leader – spoke.",
        "September 12, 2023 was a Tuesday.",
        "On September 12, 2023 – North Koreans marched.",
        "March 3, 2020 – June 5, 2021 was a long time.",
        "Published 3 March 2020, the report blames the crew.",
        "By Monday Kim had arrived.",
        "By Jane Doe's account, it rained.",
        "Updated rules take effect on 3 March 2024.",
        "Date: it was the fruit he liked best.",
        "2023 was a good year.",
        "The U.S. — Mexico border is closed.",
        "May 3 - May 5 are holidays.",
        "GDP - Gross domestic product - fell.",
        "I — We all, in fact — left.",
        "CKNL - FM is a radio station.",
    ],
)
def test_a_sentence_is_never_swallowed(sentence: str) -> None:
    """What looks like metadata but is part of a sentence stays in it."""
    text = f"{sentence} {BODY}\n\n{BODY}"
    assert sentence == article_of(text, "").sentences[0].text


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By JANE DOE and John O'Neill, BBC News",
        "By Jane Doe, transport reporter",
        "By Jane Doe and John Roe, senior foreign correspondents in Nairobi",
        "By Jane Doe | March 3, 2024",
        "BY JANE DOE",
        "Published: 12 September 2023 at 10:32 GMT",
        "Published 10:32 GMT, 12 September 2023",
        "Updated 10:32 GMT",
        "Last updated at 10:32 PM on 12th September 2023",
        "Tuesday, September 12, 2023",
        "2023-09-12",
        "12 Sep 2023 · 5 min read",
        "2023年9月12日",
        "Author: Jane Doe",
        "Source: The Daily Post",
        "Section: World news",
        "URL: https://example.com/a",
        "*By Jane Doe — March 3, 2024*",
        "**Published:** 3 May 2024",
    ],
)
def test_a_line_of_metadata_is_no_sentence(line: str) -> None:
    """Bylines, dates and fields over the text, whether or not a blank line follows."""
    for gap in ("\n", "\n\n", "\r\n"):
        article = article_of(f"{line}{gap}{BODY}", "")
        assert "The leader arrived on Monday for talks, officials said." == article.sentences[0].text


def test_headline_byline_and_date_in_any_order() -> None:
    """The headline is the title and no sentence; the first date counts as the day of publication."""
    for head in ("Kim in Russia\n\nBy Jane Doe\n3 May 2024\n\n", "3 May 2024\nBy Jane Doe\n\nKim in Russia\n\n"):
        article = article_of(head + BODY * 2, "")
        assert ("Kim in Russia", date(2024, 5, 3)) == (article.title, article.published)
        assert article.sentences[0].text.startswith("The leader")


@pytest.mark.parametrize("text", ["Kim arrived in Russia", "Kim arrived\n\nHe left.", "Dear Sir,\n\n" + BODY * 3])
def test_a_short_text_has_no_headline(text: str) -> None:
    """Where little follows, the first line is the news."""
    article = article_of(text, "")
    assert article.title is None
    assert text.partition("\n")[0] == article.sentences[0].text


@pytest.mark.parametrize("text", ["2023-09-12", "By Jane Doe", "Title: Kim", "PARIS (Reuters) - "])
def test_metadata_alone_is_a_text(text: str) -> None:
    """A text of one line is a short article, whatever it looks like."""
    assert [text.strip()] == [sentence.text for sentence in article_of(text, "").sentences]


def test_published_counts_before_updated() -> None:
    """The day dates are resolved against is that of the first publication."""
    assert date(2024, 3, 1) == article_of(f"Updated: 2024-03-05\nPublished: 2024-03-01\n\n{BODY}", "").published


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12/13/2023", date(2023, 12, 13)),
        ("13.12.2023", date(2023, 12, 13)),
        ("13/12/2023", date(2023, 12, 13)),
        ("05/06/2023", None),
        ("2023-02-31", None),
        ("3rd of May, 2024", date(2024, 5, 3)),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_not_guessed(written: str, expected: date | None) -> None:
    """Unknown is None."""
    assert expected == article_of(f"Date: {written}\n\n{BODY}", "").published


def test_who_reported_it_is_no_sentence() -> None:
    """Agency credits and rights below the text."""
    article = article_of(f"{BODY}\n\n(Reporting by Jane Doe; Editing by John Roe)\n© 2023 The Daily Post\n", "")
    assert 2 == len(article.sentences)


@given(st.text() | st.from_regex(r"(By |Date: |[A-Z]{4}, | \(AP\) - |[0-9]{4}-[0-9]{2}-[0-9]{2}|\n|\w+ ){0,12}"))
def test_ranges_are_in_order_and_leave_something(text: str) -> None:
    """Metadata never overlaps, and never takes the whole of a text that says anything."""
    metadata = find_preamble(text).metadata
    assert list(metadata) == sorted(metadata)
    assert all(0 <= start < end <= len(text) for start, end in metadata)
    article = Article(text=text, metadata=metadata)
    assert bool(text.strip()) == bool(article.sentences)


STORY = (
    "\n\nThe ferry company will stop its night service in June. About forty people work on the boats. The union had "
)
STORY += "not been told. Talks begin on Monday in Holm, and nobody expects them to be short."


@pytest.mark.parametrize(
    "line",
    [
        "Posted by N. on 12 May 2024",
        "Posted by Nils Aker on May 12, 2024",
        "Published 12 May 2024 by Nils Aker",
        "Published on 12 May 2024 at 10:30 by Nils Aker and Ida Sand",
        "Written by Nils Aker, 2024-05-12",
        "By Nils Aker | 12 May 2024 | 4 min read",
        "Nils Aker, 12 May 2024",
        "Nils Aker\n12 May 2024",
        "Updated 13 May 2024\nPublished 12 May 2024",
        "OSLO, 12 May 2024 — ",
        "Oslo, 12 May 2024 – ",
    ],
)
def test_who_wrote_it_and_when(line: str) -> None:
    """Such lines give the day; no sentence covers them, and they are no title."""
    gap = "" if line.endswith(" ") else "\n\n"
    article = article_of(f"Ferry stops sailing at night\n\n{line}{gap}{STORY.strip()}", "")
    assert ("Ferry stops sailing at night", date(2024, 5, 12)) == (article.title, article.published)
    assert "The ferry company will stop its night service in June." == article.sentences[0].text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("What will the ferry do now?\n\nBy N. Aker", "What will the ferry do now?"),
        ("Ferry stops at night: what it means", "Ferry stops at night: what it means"),
        ("Minutes of the harbour board, 12 May 2024", "Minutes of the harbour board, 12 May 2024"),
        ("Will it sail?", None),
        ("Story by Nils Aker", None),
        ("Text: Nils Aker", None),
    ],
)
def test_a_line_that_stands_alone_is_the_title(head: str, title: str | None) -> None:
    """Not a byline, and a question only over a byline or a day: else it may open the story."""
    assert title == article_of(head + STORY, "").title


@pytest.mark.parametrize("line", ["By Monday the boats had stopped.", "By Ann Roe, the reporter, it was called a lie.",
                                  "On 12 May 2024 – a Sunday – the boats stopped.",
                                  "Posted by the council, the notice hung there for weeks."])  # fmt: skip
def test_a_sentence_that_looks_like_a_byline_stays(line: str) -> None:
    """Nothing of the story is taken for metadata."""
    article = article_of(f"Ferry stops sailing\n\n{line} {STORY.strip()}", "")
    assert article.sentences[0].text == line


@pytest.mark.parametrize("line", ["*Born 11 May 1934; died 28 October 2025*", "11 May 1934 – 28 October 2025"])
def test_a_lifetime_is_no_day_of_publication(line: str) -> None:
    """Under the name of somebody who has died."""
    text = f"# Ilse Marchbanks, cartographer of caves\n\n{line}\n\n{BODY * 4}"

    assert article_of(text, "cave.md").published is None
