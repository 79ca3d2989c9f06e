"""One draft on its way to a value: each claim is checked, and what does not hold is dealt with by the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.errors import Ungrounded
from summarizer.grounding.check import Check
from summarizer.grounding.opinions import Opinions, key_of
from summarizer.grounding.repair import repair
from summarizer.grounding.titles import is_own_title
from summarizer.grounding.translated import check_in
from summarizer.grounding.verbatim import is_trim
from summarizer.schemas.evidence import Claim, Span, Support
from summarizer.schemas.result import Action, Issue
from summarizer.settings import Level, Policy

V = TypeVar("V", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim that does not hold: where it stands in the draft, what it says, and why it does not hold.

    `undecided` tells that no fact in it is wrong in the sentences `cited`: a second opinion may support it.
    """

    where: str
    text: str
    problems: tuple[str, ...]
    cited: tuple[Span, ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Settled(Generic[V]):
    """A checked value (None where nothing could be kept), and what happened on the way.

    `decided` counts the fields the model set that passed; `failures` are those to ask for again.
    """

    value: V | None
    issues: tuple[Issue, ...]
    failures: tuple[Failure, ...]
    decided: int


@dataclass
class Settling:
    """The court for one draft.

    Args:
        analysis: what code knows of the article.
        level: how strictly claims are read.
        policy: what is done with one that does not hold.
        by_model: pointers of the fields the model set; None means all of them.
        language: the language the claims were asked for in, None for the article's own.
        opinions: what a second model says of claims that the check cannot decide.

    """

    analysis: Analysis
    level: Level
    policy: Policy
    by_model: frozenset[str] | None = None
    language: str | None = None
    opinions: Opinions = field(default_factory=Opinions)
    issues: list[Issue] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    decided: int = 0

    def claim(self, text: str, evidence: Sequence[Span], where: str) -> Claim | None:
        """The claim as it may be said: as proposed, moved to its right sentence, verbatim, flagged, or not at all.

        Raises:
            Ungrounded: it does not hold and the policy is `fail`.

        """
        text = " ".join(text.split())
        cited = self._cited(evidence, where)
        if any(is_trim(text, span.text) for span in cited) or is_own_title(text, self.analysis.article):
            self.count(where)
            return Claim(text=text, evidence=cited, support="verbatim")
        outcome = self._checked(text, cited)
        if support := self._supported(outcome, where):
            self.count(where)
            return Claim(text=text, evidence=cited, support=support)
        if moved := self._moved(text, cited, where):
            self.count(where)
            return moved
        return self._failed(outcome, text, cited, where)

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
        if self.policy == "fail":
            raise Ungrounded(f"{where}: {message}")
        self.note(code, where, message, action)

    def settled(self, value: V | None) -> Settled[V]:
        """The outcome with this value."""
        return Settled(value, tuple(self.issues), tuple(self.failures), self.decided)

    def _cited(self, evidence: Sequence[Span], where: str) -> list[Span]:
        unknown = [span.sentence for span in evidence if not span.resolved]
        if unknown:
            numbers = ", ".join(map(str, unknown))
            self.note("unknown_sentence", where, f"there is no sentence {numbers}", "dropped")
        seen: dict[int, Span] = {span.start: span for span in evidence if span.resolved}
        return list(seen.values())

    def _checked(self, text: str, cited: list[Span]) -> Check:
        if not cited:
            return Check(False, 0.0, ("it cites no sentence",))
        return check_in(self.language, text, cited, level=self.level, article=self.analysis)

    def _supported(self, outcome: Check, where: str) -> Support | None:
        if outcome.supported is None:
            self.note("unchecked", where, "; ".join(outcome.problems), "flagged")
            return "unchecked"
        return "checked" if outcome.supported else None

    def _moved(self, text: str, cited: list[Span], where: str) -> Claim | None:
        right = repair(text, cited, self.analysis, level=self.level)
        if right is None:
            return None
        self.note("evidence_moved", where, f"the claim holds in sentence {right.number}, not where it pointed", "moved")
        support: Support = "verbatim" if is_trim(text, right.text) else "checked"
        return Claim(text=text, evidence=[Span.of(right)], support=support)

    def _failed(self, outcome: Check, text: str, cited: list[Span], where: str) -> Claim | None:
        key, problems = key_of(text, cited), outcome.problems
        if outcome.undecided and key in self.opinions.supported:
            return self._second_opinion(text, cited, where)
        if outcome.undecided and key in self.opinions.refused:
            problems = (*problems, f"{self.opinions.by} does not find it supported")
        self.failures.append(Failure(where, text, problems, tuple(cited), outcome.undecided))
        why = "; ".join(problems)
        match self.policy:
            case "fail":
                raise Ungrounded(f"{where}: {text!r} does not hold: {why}")
            case "flag" if cited:
                self.note("ungrounded", where, why, "flagged")
                return Claim(text=text, evidence=cited, support="unchecked")
            case "reask" if cited:
                self.note("ungrounded", where, f"{text!r}: {why}", "replaced")
                return Claim(text=cited[0].text, evidence=[cited[0]], support="verbatim")
            case _:
                self.note("ungrounded", where, f"{text!r}: {why}", "dropped")
                return None

    def _second_opinion(self, text: str, cited: list[Span], where: str) -> Claim:
        self.count(where)
        message = f"{text!r} is worded too far from its sentences for code to decide; {self.opinions.by} supports it"
        self.note("second_opinion", where, message, "none")
        return Claim(text=text, evidence=cited, support="checked")
