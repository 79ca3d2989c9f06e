"""Spans that may answer a question, of the passages read together and of each near sentence alone, and their score.

What tells right from wrong is weighed as `benchmarks/answers/train.py` fitted it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.extractive.answer_kinds import COUNTS, Piece, fits, pieces
from summarizer.extractive.questions import Question
from summarizer.extractive.retrieval import Retrieved, passages
from summarizer.extractive.story import is_question
from summarizer.reader import Reader
from summarizer.sentences import MONTH

WEIGHTS = {"first": 1.85, "margin": 0.21, "support": 0.35, "fits": 2.13, "": -4.94}
"""How much it counts that a span is the best of all passages, its margin where its sentence is read alone, the logit
of its support, and that it is of the kind asked for; and the constant."""
_LEAST_MARGIN, _CLEARLY, _RIVALS = -5.0, 0.1, 4
# Code points of a question that the reader is given: even at a token each they must leave room for the passage.
READ = 180
# Of a reason or a manner code knows the form of too little to doubt its sentence.
_OPEN_KINDS = {"reason", "manner"}

# What bounds a figure belongs to it: "at least three" is not "three".
_HEDGE = re.compile(
    r"\b(?:at least|at most|up to|as many as|as much as|more than|less than|fewer than|over|under|above|below|beyond"
    r"|nearly|almost|before|after|until)\s$",
    re.IGNORECASE,
)
_COIN = re.compile(
    r"(?<=[\dn]) (?:euros?|pounds?|dollars?|cents?|pence|crowns?|kron(?:er|or)|francs?|yen|rupees?)\b", re.IGNORECASE
)
_SCALE = re.compile(r"\s?(?:%|per ?cent\b|(?:hundred|thousand|[mbt]r?illion)\b|[mb]n\b)", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b(?:\d{{1,2}} )?{MONTH} $")
_CLAUSES = re.compile(r"; |, (?:and|but|while|whereas|against) |\b(?:while|whereas) ")
_OPEN = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|that|these|those|the (?:company|firm|court|group))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """`article.text[start:end]` inside `sentence`, and what tells whether it answers.

    `margin` is that of the span over "no answer" where its sentence is read alone, a logit without unit; `support` is
    P(the sentence supports it as the answer); `fitting` is whether it is of the kind asked for, and `first` whether it
    is the best span of all passages.
    """

    sentence: Sentence
    start: int
    end: int
    support: float
    margin: float
    fitting: bool
    first: bool = False

    @property
    def seen(self) -> dict[str, float]:
        """What is weighed, by the names of `WEIGHTS`."""
        margin, support = max(self.margin, _LEAST_MARGIN), logit(self.support)
        return {"first": self.first, "margin": margin, "support": support, "fits": self.fitting, "": 1.0}

    @property
    def score(self) -> float:
        """How sure the span is to be the answer, a logit."""
        return sum(WEIGHTS[name] * value for name, value in self.seen.items())


def spans(analysis: Analysis, asked: Question, retrieved: Retrieved, reader: Reader) -> list[Found]:
    """The best span of all passages and those of the near sentences, each read alone, the likeliest answer first.

    Of "He moved to Edinburgh in 1958" and "He died at his home in Leith" the first has the best span for "Where did he
    die?" where both are read together, and the second where each is read alone.
    """
    first = best_span(analysis, asked, passages(analysis.article, retrieved), reader)
    if first is None:
        return []
    own = reader.answer(asked.text[:READ], [first.sentence.text])
    near = [one.sentence for one in retrieved.passages[:_RIVALS] if one.sentence != first.sentence]
    alone = [best_span(analysis, asked, [(one.start, one.end)], reader) for one in near if not is_question(one)]
    found = [replace(first, first=True, margin=own.margin if own else _LEAST_MARGIN), *filter(None, alone)]
    return sorted(found, key=lambda one: -one.score)


def best_span(analysis: Analysis, asked: Question, ranges: Sequence[tuple[int, int]], reader: Reader) -> Found | None:
    """The span that answers best, with the rest of a figure and the hedge before it; None where nothing is read.

    Args:
        analysis: the article.
        asked: the question.
        ranges: ranges of the article's text to look for it in.
        reader: who reads.

    """
    article = analysis.article
    answer = reader.answer(asked.text[:READ], [article.text[start:end] for start, end in ranges])
    if answer is None:
        return None
    begin = ranges[answer.passage][0]
    sentence = article.sentence_at(begin + answer.start)
    if sentence is None:
        return None
    start, end = _whole(asked, sentence, begin + answer.start, min(begin + answer.end, sentence.end))
    (support,) = reader.supports([(evidence_of(article, sentence), _told(asked, article.text[start:end]))])
    fitting = asked.kind in _OPEN_KINDS or fits(analysis, asked, sentence, start, end)
    return Found(sentence, start, end, support, answer.margin, fitting)


def _told(asked: Question, answer: str) -> str:
    return f"{asked.text[:READ].strip()} {answer}."


def _whole(asked: Question, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of a figure it cuts, and with "at least" or "before" in front of it."""
    text, first, last = sentence.text, start - sentence.start, end - sentence.start
    if first and text[first - 1] in "$£€¥₹":
        first -= 1
    if text[last - 1].isdigit() and (scale := _SCALE.match(text, last)):
        last = scale.end()
    if coin := _COIN.match(text, last):  # "up to 5.2 million" of "up to 5.2 million euros"
        last = coin.end()
    if asked.kind == "date" and asked.noun != "year" and (month := _MONTH_BEFORE.search(text, 0, first)):
        first = month.start()
    hedge = _HEDGE.search(text, max(0, first - 16), first)
    return sentence.start + (hedge.start() if hedge else first), sentence.start + last


def evidence_of(article: Article, sentence: Sentence) -> str:
    """The sentence, with the one before it where it opens with a pronoun."""
    before = article.sentence(sentence.number - 1) if _OPEN.match(sentence.text) else None
    return f"{before.text} {sentence.text}" if before else sentence.text


def logit(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def is_contested(analysis: Analysis, asked: Question, found: Found, reader: Reader) -> bool:
    """Whether another figure of the sentence is as well supported: "two quotes had come, £1,250 and £1,480"."""
    if asked.kind != "number":
        return False
    figures = [one for one in pieces(analysis, found.sentence) if one.kind == "number"]
    own = [one for one in figures if one.start < found.end and found.start < one.end]
    others = [one for one in figures if one not in own]
    if any(_is_nearer(asked, found, one) for one in others if {one.measure, *(mine.measure for mine in own)} <= COUNTS):
        return True
    rivals = [one for one in others if one.measure in {mine.measure for mine in own}]
    evidence = evidence_of(analysis.article, found.sentence)
    scores = reader.supports([(evidence, _told(asked, one.text)) for one in rivals])
    return any(score > found.support - _CLEARLY for score in scores)


def _is_nearer(asked: Question, found: Found, rival: Piece) -> bool:
    """Whether a rival's own clause has a word of the question that the figure's lacks: "dry peat" of the example.

    "Wet peat gave 140 clicks an hour; in dry peat it was 35."
    """
    text, begin = found.sentence.text, found.sentence.start
    ends = [0, *(mark.end() for mark in _CLAUSES.finditer(text)), len(text)]
    clauses = list(pairwise(ends))
    own, other = (
        next(clause for clause in clauses if clause[0] <= at - begin < clause[1]) for at in (found.start, rival.start)
    )
    if own == other:
        return False
    said, rivals = (set(content_stems(text[slice(*clause)])) for clause in (own, other))
    return bool({word.stem for word in asked.telling} & rivals - said)
