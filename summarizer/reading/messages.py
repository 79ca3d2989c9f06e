"""What comes in dated or timed pieces: the entries of feeds, mail, the cues of transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from summarizer.article import Article, Place
from summarizer.errors import InputError
from summarizer.reading.blocks import has_markup, plain
from summarizer.reading.decoding import decode
from summarizer.reading.document import Columns, Document, Unreadable, harmless, missing, printable, reason
from summarizer.reading.text import article_of, decoded

if TYPE_CHECKING:
    from email.message import MIMEPart

_FEED = re.compile(rb"\s*(?:<\?xml.{0,300}?\?>\s*)?(?:<!--.{0,1000}?-->\s*|<\?.{0,300}?\?>\s*)*<(?:rss|feed|rdf:RDF)\b",
                   re.DOTALL)  # fmt: skip
_MAIL = re.compile(rb"(?:From [^\n]{3,200}\n)?(?:[A-Za-z-]{2,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){3,}")
_MAIL_HEADER = re.compile(rb"^(?:Message-ID|Received|MIME-Version|Delivered-To):", re.IGNORECASE | re.MULTILINE)
_NEXT_MAIL = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\n]{3,200}\n")
_SIGNATURE = re.compile(r"(?:\A|\n)-- \r?\n")
_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})")
_VOICE = re.compile(r"<v(?:\.[\w.]{0,60})?[ \t]+([^<>\n]{1,80})>")
_STYLING = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}")
_PAUSE = 2.0  # seconds of silence after a full stop that begin a paragraph


class FeedReader:
    """RSS or Atom."""

    def detect(self, document: Document) -> bool:
        """By its first tag."""
        return _FEED.match(document.head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article an entry, as far as the feed tells it; `fields` has its link.

        Raises:
            InputError: feedparser is not installed, or there is no entry.

        """
        try:
            import feedparser  # type: ignore[import-untyped]
        except ImportError as error:
            raise missing(document.name, "a feed", "feedparser", "feeds") from error
        feed = feedparser.parse(BytesIO(document.data), resolve_relative_uris=False)
        if not feed.entries:
            fault = f": {reason(feed.bozo_exception)}" if feed.get("bozo_exception") else ""
            raise InputError(document.name, f"a feed without entries{fault}")
        for number, entry in enumerate(feed.entries, 1):
            source = f"{document.name}:{number}"
            try:
                yield _entry(entry, source, published, feed.feed.get("title", ""))
            except Exception as error:  # noqa: BLE001  one entry must not lose the others
                yield Unreadable(source, f"cannot be read: {reason(error)}")


def _entry(entry: Any, source: str, published: date | None, feed: str) -> Article | Unreadable:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    markup = harmless(max([*contents, entry.get("summary", "")], key=len))
    title = " ".join(plain(harmless(entry.get("title", "")))[0].split()) or None
    text, places = plain(markup) if has_markup(markup) else (markup.strip(), ())
    notices = () if text else ("the feed gives no more than the title",)
    if not (text or title):
        return Unreadable(source, "an entry without text")
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    day = published or (date(*when[:3]) if when else None)
    fields = {"link": entry.get("link"), "id": entry.get("id"), "author": entry.get("author"), "feed": feed}
    article = article_of(text or title or "", source, day, title)
    return replace(article, places=places, notices=notices, fields=_filled(fields))


def _filled(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: harmless(value) for name, value in fields.items() if value}


class MailReader:
    """One message (.eml) or many (.mbox), by the standard library."""

    def detect(self, document: Document) -> bool:
        """By the ending of its name, the server's word, or the lines at its head."""
        if document.suffix in (".eml", ".mbox") or document.media_type in ("message/rfc822", "application/mbox"):
            return True
        head = _MAIL.match(document.head) if not document.suffix else None
        return head is not None and _MAIL_HEADER.search(head[0]) is not None

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article a message: what its writer wrote; attachments are told.

        Raises:
            InputError: there is no message.

        """
        data = document.data
        starts = list(_NEXT_MAIL.finditer(data)) if data.startswith(b"From ") else []
        if not starts:
            yield _message(data, document.name, published)
        for number, start in enumerate(starts, 1):
            end = starts[number].start() if number < len(starts) else len(data)
            content = re.sub(rb"^>(>*From )", rb"\1", data[start.end() : end], flags=re.MULTILINE)
            yield _message(content, f"{document.name}:{number}", published)


def _message(content: bytes, source: str, published: date | None) -> Article | Unreadable:
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
        article = article_of(text, source, published or (sent.date() if sent else None), fields.pop("subject") or None)
        attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
        signature = [(match.start(), len(text)) for match in _SIGNATURE.finditer(text)][-1:]
    except Exception as error:  # noqa: BLE001  headers that break the standard library's own parser
        return Unreadable(source, f"a damaged message: {reason(error)}")
    notices = (f"left out {len(attached)} attachment(s): {printable(', '.join(attached))[:200]}",) if attached else ()
    metadata = (*article.metadata, *signature)
    return replace(article, places=places, fields=_filled(fields), notices=notices, metadata=metadata)


_HEADERS = {"id": "Message-ID", "subject": "Subject", "from": "From", "to": "To"}


def _content(part: MIMEPart, source: str) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, source, part.get_content_charset()) if isinstance(payload, bytes) and payload else ""


class TranscriptReader:
    """Subtitles and transcripts: SRT and WebVTT."""

    def detect(self, document: Document) -> bool:
        """By the ending of its name or its first line."""
        return document.suffix in (".srt", ".vtt") or document.head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article: the words of all cues, so that sentences run on from cue to cue; each cue's time is its place.

        Raises:
            InputError: there is no cue, or it is not text.

        """
        pieces: list[str] = []
        places: list[Place] = []
        at, voice, stopped = 0, "", 0.0
        for start, end, speaker, text in _cues(decoded(document)):
            pause = pieces and pieces[-1][-1:] in '.!?…"”' and _seconds(start) - stopped > _PAUSE
            gap = "" if not pieces else "\n\n" if pause or speaker != voice else " "
            said = f"{speaker}: {text}" if speaker and speaker != voice else text
            pieces += [gap, said]
            places.append(Place(at + len(gap), at + len(gap) + len(said), start.replace(",", ".")))
            at += len(gap) + len(said)
            voice, stopped = speaker, _seconds(end)
        if not pieces:
            raise InputError(document.name, "a transcript without a cue")
        yield replace(article_of("".join(pieces), document.name, published), places=tuple(places))


def _cues(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Start, end, speaker and words of each cue. Lines that roll up and are shown again are taken once."""
    cue: re.Match[str] | None = None
    lines: list[str] = []
    before: list[str] = []
    for line in [*text.splitlines(), ""]:
        timing = _CUE.match(line)
        if timing or not line.strip():
            if cue and lines:
                new = lines[:]
                while new and new[0] in before:
                    new.pop(0)
                before = lines or before
                if new:
                    voice = _VOICE.search(new[0])
                    words = unescape(_STYLING.sub("", " ".join(new)))
                    if words.strip():
                        yield cue["start"], cue["end"], voice[1].strip() if voice else "", " ".join(words.split())
            cue, lines = timing or None, []
        elif cue:
            lines.append(line.strip())


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
