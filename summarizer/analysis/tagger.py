"""A linear-chain CRF read from a file: the best labels of a sentence and how likely they are, by numpy.

Lafferty, McCallum and Pereira 2001. Decoding is Viterbi's; the marginals come from the forward-backward recursion.
The weights are trained by `benchmarks/entities/train.py`; `data/MODEL_CARD.md` says from what.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word knowledge made at training time.

    How common a folded word is as a name of persons, the class of a word, and whether one or two folded words (with
    "_" between) are the name of a country or a large city.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """Weights of a tagger: `weights[index[feature]]` has one a label, `steps[before, label]` are of transitions."""

    labels: tuple[str, ...]
    index: dict[str, int]
    weights: NDArray[Any]
    steps: NDArray[Any]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Tagged:
    """The labels of one sentence. `chances[n]` maps the labels of token n to their probabilities."""

    labels: list[str]
    chances: list[dict[str, float]]


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model. Read once, on first use."""
    import numpy as np

    content = gzip.decompress((files("summarizer.analysis") / "data" / "name_tagger.gz").read_bytes())
    head_line, _, rest = content.partition(b"\n")
    head = json.loads(head_line)
    parts = [rest[start:end] for start, end in pairwise(accumulate(head["sizes"], initial=0))]
    features = parts[0].decode("utf-8").split("\n")
    counts, targets, values = (
        np.frombuffer(part, kind) for part, kind in zip(parts[1:4], ("u1", "u1", "<i2"), strict=True)
    )
    weights = np.zeros((len(features), len(head["labels"])), np.float32)
    weights[np.repeat(np.arange(len(features)), counts), targets] = values * head["step"]
    return Model(
        labels=tuple(head["labels"]),
        index={feature: n for n, feature in enumerate(features)},
        weights=weights,
        steps=np.array(head["steps_into"]).T,
        lexicon=Lexicon(*map(_pairs, parts[4:])),
    )


def _pairs(content: bytes) -> dict[str, str]:
    """Lines of a value, a tab and the words that have it."""
    lines = (line.partition("\t") for line in content.decode("utf-8").split("\n"))
    return {word: value for value, _, words in lines for word in words.split(" ")}


def tag(rows: Sequence[Sequence[str]], model: Model) -> Tagged:
    """The best labels of the tokens with the features `rows`, and the probabilities of all labels that may be."""
    import numpy as np

    if not rows:
        return Tagged([], [])
    known = ([model.index[feature] for feature in row if feature in model.index] for row in rows)
    scores = np.array([model.weights[found].sum(0, np.float64) for found in known])
    # A sentence begins at a label that may follow "O", and no step weighs there.
    best = scores[0] + np.where(model.steps[model.labels.index("O")] > _NEVER, 0.0, _NEVER)
    forward, backward, choices = [best], [np.zeros(len(model.labels))], []
    for row in scores[1:]:
        reach = best[:, None] + model.steps
        choices.append(reach.argmax(0))
        best = reach.max(0) + row
        forward.append(np.logaddexp.reduce(forward[-1][:, None] + model.steps) + row)
    for row in scores[:0:-1]:
        backward.append(np.logaddexp.reduce(model.steps + row + backward[-1], axis=1))
    path = [int(best.argmax())]
    for choice in reversed(choices):
        path.append(int(choice[path[-1]]))
    joint = np.array(forward) + np.array(backward[::-1])
    chances = np.exp(joint - np.logaddexp.reduce(joint, axis=1, keepdims=True))
    return Tagged(
        [model.labels[n] for n in reversed(path)],
        [dict(zip(model.labels, row, strict=True)) for row in chances.tolist()],
    )
