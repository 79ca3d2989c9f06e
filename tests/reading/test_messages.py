"""Feeds, mail and transcripts: one article an entry or message, and words that run on over cues."""

from datetime import date
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable, locating, read, read_all
from summarizer.reading.document import Document
from summarizer.reading.registry import read_located

FILES = Path(__file__).parent / "files"


def articles(name: str, content: str) -> list[Article]:
    return [item for item in read_located(Document(name, content.encode())) if isinstance(item, Article)]


def test_a_feed_gives_an_article_an_entry() -> None:
    """With title, day and link, without tags; made by the npm packages rss and feed."""
    pytest.importorskip("feedparser")
    first, second = read_all(FILES / "npm.rss")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert "The ferry between Holm and Vik stops at night, said Lena Ruud.\n\nTickets stay valid." == first.text
    assert ("Ferry stops", date(2025, 5, 6), f"{FILES}/npm.rss:1") == (first.title, first.published, first.source)
    assert {"link": "https://example.org/1", "id": "https://example.org/1", "author": "Nils Aker",
            "feed": "Harbour Review"} == first.fields  # fmt: skip
    assert "A bus will take its place & run hourly." == second.text
    assert first.text == read(FILES / "npm.atom").text


def test_the_page_behind_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read where it is asked for; a page that cannot be read is one failure, and the feed goes on."""
    pytest.importorskip("feedparser")

    def fetch(url: str, *, allow_private: bool) -> Document:
        if url.endswith("/2"):
            raise InputError(url, "the server answered 404")
        return Document(url, b"The whole story of the ferry.", media_type="text/plain")

    monkeypatch.setattr(locating, "fetch", fetch)
    story, lost = read_all(FILES / "npm.rss", follow=True)
    assert isinstance(story, Article)
    assert ("The whole story of the ferry.", "Ferry stops", "https://example.org/1") == (
        story.text, story.title, story.source)  # fmt: skip
    assert "Harbour Review" == story.fields["feed"]
    assert Unreadable("https://example.org/2", "the server answered 404") == lost


def test_an_entry_that_is_only_a_title() -> None:
    """Its title is its text, and that is told."""
    pytest.importorskip("feedparser")
    (entry,) = articles("a.xml", "<rss><channel><item><title>Ferry &amp; bus</title></item></channel></rss>")
    assert ("Ferry & bus", ("the feed gives no more than the title",)) == (entry.text, entry.notices)


def test_mail() -> None:
    """What was written: as text before HTML, decoded, without the signature; attachments are told."""
    plain, page = read(FILES / "text.eml"), read(FILES / "html.eml")
    assert ["The ferry stops at night, says Zoë.", "From June a bus runs."] == [s.text for s in plain.sentences]
    assert ("Ferry stops", date(2025, 5, 6), "Nils Aker <a@example.org>") == (
        plain.title, plain.published, plain.fields["from"])  # fmt: skip
    assert ("Färgan – ferry stops", "list 1") == (page.title, page.place_of(len(page.text) - 1))
    assert ("left out 1 attachment(s): plan.txt",) == page.notices


def test_a_mailbox() -> None:
    """One article a message; a line of text that begins with From is none."""
    one, two = articles(
        "a.mbox", "From a Mon\nSubject: One\n\nFirst.\n>From here on.\n\nFrom b Tue\nSubject: Two\n\nLast.\n"
    )
    assert ["First.\nFrom here on.", "Last."] == [one.text.strip(), two.text.strip()]
    assert ["One", "a.mbox:1", "Two", "a.mbox:2"] == [one.title, one.source, two.title, two.source]


def test_a_message_without_text() -> None:
    """A picture alone is no article."""
    items = list(read_located(Document("a.eml", b"MIME-Version: 1.0\nContent-Type: image/png\n\nx")))
    assert [Unreadable("a.eml", "a message without text")] == items


SRT = """1
00:00:01,000 --> 00:00:03,000
The ferry <i>sails</i>

2
00:00:03,200 --> 00:00:05,000
on Monday, said
Lena Ruud.

3
00:00:09,500 --> 00:00:11,000
It has two decks.
"""


def test_sentences_run_on_over_cues() -> None:
    """And each cue's time is its place; a pause after a full stop begins a paragraph."""
    (article,) = articles("a.srt", SRT)
    assert "The ferry sails on Monday, said Lena Ruud.\n\nIt has two decks." == article.text
    assert ["00:00:01.000", "00:00:03.200", "00:00:09.500"] == [
        article.place_of(article.text.index(word)) for word in ("ferry", "Monday", "decks")
    ]


def test_who_speaks_and_lines_that_roll_up() -> None:
    """A change of voice is a paragraph under its name; a line shown twice is said once; notes are no words."""
    said = ["<v Lena Ruud>We sail &amp; sail.", "<v Lena Ruud>We sail &amp; sail.", "<v Ola Vik>Not at night.",
            "<v Ola Vik>No."]  # fmt: skip
    cues = "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}" for n, line in enumerate(said))
    text = f"WEBVTT\n\nNOTE made by hand\n\nSTYLE\n::cue {{}}\n\n{cues}"
    (article,) = articles("a.vtt", text)
    assert "Lena Ruud: We sail & sail." == article.text.partition("\n")[0]
    assert "Ola Vik: Not at night. No." == article.text.rpartition("\n")[2]


@pytest.mark.parametrize(("name", "content"), [("a.srt", "no cue"), ("a.rss", "<rss><channel></channel></rss>")])
def test_nothing_to_read(name: str, content: str) -> None:
    """One clear line."""
    pytest.importorskip("feedparser")
    with pytest.raises(InputError, match=r"a transcript without a cue|a feed without entries"):
        articles(name, content)
