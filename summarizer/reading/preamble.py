"""What stands before and after the news in a text: headline, byline, date line, agency mark.

Conservative on purpose: a line is taken only where it is nothing but metadata from end to end, and a prefix only where
a mark (a dash, a bar) parts it from the sentence that follows. A sentence is never taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from summarizer.reading.metadata import FULL, FULL_DATE, SHORT_DATE, TIME, WEEKDAY, published_in


@dataclass(frozen=True, slots=True)
class Preamble:
    """What was found: `metadata` are ranges of the text, the title's own line among them."""

    title: str | None
    published: date | None
    metadata: tuple[tuple[int, int], ...]


# "Marchetti v Delport Logistics Ltd" under the name of a court
CASE = re.compile(r"[A-Z][^.!?:\n]{1,70} v\.? [A-Z][^!?:\n]{1,70}")
_HEAD_LINES = 12
_LONGEST_LINE = 200
_LONGEST_PREFIX = 160
_LONGEST_TITLE = 150
_LONGEST_SAYING = 100

_LINE = re.compile(r"\S(?:[^\n\r\f\v\x85\u2028\u2029]*\S)?")
_KEY = (
    r"(?:(?:(?:first|last) )?(?:published|updated|posted|modified|created|released)(?: (?:on|at))?"
    r"|(?:publication )?date)"
)
_FIELD = re.compile(
    rf"(?P<key>{_KEY}|dateline|authors?|byline|written by|source|section|category|tags|url|location|title|headline"
    r"|subject)"
    r"[ \t]*[:=][ \t]*(?P<value>\S.*)",
    re.IGNORECASE,
)
_DATED = re.compile(rf"{FULL_DATE}|{SHORT_DATE}|{TIME}", re.IGNORECASE)
_YEAR, _LIFETIME = re.compile(r"\b(?:1[5-9]|20)\d\d\b"), 10
_DATE_WORDS = re.compile(
    rf"\b(?:{WEEKDAY}|{_KEY}|at|on|\d{{1,3}} min(?:ute)?s? read)(?!\w)|[\s,|:·•()–—-]+", re.IGNORECASE
)
# Such as: By Nils Aker; Posted by N. on 12 May 2024; Published 12 May 2024 by N. Aker; Text: Nils Aker
_BY = re.compile(
    rf"(?:(?:posted|written|published|updated|reported|compiled|story|report|article|words|text|photos?)\s+)?"
    rf"(?:(?:on\s+)?{FULL_DATE}(?:\s+(?:at\s+)?{TIME})?[\s,|·–—-]*)?by\s+|(?:text|words|story|report)\s?:\s+",
    re.IGNORECASE,
)
# "By Ann Roe, transport reporter"
_OFFICE = re.compile(
    r",(?: [\w-]+){0,3} (?:reporter|correspondent|editor|writer|columnist|critic)s?(?: in (?-i:[A-Z])[\w ]{2,20})?$",
    re.IGNORECASE,
)
_BYLINE_WORDS = frozenset("and & | / of for in at the de la von van der bin al".split())

_PREFIX = re.compile(
    rf"(?P<key>{_KEY}\s*[:=]?\s*)?(?:{WEEKDAY},?\s+)?{FULL_DATE}(?:[\s,]+(?:{WEEKDAY}|{FULL_DATE}|{TIME}))*"
    r"(?P<mark>\s*(?:[-–—―]{1,2}|[|·•:])(?=\s))?\s*",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*--\s*|\s*[–—―]\s*|(?<=\))\s*-\s*|\s+-\s+")
