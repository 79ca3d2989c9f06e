"""A short answer by a small model: code cuts the sentence into pieces, the model's next word tells which it means.

The model is not believed by itself: written out freely its answers are right for one in ten. The piece is shown only
where nearly all of the probability that falls on any piece falls on this one, where it is a good part of all the model
expects, and where code has its own reasons (the type asked for, a sentence that has most of the question's words).
How often that is right is measured in benchmarks/answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.analysis.words import Word, words
from summarizer.article import Sentence
from summarizer.engines.extractive.candidates import accepts
from summarizer.engines.extractive.questions import Kind, understand
from summarizer.engines.extractive.short_answers import shared, typed
from summarizer.engines.prompting import shown, shown_examples
from summarizer.errors import Spent
from summarizer.models.local import LocalModel
from summarizer.models.model import Message
from summarizer.task import built_in

TOP_TOKENS = 100
# Chosen on every second question of XQuAD's 32 articles that are not in the sample; see benchmarks/answers/README.md.
LEAST_SHARE, LEAST_MASS, MOST_WORDS, LEAST_OF_QUESTION = 0.95, 0.2, 4, 0.6
LEAST_MASS_ALONE = 0.3
NEVER_SHORT: frozenset[Kind] = frozenset(("reason", "manner", "yes_no"))
_BREAK = re.compile(r"[,;:()\"“”]")


@dataclass(frozen=True, slots=True)
class Choice:
    """The piece a model means. `share` of what falls on any piece, `mass` of all that it expects, fall on this one.

    `alone` is whether there was no other piece: then the model only says yes or no to it.
    """

    text: str
    share: float
    mass: float
    alone: bool


def pieces(analysis: Analysis, question: str, sentence: Sentence) -> tuple[str, ...]:
    """What a model may choose among: pieces of the type asked for, else the runs of words that are not the question's.

    A run must be able to be what is asked for. Empty for a question that has no short answer.
    """
    asked = understand(question)
    if asked.is_list or asked.kind in NEVER_SHORT:
        return ()
    found = [piece.text for piece in typed(analysis, asked, sentence)]
    runs = [run for run in _runs(question, sentence) if accepts(question, run, analysis)] if not found else []
    return tuple(dict.fromkeys(found or runs))


async def choose(question: str, sentence: Sentence, among: Sequence[str], model: LocalModel) -> tuple[Choice, Spent]:
    """The piece that the model's next word most likely begins, and what asking cost."""
    likelihoods, spent = await model.likelihoods(
        (*messages(question, sentence), Message("assistant", OPENING)), TOP_TOKENS
    )
    mass = {piece: _mass(piece, likelihoods) for piece in among}
    best = max(among, key=lambda piece: mass[piece])
    return Choice(best, mass[best] / (sum(mass.values()) or 1.0), mass[best], len(among) == 1), spent


OPENING = '{"answer": "'


def messages(question: str, sentence: Sentence) -> tuple[Message, ...]:
    """What a small model is asked for a short answer."""
    task = built_in("short_answer")
    asked = Message("user", f"{shown(sentence.text)}\n{shown(question)}")
    return (Message("system", task.render({})), *shown_examples(task), asked)


def is_trusted(choice: Choice, question: str, sentence: Sentence) -> bool:
    """Whether a choice is sure enough to be shown."""
    if len(choice.text.split()) > MOST_WORDS:
        return False
    if choice.alone:
        return choice.mass >= LEAST_MASS_ALONE
    near = shared(understand(question), sentence) >= LEAST_OF_QUESTION
    return near and choice.share >= LEAST_SHARE and choice.mass >= LEAST_MASS


def _mass(piece: str, likelihoods: dict[str, float]) -> float:
    """The probability of the likeliest token that the piece begins with."""
    begins = (math.exp(one) for token, one in likelihoods.items() if token.strip() and piece.startswith(token.strip()))
    return max(begins, default=0.0)


def _runs(question: str, sentence: Sentence) -> list[str]:
    known = {word.stem for word in understand(question).words}
    runs: list[list[Word]] = [[]]
    for word in words(sentence.text):
        last = runs[-1][-1].end if runs[-1] else word.start
        if word.stem in known or _BREAK.search(sentence.text, last, word.start):
            runs.append([])
        if word.stem not in known:
            runs[-1].append(word)
    trimmed = (_trimmed(run) for run in runs)
    return [sentence.text[run[0].start : run[-1].end] for run in trimmed if run]


def _trimmed(run: list[Word]) -> list[Word]:
    """Without small words at either end."""
    content = [place for place, word in enumerate(run) if word.is_content]
    return run[content[0] : content[-1] + 1] if content else []
