"""Parts read in parallel: what fails is tried once more, what is too long is split, what stays unread is named."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Proposal
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import Part, Piece
from summarizer.engines.verifying import joined
from summarizer.errors import (
    AnswerRefused,
    AnswerTruncated,
    AuthenticationFailed,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    RequestRejected,
    Spent,
    WeightsError,
    WindowExceeded,
)
from summarizer.grounding import Opinions
from summarizer.long.budget import halved
from summarizer.loop import deadline
from summarizer.pipeline import Reading, revised
from summarizer.schemas.result import Issue
from summarizer.settings import get_settings

ATTEMPTS = 2
_HOPELESS = (AuthenticationFailed, WeightsError)
_NOT_TRIED_AGAIN = (RequestRejected, AnswerRefused, AnswerTruncated)


@dataclass
class Mapping:
    """What is asked of each part, and what came of it so far.

    A part's request depends on nothing but the article, the asks and the sentences it shows, so that a model that keeps
    its answers (a job's store) is asked only for parts that have none.
    """

    analysis: Analysis
    asks: Sequence[Ask]
    reading: Reading
    spent: list[Spent] = field(default_factory=list)
    read: dict[Part, Proposal] = field(default_factory=dict)
    unread: dict[Piece, ModelError | None] = field(default_factory=dict)

    async def over(self, parts: Sequence[Part], seconds: float) -> None:
        """Read all parts, or as many as can be read in `seconds`."""
        if not parts:
            return
        turns = asyncio.Semaphore(get_settings().concurrency)
        tasks = [asyncio.create_task(self._part(part, self.reading, turns)) for part in parts]
        try:
            async with deadline(seconds):
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
                for task in done:
                    task.result()
        except TimeoutError:
            had = {piece for part in self.read for piece in part.pieces} | set(self.unread)
            self.unread |= {piece: None for part in parts for piece in part.pieces if piece not in had}
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def total(self) -> Spent:
        """What all attempts cost."""
        return sum(self.spent, Spent())

    @property
    def in_order(self) -> list[Proposal]:
        """What was proposed for the parts that were read, in the order of the article."""
        return [self.read[part] for part in sorted(self.read, key=lambda part: part.pieces[0].start)]

    @property
    def opinions(self) -> Opinions:
        """Second opinions on the claims of all parts."""
        return joined(part.opinions for part in self.read.values())

    @property
    def sentences_read(self) -> frozenset[int]:
        """The numbers of the sentences that were read to their end."""
        shown = {piece.number for part in self.read for piece in part.pieces}
        return frozenset(shown - {piece.number for piece in self.unread})

    @property
    def issues(self) -> Iterator[Issue]:
        """One issue for each stretch that stays unread, with the reason."""
        for first, last, why in _stretches(self.unread, f"the {self.reading.seconds:g} s allowed were over"):
            where = f"sentence {first}" if first == last else f"sentences {first}-{last}"
            yield Issue(code="unread", where=where, message=f"not read: {why}", action="unread")

    @property
    def failure(self) -> ModelError:
        """Why no part at all was read."""
        late = ModelTimeout(f"no answer within {self.reading.seconds:g} s", model=self.reading.engine.name)
        return next((error for error in self.unread.values() if error), late)

    async def _part(self, part: Part, reading: Reading, turns: asyncio.Semaphore) -> None:
        failed: ModelError | None = None
        for _ in range(ATTEMPTS):
            try:
                async with turns:
                    await self._attempt(part, reading)
                    return
            except ModelError as error:
                failed = self._noted(error)
                if way := way_of_halves(reading, error):
                    halves = halved(part, self.analysis.article)
                    if len(halves) > 1:
                        await asyncio.gather(*(self._part(half, way, turns) for half in halves))
                        return
                if isinstance(error, _NOT_TRIED_AGAIN):
                    break
        self.unread |= dict.fromkeys(part.pieces, failed)

    async def _attempt(self, part: Part, reading: Reading) -> None:
        proposal = await reading.engine.propose(self.analysis, self.asks, part=part)
        self.spent.append(proposal.spent)
        # The first words are kept at once: a re-ask that comes too late must not lose them.
        self.read[part] = first = replace(proposal, spent=Spent())
        anew = await revised(first, self.analysis, self.asks, reading)
        self.spent.append(anew.spent)
        self.read[part] = anew

    def _noted(self, error: ModelError) -> ModelError:
        self.spent.append(error.spent)
        if isinstance(error, _HOPELESS) or (isinstance(error, ModelUnavailable) and not self.read):
            error.spent = self.total
            raise error
        return error


def way_of_halves(reading: Reading, error: ModelError) -> Reading | None:
    """How the halves of a part are read; None where halving is of no use.

    A window can be found out by halving again and again; an answer that is too long for half of a text, with the
    highest limit, is a model that does not stop.
    """
    if isinstance(error, WindowExceeded):
        return reading
    assert isinstance(reading.engine, LLMEngine)
    if isinstance(error, AnswerTruncated) and not reading.engine.longest:
        return replace(reading, engine=replace(reading.engine, longest=True))
    return None


def _stretches(unread: dict[Piece, ModelError | None], late: str) -> list[tuple[int, int, str]]:
    """First and last sentence of each run of neighbours that share a reason."""
    found: list[tuple[int, int, str]] = []
    for piece in sorted(unread, key=lambda piece: piece.start):
        error = unread[piece]
        reason = str(error) if error else late
        if found and found[-1][2] == reason and piece.number <= found[-1][1] + 1:
            found[-1] = (found[-1][0], piece.number, reason)
        else:
            found.append((piece.number, piece.number, reason))
    return found
