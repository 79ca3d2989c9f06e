"""Check one claim against the sentences it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import calendar, facts, modality, names, order, polarity, slots
from summarizer.grounding.aliases import Grounds, prepare
from summarizer.grounding.alignment import align
from summarizer.grounding.case import Case, NoOtherNames
from summarizer.grounding.coverage import Coverage
from summarizer.grounding.language import is_english
from summarizer.grounding.reading import Reading, read
from summarizer.grounding.score import score, threshold
from summarizer.grounding.subsequence import is_whole, new_or_moved, subsequence_problems
from summarizer.settings import Level

LONGEST_CLAIM = 3000
"""In characters. A longer text is no single statement; only the whole of a cited sentence passes at any length."""


class Spanned(Protocol):
    """A sentence or span of evidence, with its place in the article."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome: `supported`, a score from 0 to 1, and what does not hold, in words a person can read.

    `supported` is None where the check cannot read the language of the text: then the claim is `unchecked`.
    `undecided` tells that no fact of the claim is wrong, but its wording is too far from the sentences to accept it:
    a second opinion may.
    """

    supported: bool | None
    score: float
    problems: tuple[str, ...]
    undecided: bool = False


def check(
    claim: str,
    sentences: Sequence[str | Spanned],
    *,
    level: Level = "lenient",
    article: Article | Analysis | Grounds | None = None,
) -> Check:
    """Whether `claim` holds in `sentences`, the one or two it cites.

    Args:
        claim: one statement.
        sentences: the cited sentences, as text or as spans with their place in the article.
        level: `strict` for the text of a small model: words of one sentence in their order, nothing new, nothing
            dropped that changes the meaning. `lenient` for that of a strong one: it may word things anew, but
            numbers, units, dates, names, negations, hedges, reports and roles must be those of the sentences.
        article: the article, for its names and its date; what `prepare` gives saves the look-up.

    """
    texts = [s if isinstance(s, str) else s.text for s in sentences]
    if not claim.strip():
        return Check(False, 0.0, ("the claim is empty",))
    if not any(text.strip() for text in texts):
        return Check(False, 0.0, ("no sentence is cited",))
    if any(is_whole(claim, text) for text in texts):
        return Check(True, 1.0, ())
    if len(claim) > LONGEST_CLAIM:
        return Check(False, 0.0, (f"the claim is too long to be one statement: {len(claim):,} characters",))
    if not is_english(" ".join((claim, *texts))):
        return _unread(read([claim]), read(texts))
    case = _case(claim, sentences, texts, level, article)
    if not case.claim.content:
        return Check(False, 0.0, ("the claim says nothing that could be checked",))
    return _strict(case) if level == "strict" else _lenient(case)


def examine(
    claim: str, sentences: Sequence[str | Spanned], *, article: Article | Analysis | Grounds | None = None
) -> tuple[Coverage, dict[str, int]]:
    """What the lenient check measures of a claim: its coverage and the number of problems of each room."""
    case = _case(claim, sentences, [s if isinstance(s, str) else s.text for s in sentences], "lenient", article)
    return case.coverage, {name: len(found) for name, found in _wrong_facts(case).items()}


def _case(
    claim: str,
    sentences: Sequence[str | Spanned],
    texts: Sequence[str],
    level: Level,
    article: Article | Analysis | Grounds | None,
) -> Case:
    grounds = prepare(article) if article is not None else None
    return Case(
        align(read([claim]), read(texts)),
        level == "strict",
        grounds.other_names(sentences) if grounds else NoOtherNames(),
        (claim, *texts),
        grounds.published if grounds else None,
    )


def _unread(claim: Reading, source: Reading) -> Check:
    wrong = tuple(facts.bare_numbers(claim, source))
    if wrong:
        return Check(False, 0.0, wrong)
    return Check(None, 0.0, ("the language of this text is not read: only its numbers were checked",))


_ROOMS = {
    "facts": facts, "calendar": calendar, "names": names, "polarity": polarity, "modality": modality, "order": order,
    "slots": slots,
}  # fmt: skip
_LONGEST_NEW = 3
_LEAST_COVERED = 0.5


def _wrong_facts(case: Case) -> dict[str, list[str]]:
    """Problems by room, each once."""
    return {name: list(dict.fromkeys(room.problems(case))) for name, room in _ROOMS.items()}


def _strict(case: Case) -> Check:
    wrong = _wrong_facts(case)
    found = list(dict.fromkeys((*_flat(wrong), *new_or_moved(case))))
    if not found:
        found = list(subsequence_problems(case.claim, case.source))
    return Check(not found, _score(case, wrong), tuple(found))


def _lenient(case: Case) -> Check:
    wrong = _wrong_facts(case)
    measured = _score(case, wrong)
    found = tuple(dict.fromkeys(_flat(wrong)))
    if found:
        return Check(False, measured, found)
    unsure = _too_far(case, measured)
    return Check(not unsure, measured, (unsure,) if unsure else (), undecided=bool(unsure))


def _flat(wrong: dict[str, list[str]]) -> Iterator[str]:
    for problems in wrong.values():
        yield from problems


def _score(case: Case, wrong: dict[str, list[str]]) -> float:
    return score(case.coverage, {name: len(problems) for name, problems in wrong.items()})


def _too_far(case: Case, measured: float) -> str:
    """Why the wording alone is not enough to accept the claim; "" where it is."""
    covered = case.coverage
    stretch = covered.longest_new
    if measured >= threshold() and covered.words >= _LEAST_COVERED and len(stretch) < _LONGEST_NEW:
        return ""
    new = stretch if len(stretch) >= _LONGEST_NEW else case.alignment.novel
    words = ", ".join(case.claim.tokens[at].text for at in new[:6])
    if not words:
        return "the words are put together otherwise than in the cited sentences"
    return f"the cited sentences do not say: {words}"
