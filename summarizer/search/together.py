"""What a model says of several articles: a few a request, and every claim checked in each article it cites."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Proposal
from summarizer.errors import ModelError, Spent
from summarizer.models.retrying import total
from summarizer.models.tokens import estimate
from summarizer.pipeline import Reading, in_time
from summarizer.schemas.digest import Contradiction, ContradictionDraft, DigestDraft
from summarizer.schemas.evidence import Claim, DraftClaim, Span
from summarizer.schemas.result import Issue
from summarizer.search.agreement import Told
from summarizer.settings import Policy
from summarizer.tasks.base import Product
from summarizer.tasks.digest import Together

MOST_TOGETHER = 6
"""Articles that a model is shown in one request: of more it loses sight."""


@dataclass(frozen=True)
class Pool:
    """Claims that hold, what contradicts by a model's word, and what became of the rest; `unread` are sentences."""

    told: tuple[Told, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    spent: Spent = field(default_factory=Spent)
    issues: tuple[Issue, ...] = ()
    prompt: str | None = None
    unread: int = 0


@dataclass(frozen=True)
class GroupReader:
    """Lets a model read articles in groups."""

    ask: Ask
    reading: Reading
    analyses: tuple[Analysis, ...]

    async def pool(self) -> Pool:
        """What all groups bring; what one group cannot be read for is named.

        Raises:
            ModelError: no group could be read.
            Ungrounded: a claim does not hold and the policy is `fail`.

        """
        groups = self._groups()
        each = await asyncio.gather(*map(self._tried, groups))
        read = [one for one in each if isinstance(one, Pool)]
        failed = [(group, one) for group, one in zip(groups, each, strict=True) if isinstance(one, ModelError)]
        if not read:
            raise failed[0][1]
        lost = [(self.analyses[at].article, error) for group, error in failed for at in group]
        unread = (
            Issue(code="unread", where=article.source, message=f"not read: {error}", action="unread")
            for article, error in lost
        )
        return Pool(
            tuple(told for one in read for told in one.told),
            tuple(against for one in read for against in one.contradictions),
            total([*(one.spent for one in read), *(error.spent for _, error in failed)]),
            (*(issue for one in read for issue in one.issues), *unread),
            read[0].prompt,
            sum(len(article.sentences) for article, _ in lost),
        )

    def _groups(self) -> list[list[int]]:
        """The places of articles that are shown together: a few, and at most half of the window."""
        room = (self.reading.engine.window or 0) // 2
        groups: list[list[int]] = []
        left = 0
        for at, analysis in enumerate(self.analyses):
            tokens = estimate(analysis.article.text) + 5 * len(analysis.article.sentences)
            if not groups or tokens > left or len(groups[-1]) == MOST_TOGETHER:
                groups.append([])
                left = room
            groups[-1].append(at)
            left -= tokens
        return groups

    async def _tried(self, group: Sequence[int]) -> Pool | ModelError:
        try:
            return await self._read(group)
        except ModelError as error:
            return error

    async def _read(self, group: Sequence[int]) -> Pool:
        together = Together.of([self.analyses[at].article for at in group])
        async with in_time(self.reading):
            proposal = await self.reading.engine.propose(Analysis(together), [self.ask], seconds=self.reading.seconds)
        draft = proposal.drafts.get(self.ask.task.name)
        assert isinstance(draft, DigestDraft)
        pool = await asyncio.to_thread(_Holding(self, together, group).pool, draft)
        prompt = proposal.prompts.get(self.ask.task.name)
        return replace(pool, spent=proposal.spent, prompt=prompt, issues=(*proposal.issues, *pool.issues))


@dataclass(frozen=True)
class _Holding:
    """What of a draft about a group of articles holds."""

    reader: GroupReader
    together: Together
    group: Sequence[int]

    def pool(self, draft: DigestDraft) -> Pool:
        """The claims and contradictions that hold."""
        issues: list[Issue] = []
        proposed = [*_pointed("/agreed", draft.agreed), *_pointed("/single", draft.single)]
        told = [found for where, one in proposed if (found := self._told(one, where, issues))]
        against: list[Contradiction] = []
        for number, one in enumerate(draft.contradictions):
            sides = self._sides(one, f"/contradictions/{number}", issues)
            if self._differ(sides):
                against.append(Contradiction(about=one.about, sides=[side.whole for side in sides]))
                continue
            told += sides
            message = f"{one.about!r}: the sides do not stand against each other in different articles"
            where = f"/contradictions/{number}"
            issues.append(Issue(code="no_contradiction", where=where, message=message, action="dropped"))
        return Pool(tuple(told), tuple(against), issues=tuple(issues))

    def _sides(self, draft: ContradictionDraft, where: str, issues: list[Issue]) -> list[Told]:
        proposed = _pointed(f"{where}/sides", draft.sides)
        return [side for at, one in proposed if (side := self._told(one, at, issues))]

    def _told(self, proposed: DraftClaim, where: str, issues: list[Issue]) -> Told | None:
        """The claim with the evidence of each article in which it holds; None where it holds in none."""
        noted: list[Issue] = []
        held: dict[int, Claim] = {}
        for place, spans in self.together.in_members(proposed.evidence).items():
            at = self.group[place]
            if claim := self._held(proposed.text, spans, at, where, noted):
                held[at] = claim
        if held:
            return Told(next(iter(held.values())), {at: self._spans(claim, at) for at, claim in held.items()})
        issues += noted or [Issue(code="ungrounded", where=where, message="it cites no sentence", action="dropped")]
        return None

    def _held(self, text: str, spans: Sequence[Span], at: int, where: str, noted: list[Issue]) -> Claim | None:
        # The sentence behind a failed claim need not stand in for it: it may be what another article says.
        given = self.reader.reading
        reading = replace(given, policy=Policy.DROP if given.policy is Policy.REASK else given.policy)
        product = Product(self.reader.ask.options, None)
        grounder = reading.grounder(self.reader.ask, self.reader.analyses[at], Proposal({}), product)
        claim: Claim | None = grounder.claim(text, spans, where)
        noted += grounder.issues
        return claim

    def _spans(self, claim: Claim, at: int) -> list[Span]:
        identity = self.reader.analyses[at].article.id
        return [span.model_copy(update={"article": identity}) for span in claim.evidence]

    def _differ(self, sides: Sequence[Told]) -> bool:
        """Whether the sides are of different articles, and none says what another says."""
        articles = [frozenset(side.evidence) for side in sides]
        if len(sides) < 2 or sum(map(len, articles)) > len(frozenset().union(*articles)):
            return False
        return not any(self._supports(one, other) for one in sides for other in sides if one is not other)

    def _supports(self, one: Told, other: Told) -> bool:
        """Whether the evidence of one says what another says."""
        check = self.reader.reading.checker.check
        found = (check(other.claim.text, spans, self.reader.analyses[at]) for at, spans in one.evidence.items())
        return any(outcome.supported for outcome in found)


def _pointed(where: str, claims: Sequence[DraftClaim]) -> Iterator[tuple[str, DraftClaim]]:
    return ((f"{where}/{number}", claim) for number, claim in enumerate(claims))
