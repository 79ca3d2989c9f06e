"""`python -m benchmarks.answers.prefix`: what twelve questions on one article cost on a server that caches prefixes.

llama.cpp serves the embedded model's weights and is given the whole form, as a hosted model is: rules, article, then
the question. What the model writes is of no interest here and is cut short; the server's own count of tokens is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from summarizer.conversation import first_turn
from summarizer.task import built_in

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Turn
from summarizer.engines.prompting import messages_for
from summarizer.errors import ModelError, Spent
from summarizer.models.catalog import EMBEDDED, open_model
from summarizer.models.model import ChatModel, Request
from summarizer.reading import read

SEED = Path(__file__).parents[2] / "seeds" / "kim-arrives-in-russia.txt"
QUESTIONS = (
    "Who travelled by train?", "Where did they meet?", "When did the train leave?", "How fast does it go?",
    "Why is it slow?", "Who said so?", "Which minister came along?", "What was on the agenda?",
    "How far is the journey?", "When did they meet before?", "Who spoke for the Kremlin?", "What did the photos show?",
)  # fmt: skip
ANSWER_TOKENS = 24
SAID = '{"answers":[{"question":1,"found":false,"claims":[],"short":null}]}'


async def spent_on(asks: Sequence[Ask], model: ChatModel, analysis: Analysis) -> list[Spent]:
    """What each request cost."""
    spent = []
    for ask in asks:
        try:
            done = await model.complete(Request(messages_for(analysis, [ask]), ask.task.schema, ANSWER_TOKENS))
            spent.append(done.spent)
        except ModelError as error:
            spent.append(error.spent)
    return spent


async def print_costs() -> None:
    """Print the table."""
    task, analysis = built_in("answer"), Analysis(read(str(SEED)))
    turns = [Turn(question, SAID) for question in QUESTIONS]
    ways = {
        "one after the other, each by itself": [Ask(task, questions=(question,)) for question in QUESTIONS],
        "a conversation": [
            Ask(task, questions=(question,), turns=tuple(turns[first_turn(n) : n]))
            for n, question in enumerate(QUESTIONS)
        ],
        "one request for all (`--questions FILE`)": [Ask(task, questions=QUESTIONS)],
    }
    print("| twelve questions | requests | tokens in | of them cached | read anew | first request | anew each |")
    print("|---|---|---|---|---|---|---|")
    for name, asks in ways.items():
        model = open_model(EMBEDDED)  # a new server: nothing is cached
        try:
            spent = await spent_on(asks, model, analysis)
        finally:
            await model.aclose()
        first, whole = spent[0], sum(spent, Spent())
        anew = whole.input_tokens - whole.cached_tokens
        rest = (anew - first.input_tokens + first.cached_tokens) / max(1, len(spent) - 1)
        print(
            f"| {name} | {len(spent)} | {whole.input_tokens:,} | {whole.cached_tokens:,} | {anew:,} "
            f"| {first.input_tokens:,} | {rest:.0f} |"
        )


if __name__ == "__main__":
    asyncio.run(print_costs())
