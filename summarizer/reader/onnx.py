"""A reader run by onnxruntime on the processor: one session, one input at a time, on a pool of threads.

One at a time, since the int8 graph scales activations by the whole input: in a batch a score would depend on its
neighbours, and nobody could repeat it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from summarizer.reader import load
from summarizer.reader.base import Answer, Name
from summarizer.reader.load import Card
from summarizer.reader.tags import case_ids, names_of

MOST_REMEMBERED = 50_000
LONGEST_ANSWER = 24
STARTS_TRIED = 8


class _Scores(NamedTuple):
    """`support` (3,), `spans` (tokens, 2) and `tags` (tokens, 9), all float32."""

    support: Any
    spans: Any
    tags: Any


class OnnxReader:
    """See `Reader`. Graph inputs are int64 of shape (1, tokens): `input_ids`, `attention_mask`, `case_ids`."""

    def __init__(self, folder: Path, card: Card) -> None:
        self._folder, self._card = folder, card
        self.name, self.languages, self.band = card.full_name, card.languages, card.band
        self.levels: Mapping[str, float] = card.levels
        self.copies: Mapping[str, float] = card.copies
        self._remembered: dict[tuple[str, str], float] = {}
        self._tokenizers: dict[str, Tokenizer] = {}
        self._of_process: dict[int, tuple[onnxruntime.InferenceSession, ThreadPoolExecutor]] = {}
        self._lock = Lock()

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """P(supported) of each (evidence, claim); a pair judged before is not judged again."""
        known = {pair: score for pair in pairs if (score := self._remembered.get(pair)) is not None}
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        if new:
            scores = self._run(
                self._tokenizer("support").encode_batch([(_written(one), _written(other)) for one, other in new])
            )
            judged = {pair: float(one.support[0]) for pair, one in zip(new, scores, strict=True)}
            self._remember(judged)
            known |= judged
        return [known[pair] for pair in pairs]

    def answer(self, question: str, passages: Sequence[str]) -> Answer | None:
        """The best span over all passages, long ones in windows that overlap; None where there is no passage."""
        question = self._beginning(question)
        whole = self._tokenizer("answer").encode_batch([(question, _written(passage)) for passage in passages])
        windows = [(number, window) for number, one in enumerate(whole) for window in (one, *one.overflowing)]
        scored = zip(windows, self._run([window for _, window in windows]), strict=True)
        found = [best for (number, window), scores in scored if (best := _best(window, scores.spans, number, passages))]
        return max(found, key=lambda answer: answer.margin, default=None)

    def names(self, text: str) -> list[Name]:
        """Names of people, organisations, places and others, in order, not nested."""
        whole = self._tokenizer("names").encode(_written(text))
        windows = [whole, *whole.overflowing]
        cases = [case_ids(window, text) for window in windows]
        return names_of(windows, [scores.tags for scores in self._run(windows, cases)])

    def _beginning(self, question: str) -> str:
        """As much of a question as leaves half of a window to the passage."""
        question = _written(question)
        offsets = self._tokenizer("names").encode(question).offsets
        most = self._card.max_tokens["answer"] // 2
        return question[: max(end for _, end in offsets[:most])] if len(offsets) > most else question

    def _remember(self, judged: dict[tuple[str, str], float]) -> None:
        with self._lock:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered = {}
            self._remembered.update(judged)

    def _run(self, windows: Sequence[Encoding], cases: Sequence[Any] | None = None) -> Iterator[_Scores]:
        """The scores of each window, in order."""
        session, pool = self._own()

        def one(number: int) -> _Scores:
            ids = np.array([windows[number].ids], dtype=np.int64)
            case = np.zeros_like(ids) if cases is None else np.array([cases[number]], dtype=np.int64)
            inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "case_ids": case}
            return _Scores(*(output[0] for output in session.run(["support", "spans", "tags"], inputs)))

        if len(windows) == 1:
            return iter([one(0)])
        return pool.map(one, range(len(windows)))

    def _own(self) -> tuple[onnxruntime.InferenceSession, ThreadPoolExecutor]:
        """The session and the threads of this process: neither survives a fork."""
        with self._lock:
            if os.getpid() not in self._of_process:
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                path = str(self._folder / "reader.onnx")
                session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
                pool = ThreadPoolExecutor(load.THREADS, thread_name_prefix="reader")
                self._of_process = {os.getpid(): (session, pool)}
            return self._of_process[os.getpid()]

    def _tokenizer(self, job: str) -> Tokenizer:
        """The tokenizer that cuts as this job needs it: evidence and claim shorten each other, a question never."""
        with self._lock:
            if job not in self._tokenizers:
                made = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                strategy, stride = "only_second" if job == "answer" else "longest_first", self._card.overlap.get(job, 0)
                made.enable_truncation(self._card.max_tokens[job], strategy=strategy, stride=stride)
                made.no_padding()
                self._tokenizers[job] = made
            return self._tokenizers[job]


def _written(text: str) -> str:
    """`text` as UTF-8 can hold it, with as many code points: a lone half of a surrogate pair becomes `?`."""
    return text.encode("utf-8", "replace").decode()


def _best(window: Encoding, spans: Any, passage: int, passages: Sequence[str]) -> Answer | None:
    """The best span of one window; token 0 stands for "no answer"."""
    inside = [at for at, part in enumerate(window.sequence_ids) if part == 1]
    if not inside:
        return None
    none, found = float(spans[0, 0] + spans[0, 1]), []
    for first in sorted(inside, key=lambda at: -spans[at, 0])[:STARTS_TRIED]:
        last = max(range(first, min(first + LONGEST_ANSWER, inside[-1]) + 1), key=lambda at: spans[at, 1])
        found.append((float(spans[first, 0] + spans[last, 1]) - none, first, last))
    margin, first, last = max(found)
    start, end = window.offsets[first][0], window.offsets[last][1]
    return Answer(passages[passage][start:end], passage, start, end, margin)
