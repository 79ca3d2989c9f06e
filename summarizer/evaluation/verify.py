"""Whether stored results still hold: nothing in the file is believed that the article's text can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from summarizer.analysis import Analysis
from summarizer.evaluation.stored import Found, Stored, refs_in, several
from summarizer.grounding import Check, Checker, Grounder, check
from summarizer.pipeline import library_version
from summarizer.reader import load_reader
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import ArticleRef, Result
from summarizer.settings import Level, Policy
from summarizer.tasks.base import Misread, Task
from summarizer.tasks.view import Place, pointed
from summarizer.views.dossier import known_task, refs_of

SAME_SCORE = 0.02
"""How far probabilities of one reader may lie apart on two machines."""
Tasks = Mapping[str, Task[Any, Any, Any]]
Wrong = Iterator[tuple[str, str]]
"""A code and a message for each thing that does not hold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `line` is that of the results `file`, `where` a JSON pointer into the value."""

    file: str
    line: int
    source: str
    task: str
    where: str
    code: str
    message: str


@dataclass
class Audit:
    """What was verified, and what does not hold.

    `second_opinions` counts claims whose facts hold and whose wording a second model is said to have judged;
    `other_version` counts results made by another version of the library, which may read names and dates differently.
    """

    results: int = 0
    articles: int = 0
    places: int = 0
    claims: int = 0
    unchecked: int = 0
    second_opinions: int = 0
    unverified: int = 0
    other_version: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found to be wrong."""
        return not self.findings


def verify(stored: Sequence[Stored], found: Found, tasks: Tasks | None = None) -> Audit:
    """Verify results against the texts of their articles; `tasks` are the user's own by name.

    Every span and mention must be its slice of the text and lie in the sentence it names; every claim must hold in
    its sentences, as `verbatim` or by the check at the level it was made at; dates, quantities, names and
    short answers must be what the text gives, as their task tells. Claims that the results themselves call `unchecked`
    are counted only.
    """

    @lru_cache(maxsize=16)
    def analysis(identity: str, published: date | None, heard: bool = False) -> Analysis:
        """What code finds in the article as it was published on the day the result says; `heard`: with the reader."""
        return Analysis(replace(found.articles[identity], published=published), load_reader() if heard else None)

    audit = Audit(results=len(stored), articles=len({ref.id for ref in refs_in(stored)}))
    for one in sorted(stored, key=lambda one: one.result.article.id if one.result else ""):
        if one.result is None:
            audit.findings.append(Finding(one.file, one.line, "", "", "", "invalid", one.fault))
            continue
        result, refs = one.result, {ref.id: ref for ref in refs_of(one.result)}
        audit.other_version += result.run.version != library_version()
        missing = [("", *found.why_missing(ref)) for ref in refs.values() if ref.id not in found.articles]
        audit.unverified += bool(missing)
        task = (tasks or {}).get(result.task) or known_task(result.task)
        wrong = missing or _Examination(result, refs, analysis, task, audit).wrong()
        audit.findings += [Finding(one.file, one.line, result.article.source, result.task, *told) for told in wrong]
    audit.findings.sort(key=lambda finding: (finding.file, finding.line))
    return audit


