"""A linear-chain CRF read from a file: the best labels of a sentence and how likely they are, by numpy.

Lafferty, McCallum and Pereira 2001. Decoding is Viterbi's; the marginals come from the forward-backward recursion.
The weights are trained by `benchmarks/entities/train.py`; `data/MODEL_CARD.md` says from what.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = -1e4
_SIDE_BY_SIDE = 32


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
    weights = np.zeros((len(features) + 1, len(head["labels"])), np.float32)
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


def tag(sentences: Sequence[Sequence[Sequence[str]]], model: Model) -> Iterator[Tagged]:
    """The best labels of the tokens of each sentence, by their features, and the chances of all labels that may be.

    Sentences are decoded side by side: numpy takes as long for one as for thirty. None changes another's labels.
    """
    for start in range(0, len(sentences), _SIDE_BY_SIDE):
        yield from _decoded(sentences[start : start + _SIDE_BY_SIDE], model)


def _decoded(sentences: Sequence[Sequence[Sequence[str]]], model: Model) -> Iterator[Tagged]:
    import numpy as np

    lengths = np.array([len(rows) for rows in sentences])
    scores = np.zeros((max(1, lengths.max()), len(sentences), len(model.labels)))
    for number, rows in enumerate(sentences):
        if rows:
            scores[: len(rows), number] = _scored(rows, model)
    # A sentence begins at a label that may follow "O", and no step weighs there.
    scores[0] += np.where(model.steps[model.labels.index("O")] > _NEVER, 0.0, _NEVER)
    inside = [(lengths > at)[:, None] for at in range(len(scores))]
    labels, chances = _best_path(scores, inside, model.steps), _chances(scores, inside, model.steps)
    for number, length in enumerate(lengths):
        yield Tagged(
            [model.labels[n] for n in labels[:length, number]],
            [dict(zip(model.labels, row, strict=True)) for row in chances[:length, number].tolist()],
        )


def _best_path(scores: NDArray[Any], inside: Sequence[NDArray[Any]], steps: NDArray[Any]) -> NDArray[Any]:
    """The labels with the highest sum (tokens, sentences), from scores (tokens, sentences, labels)."""
    import numpy as np

    best, choices = scores[0], []
    for row, goes_on in zip(scores[1:], inside[1:], strict=True):
        reach = best[:, :, None] + steps
        choices.append(np.where(goes_on, reach.argmax(1), range(len(steps))))
        best = np.where(goes_on, reach.max(1) + row, best)
    path = [best.argmax(1)]
    for choice in reversed(choices):
        path.append(np.take_along_axis(choice, path[-1][:, None], 1)[:, 0])
    return np.array(path[::-1])


def _chances(scores: NDArray[Any], inside: Sequence[NDArray[Any]], steps: NDArray[Any]) -> NDArray[Any]:
    """The probability of each label over all paths, (tokens, sentences, labels)."""
    import numpy as np

    odds, passes = np.exp(scores - scores.max(2, keepdims=True)), np.exp(steps)
    forward, backward = [_shares(odds[0])], [np.ones_like(odds[0])]
    for row in odds[1:]:
        forward.append(_shares(forward[-1] @ passes * row))
    for row, goes_on in zip(odds[:0:-1], inside[:0:-1], strict=True):
        backward.append(np.where(goes_on, _shares(backward[-1] * row @ passes.T), 1.0))
    return _shares(np.array(forward) * backward[::-1])


def _shares(weights: NDArray[Any]) -> NDArray[Any]:
    """Weights of labels so that they sum to 1: in long products nothing grows or vanishes."""
    shares: NDArray[Any] = weights / weights.sum(-1, keepdims=True)
    return shares


def _scored(rows: Sequence[Sequence[str]], model: Model) -> NDArray[Any]:
    """What the features of each token weigh for each label: the sum of their weights, (tokens, labels)."""
    import numpy as np

    # The last row of the weights is nothing, for a token none of whose features is known.
    known = [[*(model.index[feature] for feature in row if feature in model.index), -1] for row in rows]
    starts = [*accumulate((len(found) for found in known[:-1]), initial=0)]
    return np.add.reduceat(model.weights[[*chain.from_iterable(known)]], starts, axis=0, dtype=np.float64)
