"""Whether stored results still hold: nothing in the file is believed that the article's text can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.audit.facts import wrong_facts
from summarizer.audit.places import claims_of, places_of
from summarizer.audit.sources import Found
from summarizer.audit.stored import Stored
from summarizer.engines.choose import own_level
from summarizer.grounding import Grounds, check, verbatim
from summarizer.schemas.evidence import Claim, Mention, Span
from summarizer.schemas.result import Result
from summarizer.settings import Level

Place = Span | Mention


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `line` is that of the results file, `where` a JSON pointer into the value."""

    line: int
    source: str
    task: str
    where: str
    code: str
    message: str


@dataclass
class Audit:
    """What was verified, and what does not hold."""

    results: int = 0
    articles: int = 0
    places: int = 0
    claims: int = 0
    unchecked: int = 0
    unverified: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found to be wrong."""
        return not self.findings

    @property
    def by_code(self) -> dict[str, int]:
        """How many findings there are of each code."""
        return dict(Counter(finding.code for finding in self.findings))


def verify(stored: Sequence[Stored], found: Found) -> Audit:
    """Verify results against the texts of their articles.

    Every span and mention must be its slice of the text and lie in the sentence it names; every claim must hold in
    its sentences, as `verbatim` or by the check at the level it was made at; dates, quantities, names and
    short answers must be what the text gives. Claims that the results themselves call `unchecked` are counted only.

    Args:
        stored: the results, from `read_stored`.
        found: their articles, from `find_articles`.

    """
    audit = Audit(results=len(stored))
    groups: dict[str, list[Stored]] = {}
    for one in stored:
        if one.result is None:
            audit.findings.append(Finding(one.line, "", "", "", "invalid", one.fault))
        else:
            groups.setdefault(one.result.article.id, []).append(one)
    audit.articles = len(groups)
    for group in groups.values():
        _verify_group(group, found, audit)
    audit.findings.sort(key=lambda finding: finding.line)
    return audit


def _verify_group(group: Sequence[Stored], found: Found, audit: Audit) -> None:
    """The results on one article: it is analysed once for each day it is said to be from."""
    grounds: dict[Any, Grounds] = {}
    for one in group:
        result = one.result
        assert result is not None
        article = found.articles.get(result.article.id)
        if article is None:
            audit.unverified += 1
            _note(audit, one, "", *found.why_missing(result.article))
            continue
        day = result.article.published
        if day not in grounds:
            grounds[day] = Grounds(Analysis(replace(article, published=day)))
        _Examination(one, result, grounds[day], found.articles, audit).run()


def _note(audit: Audit, one: Stored, where: str, code: str, message: str) -> None:
    assert one.result is not None
    audit.findings.append(Finding(one.line, one.result.article.source, one.result.task, where, code, message))


@dataclass(frozen=True)
class _Examination:
    """One result before the text of its article."""

    stored: Stored
    result: Result[Any]
    grounds: Grounds
    articles: Mapping[str, Article]
    audit: Audit

    def run(self) -> None:
        self._reference()
        value = self.result.value
        for where, place in places_of(value):
            self.audit.places += 1
            self._notes(where, self._place(place))
        for where, claim in claims_of(value):
            self.audit.claims += 1
            self.audit.unchecked += claim.support == "unchecked"
            self._notes(where, self._claim(where, claim))
        for where, code, message in wrong_facts(value, self.grounds.analysis):
            self._note(where, code, message)

    def _note(self, where: str, code: str, message: str) -> None:
        _note(self.audit, self.stored, where, code, message)

    def _notes(self, where: str, wrong: Iterable[tuple[str, str]]) -> None:
        for code, message in wrong:
            self._note(where, code, message)

    def _reference(self) -> None:
        article, told, read = self.grounds.analysis.article, self.result.article, self.result.coverage
        if told.characters != len(article.text):
            self._note("", "wrong_length", f"the article has {len(article.text):,} characters, not {told.characters:,}")
        if read.sentences != len(article.sentences) or read.read > read.sentences:
            there = f"the article has {len(article.sentences):,} sentences"
            self._note("", "wrong_coverage", f"{there}, the result tells of {read.read:,} of {read.sentences:,}")

    def _place(self, place: Place) -> Iterator[tuple[str, str]]:
        own = self.grounds.analysis.article
        article = self.articles.get(place.article) if place.article else own
        if article is None:
            yield "missing_article", f"the evidence is in article {(place.article or '')[:12]}, which is not at hand"
        elif place.start < 0 or not place.text or article.text[place.start : place.end] != place.text:
            there = article.text[max(0, place.start) : max(0, place.end)]
            yield (
                "moved_span",
                f"at {place.start}:{place.end} the article says {_short(there)}, not {_short(place.text)}",
            )
        else:
            sentence = article.sentence(place.sentence)
            if sentence is None or not sentence.start <= place.start < place.end <= sentence.end:
                yield "wrong_sentence", f"{place.start}:{place.end} is not in sentence {place.sentence}"

    def _claim(self, where: str, claim: Claim) -> Iterator[tuple[str, str]]:
        if not claim.evidence:
            yield "no_evidence", f"{_short(claim.text)} cites no sentence"
        elif claim.support == "verbatim" and not self._is_verbatim(where, claim):
            yield "claim_fails", f"{_short(claim.text)} is not the words of the sentence it cites"
        elif claim.support == "checked":
            outcome = check(claim.text, claim.evidence, level=self._level, article=self.grounds)
            if not outcome.supported and not (outcome.undecided and self._second_opinion(claim)):
                yield "claim_fails", f"{_short(claim.text)} does not hold: {'; '.join(outcome.problems)}"

    def _second_opinion(self, claim: Claim) -> bool:
        """Whether the result says that a second model supports the claim; no fact of it is wrong."""
        told = repr(claim.text)
        return any(one.code == "second_opinion" and one.message.startswith(told) for one in self.result.issues)

    @property
    def _level(self) -> Level:
        """The level the run tells; results of before that was recorded were checked at their engine's own."""
        run = self.result.run
        return run.level or own_level(run.model)

    def _is_verbatim(self, where: str, claim: Claim) -> bool:
        """A sentence or a safe trim of it; a role is a phrase, for which it is enough to stand there."""
        texts = [span.text for span in claim.evidence]
        if where.endswith("/role"):
            return any(claim.text in " ".join(text.split()) or claim.text in text for text in texts)
        return verbatim(claim.text, texts)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return repr(one_line if len(one_line) <= 80 else one_line[:79] + "…")