@dataclass(frozen=True)
class _Examination:
    """One result before the texts of its articles: one, or several for an answer that was looked for in many."""

    result: Result[Any]
    refs: Mapping[str, ArticleRef]
    analyses: Callable[..., Analysis]
    task: Task[Any, Any, Any] | None
    audit: Audit

    def wrong(self) -> Iterator[tuple[str, str, str]]:
        """Where, by which code and why something does not hold."""
        places = list(pointed(self.result.value, Place))
        claims = list(pointed(self.result.value, Claim))
        unchecked = sum(claim.support == "unchecked" for _, claim in claims)
        self.audit.places += len(places)
        self.audit.claims += len(claims)
        self.audit.unchecked += unchecked
        yield from (("", code, message) for code, message in self._article())
        for where, place in places:
            yield from ((where, code, message) for code, message in self._place(place))
        for where, claim in claims:
            yield from ((where, code, message) for code, message in self._claim(where, claim))
        if unchecked and not any(issue.action == "flagged" for issue in self.result.issues):
            yield "", "claim_fails", "a claim is marked unchecked, and no issue tells why"
        yield from self._misread()

    def _analysis(self, identity: str, *, heard: bool = False) -> Analysis | None:
        return self.analyses(identity, self.refs[identity].published, heard) if identity in self.refs else None

    def _article(self) -> Wrong:
        """Lengths and coverage; of several articles that is a sum over all that were asked, and not all are named."""
        for ref in self.refs.values():
            there = len(self.analyses(ref.id, ref.published).article.text)
            if ref.characters != there:
                yield "wrong_length", f"the article has {there:,} characters, not {ref.characters:,}"
        told = self.result.coverage
        one = None if several(self.result) else self._analysis(self.result.article.id)
        number = len(one.article.sentences) if one else told.sentences
        if told.sentences != number or told.read > told.sentences:
            read = f"{told.read:,} of {told.sentences:,} sentences are told of"
            yield "wrong_coverage", f"{read}, the article has {number:,}"

    def _place(self, place: Place) -> Wrong:
        analysis = self._analysis(place.article or self.result.article.id)
        if analysis is None:
            yield "missing_article", f"the result names no article {(place.article or '')[:12]}"
            return
        article, where = analysis.article, f"{place.start}:{place.end}"
        there = article.text[max(0, place.start) : max(0, place.end)]
        sentence = article.sentence(place.sentence)
        if place.start < 0 or not place.text or there != place.text:
            yield "moved_span", f"at {where} the article says {_short(there)}, not {_short(place.text)}"
        elif sentence is None or not sentence.start <= place.start < place.end <= sentence.end:
            yield "wrong_sentence", f"{where} is not in sentence {place.sentence}"

    def _claim(self, where: str, claim: Claim) -> Wrong:
        if not claim.evidence:
            yield "no_evidence", f"{_short(claim.text)} cites no sentence"
        elif claim.support == "verbatim" and not self._is_verbatim(where, claim):
            yield "claim_fails", f"{_short(claim.text)} is not the words of the sentence it cites"
        elif claim.support == "checked":
            outcome = self._check(claim)
            if outcome.undecided and self._second_opinion(claim):
                self.audit.second_opinions += 1
            elif not outcome.supported:
                yield "claim_fails", f"{_short(claim.text)} does not hold: {'; '.join(outcome.problems)}"
            elif wrong := self._wrong_score(claim, outcome.score):
                yield "wrong_score", wrong

    def _wrong_score(self, claim: Claim, found: float | None) -> str:
        """What is wrong with the reader's probability that a result tells; empty where nobody here can say."""
        told = claim.score
        if told is not None and not 0 <= told <= 1:
            return f"{told} is no probability"
        same = self.result.run.checker == Checker(self._level).name
        if same and told is not None and found is not None and abs(told - found) > SAME_SCORE:
            return f"the reader says {found:.2f}, the result {told:.2f}"
        return ""

    def _check(self, claim: Claim) -> Check:
        analysis = self._analysis(claim.evidence[0].article or self.result.article.id)
        return check(claim.text, claim.evidence, level=self._level, article=analysis)

    def _second_opinion(self, claim: Claim) -> bool:
        """Whether the result says that a second model supports the claim; no fact of it is wrong."""
        told = repr(claim.text)
        return any(one.code == "second_opinion" and one.message.startswith(told) for one in self.result.issues)

    @property
    def _level(self) -> Level:
        return self.result.run.level or Level.BALANCED

    def _is_verbatim(self, where: str, claim: Claim) -> bool:
        """A sentence, a safe trim or a clean cut of it, as the run's check tells; a phrase must only stand there."""
        if self.task and where.rpartition("/")[2] in self.task.phrases:
            return any(
                claim.text in text for span in claim.evidence for text in (span.text, " ".join(span.text.split()))
            )
        outcome = self._check(claim)
        return bool(outcome.supported and outcome.verbatim)

    def _misread(self) -> Iterator[Misread]:
        """Facts beside the claims; what an issue of the result tells already is no news.

        Names are read by code alone, or with the reader's help where code drafted: either reading may be the result's.
        """
        if any(self._misread_by(heard=False)):
            yield from self._misread_by(heard=True)

    def _misread_by(self, *, heard: bool) -> Iterator[Misread]:
        value, task = self.result.value, self.task
        if task is None or not isinstance(value, task.value):
            return
        own = None if several(self.result) else self._analysis(self.result.article.id, heard=heard)
        grounder = Grounder(own, Checker(self._level), Policy.FLAG) if own else None
        told = {issue.message for issue in self.result.issues}
        for found in task.misread(value, grounder):
            if not any(message and found.message.endswith(message) for message in told):
                yield found


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return repr(one_line if len(one_line) <= 80 else one_line[:79] + "…")
