"""One draft on its way to a value: each claim is checked, and what does not hold is dealt with by the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.errors import Ungrounded
from summarizer.grounding.checker import Check, Checker
from summarizer.grounding.evidence import gives, in_order, others, replacement
from summarizer.grounding.opinions import Opinions, key_of
from summarizer.schemas.evidence import Claim, Span, Support
from summarizer.schemas.result import Action, Issue
from summarizer.settings import Level, Policy

V = TypeVar("V", bound=BaseModel)
LEAST_RISE = 0.2
"""Of the probability of support, by a sentence that joins the evidence: any sentence more may nudge it by less."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim that does not hold.

    Args:
        where: JSON pointer into the draft.
        text: what it says.
        problems: why it does not hold, for the reader of the issue.
        certain: of these, what is sure and may be told to a model: the number, date or name that differs.
        cited: the sentences it cites.
        undecided: whether a second opinion may support it.

    """

    where: str
    text: str
    problems: tuple[str, ...]
    certain: tuple[str, ...] = ()
    cited: tuple[Span, ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Grounded(Generic[V]):
    """A checked value (None where nothing could be kept), and what happened on the way.

    `decided` counts the fields the model set that passed; `failures` are those to ask for again.
    """

    value: V | None
    issues: tuple[Issue, ...]
    failures: tuple[Failure, ...]
    decided: int


@dataclass
class Grounder:
    """Grounds the claims of one draft.

    Args:
        analysis: what code knows of the article.
        checker: who judges.
        policy: what is done with a claim that does not hold.
        by_model: pointers of the fields the model set; None means all of them.
        language: the language the claims were asked for in, None for the article's own.
        opinions: what a second model says of claims that the checker cannot decide.

    """

    analysis: Analysis
    checker: Checker
    policy: Policy
    by_model: frozenset[str] | None = None
    language: str | None = None
    opinions: Opinions = field(default_factory=Opinions)
    issues: list[Issue] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    decided: int = 0

    def claim(self, text: str, evidence: Sequence[Span], where: str, *, keep_short: bool = False) -> Claim | None:
        """The claim as it may be said: as proposed, on more evidence, by its sentences, flagged, or not at all.

        With `keep_short` whole sentences do not stand in for it: it is a label.

        Raises:
            Ungrounded: it does not hold and the policy is `fail`.

        """
        text = " ".join(text.split())
        cited = self._cited(evidence, where)
        outcome = self._checked(text, cited)
        if support := self._support(outcome, where):
            self.count(where)
            return Claim(text=text, evidence=cited, support=support, score=outcome.score)
        if mended := self._mended(text, cited, where, outcome.score or 0.0):
            self.count(where)
            return mended
        policy = Policy.DROP if keep_short and self.policy == Policy.REASK else self.policy
        return self._failed(outcome, text, cited, where, policy)

    def count(self, where: str) -> None:
        """Note that the field at `where` stays as it was proposed."""
        if self.by_model is None or where in self.by_model:
            self.decided += 1

    def note(self, code: str, where: str, message: str, action: Action) -> None:
        """Tell the reader something."""
        self.issues.append(Issue(code=code, where=where, message=message, action=action))

    def amend(self, code: str, where: str, message: str, action: Action) -> None:
        """Tell that a field beside the claims was put right or left out.

        Raises:
            Ungrounded: the policy is `fail`.

        """
        if self.policy == Policy.FAIL:
            raise Ungrounded(f"{where}: {message}")
        self.note(code, where, message, action)

    def grounded(self, value: V | None) -> Grounded[V]:
        """The outcome with this value."""
        return Grounded(value, tuple(self.issues), tuple(self.failures), self.decided)

    def _cited(self, evidence: Sequence[Span], where: str) -> list[Span]:
        if unknown := [str(span.sentence) for span in evidence if not span.resolved]:
            self.note("unknown_sentence", where, f"there is no sentence {', '.join(unknown)}", "dropped")
        return list({span.start: span for span in evidence if span.resolved}.values())

    def _checked(self, text: str, cited: Sequence[Span]) -> Check:
        if not cited:
            return Check(False, None, ("it cites no sentence",))
        return self.checker.check(text, cited, self.analysis, language=self.language)

    def _support(self, outcome: Check, where: str) -> Support | None:
        if outcome.supported is None:
            self.note("unchecked", where, "; ".join(outcome.problems), "flagged")
            return "unchecked"
        if outcome.verbatim:
            return "verbatim"
        return "checked" if outcome.supported else None

    def _mended(self, text: str, cited: list[Span], where: str, score: float) -> Claim | None:
        """The claim on evidence that carries it: one other sentence alone, else its own and one that earns its place.

        It does by a word of the claim that the cited ones lack, and by `LEAST_RISE` of the probability.
        """
        said = [span.text for span in cited]
        found = others(text, said, [span.sentence for span in cited], self.analysis)
        alone = [[Span.of(sentence)] for sentence in found if gives(sentence.text, text, ())]
        joined = [in_order([*cited, *more]) for more in alone if cited and gives(more[0].text, text, said)]
        for how, sets, least in ("moved to", alone, 0.0), ("joined by", joined, score + LEAST_RISE):
            self.checker.judge_ahead([(text, spans) for spans in sets], self.analysis, language=self.language)
            checked = [(spans, self._checked(text, spans)) for spans in sets]
            held = [(1.0 if out.verbatim else out.score or 0.0, spans, out) for spans, out in checked if out.supported]
            likelihood, spans, outcome = max(held, key=lambda one: one[0], default=(-1.0, [], None))
            if outcome and likelihood >= min(least, 1.0):
                added = next(span.sentence for span in spans if span not in cited)
                told = f"its evidence was {how} sentence {added}, which carries it"
                self.note("evidence_moved", where, told, "moved")
                support = self._support(outcome, where) or "checked"
                return Claim(text=text, evidence=spans, support=support, score=outcome.score)
        return None

    def _failed(self, outcome: Check, text: str, cited: list[Span], where: str, policy: Policy) -> Claim | None:
        key, problems = key_of(text, cited), outcome.problems
        if outcome.undecided and key in self.opinions.supported:
            self.count(where)
            self.note("second_opinion", where, f"{text!r} is a close case; {self.opinions.by} supports it", "none")
            return Claim(text=text, evidence=cited, support="checked", score=outcome.score)
        if outcome.undecided and key in self.opinions.refused:
            problems = (*problems, f"{self.opinions.by} does not find it supported")
        certain = problems if outcome.score is None and self.checker.level != Level.STRICT and cited else ()
        self.failures.append(Failure(where, text, problems, certain, tuple(cited), outcome.undecided))
        why = "; ".join(problems)
        match policy:
            case Policy.FAIL:
                raise Ungrounded(f"{where}: {text!r} does not hold: {why}")
            case Policy.FLAG if cited:
                self.note("ungrounded", where, why, "flagged")
                return Claim(text=text, evidence=cited, support="unchecked", score=outcome.score)
            case Policy.REASK if cited:
                self.note("ungrounded", where, f"{text!r}: {why}", "replaced")
                return Claim(text=replacement(cited, self.analysis), evidence=in_order(cited), support="verbatim")
            case _:
                self.note("ungrounded", where, f"{text!r}: {why}", "dropped")
                return None
