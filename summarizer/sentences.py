"""Where sentences begin and end, as exact offsets.

The text is cut at paragraphs, list items and line ends that are no mere wrapping; nupunkt then tells which full stops
end a sentence (Kiss and Strunk 2006, as carried on by Bommarito et al. 2025, arXiv:2504.04131). Only places to cut are
taken from it: whatever it says, no character is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import itemgetter

LONGEST = 4000
"""Code points of the longest sentence. A longer run is cut at a pause, so that it can be read and cited."""

_WRAP = 120  # code points of the longest line that an editor may have wrapped
_NARROW = 40  # of the widest line in a list, a poem or an address, which nobody wrapped
_LONGEST_CRY, _LONGEST_TITLE = 80, 200
_PAUSES = ("\n", "; ", ", ", " ")

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
# A blank line, a page or a paragraph ends; "\r\n" is one line end.
_BLANK = re.compile(r"[\f\u2029]|(?>\r\n|[\n\r\v\x85\u2028])\s*?[\n\r\v\x85\u2028]")
_ITEM = re.compile(r"[ \t]*(?:[-*+•‣◦▪·–—][ \t]|\(?(?:\d{1,3}|[A-Za-z])[.)][ \t])")
_HEADING = re.compile(r"#{1,6}[ \t]")
# "Apologies: Mina Sato" below "Present: Ada Holm (chair), Tom Brandt"
_LABEL = re.compile(r"[A-Z][\w'’-]{1,30}(?: [\w'’-]{1,30}){0,2}:[ \t]")
_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]")
_CLOSER = "\"'”’»›)]}」』】》〉）］"
_ANY_STOP = re.compile(r"[.!?…。！？｡।॥؟۔։።፧᠃။]")
_STOP = re.compile(rf"[。！？｡।॥؟۔։።፧᠃។။]+[!?。！？｡]*[{re.escape(_CLOSER)}]*")
_QUOTE_END = "\"'”’»」』"
_QUOTE_START = "\"'“‘«「『《"
_QUOTE = re.compile('["“”„«»]')
_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»"}

# nupunkt knows these and still cuts after some of them, where the name that follows is rare. A title needs its name.
_TITLES = frozenset(
    """adm amb brig capt cdr cmdr col cpl dr drs fr gen gov hon insp lt m maj messrs mlle mme mr mrs ms mx prof pvt rep
    reps rev sec sen sens sgt sr sra srta st supt fig figs vs e.g i.e cf viz""".split()
)
# Its list comes from legal texts, where "Art.", "Am." and "Code." are abbreviations. Written small they are words.
_WORD_STOP = re.compile(r"\b([a-z]{2,})[.][\"'”’)]*\s+[\"'“‘(]*(?=[A-Z])")
_SMALL = frozenset(
    "al approx bzw ca cf ed eds etc evtl fig figs ft incl max min op opp pp resp st usw vgl vol vols vs".split()
)
# It takes long surnames such as Marsh for abbreviations: "said Joe Marsh. Casey Flynn added".
_CAPITAL_STOP = re.compile(r"\b[A-Z][a-z]{4,}[.](?=\s+[A-Z][a-z])")
_NOTES = re.compile(r"(?:[ \t]?\[[0-9a-z]{1,3}\])*")
_SHOUT = re.compile(r"[.!?]{9,}|\S{300,}")
_LAST_WORD = re.compile(r"[^\s(\[“‘\"'/–—-]{1,20}$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
# What opens a sentence far more often than it goes on with a name: "held in Washington, D.C. Mr. Wade paid for it."
_OPENERS = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|He|She|It|They|We|You|There|The|An?|This|That|These|Those|His|Her|Its|Their|Our|My|But|And|"
    r"Yet|So|However|Then|In|On|At|After|Before|When|While|If|As|For|From|By|To|With|Since|Nobody|No|Some|Many|Most|All)"
)

# Ends that nupunkt misses; each match ends where the sentence does.
_ENDS = (
    # "at 4 p.m. Monday's trial was moved", not "at 4 p.m. Monday", "5 p.m. Eastern" or "7 a.m. March 3"
    re.compile(
        rf"\b[ap]\.m\.\s+(?=[A-Z][a-z]+)(?!{WEEKDAY}(?!['’]s)|[A-Z][a-z]+ ?time"
        rf"|(?:Eastern|Central|Pacific|Mountain|Greenwich)\b|{MONTH}\.? \d)"
    ),
    re.compile(rf"\b(?:[A-Z]\.){{2,8}}[\"”’)]*\s+(?={_OPENERS}\b)"),
    # Reference marks behind the stop: "in 2024.[1] It", "in June.¹ Nobody", "It rose.† It fell."
    re.compile(r"[.!?…][\"”’»)]{0,3}(?:\[[0-9a-z]{1,3}\]|[¹²³⁰⁴-⁹*†‡]){1,9}(?=\s+[\"“‘«(\[]?[^\W\d_a-z])"),
    # A closing mark that stands apart: "“ Come in. ” She did."
    re.compile(r"[.!?…](?=\s[\"”»]\s)"),
    # Their figures written against it: "in 2024.1 The", "are planned.2 The", "We won.”3 The"
    re.compile(
        r"(?:(?<![^\W_])(?:19|20)\d\d\.|(?<![^\W_])(?!(?:figs?|vols?|nos?|pp|art|sect?|chap|eqs?)\.)[a-z]{2,30}\."
        r"|[.!?][\"”’])\d{1,2}(?=\s+[\"“‘«]?[A-Z])"
    ),
)
# Names written with a mark, before another part of them: "Yahoo! Finance", "the podcast Who? Weekly". Before a small
# letter no list is needed.
_MARKED_NAMES = frozenset("yahoo yum wham jeopardy panic kahoot joomla guess therapy who ahoy you".split())
# "On 3. June 2024", "in the 2. Bundesliga", "1. FC Holm"
_BEFORE_ORDINAL = re.compile(
    r"\b(?:on|the|am|der|die|das|den|dem|vom|zum|im|of|until|since|by|from) \d{1,2}\.$", re.IGNORECASE
)
_BEHIND_ORDINAL = re.compile(rf"\s*(?:{MONTH} \d{{4}}\b|[FS]C\b|Bundesliga\b|Liga\b)")
_ORDINAL = re.compile(r"(?:^|\s)(?:\d{1,2}|[IVX]{2,6})\.$")
_OPENER = re.compile(rf"\s*{_OPENERS}\b")


def split(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where the sentences of `text` are: ranges in order, none empty, none beginning or ending with white space.

    Every code point that is no white space and lies outside `skip` is in exactly one sentence; the ranges of `skip` may
    touch, overlap and come in any order. A blank line always ends a sentence. Linear in the length of the text.
    """
    return [
        sentence
        for piece in outside(len(text), skip)
        for block in _blocks(text, *piece)
        for whole in _sentences(text, *block)
        for sentence in _shortened(text, *whole)
    ]


