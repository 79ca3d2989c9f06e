"""What can be cut from a sentence without changing what it says: datelines, agency marks, picture notes.

Attributions ("according to X"), hedges and negations are never cut: they change a report into a fact.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:{_DAY},? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_PLACE = r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3}"
_DASH = r"\s{0,3}(?:--|[–—-])\s{1,3}"
# By name, since "John Smith (Labour) – ..." has the same form.
_AGENCY = (
    r"\((?:CNN|AP|AFP|UPI|PTI|ANI|IANS|DPA|dpa|EFE|BBC|CBS|NBC|ABC|TASS|RIA Novosti|Reuters|REUTERS|Xinhua|Interfax"
    r"|Yonhap|KYODO|Kyodo News|Bloomberg|Associated Press|The Associated Press)(?: [A-Z][a-z]{1,20})?\)"
)

_LEADING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_PLACE}(?:, {_PLACE})?,? )?{_AGENCY}{_DASH}(?=[A-Z0-9\"“‘'])",
        # A lone word in capitals may be a verdict ("FALSE – ...") as well as a place: it stays.
        rf"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,3}}(?:, {_PLACE}(?:, {_DATE})?|, {_DATE}){_DASH}(?=[A-Z\"“‘'])",
        rf"(?:{_PLACE}, )?{_DATE}{_DASH}(?=[A-Z\"“‘'])",
        r"(?:But (?!for\b)|And )(?=[A-Za-z])",
    )
)
_ASIDE = re.compile(
    r"\s?[(\[](?:[Pp]ictured|[Aa]bove|[Bb]elow|[Ll]eft|[Rr]ight|[Ff]ile (?:photo|picture)|[Ss]ee (?:picture|video))"
    r"(?:[,:]? (?:above|below|left|right|together|here|centre|center|far left|far right|file)){0,2}[)\]]"
)


def kept(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges `(start, end)` of `text` that are left when every safe cut is made, in order.

    One range unless a picture note is cut from the middle; never empty ranges; all of `text` when nothing is left.
    """
    start = _start(text)
    ranges: list[tuple[int, int]] = []
    for aside in _ASIDE.finditer(text, start):
        ranges.append((start, aside.start()))
        start = aside.end()
    ranges.append((start, len(text)))
    solid = tuple((a, b) for a, b in ranges if text[a:b].strip())
    return solid or ((0, len(text)),)


def trim(text: str) -> tuple[int, int]:
    """The one range `(start, end)` of `text` that is left when only the start is cut."""
    start = _start(text)
    return (start, len(text)) if text[start:].strip() else (0, len(text))


def trimmed(text: str) -> str:
    """`text` after every safe cut, with a capital at its start where a word before it was cut."""
    rest = "".join(text[start:end] for start, end in kept(text))
    return rest if text.startswith(rest[:1]) else rest[:1].upper() + rest[1:]


def _start(text: str) -> int:
    for pattern in _LEADING:
        found = pattern.match(text)
        if found:
            return found.end()
    return 0
