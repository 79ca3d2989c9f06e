"""The CRF: Viterbi and forward-backward against sums over all paths."""

from itertools import pairwise, product
from math import exp

import numpy as np
import pytest

from summarizer.analysis import tagger
from summarizer.analysis.tagger import Lexicon, Model, tag

LABELS = ("Bp", "Ip", "O")
STEPS = ((0.3, -0.2, 0.1), (1.5, 0.7, -1e4), (-0.4, 0.2, 0.5))  # STEPS[to][from]
EMISSIONS = {"a": (1.0, -0.5, 0.2), "b": (0.1, 0.9, 0.4), "c": (-0.3, 0.0, 0.6)}


def model() -> Model:
    weights = np.array([*EMISSIONS.values(), (0.0, 0.0, 0.0)])
    return Model(LABELS, {feature: n for n, feature in enumerate(EMISSIONS)}, weights, np.array(STEPS).T, Lexicon())


def weight(path: tuple[int, ...], rows: list[str]) -> float:
    total = sum(EMISSIONS[row][label] for row, label in zip(rows, path, strict=True))
    if path[0] == 1:
        return -1e4
    return total + sum(STEPS[b][a] for a, b in pairwise(path))


@pytest.mark.parametrize("rows", [["a"], ["c", "b"], ["a", "b", "c", "b"], ["b", "b", "a", "c", "b"]])
def test_labels_are_the_best_path_and_chances_the_sums_over_all_paths(rows: list[str]) -> None:
    """The definition of a linear-chain CRF, by enumeration."""
    paths = list(product(range(3), repeat=len(rows)))
    best = max(paths, key=lambda path: weight(path, rows))
    whole = sum(exp(weight(path, rows)) for path in paths if weight(path, rows) > -100)
    others = [[["b"]] * 7, [], [["unknown"], ["c"]]]
    _, tagged, *_ = tag([others[0], [[row] for row in rows], *others[1:]], model())
    assert [LABELS[n] for n in best] == tagged.labels
    for at in range(len(rows)):
        for n, label in enumerate(LABELS):
            of_label = [weight(path, rows) for path in paths if path[at] == n and weight(path, rows) > -100]
            assert pytest.approx(sum(map(exp, of_label)) / whole, abs=1e-9) == tagged.chances[at][label]


def test_no_tokens_give_no_labels() -> None:
    """Neither no sentence nor an empty one is a fault."""
    assert [] == list(tag([], model()))
    assert [[]] == [one.labels for one in tag([[]], model())]


def test_the_shipped_weights_are_the_ones_of_the_model_card() -> None:
    """The card states the checksum of the file: weights and card change together."""
    import hashlib
    from importlib.resources import files

    folder = files("summarizer.analysis") / "data"
    checksum = hashlib.sha256((folder / "name_tagger.gz").read_bytes()).hexdigest()
    assert checksum in (folder / "MODEL_CARD.md").read_text("utf-8")


def test_the_shipped_model_knows_its_labels() -> None:
    """Names of persons, organisations, places, others and nationalities, each with a first and a following token."""
    expected = {"O", *(place + kind for place in "BI" for kind in "polxn")}
    assert expected == set(tagger.load().labels)
