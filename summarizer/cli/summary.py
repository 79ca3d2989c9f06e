"""What a job came to: the closing lines, the same for machines, and the exit status."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from summarizer.cli.output import INCOMPLETE, MODEL_FAILED, NOT_ANSWERED, SEVERITY
from summarizer.cli.progress import clock, dollars, short
from summarizer.errors import InputError, SummarizerError

if TYPE_CHECKING:
    from summarizer.jobs.batch import Batch
    from summarizer.jobs.estimate import Estimate

INTERRUPTED = 130


@dataclass(frozen=True)
class End:
    """What the command line knows of an end: `stopped` is why the job did not come to it by itself."""

    unreadable: int
    stopped: SummarizerError | None
    interrupted: bool
    out: Path
    written: int


@dataclass(frozen=True)
class Closing:
    """The end of a run. Counts of results are of the whole job, requests, tokens, cost and seconds of this run.

    `cost_usd` is null where the price is not known; `stopped` says why a job did not come to its end.
    """

    model: str
    articles: int
    all_read: bool
    kept: int
    done: int
    unreadable: int
    complete: int
    incomplete: int
    failed: int
    abstained: int
    failures: dict[str, int]
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    stopped: str | None
    interrupted: bool
    out: str
    written: int

    @classmethod
    def of(cls, batch: Batch, end: End) -> Self:
        """The end of this batch."""
        tally, counts = batch.run.tally, batch.store.counts(batch.job)
        return cls(
            model=batch.order.model,
            articles=tally.entered,
            all_read=tally.whole,
            kept=tally.kept,
            done=tally.done,
            unreadable=end.unreadable,
            complete=counts.get("complete", 0),
            incomplete=counts.get("incomplete", 0),
            failed=counts.get("failed", 0),
            abstained=counts["abstained"],
            failures=batch.store.failures(batch.job),
            requests=tally.spent.requests,
            input_tokens=tally.spent.input_tokens,
            cached_tokens=tally.spent.cached_tokens,
            output_tokens=tally.spent.output_tokens,
            cost_usd=tally.cost,
            seconds=round(tally.seconds, 3),
            stopped=str(end.stopped) if end.stopped else None,
            interrupted=end.interrupted,
            out=str(end.out),
            written=end.written,
        )

    @property
    def status(self) -> int:
        """The exit status: the most severe outcome, Ctrl-C above all."""
        if self.interrupted:
            return INTERRUPTED
        found = [0]
        found += [InputError.exit_status] if self.unreadable else []
        found += [MODEL_FAILED] if self.failed else []
        found += [INCOMPLETE] if self.incomplete else []
        found += [NOT_ANSWERED] if self.abstained else []
        return max(found, key=SEVERITY.index)

    def text(self) -> str:
        """The closing lines for a person."""
        articles = f"{self.articles:,} articles: {self.done:,} read now, {self.kept:,} kept from before"
        if left := self.articles - self.done - self.kept:
            articles += f", {left:,} not read yet"
        if self.unreadable:
            articles += f", {self.unreadable:,} sources unreadable"
        results = f"{self.complete:,} results complete, {self.incomplete:,} incomplete, {self.failed:,} failed"
        if self.failures:
            results += f" ({', '.join(f'{count:,} {code}' for code, count in self.failures.items())})"
        if self.abstained:
            results += f", {self.abstained:,} questions the article does not answer"
        spent = f"{self.requests:,} requests, {short(self.input_tokens)} + {short(self.output_tokens)} tokens"
        cost = f"{spent}, {dollars(self.cost_usd)}, {clock(self.seconds)}"
        cost += f" ({self.done / self.seconds:.1f} articles/s)" if self.done and self.seconds else ""
        return "\n".join([articles, results, cost, f"{self.written:,} results written to {self.out}"])


def write_summary(file: Path, closing: Closing) -> None:
    """The end of a run as JSON.

    Raises:
        InputError: the file cannot be written.

    """
    from summarizer.json_text import json_text
    from summarizer.whole_file import whole_file

    with whole_file(file) as part:
        part.write_text(json_text(asdict(closing), indent=2) + "\n", "utf-8")


def told_before(found: Estimate) -> str:
    """What a job would take, for a person."""
    articles = f"{found.articles:,} articles, {found.kept:,} kept from before, {found.identical:,} identical to another"
    tokens = f"about {short(found.input_tokens)} + {short(found.output_tokens)} tokens"
    return f"{articles}\n{found.requests:,} requests, {tokens}, {dollars(found.cost_usd)}; nothing was sent"
