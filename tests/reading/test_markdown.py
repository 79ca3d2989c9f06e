"""Markdown: the text stays, its markup is no sentence."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.reading import read
from summarizer.reading.document import Columns, Document
from summarizer.reading.text import read_markdown, read_text

PAGE = """---
title: "Ignored: no, used"
date: 2024-05-03
---

# Kim in *Russia* #

By Jane Doe

<!-- a comment. With two sentences. -->

![A picture. Of a train.](train.png)

Kim arrived in [Vladivostok](https://example.com/a.b?c=d) on Monday.
The visit
lasts two days.

## What is next ##

* First, a meeting.
* [ ] Then a dinner
  with guests.

> He said: we are friends.

A heading by line
-----------------

```python
print("No sentence. At all.")
```

| Who | Where |
|-----|-------|
| Kim | Port  |
| Putin | Hall |

***

[1]: https://example.com/reference
[two]: <https://example.com/2> 'A title. Of two.'
"""


def markdown(text: str) -> Article:
    (article,) = read_markdown(Document("a.md", text.encode()), Columns())
    return article


def test_sentences_are_free_of_markup() -> None:
    """Headings, items and rows are sentences; code, comments, pictures, rules and references are not."""
    assert [
        "Kim arrived in [Vladivostok](https://example.com/a.b?c=d) on Monday.",
        "The visit\nlasts two days.",
        "What is next",
        "First, a meeting.",
        "Then a dinner\n  with guests.",
        "He said: we are friends.",
        "A heading by line",
        "| Who | Where |",
        "| Kim | Port  |",
        "| Putin | Hall |",
    ] == [sentence.text for sentence in markdown(PAGE).sentences]


def test_title_and_date_of_front_matter() -> None:
    """Front matter is read as YAML or TOML, and forgiven a colon in the title."""
    assert date(2024, 5, 3) == markdown(PAGE).published
    toml = markdown('+++\ntitle = "Kim"\ndate = 2024-05-03T10:00:00Z\n+++\nHe came.\n')
    assert ("Kim", date(2024, 5, 3)) == (toml.title, toml.published)
    colon = markdown("---\r\ntitle: Kim: a visit\r\ndate: 3 May 2024\r\n---\r\nHe came.\r\n")
    assert ("Kim: a visit", date(2024, 5, 3)) == (colon.title, colon.published)
    assert ["He came."] == [sentence.text for sentence in colon.sentences]


def test_the_first_heading_is_the_title() -> None:
    """Its marks, and those inside it, go."""
    assert "Kim in Russia" == markdown("# Kim in **[Russia](x)** ##\n\nHe came.\n").title
    assert "Kim in Russia" == markdown("Kim in Russia\n=====\n\nHe came.\n").title
    assert markdown("He came.\n").title is None


def test_a_rule_is_not_front_matter() -> None:
    """Dashes at the head without fields."""
    assert ["He came.", "He left."] == [s.text for s in markdown("---\nHe came.\n\n---\n\nHe left.").sentences]


def test_offsets_are_those_of_the_raw_text(tmp_path: Path) -> None:
    """CRLF, tabs and all."""
    raw = PAGE.replace("\n", "\r\n")
    path = tmp_path / "a.md"
    path.write_bytes(raw.encode("utf-8-sig"))
    article = read(path)
    assert raw == article.text
    assert 10 == len(article.sentences)
    assert all(raw[s.start : s.end] == s.text for s in article.sentences)


MARKS = st.sampled_from(
    "# |* |> |```\n|---\n|\n\n|\r\n|\r|word. |<!-- |-->|[a](b)|| a | b |\n|   |1. |\t|+++\n|![x](y)\n".split("|")
)


@given(st.lists(MARKS).map("".join))
def test_any_markup_is_read(text: str) -> None:
    """No text fails, and none with a visible character is without a sentence."""
    if not text.strip():
        return
    article = markdown(text)
    assert article.text == text
    assert article.sentences
    assert list(article.metadata) == sorted(article.metadata)


@pytest.mark.parametrize("unit", ["> ", "# a\n", "[", "*a ", "| a ", "- a\n  ", "```\n", "![a]("])
def test_no_markup_is_slow(unit: str) -> None:
    """Twenty thousand repeats of anything are read."""
    assert markdown(unit * 20_000 + "end.").sentences


@pytest.mark.parametrize(("name", "title"), [("tide.txt", "The tide"), ("-", "The tide"), ("list.txt", None)])
def test_a_text_under_a_heading_is_markdown_whatever_its_name(name: str, title: str | None) -> None:
    """A number sign without a line to itself is none."""
    text = "# The tide\n\nThe sea rose. It fell.\n" if title else "# The tide\nThe sea rose. It fell.\n"
    (article,) = read_text(Document(name, text.encode()), Columns())
    assert title == article.title
    assert text == article.text
