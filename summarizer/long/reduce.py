"""The summary of a long text: a choice among claims of its parts that hold, with their own sentence numbers.

The model answers with the numbers of claims and words only the headline, which is checked against the claims it is
made of. Where it fails, code chooses: the claims are read as an article, and its most telling sentences taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.deadline import deadline
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import shown
from summarizer.engines.selection import select
from summarizer.errors import BudgetReached, ModelError, Spent
from summarizer.grounding.opinions import Opinions
from summarizer.grounding.settling import Settling
from summarizer.grounding.translated import check_in
from summarizer.grounding.verbatim import is_trim
from summarizer.models.model import Message
from summarizer.models.tokens import estimate
from summarizer.products import asked_language
from summarizer.schemas.choice import Choice
from summarizer.schemas.evidence import Claim, DraftClaim
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Policy
from summarizer.task import Options, built_in

DEFAULT_POINTS = 4
LONGEST_SHOWN = 500
_SPARE_TOKENS = 400


@dataclass(frozen=True)
class Held:
    """Claims of the parts that hold, in the order of the article, and what happened to the others."""

    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...]


def held(
    drafts: Sequence[SummaryDraft],
    analysis: Analysis,
    engine: LLMEngine,
    policy: Policy,
    language: str | None,
    *,
    opinions: Opinions,
) -> Held:
    """The headlines and points of the parts that hold, each once.

    Raises:
        Ungrounded: one does not hold and the policy is `fail`.

    """
    # Where others are left to choose from, the sentence behind a failed claim need not stand in for it.
    court = Settling(
        analysis, engine.level, "drop" if policy == "reask" else policy, language=language, opinions=opinions
    )
    found: dict[str, Claim] = {}
    for draft in drafts:
        for proposed in (draft.headline, *draft.points):
            claim = court.claim(proposed.text, proposed.evidence, "")
            if claim:
                found.setdefault(claim.text, claim)
    in_order = sorted(found.values(), key=lambda claim: claim.evidence[0].start)
    return Held(tuple(in_order), tuple(court.issues))


class Chooser:
    """Makes one summary out of claims, by `engine`'s model or by code. `spent` is what the requests cost."""

    def __init__(self, engine: LLMEngine, analysis: Analysis, options: Options, seconds: float) -> None:
        self._engine, self._analysis, self._seconds = engine, analysis, seconds
        self._options = {**built_in("choice").options, **options}
        points = self._options["points"]
        self._points = points if isinstance(points, int) else DEFAULT_POINTS
        self.spent: list[Spent] = []
        self.issues: list[Issue] = []

    async def summary(self, claims: Sequence[Claim]) -> SummaryDraft:
        """A headline and at most as many points as are wanted. There must be a claim."""
        try:
            async with deadline(self._seconds):
                points, headline = await self._by_rounds(list(claims))
        except TimeoutError:
            points, headline = self._without_model(claims, "time was over")
        return SummaryDraft(headline=headline, points=[_proposed(claim) for claim in self._short(points, headline)])

    async def _by_rounds(self, claims: list[Claim]) -> tuple[list[Claim], DraftClaim]:
        """As many claims as a request holds at a time; the best of each go on, at most half of all in each round."""
        while len(groups := self._groups(claims)) > 1:
            if 2 * len(groups) > len(claims):
                return self._without_model(claims, "the claims are too long for it")
            best = [claim for group in groups for claim in (await self._chosen(group))[0][: max(1, len(group) // 2)]]
            claims = sorted(best, key=lambda claim: claim.evidence[0].start)
        return await self._chosen(claims)

    async def _chosen(self, claims: Sequence[Claim]) -> tuple[list[Claim], DraftClaim]:
        """The claims that matter most, best first, and the headline."""
        try:
            done = await self._engine.choose(self._messages(claims), Choice)
        except BudgetReached:
            return self._without_model(claims, "the money allowed is spent")
        except ModelError as error:
            self.spent.append(error.spent)
            return self._without_model(claims, str(error))
        self.spent.append(done.spent)
        numbers = [n for n in dict.fromkeys(done.draft.chosen) if 0 < n <= len(claims)][: self._points]
        if not numbers:
            return self._without_model(claims, "it chose none")
        chosen = [claims[n - 1] for n in numbers]
        return chosen, self._headline(done.draft, claims) or _proposed(chosen[0])

    def _headline(self, choice: Choice, claims: Sequence[Claim]) -> DraftClaim | None:
        """The headline where it holds in the sentences of the claims it is made of."""
        sources = [claims[n - 1] for n in dict.fromkeys(choice.headline_from) if 0 < n <= len(claims)][:2]
        spans = list({span.start: span for claim in sources for span in claim.evidence}.values())
        text = " ".join(choice.headline.split())
        if not text or not spans:
            return None
        whole = any(is_trim(text, span.text) for span in spans)
        language = asked_language(self._options)
        outcome = check_in(language, text, spans, level=self._engine.level, article=self._analysis)
        holds = whole or outcome.supported
        return None if holds is False else DraftClaim(evidence=spans, text=text)

    def _without_model(self, claims: Sequence[Claim], why: str) -> tuple[list[Claim], DraftClaim]:
        message = f"the model did not choose the points ({why}); code did"
        if all(issue.message != message for issue in self.issues):
            self.issues.append(Issue(code="chosen_by_code", where="/points", message=message, action="replaced"))
        chosen = by_code(claims, self._points + 1, self._options)
        return chosen[1:], _proposed(chosen[0])

    def _short(self, points: Sequence[Claim], headline: DraftClaim) -> list[Claim]:
        """The points without the one that is the headline."""
        return [claim for claim in points if claim.text != headline.text][: self._points]

    def _groups(self, claims: Sequence[Claim]) -> list[list[Claim]]:
        """Neighbouring claims that one request has room for."""
        room = self._engine.window - self._engine.answer_tokens - estimate(self._rules()) - _SPARE_TOKENS
        groups: list[list[Claim]] = [[]]
        left = room
        for claim in claims:
            cost = estimate(_glimpse(claim)) + 6
            if groups[-1] and cost > left:
                groups.append([])
                left = room
            groups[-1].append(claim)
            left -= cost
        return groups

    def _messages(self, claims: Sequence[Claim]) -> tuple[Message, ...]:
        lines = [f"[{n}] {_glimpse(claim)}" for n, claim in enumerate(claims, 1)]
        return Message("system", self._rules()), Message("user", "\n".join(lines))

    def _rules(self) -> str:
        task = built_in("choice")
        return task.render({name: value for name, value in self._options.items() if name in task.options})


def _glimpse(claim: Claim) -> str:
    """A claim as it is shown: of one as long as a page, the beginning."""
    text = shown(claim.text)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def by_code(claims: Sequence[Claim], points: int, options: Mapping[str, object]) -> list[Claim]:
    """The claims that say most of all of them, the most telling first; at least one."""
    text, owners = "", []
    for claim in claims:
        owners.append(len(text))
        text += claim.text + "\n\n"
    analysis = Analysis(Article(text))
    words = options.get("words")
    focus = str(options["focus"]) if options.get("focus") else None
    best = select(analysis, 1, focus=focus)
    chosen = [*best, *select(analysis, points, words=words if isinstance(words, int) else None, focus=focus)]
    return list({id(owner): owner for sentence in chosen if (owner := _owner(claims, owners, sentence.start))}.values())


def _owner(claims: Sequence[Claim], starts: Sequence[int], offset: int) -> Claim:
    return claims[bisect_right(starts, offset) - 1]


def _proposed(claim: Claim) -> DraftClaim:
    return DraftClaim(evidence=claim.evidence, text=claim.text)
