"""What a model says of several articles: a few a request, and every claim checked in each article it cites."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask
from summarizer.errors import ModelError, Spent
from summarizer.long.budget import estimate, grouped
from summarizer.pipeline import Reading, in_time
from summarizer.schemas.digest import DigestDraft
from summarizer.schemas.evidence import Claim, DraftClaim, Span
from summarizer.schemas.result import Issue
from summarizer.search.agreement import Group, Told, of_article
from summarizer.tasks.digest import Together

MOST_TOGETHER = 6
"""Articles that a model is shown in one request: of more it loses sight."""


@dataclass(frozen=True)
class Pool:
    """Claims that hold, what contradicts by a model's word, and what became of the rest.

    `unread` are sentences, `error` is why they could not be read.
    """

    told: Sequence[Told] = ()
    against: Sequence[Group] = ()
    spent: Spent = field(default_factory=Spent)
    issues: Sequence[Issue] = ()
    prompt: str | None = None
    unread: int = 0
    error: ModelError | None = None


@dataclass(frozen=True)
class GroupReader:
    """Lets a model read articles in groups."""

    ask: Ask
    reading: Reading
    analyses: tuple[Analysis, ...]

    async def pool(self) -> Pool:
        """What all groups bring; what one group cannot be read for is named, and raised where it is all of them."""
        each = await asyncio.gather(*map(self._tried, self._groups()))
        if each[0].error and all(one.error for one in each):
            raise each[0].error
        return Pool(
            [told for one in each for told in one.told],
            [group for one in each for group in one.against],
            sum((one.spent for one in each), Spent()),
            [issue for one in each for issue in one.issues],
            next((one.prompt for one in each if not one.error), None),
            sum(one.unread for one in each),
        )

    def _groups(self) -> list[list[int]]:
        articles = [analysis.article for analysis in self.analyses]
        costs = [estimate(one.text) + 5 * len(one.sentences) for one in articles]
        return grouped(costs, (self.reading.engine.window or 0) // 2, MOST_TOGETHER)

    async def _tried(self, group: Sequence[int]) -> Pool:
        try:
            return await self._read(group)
        except ModelError as error:
            articles, why = [self.analyses[at].article for at in group], f"not read: {error}"
            issues = [Issue(code="unread", where=one.source, message=why, action="unread") for one in articles]
            unread = sum(len(one.sentences) for one in articles)
            return Pool(spent=error.spent, issues=issues, unread=unread, error=error)

    async def _read(self, group: Sequence[int]) -> Pool:
        together = Together.of([self.analyses[at].article for at in group])
        async with in_time(self.reading):
            proposal = await self.reading.engine.propose(Analysis(together), [self.ask])
        draft = proposal.drafts.get(self.ask.task.name)
        assert isinstance(draft, DigestDraft)
        pool = await asyncio.to_thread(_Holding(self, together, group).pool, draft)
        prompt = proposal.prompts.get(self.ask.task.name)
        return replace(pool, spent=proposal.spent, prompt=prompt, issues=(*proposal.issues, *pool.issues))


@dataclass(frozen=True)
class _Holding:
    """What of a draft about a group of articles holds, and what is told of the rest."""

    reader: GroupReader
    together: Together
    group: Sequence[int]
    issues: list[Issue] = field(default_factory=list)

    def pool(self, draft: DigestDraft) -> Pool:
        """The claims and contradictions that hold."""
        told = self._all_told("/agreed", draft.agreed) + self._all_told("/single", draft.single)
        against: list[Group] = []
        for number, one in enumerate(draft.contradictions):
            where = f"/contradictions/{number}"
            sides = self._all_told(f"{where}/sides", one.sides)
            if self._differ(sides):
                against.append((one.about, sides))
                continue
            told += sides
            message = f"{one.about!r}: the sides do not stand against each other in different articles"
            self.issues.append(Issue(code="no_contradiction", where=where, message=message, action="dropped"))
        return Pool(told, against, issues=self.issues)

    def _all_told(self, where: str, claims: Sequence[DraftClaim]) -> list[Told]:
        proposed = ((one, f"{where}/{number}") for number, one in enumerate(claims))
        return [told for one, at in proposed if (told := self._told(one, at))]

    def _told(self, proposed: DraftClaim, where: str) -> Told | None:
        noted: list[Issue] = []
        held: dict[int, Claim] = {}
        for place, spans in self.together.in_members(proposed.evidence).items():
            analysis = self.reader.analyses[self.group[place]]
            if claim := self._held(proposed.text, spans, analysis, where, noted):
                held[self.group[place]] = of_article(claim, analysis.article.id)
        if held:
            return Told(next(iter(held.values())), {at: claim.evidence for at, claim in held.items()})
        none = Issue(code="ungrounded", where=where, message="it cites no sentence", action="dropped")
        self.issues.extend(noted or [none])
        return None

    def _held(
        self, text: str, spans: Sequence[Span], analysis: Analysis, where: str, noted: list[Issue]
    ) -> Claim | None:
        # The sentence behind a failed claim may be what another article says.
        grounder = self.reader.reading.choosing.grounder(self.reader.ask, analysis)
        claim: Claim | None = grounder.claim(text, spans, where)
        noted += grounder.issues
        return claim

    def _differ(self, sides: Sequence[Told]) -> bool:
        """Whether the sides are of different articles, and none says what another says."""
        articles = [at for side in sides for at in side.evidence]
        if len(sides) < 2 or len(set(articles)) < len(articles):
            return False
        return not any(self._supports(one, other) for one in sides for other in sides if one is not other)

    def _supports(self, one: Told, other: Told) -> bool:
        check = self.reader.reading.checker.check
        found = (check(other.claim.text, spans, self.reader.analyses[at]) for at, spans in one.evidence.items())
        return any(outcome.supported for outcome in found)
