"""A linear-chain CRF read from a file: the best labels of a sentence and how likely they are, in plain Python.

Lafferty, McCallum and Pereira 2001. Decoding is Viterbi's; the marginals come from the forward-backward recursion.
The weights are trained by `benchmarks/entities/train.py`; `data/MODEL_CARD.md` says from what.
"""

from __future__ import annotations

import gzip
import json
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from math import exp
from operator import add, mul

from summarizer.analysis.tagger_features import Lexicon

_CERTAIN = 9.0
"""A token whose "O" leads every other label by this much (in nats) is not part of a name: e^-9 is 1 in 8,000."""

_NEVER = -1e4


@dataclass(frozen=True)
class Model:
    """Weights of a tagger. Feature n has the entries `offsets[n]` to `offsets[n + 1]` of `targets` and `weights`."""

    labels: tuple[str, ...]
    index: dict[str, int]
    offsets: array[int]
    targets: bytes
    weights: Sequence[float]
    steps_into: tuple[tuple[float, ...], ...]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Tagged:
    """The labels of one sentence. `chances[n]` maps the labels of token n to their probabilities."""

    labels: list[str]
    chances: list[dict[str, float]]


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model. Read once, on first use."""
    return decode(gzip.decompress((files("summarizer.analysis") / "data" / "name_tagger.gz").read_bytes()))


def decode(content: bytes) -> Model:
    """The model in `content`: a line of JSON, lines of features, then counts, labels and weights as numbers."""
    head_line, _, rest = content.partition(b"\n")
    head = json.loads(head_line)
    sizes = head["sizes"]
    parts: list[bytes] = []
    at = 0
    for size in sizes:
        parts.append(rest[at : at + size])
        at += size
    names, counts, targets, raw = parts[0].decode("utf-8").split("\n"), parts[1], parts[2], array("h")
    raw.frombytes(parts[3])
    if sys.byteorder == "big":
        raw.byteswap()
    offsets = array("l", accumulate(counts, initial=0))
    step = head["step"]
    return Model(
        labels=tuple(head["labels"]),
        index=dict(zip(names, range(len(names)), strict=True)),
        offsets=offsets,
        targets=targets,
        weights=[value * step for value in raw],
        steps_into=tuple(tuple(row) for row in head["steps_into"]),
        lexicon=Lexicon(names=_pairs(parts[4]), classes=_pairs(parts[5]), places=_pairs(parts[6])),
    )


def _pairs(content: bytes) -> dict[str, str]:
    """Lines of a value, a tab and the words that have it."""
    found: dict[str, str] = {}
    for line in content.decode("utf-8").split("\n"):
        value, _, words = line.partition("\t")
        found.update(dict.fromkeys(words.split(" "), value))
    return found


def tag(rows: Sequence[Sequence[str]], model: Model) -> Tagged:
    """The best labels of the tokens with the features `rows`, and the probabilities of all labels that may be."""
    outside = model.labels.index("O")
    scores = [_scores(row, model) for row in rows]
    plain = [_is_plain(row, outside) for row in scores]
    labels: list[str] = ["O"] * len(rows)
    chances: list[dict[str, float]] = [{"O": 1.0}] * len(rows)
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and plain[end] == plain[at]:
            end += 1
        if not plain[at]:
            stretch = _stretch(scores[at:end], model, outside, inner=(at > 0, end < len(rows)))
            labels[at:end] = [model.labels[n] for n in _viterbi(stretch)]
            chances[at:end] = [dict(zip(model.labels, row, strict=True)) for row in _marginals(stretch)]
        at = end
    return Tagged(labels, chances)


def _scores(row: Sequence[str], model: Model) -> list[float]:
    scores = [0.0] * len(model.labels)
    index, offsets, targets, weights = model.index, model.offsets, model.targets, model.weights
    for feature in row:
        n = index.get(feature)
        if n is not None:
            for k in range(offsets[n], offsets[n + 1]):
                scores[targets[k]] += weights[k]
    return scores


def _is_plain(scores: Sequence[float], outside: int) -> bool:
    lead = scores[outside]
    return lead > _CERTAIN and all(score < lead - _CERTAIN for n, score in enumerate(scores) if n != outside)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens that may be part of names: their scores, and the weights of the steps into, between and out of them.

    On each side stands a token that is outside of names (its steps count) or the border of the sentence.
    """

    scores: Sequence[Sequence[float]]
    opening: Sequence[float]
    steps_into: Sequence[Sequence[float]]
    closing: Sequence[float]


def _stretch(scores: Sequence[Sequence[float]], model: Model, outside: int, *, inner: tuple[bool, bool]) -> _Stretch:
    left, right = inner
    steps = model.steps_into
    opening = [step[outside] for step in steps]
    if not left:
        opening = [0.0 if weight > _NEVER else _NEVER for weight in opening]
    return _Stretch(scores, opening, steps, steps[outside] if right else [0.0] * len(steps))


def _viterbi(stretch: _Stretch) -> list[int]:
    best = [a + b for a, b in zip(stretch.scores[0], stretch.opening, strict=True)]
    back: list[list[int]] = []
    for row in stretch.scores[1:]:
        choice: list[int] = []
        following: list[float] = []
        for score, steps in zip(row, stretch.steps_into, strict=True):
            reach = list(map(add, best, steps))
            top = max(reach)
            choice.append(reach.index(top))
            following.append(top + score)
        back.append(choice)
        best = following
    last = list(map(add, best, stretch.closing))
    path = [last.index(max(last))]
    for choice in reversed(back):
        path.append(choice[path[-1]])
    return path[::-1]


def _marginals(stretch: _Stretch) -> list[list[float]]:
    """The probabilities of the labels of each token, by the scaled forward-backward recursion."""
    into = [_exponentials(steps) for steps in stretch.steps_into]
    out = list(zip(*into, strict=True))
    emissions = [_scaled(row) for row in stretch.scores]
    forward = [_normal(list(map(mul, emissions[0], _exponentials(stretch.opening))))]
    for row in emissions[1:]:
        last = forward[-1]
        forward.append(_normal([score * sum(map(mul, last, steps)) for score, steps in zip(row, into, strict=True)]))
    backward = _normal(_exponentials(stretch.closing))
    found = [_normal(list(map(mul, forward[-1], backward)))]
    for at in range(len(emissions) - 1, 0, -1):
        ahead = list(map(mul, emissions[at], backward))
        backward = _normal([sum(map(mul, steps, ahead)) for steps in out])
        found.append(_normal(list(map(mul, forward[at - 1], backward))))
    return found[::-1]


def _exponentials(weights: Sequence[float]) -> list[float]:
    return [exp(max(weight, -60.0)) if weight > _NEVER else 0.0 for weight in weights]


def _scaled(row: Sequence[float]) -> list[float]:
    top = max(row)
    return [exp(max(score - top, -60.0)) for score in row]


def _normal(row: list[float]) -> list[float]:
    total = sum(row) or 1.0
    return [value / total for value in row]
