"""Words that change the truth of what they stand by (not, may, if, about, according to), each with its reach."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from summarizer.grounding.lexicon import (
    AUXILIARIES,
    BOUNDARIES,
    NOUNS_TOO,
    NUMERIC,
    OPERATORS,
    PREPOSITIONS,
    SAYING,
    SENTENCE_WIDE,
    TRANSITIVE,
    WEAK_SAYING,
    OperatorClass,
)
from summarizer.grounding.reading import Reading, Token

_STOPS = frozenset({".", ";", ":", "!", "?", "(", ")", "[", "]", "...", "--", "-"})
_SET_PHRASES = frozenset({("as", "possible"), ("as", "part"), ("at", "all"), ("after", "all"), ("above", "all")})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "its", "his", "their", "to", "latest", "new"})
_FINITE = frozenset("will would shall may might could can has have had is are was were does did must should".split())
_OF_VERBS = frozenset({"future", "expected", "possible", "intent"})
_LONGEST_REACH = 40


@dataclass(frozen=True, slots=True)
class Operator:
    """`tokens[first:end]` is the phrase; `reach` are the content tokens it governs, the nearest first.

    `holder` are the tokens that say whose word it is, for a report.
    """

    kind: OperatorClass
    first: int
    end: int
    phrase: str
    reach: tuple[int, ...]
    holder: tuple[int, ...] = ()

    @property
    def head(self) -> int | None:
        """The token it stands by, None where it governs nothing."""
        return self.reach[0] if self.reach else None


def operators(reading: Reading) -> tuple[Operator, ...]:
    """The operators of a reading in order."""
    found = reading.memo.get("operators")
    if found is None:
        found = reading.memo["operators"] = tuple(sorted(_find(reading.tokens), key=lambda o: o.first))
    return found  # type: ignore[return-value]


def _find(tokens: Sequence[Token]) -> Iterator[Operator]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        matched = _phrase_at(tokens, at) if token.kind == "word" and token.form in OPERATORS else None
        if matched:
            end, kind = matched
            operator = _operator(tokens, at, end, kind)
            if operator:
                yield operator
                at = operator.end
                continue
        if token.number is not None and _is_share(tokens, at):
            yield Operator("portion", at, at + 2, f"{token.text} of", _reach(tokens, at + 2))
        if token.kind == "word" and token.form in WEAK_SAYING:
            report = _report(tokens, at)
            if report:
                yield report
        at += 1


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """ "Half of", "40 % of": a number that makes the whole a part."""
    number = tokens[at].number
    after = [t.form for t in tokens[at + 1 : at + 5] if t.form not in {"percent", "per", "cent", "pct"}]
    if number is None or after[:1] != ["of"]:
        return False
    return number.percent or number.kind == "fraction" or after[1:2] in (["the"], ["his"], ["her"], ["its"], ["their"])


def _phrase_at(tokens: Sequence[Token], at: int) -> tuple[int, OperatorClass] | None:
    token = tokens[at]
    if token.name_like and token.form in {"will", "may", "mark"}:
        return None
    for words, kind in OPERATORS[token.form]:
        end = at + len(words)
        if end > len(tokens) or any(tokens[at + n].form != word for n, word in enumerate(words) if n):
            continue
        if kind in NUMERIC and not _near_number(tokens, at, end):
            continue
        if _excused(tokens, at, end, kind):
            continue
        return end, kind
    return None


def _near_number(tokens: Sequence[Token], at: int, end: int) -> bool:
    if tokens[at].form == "or":
        return at > 0 and any(t.kind == "number" for t in tokens[max(0, at - 3) : at])
    following = tokens[end : end + 2]
    if following and following[0].form in {"a", "an", "the", "half"}:
        return any(t.kind == "number" for t in following) or following[0].form == "half"
    if not following or following[0].kind != "number":
        return False
    return not (len(following) > 1 and following[1].key.startswith("month:"))


def _excused(tokens: Sequence[Token], at: int, end: int, kind: OperatorClass) -> bool:
    """Words that only look like operators: the superlative "most", "no" before a number, "against" after a verb."""
    form = tokens[at].form
    following = tokens[end] if end < len(tokens) else None
    previous = tokens[at - 1] if at else None
    if form == "most" and end == at + 1:
        return following is None or (previous is not None and previous.form in {"the", "its", "his", "their", "her"})
    if (
        kind == "future"
        and tokens[end - 1].form == "to"
        and (following is None or not following.content or following.capital or following.kind != "word")
    ):
        return following is None or following.form not in {"be", "have", "do", "not", "also", "again"}
    if form == "not" and following is not None and following.form == "only":
        return True
    if previous is not None and (previous.form, form) in _SET_PHRASES:
        return True
    if form == "a" and kind == "portion":
        return True
    return form in {"bar", "block"} and previous is not None and previous.form in _DETERMINERS


def _operator(tokens: Sequence[Token], at: int, end: int, kind: OperatorClass) -> Operator | None:
    phrase = " ".join(token.form for token in tokens[at:end])
    if kind in NUMERIC:
        return Operator(kind, at, end, phrase, _numbers_near(tokens, at, end))
    if tokens[at].form == "according":
        return _according(tokens, at, end)
    if tokens[at].form in SENTENCE_WIDE:
        return Operator(kind, at, end, phrase, _sentence(tokens, at, end))
    if phrase in {"false", "untrue", "unproven"}:
        return Operator(kind, at, end, phrase, _reach_back(tokens, at) or _reach(tokens, end))
    return Operator(
        kind,
        at,
        end,
        phrase,
        _reach(tokens, end, kind in _OF_VERBS) or _reach_back(tokens, at) or _nearest_before(tokens, at),
    )


def _numbers_near(tokens: Sequence[Token], at: int, end: int) -> tuple[int, ...]:
    order = range(at - 1, max(-1, at - 4), -1) if tokens[at].form == "or" else range(end, min(len(tokens), end + 3))
    return tuple(n for n in order if tokens[n].kind == "number" or tokens[n].form == "half")[:1]


def _reach(tokens: Sequence[Token], start: int, relative: bool = False) -> tuple[int, ...]:
    """Content tokens from `start` to the end of the clause; a comma ends it once something is governed.

    Where `relative`, "that" ends it too: what follows "will lead the team that ..." is no future.
    """
    found: list[int] = []
    for at in range(start, min(len(tokens), start + _LONGEST_REACH)):
        token = tokens[at]
        if token.form in _STOPS or (token.form in BOUNDARIES and found) or (token.form == "," and at == start):
            break
        if found and (token.form in {",", '"'} or (relative and token.form == "that") or _begins_clause(tokens, at)):
            break
        if token.content:
            found.append(at)
    return tuple(found)


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    """ "And" before a finite auxiliary: "has not been fined and will play"."""
    return tokens[at].form in {"and", "or"} and at + 1 < len(tokens) and tokens[at + 1].form in _FINITE


def _nearest_before(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    """The content word before a "not" that ends its clause: "which was not"."""
    return next(((n,) for n in range(at - 1, max(-1, at - _LONGEST_REACH), -1) if tokens[n].content), ())


def _reach_back(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    found: list[int] = []
    for n in range(at - 1, max(-1, at - _LONGEST_REACH), -1):
        if tokens[n].form in _STOPS or (tokens[n].form == "," and found):
            break
        if tokens[n].content:
            found.append(n)
    return tuple(found)


def _sentence(tokens: Sequence[Token], at: int, end: int) -> tuple[int, ...]:
    """All content tokens of the sentence around `tokens[at:end]`, those after it first."""
    sentence = tokens[at].sentence
    after = _while_in(tokens, range(end, min(len(tokens), end + 2 * _LONGEST_REACH)), sentence)
    before = _while_in(tokens, range(at - 1, max(-1, at - 2 * _LONGEST_REACH), -1), sentence)
    return (*after, *before)


def _while_in(tokens: Sequence[Token], order: range, sentence: int) -> list[int]:
    found = []
    for n in order:
        if tokens[n].sentence != sentence:
            break
        if tokens[n].content:
            found.append(n)
    return found


def _according(tokens: Sequence[Token], at: int, end: int) -> Operator:
    """ "According to X, S", "S, according to X", "S, according to X, S": X up to the next mark, S all else."""
    stop = end
    while stop < len(tokens) and stop - end < 12 and _in_holder(tokens[stop]):
        stop += 1
    holder = tuple(n for n in range(end, stop) if tokens[n].content)
    reach = tuple(n for n in _sentence(tokens, at, stop))
    return Operator("reported", at, stop, _said(tokens, at, stop), reach, holder)


def _in_holder(token: Token) -> bool:
    """Whether a word may be part of "the former head of X" behind "according to"."""
    if token.kind != "word" or token.form in BOUNDARIES:
        return False
    return token.form not in OPERATORS or token.form in {"former", "deputy", "vice", "acting", "assistant"}


def _report(tokens: Sequence[Token], at: int) -> Operator | None:
    """ "X said S", "S, X said", "S, said X": whose word it is, and what is said."""
    if at and (tokens[at - 1].form in _DETERMINERS or _is_noun(tokens, at)):
        return None
    first, last = _clause(tokens, at)
    before = [n for n in range(first, at) if tokens[n].kind == "word" and tokens[n].form not in AUXILIARIES]
    after = [n for n in range(at + 1, last) if tokens[n].content]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        tokens[at].form in TRANSITIVE
        and following is not None
        and following.kind != "mark"
        and following.form != "that"
    ):
        return None
    closes = (
        following is None or following.kind == "mark" or (following.form in PREPOSITIONS and following.form != "that")
    )
    if following is not None and following.form in {"that", "how", "whether"}:
        closes = False
    opening_quote = (
        following is not None and following.form in {",", ":"} and at + 2 < len(tokens) and tokens[at + 2].form == '"'
    )
    if before and (not closes or opening_quote):
        reach = _while_in(tokens, range(at + 1, min(len(tokens), at + 2 * _LONGEST_REACH)), tokens[at].sentence)
        holder = [n for n in before if tokens[n].content]
        return Operator(
            "reported", holder[-1] if holder else at, at + 1, _said(tokens, first, at + 1), tuple(reach), tuple(holder)
        )
    if first == 0 or tokens[first - 1].form not in {",", '"', "-", "--"}:
        return None
    holder = [n for n in before if tokens[n].content] or after
    reach = _while_in(tokens, range(first - 1, max(-1, first - 2 * _LONGEST_REACH), -1), tokens[at].sentence)
    reach += _while_in(tokens, range(last, min(len(tokens), last + _LONGEST_REACH)), tokens[at].sentence)
    if not reach and tokens[first - 1].form == '"':
        reach = _while_in(tokens, range(first - 1, max(-1, first - 2 * _LONGEST_REACH), -1), tokens[first - 1].sentence)
    return Operator("reported", at, at + 1, _said(tokens, first, last), tuple(reach), tuple(holder))


def _clause(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The stretch between the marks around `at`."""
    first = at
    while first and tokens[first - 1].kind != "mark" and at - first < 15:
        first -= 1
    last = at + 1
    while last < len(tokens) and tokens[last].kind != "mark" and last - at < 15:
        last += 1
    return first, last


def _said(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first : min(last, first + 6)])


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "In states that permit it": behind a preposition stands no verb."""
    return at > 0 and tokens[at].form in NOUNS_TOO and tokens[at - 1].form in PREPOSITIONS


def sayings(reading: Reading, also: Container[int]) -> list[range]:
    """Where the text gives a statement to somebody: the tokens of "says", "according to", "reportedly".

    `also` are tokens known to be such by what they stand for in the source.
    """
    tokens = reading.tokens
    reports = [o for o in operators(reading) if o.kind == "reported"]
    counted = {o.end - 1 for o in reports}
    loose = [
        range(at, at + 1)
        for at, token in enumerate(tokens)
        if token.form in SAYING and at not in counted and (at in also or _says(tokens, at))
    ]
    return [*(range(o.first, o.end) for o in reports), *loose]


def _says(tokens: Sequence[Token], at: int) -> bool:
    previous = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if previous is not None and (previous.form in _DETERMINERS or previous.form in {"not", "n't"}):
        return False
    if _is_noun(tokens, at):
        return False
    if tokens[at].form in NOUNS_TOO:
        return following is not None and following.form in {"that", "how", '"'}
    return True