def outside(length: int, skip: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What lies in none of `skip`, whose ranges may touch, overlap and come in any order."""
    at = 0
    for start, end in sorted(skip):
        if at < start:
            yield at, min(start, length)
        at = max(at, end)
    if at < length:
        yield at, length


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of lines between which no sentence goes on."""
    paragraph: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start, end):
        for line in _trimmed(text, *match.span()):
            if paragraph and _BLANK.search(text, paragraph[-1][1], line[0]):
                yield from _unwrapped(text, paragraph)
                paragraph = []
            paragraph.append(line)
    if paragraph:
        yield from _unwrapped(text, paragraph)


def _unwrapped(text: str, paragraph: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    width = min(_WRAP, max(end - start for start, end in paragraph))
    begin = paragraph[0][0]
    for this, following in pairwise(paragraph):
        if _ends_block(text, this, following, width):
            yield begin, this[1]
            begin = following[0]
    yield begin, paragraph[-1][1]


def _ends_block(text: str, this: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the line end after `this` is one the writer meant: not made by wrapping at `width` code points."""
    last, first, length = text[this[1] - 1], text[following[0]], this[1] - this[0]
    if last == ":" or _ITEM.match(text, *following) or _HEADING.match(text, *this) or _LABEL.match(text, *following):
        return True
    if first.islower() or last in ",-–—":
        return False
    if length > _WRAP or width < _NARROW:
        return True
    space = text.find(" ", *following)
    word = 1 if first >= "\u2e80" else (space if space >= 0 else following[1]) - following[0]  # CJK wraps anywhere
    # Writers who wrap by hand break a little early, hence the eighth.
    return length + 1 + word <= width - width // 8


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for cut, following in pairwise([*_cuts(text, start, end), end]):
        is_mark = not any(map(str.isalnum, text[cut:following]))  # it belongs to the sentence before
        if not (is_mark or _goes_on(text, begin, cut, end)):
            yield from _trimmed(text, begin, cut)
            begin = cut
    yield from _trimmed(text, begin, end)


def _cuts(text: str, start: int, end: int) -> list[int]:
    if not _ANY_STOP.search(text, start, end - 1):
        return []
    import nupunkt

    block = text[start:end]
    spans = nupunkt.sentence_spans(_SHOUT.sub(_whisper, block), paragraph_breaks=False)
    found = {stop for _, stop in spans if block[stop : stop + 1].isspace() or block[stop - 1] in _CLOSER}
    found.update(match.end() for match in _STOP.finditer(block) if _stands(block, match))
    found.update(match.end() for pattern in _ENDS for match in pattern.finditer(block))
    found.update(match.end(1) + 1 for match in _WORD_STOP.finditer(block) if match[1] not in _SMALL)
    found.update(match.end() for match in _CAPITAL_STOP.finditer(block))
    placed = {
        notes.end() if (notes := _NOTES.match(block, cut)) else cut for cut in _outside_quotations(block, sorted(found))
    }
    return sorted(start + cut for cut in placed if 0 < cut < len(block))


def _whisper(run: re.Match[str]) -> str:
    """As many code points with few marks: nupunkt needs time that grows with the square of a run without a space."""
    return "x" * (len(run[0]) - 3) + run[0][-3:]


def _outside_quotations(block: str, cuts: list[int]) -> Iterator[int]:
    """`cuts` without those inside a quotation that its sentence goes on behind, moved behind a mark that stands apart.

    Apart: `He said " We won. " Then he left.`
    """
    quotations = list(_quotations(block))
    for cut in cuts:
        n = bisect_left(quotations, cut - 1, key=itemgetter(1))
        opens, closes = quotations[n] if n < len(quotations) else (cut, cut)
        if cut <= opens:
            yield cut
        elif cut == opens + 1:
            yield opens
        elif cut < closes <= cut + 2 and block[cut:closes].isspace():
            if not block[closes + 1 : closes + 4].lstrip()[:1].islower():
                yield closes + 1
        elif cut == closes + 1:
            if not (block[closes - 1].isspace() and block[cut : cut + 3].lstrip()[:1].islower()):
                yield cut
        elif not _is_embedded(block, opens, closes):
            yield cut


def _quotations(block: str) -> Iterator[tuple[int, int]]:
    """Where each quotation in double marks opens and closes, in order."""
    opened, closer = -1, ""
    for match in _QUOTE.finditer(block):
        if opened < 0 and match[0] in _PAIRS:
            opened, closer = match.start(), _PAIRS[match[0]]
        elif opened >= 0 and match[0] == closer:
            yield opened, match.start()
            opened = -1


def _is_embedded(block: str, opens: int, closes: int) -> bool:
    """Whether a quotation is a title or a cry within its sentence: `played "Hey! Hey! Wait for Me" in Oslo`.

    What somebody says in sentences of their own ends in a comma or a full stop: “I came. I saw,” he said.
    """
    after = block[closes + 1 : closes + 9].lstrip()[:1]
    last = block[max(opens + 1, closes - 8) : closes].rstrip()[-1:]
    if not after or not (after.islower() or after in ",;"):
        return False
    return closes - opens <= (_LONGEST_TITLE if last.isalnum() else _LONGEST_CRY if last in {"!", "?"} else 0)


def _stands(block: str, stop: re.Match[str]) -> bool:
    """Whether a stop outside the Latin script ends a sentence: not where a clause follows the quotation it closes."""
    after = block[stop.end() : stop.end() + 1]
    return stop[0][-1] not in _QUOTE_END or not after or after.isspace() or after in _QUOTE_START


def _goes_on(text: str, begin: int, cut: int, end: int) -> bool:
    """Whether the stop before `cut` is part of a title, a name, an initial, an ordinal or the number of an item."""
    head = text[max(begin, cut - 40) : cut].rstrip()
    following = next((c for c in text[cut : min(end, cut + 8)] if not c.isspace()), "")
    if head.endswith(("!", "?")):
        return _is_marked_name(head, text, cut, end)
    if not head.endswith("."):
        return False
    if following in ",;)":
        return True
    if cut - begin < 8 and _MARKER.fullmatch(text[begin:cut].strip()):
        return True
    if _ORDINAL.search(head) and _is_ordinal(head, text, cut, following):
        return True
    word = _LAST_WORD.search(head[:-1])
    if word is None or word[0].lower() in _TITLES:
        return word is not None
    if "." in word[0]:
        return following.islower()
    return following.isupper() and word[0].isupper() and len(word[0]) == 1 and word[0] != "I"


def _is_marked_name(head: str, text: str, cut: int, end: int) -> bool:
    """Whether the "!" or "?" is part of a name: "Yahoo! said", "the podcast Who? Weekly"; not "Great! iPhones sell"."""
    following = _NEXT_WORD.match(text[cut : min(end, cut + 30)].lstrip())
    if following is None or following[0][0].islower():
        return following is not None and following[0].islower()
    word = _LAST_WORD.search(head.rstrip("!?"))
    return word is not None and word[0].lower() in _MARKED_NAMES and _OPENER.match(following[0]) is None


def _is_ordinal(head: str, text: str, cut: int, following: str) -> bool:
    if not head[-2].isdecimal():
        return following.islower()  # Henry VIII. was king
    if _BEHIND_ORDINAL.match(text, cut):
        return True
    return _BEFORE_ORDINAL.search(head) is not None and _OPENER.match(text, cut) is None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if visible := piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        yield begin, begin + len(visible)


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        limit = start + LONGEST
        pauses = (text.rfind(pause, start + LONGEST // 2, limit) for pause in _PAUSES)
        cut = next((at + 1 for at in pauses if at >= 0), limit)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
