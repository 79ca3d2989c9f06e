"""Short answers with the embedded model: `python -m benchmarks.answers --embedded`; this module for a part of a file.

Needs the weights (`summarizer models pull smollm2-135m`). One to two seconds a question, with `--bare` about five.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import create_model

from benchmarks.answers.__main__ import RIGHT, _forced, _ours
from benchmarks.answers.rows import SAMPLE, Row, rows
from summarizer.article import Sentence
from summarizer.engines.questions import understand
from summarizer.engines.extractive.short_answers import trusted
from summarizer.engines.short_choice import choose, is_trusted, messages, pieces
from summarizer.errors import ModelError
from summarizer.evaluation.overlap import exact
from summarizer.evaluation.overlap import word_f1 as f1
from summarizer.models.catalog import EMBEDDED, open_model
from summarizer.models.local import LocalModel
from summarizer.models.model import Request
from summarizer.schemas.slots import ShortAnswer


@dataclass(frozen=True)
class Given:
    """What each way gave to one question; None where it would show nothing."""

    row: Row
    code: str | None
    model: str | None
    sure: bool
    forced_code: str
    forced_model: str
    bare: str | None
    seconds: float | None


async def measured(asked: Sequence[Row], model: LocalModel, *, bare: bool = False) -> list[Given]:
    """Every question by code and by the model; with `bare` also by the model alone, from the whole text."""
    return [await _given(row, first, model, bare) for row in asked for first in _ours(row)[:1]]


async def _given(row: Row, first: Sentence, model: LocalModel, bare: bool) -> Given:
    code = trusted(row.analysis, understand(row.question), first)
    forced = _forced(row, first)
    among = pieces(row.analysis, row.question, first)
    alone = await _free(row, model) if bare else None
    if not among:
        return Given(row, code, None, False, forced, code or forced, alone, None)
    begun = time.perf_counter()
    choice, _ = await choose(row.question, first, among, model)
    seconds = time.perf_counter() - begun
    held = await _held(row, first, among, model) if len(among) > 1 else among[0]
    sure = not code and is_trusted(choice, row.question, first)
    return Given(row, code, choice.text, sure, forced, held or forced, alone, seconds)


async def _free(row: Row, model: LocalModel) -> str:
    """What the model writes of itself, given the whole text."""
    text = row.analysis.article.text
    try:
        done = await model.complete(
            Request(messages(row.question, Sentence(1, 0, len(text), text)), ShortAnswer, max_tokens=60)
        )
    except ModelError:
        return ""
    return done.draft.answer


async def _held(row: Row, first: Sentence, among: Sequence[str], model: LocalModel) -> str | None:
    """The model's own answer, held to the pieces by the schema."""
    held: Any = Literal[tuple(among)]
    schema = create_model("ShortAnswer", __base__=ShortAnswer, answer=(held, ...))
    try:
        done = await model.complete(Request(messages(row.question, first), schema, max_tokens=80))
    except ModelError:
        return None
    return done.draft.answer


def table(given: Sequence[Given], answerable: int) -> str:
    """The figures of every way."""
    ways = {
        "code, where trusted": [(one.row, one.code) for one in given if one.code],
        "the model's choice, where code shows none": [(one.row, one.model) for one in given if not one.code],
        "the same where it agrees with code's first guess": [
            (one.row, one.model) for one in given if one.model and not one.code and one.model == one.forced_code
        ],
        "the same where it is sure (added)": [(one.row, one.model) for one in given if one.sure],
        "shown: code's and the added": [(one.row, one.code or one.model) for one in given if one.code or one.sure],
        "forced, code": [(one.row, one.forced_code) for one in given],
        "forced, model held to code's pieces": [(one.row, one.code or one.forced_model) for one in given],
        "forced, the model alone, freely": [(one.row, one.bare) for one in given if one.bare is not None],
    }  # fmt: skip
    lines = ["| short answers | given to | exact | F1 of at least .6 | mean F1 |", "|---|---|---|---|---|"]
    for name, pairs in ways.items():
        told = [(row, text) for row, text in pairs if text is not None]
        n = max(1, len(told))
        scores = [f1(text, row.texts) for row, text in told]
        same = sum(exact(text, row.texts) for row, text in told) / n
        right = sum(score >= RIGHT for score in scores) / n
        lines.append(
            f"| {name} | {len(told)} ({len(told) / answerable:.2f}) | {same:.2f} | {right:.2f} "
            f"| {sum(scores) / n:.2f} |"
        )
    seconds = [one.seconds for one in given if one.seconds is not None]
    lines.append(
        f"\n{len(seconds)} of {answerable} questions asked the model, {sum(seconds) / max(1, len(seconds)):.2f} s each"
    )
    return "\n".join(lines)


async def print_table(asked: Sequence[Row], *, bare: bool = False) -> None:
    """Measure with the real model and print."""
    model = open_model(EMBEDDED)
    assert isinstance(model, LocalModel)
    try:
        print(table(await measured(asked, model, bare=bare), len(asked)))
    finally:
        await model.aclose()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of a part of a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--every", type=int, default=1, help="take each Nth question")
    parser.add_argument("--first", type=int, default=0, help="beginning with this one")
    parser.add_argument("--bare", action="store_true", help="the model alone as well")
    options = parser.parse_args(arguments)
    asked = [row for row in rows(options.file) if row.golds][options.first :: options.every]
    asyncio.run(print_table(asked, bare=options.bare))


if __name__ == "__main__":
    main()
