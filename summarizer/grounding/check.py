"""Check one claim against the sentences it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import calendar, coverage, facts, modality, names, order, polarity, slots
from summarizer.grounding.aliases import Grounds, prepare
from summarizer.grounding.alignment import align
from summarizer.grounding.case import Case, NoOtherNames
from summarizer.grounding.language import is_english
from summarizer.grounding.reading import Reading, read
from summarizer.grounding.score import score, threshold
from summarizer.grounding.verbatim import is_whole, subsequence_problems

Level = Literal["strict", "lenient"]


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
    own, source = read([claim]), read(texts)
    if not is_english(" ".join((claim, *texts))):
        return _unread(own, source)
    grounds = prepare(article) if article is not None else None
    case = Case(
        align(own, source),
        level == "strict",
        grounds.other_names(sentences) if grounds else NoOtherNames(),
        (claim, *texts),
        grounds.published if grounds else None,
    )
    return _strict(case, own, texts) if level == "strict" else _lenient(case)


def _unread(claim: Reading, source: Reading) -> Check:
    wrong = tuple(facts.bare_numbers(claim, source))
    if wrong:
        return Check(False, 0.0, wrong)
    return Check(None, 0.0, ("the language of this text is not read: only its numbers were checked",))


def _facts(case: Case) -> Iterator[str]:
    for room in (facts, calendar, names, polarity, modality, order, slots):
        yield from room.problems(case)


def _strict(case: Case, claim: Reading, texts: Sequence[str]) -> Check:
    found = list(dict.fromkeys((*_facts(case), *coverage.problems(case))))
    if not found:
        found = list(subsequence_problems(claim, case.source))
    measured = score(coverage.coverage(case.alignment), len(found))
    return Check(not found, measured, tuple(found))


def _lenient(case: Case) -> Check:
    found = tuple(dict.fromkeys(_facts(case)))
    measured = score(coverage.coverage(case.alignment), len(found))
    if found:
        return Check(False, measured, found)
    if measured < threshold():
        new = [case.claim.tokens[at].text for at in case.alignment.novel][:6]
        said = f"the wording is too far from the cited sentences: {', '.join(new)}" if new else "the words are put together otherwise than in the cited sentences"  # fmt: skip
        return Check(False, measured, (said,), undecided=True)
    return Check(True, measured, ())