_AGENCY = re.compile(r"\(([^()]{2,40})\)$")
_AGENCY_ALONE = re.compile(r"\(([A-Z]{2,9})\)\s*(?=[A-Z“\"])")
_DATE_BEFORE = re.compile(rf"(?:^|[\s,،]+)(?:{FULL_DATE}|{SHORT_DATE}),?$", re.IGNORECASE)
_CHINESE_DATELINE = re.compile(
    r"[^\s\d。，]{2,16}(?:\d{4}年)?\d{1,2}月\d{1,2}日[^\s\d。，]{0,6}[电電讯訊](?:[\s）)：:]+|(?=[^\w\s]))"
)
_OPENINGS = frozenset("on in at by since from until after before".split())
_PARTICLES = frozenset("de da do del la le el al of the upon am an der sur".split())
_AGENCIES = frozenset(
    """reuters ap afp upi cnn bbc npr dpa efe ansa ani pti ians kyodo jiji tass interfax xinhua yonhap kcna bloomberg
    anadolu associated-press agence-france-presse ria-novosti itar-tass press-association pa-media al-jazeera""".split()
)
_TRAILER = re.compile(
    r"©|\(c\) \d{4}|[Cc]opyright (?:©|\(c\)|\d{4})|\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-Z]"
)


def find_preamble(text: str, start: int = 0, *, title: str | None = None) -> Preamble:
    """The metadata at the head and the foot of `text[start:]`, as ranges of the whole text.

    Where a title is known already, a line is taken for one only where it repeats it.
    """
    lines = [line.span() for line in islice(_LINE.finditer(text, start), _HEAD_LINES)]
    title = title or next((line for span in lines if CASE.fullmatch(line := text[slice(*span)])), None)
    found: list[tuple[int, int]] = []
    for at, (begin, end) in enumerate(lines):
        line = text[begin:end]
        plain = line.replace("**", "").strip("*_ ")  # Markdown writers set bylines in italics
        below = text[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
        under_title = bool(title) and (_is_signature(plain, below) or _says_when(text, (begin, end)))
        if plain and (_is_metadata(plain) or under_title):
            title = title or _given_title(plain)
        elif (title and line.split() == title.split()) or (title is None and _is_headline(text, lines[at : at + 2])):
            title = title or line
        else:
            if prefix := prefix_length(line):
                found.append((begin, begin + prefix))
            break
        found.append((begin, end))
    if not found or not text[found[-1][1] :].strip():
        return Preamble(None if found else title, None, tuple(_trailer(text, start)))
    published = published_in("\n".join(text[begin:end] for begin, end in found))
    return Preamble(title, published, (*found, *_trailer(text, found[-1][1])))


def prefix_length(line: str) -> int:
    """Code points at the head of a paragraph that are a date or a dateline with its mark, not part of the sentence."""
    dated = _dated_prefix(line)
    return dated + _dateline(line[dated:])


def _is_metadata(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and (_is_field(line) or _is_date_line(line) or _is_byline(line))


def _is_field(line: str) -> bool:
    field = _FIELD.fullmatch(line)
    return field is not None and field["value"][-1] not in ".!?。" and len(field["value"].split()) <= 20


def _is_date_line(line: str) -> bool:
    bare = not _DATE_WORDS.sub("", _DATED.sub(" ", line)).strip()
    return bare and _DATED.search(line) is not None and not _is_lifetime(line)


def _is_lifetime(line: str) -> bool:
    """Under the name of a dead man: "Born 11 May 1934; died 28 October 2025", "11 May 1934 – 28 October 2025"."""
    years = [int(year) for year in _YEAR.findall(line)]
    return len(years) == 2 and years[1] - years[0] >= _LIFETIME


def _is_byline(line: str) -> bool:
    by = _BY.match(line)
    if by is None or not line[0].isupper() or line.endswith((".", "!", "?", ":")):
        return False
    words = _DATE_WORDS.sub(" ", _DATED.sub(" ", _OFFICE.sub("", line[by.end() :]))).split()
    return 0 < len(words) <= 14 and words[0][0].isupper() and all(_is_name(word) for word in words)


def _is_signature(line: str, below: str = "") -> bool:
    """The writer's name under the title, with a day beside it or below it: "Nils Aker, 12 May 2024"."""
    words = _DATED.sub(" ", line).replace(",", " ").split()
    dated = _DATED.search(line) is not None or _is_date_line(below)
    return dated and 1 < len(words) <= 5 and all(_is_name(word) and word[-1] not in "!?:" for word in words)


def _is_name(word: str) -> bool:
    return word[0].isupper() or word.strip(",|") in _BYLINE_WORDS or not word.strip(",|·•-–—")


def _given_title(line: str) -> str | None:
    field = _FIELD.fullmatch(line)
    return field["value"].strip() if field and field["key"].lower() in ("title", "headline", "subject") else None


def _is_headline(text: str, lines: list[tuple[int, int]]) -> bool:
    """A short line without a full stop that stands by itself over an article of several sentences."""
    line = text[slice(*lines[0])]
    opens = (line[0].isalnum() and not line[0].islower()) or line[0] in "\"'“‘«「"
    if len(lines) < 2 or len(line) > _LONGEST_TITLE or line[-1] in ".:;,…。।-" or not opens:
        return False
    (_, end), (begin, below_end) = lines
    below, rest = text[begin:below_end], text[begin:].strip()
    # "What will the ferry do now?" is a title over a byline; over a paragraph it may be the article's first sentence.
    headed = _is_metadata(below) or prefix_length(below) > 0 or _says_when(text, lines[1])
    apart = headed or (len(text[end:begin].splitlines()) > 1 and line[-1] not in "!?！？؟")
    long = len(rest) >= max(_LONGEST_TITLE, 2 * len(line) + 1)
    return apart and long and any(stop in rest for stop in ".。।؟?!")


def _says_when(text: str, span: tuple[int, int]) -> bool:
    """A line under a title, by itself over a gap: "Thursday 6 March 2025, 19:00, Old Library"."""
    line, behind = text[slice(*span)], text[span[1] : span[1] + 4]
    alone = len((behind + ".").splitlines()) > 2
    says = FULL.search(line) is not None and not _is_lifetime(line)
    return alone and len(line) <= _LONGEST_SAYING and line[-1] not in ".!?:;," and says


def _dated_prefix(line: str) -> int:
    prefix = _PREFIX.match(line[:_LONGEST_PREFIX])
    if prefix is None or prefix.end() >= len(line) or _DATED.match(line, prefix.end()):
        return 0
    key = (prefix["key"] or "").lower().strip()
    return prefix.end() if prefix["mark"] or key.endswith((":", "=", "date")) else 0


def _dateline(line: str) -> int:
    head = line[:_LONGEST_PREFIX]
    alone = _AGENCY_ALONE.match(head)
    if alone and alone[1].lower() in _AGENCIES:
        return alone.end()
    chinese = _CHINESE_DATELINE.match(head)
    if chinese:
        return chinese.end()
    mark = _MARK.search(head)
    if mark is None or mark.end() >= len(line) or line[mark.end()].islower():
        return 0
    return mark.end() if _is_dateline(head[: mark.start()], mark[0]) else 0


def _is_dateline(head: str, mark: str) -> bool:
    """Whether `head`, up to the dash, is a place, a day and an agency, some of them."""
    agency = _AGENCY.search(head)
    place = head[: agency.start()].rstrip() if agency else head
    day = _DATE_BEFORE.search(place)
    place = (place[: day.start()] if day else place).strip(" ,،")
    words = place.split()
    small = any(word[0].islower() and word not in _PARTICLES for word in words)
    if len(words) > 6 or small or any(map(str.isdigit, place)):
        return False
    loud = place.split(",")[0].isupper()
    if agency:
        return agency[1].strip().lower().replace(" ", "-") in _AGENCIES or (bool(words) and (loud or day is not None))
    if not words or words[0].lower() in _OPENINGS:
        return False
    dated = day is not None and FULL.search(day[0]) is not None
    return dated or (loud and len(place) > 3 and (day is not None or mark.strip() != "-"))


def _trailer(text: str, start: int) -> list[tuple[int, int]]:
    lines = [line.span() for line in _LINE.finditer(text, max(start, len(text) - 2000))]
    taken = list(takewhile(lambda line: _is_credit(text, *line), reversed(lines)))[::-1]
    return taken if taken and text[start : taken[0][0]].strip() else []


def _is_credit(text: str, begin: int, end: int) -> bool:
    return end - begin <= 2 * _LONGEST_LINE and _TRAILER.match(text, begin) is not None
