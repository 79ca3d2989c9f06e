"""Classes of English words, from how the embedded language model sees them.

SmolLM2 (Apache-2.0) has a vector for every token it reads. The vectors of whole words are gathered by k-means, three
times with another number of classes: cities, surnames, nationalities and months fall together. Without the first
principal directions, which tell how frequent a word is (Mu and Viswanath 2018, "All-but-the-Top"), the classes are much
cleaner.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

COUNTS = (60, 250, 900)
DIRECTIONS = 4
ROUNDS = 15


def word_classes(weights: Path) -> dict[str, str]:
    """The classes of each word as nine digits, three for each of `COUNTS`.

    Args:
        weights: the GGUF file of SmolLM2-135M-Instruct. Needs the packages gguf and numpy.

    """
    import gguf
    import numpy as np

    reader = gguf.GGUFReader(str(weights))
    tensor = next(tensor for tensor in reader.tensors if tensor.name == "token_embd.weight")
    vectors = gguf.dequantize(tensor.data, tensor.tensor_type).astype("float32")
    field = reader.fields["tokenizer.ggml.tokens"]
    tokens = [bytes(field.parts[n]).decode("utf-8") for n in field.data]
    rows = [n for n, t in enumerate(tokens) if t[0] == "Ġ" and len(t) > 2 and t[1:].isascii() and t[1:].isalpha()]
    found = vectors[rows] / np.linalg.norm(vectors[rows], axis=1, keepdims=True)
    found -= found.mean(0)
    directions = np.linalg.svd(found[::3], full_matrices=False)[2][:DIRECTIONS]
    found -= (found @ directions.T) @ directions
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    levels = [_k_means(found, count) for count in COUNTS]
    return {tokens[row][1:]: "".join(f"{level[n]:03d}" for level in levels) for n, row in enumerate(rows)}


def _k_means(points: Any, count: int) -> Any:
    """Spherical k-means: the class of each point."""
    import numpy as np

    chance = np.random.default_rng(0)
    centres = points[chance.choice(len(points), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = (points @ centres.T).argmax(1)
        for n in range(count):
            members = points[nearest == n]
            centres[n] = members.mean(0) if len(members) else points[chance.integers(len(points))]
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return (points @ centres.T).argmax(1)
