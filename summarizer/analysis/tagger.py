"""A linear-chain CRF read from a file: the best labels of a sentence and how likely they are, by numpy.

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
from typing import Any

from summarizer.analysis.tagger_features import Lexicon

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
    import numpy as np

    if not rows:
        return Tagged([], [])
    scores = np.array([_scores(row, model) for row in rows])
    steps = np.array(model.steps_into).T  # steps[from, to]
    # A sentence begins at a label that may follow "O", and no step weighs there.
    opening = np.where(steps[model.labels.index("O")] > _NEVER, 0.0, _NEVER)
    best, back = scores[0] + opening, []
    forward = [best]
    for row in scores[1:]:
        reach = best[:, None] + steps
        back.append(reach.argmax(0))
        best = reach.max(0) + row
        forward.append(_log_sum(forward[-1][:, None] + steps) + row)
    backward = [np.zeros(len(model.labels))]
    for row in scores[:0:-1]:
        backward.append(_log_sum((steps + row + backward[-1]).T))
    path = [int(best.argmax())]
    for choice in reversed(back):
        path.append(int(choice[path[-1]]))
    joint = np.array(forward) + np.array(backward[::-1])
    chances = np.exp(joint - _log_sum(joint.T)[:, None])
    return Tagged(
        [model.labels[n] for n in reversed(path)],
        [dict(zip(model.labels, map(float, row), strict=True)) for row in chances],
    )


def _log_sum(values: Any) -> Any:
    """log(sum(exp(values))) over the first axis, without overflow."""
    import numpy as np

    top = values.max(0)
    return top + np.log(np.exp(values - top).sum(0))


def _scores(row: Sequence[str], model: Model) -> list[float]:
    scores = [0.0] * len(model.labels)
    index, offsets, targets, weights = model.index, model.offsets, model.targets, model.weights
    for feature in row:
        n = index.get(feature)
        if n is not None:
            for k in range(offsets[n], offsets[n + 1]):
                scores[targets[k]] += weights[k]
    return scores
