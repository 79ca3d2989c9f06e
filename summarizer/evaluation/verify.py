"""Whether stored results still hold: nothing in the file is believed that the article's text can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.evaluation.findings import Audit, Finding
from summarizer.evaluation.sources import Found
from summarizer.evaluation.stored import Stored, refs_in, refs_of, several
from summarizer.grounding import Check, Checker, Grounder, check
from summarizer.pipeline import library_version
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import ArticleRef, Result
from summarizer.settings import Level, Policy
from summarizer.tasks.base import Task
from summarizer.tasks.view import Place, fields_of
from summarizer.views.dossier import known_task

SAME_SCORE = 0.02
"""How far probabilities of one reader may lie apart on two machines."""
Tasks = Mapping[str, Task[Any, Any, Any]]


def verify(stored: Sequence[Stored], found: Found, tasks: Tasks | None = None) -> Audit:
    """Verify results against the texts of their articles.

    Every span and mention must be its slice of the text and lie in the sentence it names; every claim must hold in
    its sentences, as `verbatim` or by the check at the level it was made at; dates, quantities, names and
    short answers must be what the text gives, as their task tells. Claims that the results themselves call `unchecked`
    are counted only.

    Args:
        stored: the results, from `read_stored`.
        found: their articles, from `find_articles`.
        tasks: the user's own tasks by name; statements in their results are checked where the schema tells them.

    """
    audit = Audit(results=len(stored))
    groups: dict[str, list[Stored]] = {}
    for one in stored:
        if one.result is None:
            audit.findings.append(Finding(one.line, "", "", "", "invalid", one.fault))
        else:
            groups.setdefault(one.result.article.id, []).append(one)
    here = library_version()
    audit.other_version = sum(one.result is not None and one.result.run.version != here for one in stored)
    audit.articles = len({ref.id for ref in refs_in(stored)})
    for group in groups.values():
        library = _Library(found.articles)
        for one in group:
            _verify(one, found, library, tasks or {}, audit)
    audit.findings.sort(key=lambda finding: finding.line)
    return audit


class _Library:
    """The articles, each analysed once for each day it is said to be from."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._analyses: dict[tuple[str, date | None], Analysis] = {}

    def article(self, identity: str) -> Article | None:
        """The article of that id, where it is at hand."""
        return self._articles.get(identity)

    def analysis(self, ref: ArticleRef) -> Analysis:
        """What code finds in the article as it was published on the day the result says."""
        known = (ref.id, ref.published)
        if known not in self._analyses:
            self._analyses[known] = Analysis(replace(self._articles[ref.id], published=ref.published))
        return self._analyses[known]


def _verify(one: Stored, found: Found, library: _Library, tasks: Tasks, audit: Audit) -> None:
    result = one.result
    assert result is not None
    refs = {ref.id: ref for ref in refs_of(result)}
    missing = [ref for ref in refs.values() if ref.id not in found.articles]
    for ref in missing:
        _note(audit, one, "", *found.why_missing(ref))
    if missing:
        audit.unverified += 1
    else:
        _Examination(one, result, refs, library, tasks.get(result.task) or known_task(result.task), audit).run()


def _note(audit: Audit, one: Stored, where: str, code: str, message: str) -> None:
    assert one.result is not None
    audit.findings.append(Finding(one.line, one.result.article.source, one.result.task, where, code, message))


