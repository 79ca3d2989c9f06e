"""What comes in dated or timed pieces: the entries of feeds, mail, the cues of transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from summarizer.article import Article, Place
from summarizer.errors import InputError, printable
from summarizer.reading.blocks import plain
from summarizer.reading.decoding import decode
from summarizer.reading.document import Columns, Document, Unreadable, harmless, needed, reason
from summarizer.reading.text import article_of, decoded

if TYPE_CHECKING:
    from email.message import MIMEPart

MAIL = frozenset({".eml", ".mbox", "message/rfc822", "application/mbox"})
"""Endings and media types."""

_BOM = b"\xef\xbb\xbf"
# Each comment ends at its first end: one that could end at any later one, too, would be tried in every combination.
_FEED = re.compile(rb"(?>\s|<!--.{0,1000}?-->|<\?.{0,300}?\?>)*+<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_MAIL = re.compile(rb"(?:From [^\n]{3,200}\n)?(?:[A-Za-z-]{2,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){3,}")
_MAIL_HEADER = re.compile(rb"^(?:Message-ID|Received|MIME-Version|Delivered-To):", re.IGNORECASE | re.MULTILINE)
_NEXT_MAIL = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\n]{3,200}\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADERS = {"id": "Message-ID", "subject": "Subject", "from": "From", "to": "To"}
_SIGNATURE = re.compile(r"(?:\A|\n)-- \r?\n")
_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})")
_VOICE = re.compile(r"<v(?:\.[\w.]{0,60})?[ \t]+([^<>\n]{1,80})>")
_STYLING = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}")
_PAUSE = 2.0  # seconds of silence after a full stop that begin a paragraph


def is_feed(document: Document) -> bool:
    """Whether its first tag is that of RSS or Atom."""
    return _FEED.match(document.head.removeprefix(_BOM)) is not None


def read_feed(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article an entry of RSS or Atom, as far as the feed tells it; `fields` has its link."""
    with needed(document.name, "a feed", "feeds"):
        import feedparser  # type: ignore[import-untyped]
    feed = feedparser.parse(BytesIO(document.data), resolve_relative_uris=False)
    if not feed.entries:
        fault = f": {reason(feed.bozo_exception)}" if feed.get("bozo_exception") else ""
        raise InputError(document.name, f"a feed without entries{fault}")
    for number, entry in enumerate(feed.entries, 1):
        source = f"{document.name}:{number}"
        try:
            yield _entry(entry, source, feed.feed.get("title", ""))
        except Exception as error:  # noqa: BLE001  one entry must not lose the others
            yield Unreadable(source, f"cannot be read: {reason(error)}")


def _entry(entry: Any, source: str, feed: str) -> Article | Unreadable:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    text, places = plain(harmless(max([*contents, entry.get("summary", "")], key=len)).strip())
    title = " ".join(plain(harmless(entry.get("title", "")))[0].split()) or None
    if not (text or title):
        return Unreadable(source, "an entry without text")
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return article_of(
        text or title or "",
        source,
        date(*when[:3]) if when else None,
        title,
        places=places,
        notices=() if text else ("the feed gives no more than the title",),
        fields=_filled({"link": entry.get("link"), "id": entry.get("id"), "author": entry.get("author"), "feed": feed}),
    )


def _filled(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: harmless(value) for name, value in fields.items() if value}


def is_mail(document: Document) -> bool:
    """Whether a document without an ending begins with the headers of a message."""
    head = _MAIL.match(document.head) if not document.suffix else None
    return head is not None and _MAIL_HEADER.search(head[0]) is not None


def read_mail(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article a message of .eml or .mbox: what its writer wrote; attachments are told."""
    data = document.data
    starts = list(_NEXT_MAIL.finditer(data)) if data.startswith(b"From ") else []
    if not starts:
        yield _message(data, document.name)
    ends = [*(start.start() for start in starts[1:]), len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), 1):
        yield _message(_QUOTED_FROM.sub(rb"\1", data[start.end() : end]), f"{document.name}:{number}")


def _message(content: bytes, source: str) -> Article | Unreadable:
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("plain", "html"))
        text = _content(body, source) if body is not None else ""
        places: tuple[Place, ...] = ()
        if body is not None and body.get_content_type() == "text/html":
            text, places = plain(text)
        if not text.strip():
            return Unreadable(source, "a message without text")
        sent = message["Date"].datetime if message["Date"] else None
        fields = {name: str(message[header] or "") for name, header in _HEADERS.items()}
        attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    except Exception as error:  # noqa: BLE001  headers that break the standard library's own parser
        return Unreadable(source, f"a damaged message: {reason(error)}")
    left_out = f"left out {len(attached)} attachment(s): {printable(', '.join(attached))[:200]}"
    return article_of(
        text,
        source,
        sent.date() if sent else None,
        fields.pop("subject") or None,
        metadata=[(match.start(), len(text)) for match in _SIGNATURE.finditer(text)][-1:],
        places=places,
        fields=_filled(fields),
        notices=(left_out,) if attached else (),
    )


def _content(part: MIMEPart, source: str) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, source, part.get_content_charset()) if isinstance(payload, bytes) and payload else ""


def is_web_vtt(document: Document) -> bool:
    """By its first line."""
    return document.head.removeprefix(_BOM).startswith(b"WEBVTT")


def read_transcript(document: Document, columns: Columns) -> Iterator[Article]:
    """One article of SRT or WebVTT: sentences run on from cue to cue; each cue's time is its place."""
    pieces: list[str] = []
    places: list[Place] = []
    at, voice, stopped = 0, "", 0.0
    for start, end, speaker, text in _cues(decoded(document)):
        pause = pieces and pieces[-1][-1:] in '.!?…"”' and _seconds(start) - stopped > _PAUSE
        gap = "" if not pieces else "\n\n" if pause or speaker != voice else " "
        said = f"{speaker}: {text}" if speaker and speaker != voice else text
        pieces += [gap, said]
        places.append(Place(at + len(gap), at + len(gap) + len(said), start.replace(",", ".")))
        at, voice, stopped = places[-1].end, speaker, _seconds(end)
    if not pieces:
        raise InputError(document.name, "a transcript without a cue")
    yield article_of("".join(pieces), document.name, places=tuple(places))


def _cues(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Start, end, speaker and words of each cue. Lines that roll up and are shown again are taken once."""
    cue: re.Match[str] | None = None
    lines: list[str] = []
    before: list[str] = []
    for line in [*text.splitlines(), ""]:
        timing = _CUE.match(line)
        if line.strip() and not timing:
            lines.append(line.strip())
            continue
        if cue and lines:
            new = lines[next((n for n, one in enumerate(lines) if one not in before), len(lines)) :]
            before = lines
            words = " ".join(unescape(_STYLING.sub("", " ".join(new))).split())
            voice = _VOICE.search(new[0]) if words else None
            if words:
                yield cue["start"], cue["end"], voice[1].strip() if voice else "", words
        cue, lines = timing, []


def _seconds(time: str) -> float:
    parts = time.replace(",", ".").split(":")
    return sum(float(part) * 60.0**place for place, part in enumerate(reversed(parts)))
