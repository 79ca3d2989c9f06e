"""Names: every name of the claim is in the cited sentences, under this name or another the article gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.grounding.case import Case
from summarizer.grounding.common import common_words
from summarizer.grounding.lexicon import CALENDAR, COUNTRIES, PARTICLES, TITLES
from summarizer.grounding.reading import Reading, Token

Run = tuple[int, ...]
"""Indices of the tokens of one name."""

_SHORT_NAMES = {
    "us": ("unit", "state"), "usa": ("unit", "state", "america"), "uk": ("unit", "kingdom"), "un": ("unit", "nation"),
    "eu": ("european", "union"), "nkorea": ("north", "korea"), "skorea": ("south", "korea"),
}  # fmt: skip


def problems(case: Case) -> Iterator[str]:
    """Names of the claim that the cited sentences do not have."""
    source = _source_keys(case.source)
    if case.claim.lower_case:
        yield from _rare_words(case)
    yield from _bare_titles(case)
    for run in name_runs(case.claim):
        if not _found(case, run, source):
            yield f"{_written(case.claim, run)} is not in the cited sentences"


def _bare_titles(case: Case) -> Iterator[str]:
    """ "The President" or "the Prime Minister" alone stands for a person, and is a name where it is new."""
    tokens = case.claim.tokens
    for at in case.alignment.novel:
        token = tokens[at]
        if not token.capital or token.opens or token.form not in TITLES or not case.claim.capitals_tell:
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or not (following.kind == "word" and following.capital):
            yield f"{token.text} is not in the cited sentences"


def _rare_words(case: Case) -> Iterator[str]:
    """In a claim without capitals, new words that are no common words: they may be names."""
    for at in case.alignment.novel:
        token = case.claim.tokens[at]
        if token.kind == "word" and token.form not in common_words():
            yield f"{token.text} is not in the cited sentences"


def name_runs(reading: Reading) -> tuple[Run, ...]:
    """The names of a text: runs of capitalised words, without titles."""
    runs = reading.memo.get("names")
    if runs is None:
        runs = reading.memo["names"] = tuple(_runs(reading))
    return runs  # type: ignore[return-value]


def _runs(reading: Reading) -> Iterator[Run]:
    run: list[int] = []
    for at, token in enumerate(reading.tokens):
        if _is_name(reading, at):
            run.append(at)
            if not token.possessive:
                continue
        elif run and token.form in PARTICLES:
            continue
        elif run and _ends_name(token):
            run.append(at)
            continue
        if run:
            yield tuple(run)
        run = []
    if run:
        yield tuple(run)


def _ends_name(token: Token) -> bool:
    """The "un" of "Kim Jong-un", not the "backed" of "Russia-backed"."""
    return token.joined and token.kind == "word" and token.form not in common_words()


def _is_name(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    if (
        token.kind != "word"
        or not token.capital
        or token.form in TITLES
        or (not token.content and not token.text.isupper())
    ):
        return False
    if token.key.startswith("month:") or token.form in CALENDAR:
        return False
    if not token.content and len(token.text) < 2:
        return False
    if reading.capitals_tell and not token.opens:
        return True
    return _opening_is_name(reading.tokens, at)


def _opening_is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the first word of a sentence is a name: it is no common word."""
    token = tokens[at]
    if len(token.text) > 1 and token.text.isupper() and not all(t.text.isupper() for t in tokens if t.kind == "word"):
        return True
    return token.key.startswith("@") or token.form not in common_words()


def _source_keys(source: Reading) -> dict[str, list[int]]:
    """Key -> every place in the source, function words included: "US" may be read as one."""
    table = source.memo.get("all keys")
    if table is None:
        made: dict[str, list[int]] = {}
        for at, token in enumerate(source.tokens):
            if token.kind == "word":
                made.setdefault(token.key, []).append(at)
        table = source.memo["all keys"] = made
    return table  # type: ignore[return-value]


def _found(case: Case, run: Run, source: dict[str, list[int]]) -> bool:
    tokens = case.claim.tokens
    keys = tuple(tokens[at].key for at in run)
    if _together(case.source, keys, source) or _as_initials(case.source, keys, [tokens[at].text for at in run]):
        return True
    if case.others.named(keys):
        return True
    if tokens[run[0]].opens and len(run) > 1 and keys[0] not in source:
        return False
    return _split(case, run, source)


def _together(source: Reading, keys: tuple[str, ...], places: dict[str, list[int]]) -> bool:
    """Whether the words stand in the source close together and in order; words between may be dropped."""
    for start in places.get(keys[0], ()):
        at = start
        for key in keys[1:]:
            following = next(
                (
                    p
                    for p in range(at + 1, min(at + 5, len(source.tokens)))
                    if source.tokens[p].key == key and _one_name(source, at, p)
                ),
                None,
            )
            if following is None:
                break
            at = following
        else:
            return True
    return False


def _one_name(source: Reading, first: int, last: int) -> bool:
    """Whether nothing but capitalised words stands between: no mark, no "and"."""
    return all(
        t.kind == "word" and (t.capital or t.form in PARTICLES or t.form in {"of", "the"})
        for t in source.tokens[first + 1 : last]
    )


def _as_initials(source: Reading, keys: tuple[str, ...], words: list[str]) -> bool:
    """KCNA for Korean Central News Agency, and the other way round."""
    names = name_runs(source)
    if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 6:
        short = _SHORT_NAMES.get(words[0].lower())
        if short and _together(source, short, _source_keys(source)):
            return True
        return any("".join(source.tokens[at].text[0] for at in run) == words[0] for run in names if len(run) > 1)
    if any(word.isupper() for word in words):
        return False
    initials = "".join(word[0] for word in words)
    if any("".join(source.tokens[at].text[0] for at in run) == initials for run in names if len(run) > 1):
        return False  # the source spells it out, and not like this
    return len(words) > 1 and any(
        source.tokens[at].text == initials or _SHORT_NAMES.get(source.tokens[at].form) == keys
        for run in names
        for at in run
    )


def _split(case: Case, run: Run, source: dict[str, list[int]]) -> bool:
    """A run such as "Russian Kremlin" or "Korea Defence Ministry" may join an adjective of place and a name."""
    tokens = case.claim.tokens
    if len(run) < 2:
        return False
    if tokens[run[0]].form in COUNTRIES:
        return all(_found(case, part, source) for part in (run[:1], run[1:]))
    if tokens[run[0]].opens and tokens[run[0]].form in common_words():
        return _found(case, run[1:], source)
    return False


def _written(reading: Reading, run: Run) -> str:
    return " ".join(reading.tokens[at].text for at in run)
