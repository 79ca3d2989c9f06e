"""Days: every month, weekday and date of a claim is one the sentences tell, however it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from summarizer.analysis.dates import dates_in
from summarizer.analysis.words import fold
from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import WEEKDAYS
from summarizer.grounding.reading import Reading, Token, read

_NEAR = frozenset("last next this previous past coming yesterday today tomorrow tonight earlier later".split())

Day = tuple[int | None, int, int | None]
"""Year, month, day of the month; None where the text does not tell."""


def problems(case: Case) -> Iterator[str]:
    """Months, weekdays, days and "last week" of the claim that the sentences do not tell."""
    theirs = days(case.source)
    for at, day in days(case.claim).items():
        if not any(_agrees(day, other) for other in theirs.values()) and not _told(case, at):
            yield f"{_written(case.claim, at)} is not in the cited sentences{_instead(case, theirs)}"
    own_weekdays, their_weekdays = _weekdays(case.claim), _weekdays(case.source)
    for number, token in own_weekdays.items():
        if number not in their_weekdays and token.form not in case.told_days and not _falls_on(number, theirs):
            there = [other.text for other in their_weekdays.values()]
            yield (
                f"the article says {there[0]}, the claim {token.text}"
                if len(there) == 1
                else f"{token.text} is not in the cited sentences"
            )
    yield from _repeated(case)
    yield from _relative(case)


def _repeated(case: Case) -> Iterator[str]:
    """A weekday or month that stands once in the sentences and twice in the claim has taken another word's place."""
    own, theirs = _calendar_words(case.claim), _calendar_words(case.source)
    for key, count in own.items():
        if 0 < theirs[key] < count:
            token = next(token for token in case.claim.tokens if _calendar_key(token) == key)
            yield f"'{token.text}' is said {count} times, in the cited sentences {theirs[key]}"


def _calendar_words(reading: Reading) -> Counter[str]:
    return Counter(key for token in reading.tokens if (key := _calendar_key(token)))


def _calendar_key(token: Token) -> str:
    """What forms of one weekday or month share; "" for any other word."""
    if token.kind != "word" or not token.capital:
        return ""
    if token.form in WEEKDAYS:
        return f"weekday:{WEEKDAYS[token.form]}"
    return token.key if token.key.startswith("month:") else ""


def _told(case: Case, at: int) -> bool:
    """Whether the whole date around a month is told in another form."""
    tokens = case.claim.tokens
    parts = [t for t in tokens[max(0, at - 1) : at + 2] if t is tokens[at] or _small(t) is not None]
    return all(part.form in case.told_days for part in parts)


def _relative(case: Case) -> Iterator[str]:
    """ "Next week" where the sentences say "last week"."""
    if not any(token.form in _NEAR for token in case.claim.tokens):
        return
    claim, *sentences = case.texts
    source = _keys(" ".join(sentences))
    for found in dates_in(claim, published=case.published):
        phrase = claim[found.start : found.end]
        words = fold(phrase).split()
        if words[0] in _NEAR and _keys(phrase) not in source and not set(words) <= case.told_days:
            yield f"'{phrase}' is not in the cited sentences"


def _keys(text: str) -> str:
    return " ".join(("", *(token.key for token in read([text]).tokens if token.kind != "mark"), ""))


def days(reading: Reading) -> dict[int, Day]:
    """Index of a month's token -> the date it belongs to, with the day and the year beside it."""
    found = reading.memo.get("days")
    if found is None:
        tokens = reading.tokens
        found = reading.memo["days"] = {
            at: (_year_by(tokens, at), int(token.key[6:]), _day_by(tokens, at))
            for at, token in enumerate(tokens)
            if token.key.startswith("month:") and _is_month(tokens, at)
        }
    return found  # type: ignore[return-value]


def _is_month(tokens: tuple[Token, ...], at: int) -> bool:
    """Not the verbs "may" and "march"."""
    if tokens[at].form not in {"may", "march", "mar", "jun", "sun"}:
        return True
    return (tokens[at].capital and (not tokens[at].opens or _day_by(tokens, at) is not None)) or not tokens[
        at
    ].text.isalpha()


def _small(token: Token) -> int | None:
    if token.kind != "number" or not token.key[1:].isdecimal() or len(token.key) > 3:
        return None
    value = int(token.key[1:])
    return value if 1 <= value <= 31 else None


def _day_by(tokens: tuple[Token, ...], at: int) -> int | None:
    """The day before a month (10 September, 10th of September) or behind it (September 10)."""
    before = at - 2 if at > 1 and tokens[at - 1].form == "of" else at - 1
    if before >= 0 and (day := _small(tokens[before])) is not None:
        return day
    return _small(tokens[at + 1]) if at + 1 < len(tokens) else None


def _year_by(tokens: tuple[Token, ...], at: int) -> int | None:
    for token in tokens[at + 1 : at + 4]:
        if token.kind == "number" and token.key[1:].isdecimal() and len(token.key) == 5:
            return int(token.key[1:])
        if token.kind == "word" and token.form != "of":
            return None
    return None


def _agrees(own: Day, other: Day) -> bool:
    """Whether a date of the source tells all that the claim's date tells."""
    return all(mine is None or mine == theirs for mine, theirs in zip(own, other, strict=True))


def _weekdays(reading: Reading) -> dict[int, Token]:
    return {
        WEEKDAYS[t.form.removesuffix("s")]: t
        for t in reading.tokens
        if t.kind == "word"
        and t.form.removesuffix("s") in WEEKDAYS
        and (len(t.text) > 4 or (t.capital and t.form not in {"sun", "sat", "wed"}))
    }


def _falls_on(weekday: int, theirs: dict[int, Day]) -> bool:
    """Whether a full date of the source falls on this day of the week."""
    for year, month, day in theirs.values():
        resolved = _date(year, month, day) if year and day else None
        if resolved is not None and resolved.isoweekday() == weekday:
            return True
    return False


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _instead(case: Case, theirs: dict[int, Day]) -> str:
    return f": they say {_written(case.source, next(iter(theirs)))}" if len(theirs) == 1 else ""


def _written(reading: Reading, at: int) -> str:
    tokens = reading.tokens
    first = at - 1 if at and _small(tokens[at - 1]) is not None else at
    last = at + 2 if first == at and at + 1 < len(tokens) and _small(tokens[at + 1]) is not None else at + 1
    return " ".join(token.text for token in tokens[first:last])