@dataclass(frozen=True)
class _Examination:
    """One result before the texts of its articles: one, or several for an answer that was looked for in many."""

    stored: Stored
    result: Result[Any]
    refs: Mapping[str, ArticleRef]
    library: _Library
    task: Task[Any, Any, Any] | None
    audit: Audit

    def run(self) -> None:
        """Look at everything, and note what does not hold."""
        for ref in self.refs.values():
            self._notes("", _reference(ref, self.library.analysis(ref).article))
        self._notes("", self._coverage())
        nodes = list(pointed(self.result.value))
        for where, node in nodes:
            if not isinstance(node, Claim):
                self.audit.places += 1
                self._notes(where, self._place(node))
        for where, node in nodes:
            if isinstance(node, Claim):
                self.audit.claims += 1
                self.audit.unchecked += node.support == "unchecked"
                self._notes(where, self._claim(where, node))
        self._notes("", self._unexplained())
        for where, code, message in self._misread():
            self._notes(where, [(code, message)])

    def _misread(self) -> Iterator[tuple[str, str, str]]:
        """Facts beside the claims; what an issue of the result tells already is no news."""
        value, task = self.result.value, self.task
        if task is None or not isinstance(value, task.value):
            return
        own = None if several(self.result) else self._analysis(self.result.article.id)
        grounder = Grounder(own, Checker(self._level), Policy.FLAG) if own else None
        told = {issue.message for issue in self.result.issues}
        for found in task.misread(value, grounder):
            if not any(message and found.message.endswith(message) for message in told):
                yield found

    def _unexplained(self) -> Iterator[tuple[str, str]]:
        """A claim is `unchecked` for a reason, and an issue tells it."""
        nodes = (node for _, node in pointed(self.result.value))
        unchecked = any(isinstance(node, Claim) and node.support == "unchecked" for node in nodes)
        if unchecked and not any(issue.action == "flagged" for issue in self.result.issues):
            yield "claim_fails", "a claim is marked unchecked, and no issue tells why"

    def _notes(self, where: str, wrong: Iterable[tuple[str, str]]) -> None:
        for code, message in wrong:
            _note(self.audit, self.stored, where, code, message)

    def _analysis(self, identity: str) -> Analysis | None:
        return self.library.analysis(self.refs[identity]) if identity in self.refs else None

    def _coverage(self) -> Iterator[tuple[str, str]]:
        """Of several articles coverage is a sum over all that were asked, and not all of them are named."""
        told = self.result.coverage
        one = self._analysis(self.result.article.id) if not several(self.result) else None
        there = len(one.article.sentences) if one else told.sentences
        if told.sentences != there or told.read > told.sentences:
            yield (
                "wrong_coverage",
                f"{told.read:,} of {told.sentences:,} sentences are told of, the article has {there:,}",
            )

    def _place(self, place: Place) -> Iterator[tuple[str, str]]:
        analysis = self._analysis(place.article or self.result.article.id)
        if analysis is None:
            yield "missing_article", f"the result names no article {(place.article or '')[:12]}"
            return
        article = analysis.article
        if place.start < 0 or not place.text or article.text[place.start : place.end] != place.text:
            there = article.text[max(0, place.start) : max(0, place.end)]
            yield (
                "moved_span",
                f"at {place.start}:{place.end} the article says {_short(there)}, not {_short(place.text)}",
            )
            return
        sentence = article.sentence(place.sentence)
        if sentence is None or not sentence.start <= place.start < place.end <= sentence.end:
            yield "wrong_sentence", f"{place.start}:{place.end} is not in sentence {place.sentence}"

    def _claim(self, where: str, claim: Claim) -> Iterator[tuple[str, str]]:
        if not claim.evidence:
            yield "no_evidence", f"{_short(claim.text)} cites no sentence"
        elif claim.support == "verbatim" and not self._is_verbatim(where, claim):
            yield "claim_fails", f"{_short(claim.text)} is not the words of the sentence it cites"
        elif claim.support == "checked":
            outcome = self._check(claim, self._level)
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

    def _check(self, claim: Claim, level: Level) -> Check:
        analysis = self._analysis(claim.evidence[0].article or self.result.article.id)
        return check(claim.text, claim.evidence, level=level, article=analysis)

    def _second_opinion(self, claim: Claim) -> bool:
        """Whether the result says that a second model supports the claim; no fact of it is wrong."""
        told = repr(claim.text)
        return any(one.code == "second_opinion" and one.message.startswith(told) for one in self.result.issues)

    @property
    def _level(self) -> Level:
        """The level the run tells."""
        return self.result.run.level or Level.BALANCED

    def _is_verbatim(self, where: str, claim: Claim) -> bool:
        """A sentence or a safe trim of it; a phrase must only stand there."""
        if self.task and where.rpartition("/")[2] in self.task.phrases:
            texts = [span.text for span in claim.evidence]
            return any(claim.text in " ".join(text.split()) or claim.text in text for text in texts)
        return bool(self._check(claim, Level.STRICT).supported)


def pointed(value: Any, where: str = "") -> Iterator[tuple[str, Claim | Place]]:
    """Every claim, span and mention anywhere in a value, with a JSON pointer to it."""
    if isinstance(value, (Claim, Span, Mention)):
        yield where, value
    if isinstance(value, Mapping | BaseModel):
        inside = [(name.replace("~", "~0").replace("/", "~1"), one) for name, one in fields_of(value).items()]
    else:
        inside = [(str(number), one) for number, one in enumerate(value if isinstance(value, (list, tuple)) else ())]
    for name, one in inside:
        yield from pointed(one, f"{where}/{name}")


def _reference(told: ArticleRef, article: Article) -> Iterator[tuple[str, str]]:
    if told.characters != len(article.text):
        yield "wrong_length", f"the article has {len(article.text):,} characters, not {told.characters:,}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return repr(one_line if len(one_line) <= 80 else one_line[:79] + "…")
