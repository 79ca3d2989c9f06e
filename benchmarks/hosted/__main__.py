"""What comes of a strong model's answers, replayed from the recordings in `tests/strong/cassettes`.

    python -m benchmarks.hosted

Each article is read twice from its recording: under `drop` the first answer alone counts (share of claims that hold at
once), under `reask` the re-ask counts too. Requests and tokens are those of the recording.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import vcr

from summarizer import AsyncSummarizer, Claim, Policy
from summarizer.configuration import Configuration
from summarizer.engines.engine import Ask
from summarizer.tasks.view import pointed
from tests.conftest import ROOT
from tests.strong.test_strong import ARTICLES, QUESTIONS, QUOTED, TO_DO, TOPICAL, article

CASSETTES = ROOT / "tests" / "strong" / "cassettes" / "test_strong"


@dataclass(frozen=True)
class Row:
    """Claims of one recording: worded by the model and kept, sentences in their place, dropped; and what it cost."""

    name: str
    first_kept: int
    first_lost: int
    kept: int
    replaced: int
    dropped: int
    requests: int
    tokens: tuple[int, int]


def recordings() -> Iterator[tuple[str, str, list[Ask]]]:
    """Cassette, article and what is asked of it."""
    usual = Configuration.of({"model": "openai/strong-model"})
    for name in ARTICLES:
        yield f"test_a_brief[{name}]", name, usual.asks("brief", {})
    for name, questions in QUESTIONS.items():
        yield f"test_answers[{name}]", name, [usual.questions(questions)]
    for call, names in (("quotes", QUOTED), ("topics", TOPICAL), ("actions", TO_DO)):
        for name in names:
            yield f"test_{call}[{name}]", name, usual.asks(call, {})


async def replayed(cassette: str, name: str, asks: list[Ask], policy: Policy) -> Sequence[Any]:
    """The results of a call, its requests answered from the cassette."""
    match = ("method", "path")
    with vcr.use_cassette(str(CASSETTES / f"{cassette}.yaml"), record_mode="none", match_on=match):
        how = {"base_url": "http://127.0.0.1:9/v1", "policy": policy, "timeout": 600}  # a busy machine is no fault
        async with AsyncSummarizer("openai/strong-model", **how) as client:
            return await client.read_asks(article(name), asks)


async def row(cassette: str, name: str, asks: list[Ask]) -> Row:
    """What came of one recording."""
    first = await replayed(cassette, name, asks, Policy.DROP)
    both = await replayed(cassette, name, asks, Policy.REASK)
    lost = [issue for one in first for issue in one.issues if issue.code == "ungrounded"]
    told = [issue for one in both for issue in one.issues if issue.code == "ungrounded"]
    claims = [claim for one in both for _, claim in pointed(one.value, Claim)]
    usage = both[0].run.usage
    return Row(
        cassette.removeprefix("test_"),
        sum(claim.support == "checked" for one in first for _, claim in pointed(one.value, Claim)),
        sum(issue.action == "dropped" and not issue.where.endswith(("/when", "/role", "/short")) for issue in lost),
        sum(claim.support == "checked" for claim in claims),
        sum(issue.action == "replaced" for issue in told),
        sum(issue.action == "dropped" for issue in told),
        both[0].run.requests,
        (usage.input_tokens, usage.output_tokens),
    )


def main() -> None:
    """Print the table."""
    os.environ.setdefault("OPENAI_API_KEY", "recorded")
    rows = [asyncio.run(row(*one)) for one in recordings() if (CASSETTES / f"{one[0]}.yaml").is_file()]
    print("| recording | kept at first | not | kept in the end | replaced | dropped | requests | tokens in + out |")
    print("|---|---|---|---|---|---|---|---|")
    for one in rows:
        counts = (one.first_kept, one.first_lost, one.kept, one.replaced, one.dropped, one.requests)
        print(f"| {one.name} | {' | '.join(map(str, counts))} | {one.tokens[0]} + {one.tokens[1]} |")
    first = sum(one.first_kept for one in rows)
    proposed = first + sum(one.first_lost for one in rows)
    asked = sum(one.requests for one in rows) / max(1, len(rows))
    share = f"{first} of {proposed} claims hold at the first answer ({first / max(1, proposed):.0%})"
    print(f"\n{share}; {asked:.2f} requests a recording")


if __name__ == "__main__":
    main()
