"""Trains the reader: claim support first, then answers and names beside it, with support kept in practice.

    python -m benchmarks.reader.train --data DATA --base all-mpnet-base-v2 --out out --seconds 900 --jobs support
    python -m benchmarks.reader.train --data DATA --base out --out out --seconds 4800 --frozen 4

DATA holds `nli*.gz`, `qa.jsonl.xz`, `ner.jsonl.xz`: see README.md for the forms. Rates rise for the first 4 % of the
time and fall to nothing. Needs torch, transformers and safetensors, which the package itself does not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.reader import examples
from benchmarks.reader.examples import EITHER, Batch
from benchmarks.reader.model import TAGS, ReaderModel, load, save

SHARES = {"written": 0.2, "pairs": 0.15, "answers": 0.4, "names": 0.25}
NEAR_REPEATED = 6
MOST_GENERAL, MOST_QUESTIONS, LONGEST_CONTEXT = 30_000, 26_000, 1_100
WARM = 0.04


def main() -> None:
    """Reads the data, trains for the time given, and saves the weights beside the base's other files."""
    parser = argparse.ArgumentParser(prog="benchmarks.reader.train")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=4800)
    parser.add_argument("--jobs", choices=["support", "all"], default="all")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--tokens", type=int, default=2048)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load(options.base).to(device).train()
    _freeze(model, options.frozen)
    jobs = _jobs(options.data, options.base, options.jobs, options.tokens, options.seed)
    fit(model, jobs, options.seconds, device)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json"):
        if options.out != options.base:
            shutil.copy(options.base / name, options.out / name)
    save(model, options.out / "reader.safetensors")


def _freeze(model: ReaderModel, layers: int) -> None:
    if layers:
        body = model.body
        for part in (body.embeddings, body.encoder.relative_attention_bias, *body.encoder.layer[:layers]):
            part.requires_grad_(False)


Job = tuple[float, Iterator[Batch], Callable[[ReaderModel, Batch], Tensor]]


def _jobs(data: Path, base: Path, which: str, tokens: int, seed: int) -> list[Job]:
    """Share, batches and loss of each job."""
    made = examples.tokenizer(base, "support")
    written = examples.rows(data / "nli_written.jsonl.gz") + NEAR_REPEATED * examples.rows(data / "nli_near.jsonl.gz")
    written += examples.rows(data / "nli_shortened.jsonl.gz")
    general = [row for path in sorted(data.glob("nli.jsonl.*")) for row in examples.rows(path)]
    random.shuffle(general)
    general = general if which == "support" else general[:MOST_GENERAL]
    general += examples.rows(data / "nli_invented.jsonl.gz")
    found: list[Job] = []
    for name, rows in (("written", written), ("pairs", general)):
        if rows:
            found.append((SHARES[name], examples.batches(examples.pairs(rows, made), tokens, seed), support_loss))
    if which == "support":
        return found
    asked = [row for row in examples.rows(data / "qa.jsonl.xz") if len(row["context"]) < LONGEST_CONTEXT]
    asked = random.sample(asked, min(MOST_QUESTIONS, len(asked)))
    windows = examples.questions(asked, examples.tokenizer(base, "answer"))
    named = examples.named(examples.rows(data / "ner.jsonl.xz"), examples.tokenizer(base, "names"))
    found.append((SHARES["answers"], examples.batches(windows, tokens, seed), answer_loss))
    found.append((SHARES["names"], examples.batches(named, tokens, seed), names_loss))
    return found


def support_loss(model: ReaderModel, batch: Batch) -> Tensor:
    """Cross entropy; of "unsupported" it is not known which of the other two classes it is, so either is right."""
    logs = functional.log_softmax(model.support(batch.ids).float(), -1)
    exact = -logs.gather(1, batch.labels.clamp(min=0)[:, None])[:, 0]
    return torch.where(batch.labels >= 0, exact, -torch.logsumexp(logs[:, 1:], -1)).mean()


def answer_loss(model: ReaderModel, batch: Batch) -> Tensor:
    """Mean of the cross entropies of start and end."""
    logits = model.spans(batch.ids)
    return (
        functional.cross_entropy(logits[..., 0], batch.spans[:, 0])
        + functional.cross_entropy(logits[..., 1], batch.spans[:, 1])
    ) / 2


def names_loss(model: ReaderModel, batch: Batch) -> Tensor:
    """Cross entropy; where a source does not mark "other", no name and "other" are both right."""
    logs = functional.log_softmax(model.name_tags(batch.ids, batch.cases).float(), -1)
    hard, maybe = batch.tags >= 0, batch.tags == EITHER
    exact = -logs.gather(2, batch.tags.clamp(min=0)[..., None])[..., 0]
    either = -torch.logsumexp(logs[..., [0, TAGS.index("B-other"), TAGS.index("I-other")]], -1)
    return (exact * hard + either * maybe).sum() / (hard.sum() + maybe.sum()).clamp(min=1)


def fit(model: ReaderModel, jobs: list[Job], seconds: float, device: str) -> None:
    """Draws a job by its share at each step, until the time is over."""
    heads = [p for name, p in model.named_parameters() if name.split(".")[0] in {"span", "case", "names", "tags"}]
    body = [p for name, p in model.named_parameters() if name.split(".")[0] in {"body", "verify"} and p.requires_grad]
    groups = [{"params": body, "lr": 3e-5}, {"params": heads, "lr": 5e-4}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-6)
    highest, began, step, told = [3e-5, 5e-4], time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - began) / seconds) < 1:
        for group, rate in zip(optimizer.param_groups, highest, strict=True):
            group["lr"] = rate * (done / WARM if done < WARM else (1 - done) / (1 - WARM))
        _, stream, loss_of = random.choices(jobs, [share for share, _, _ in jobs])[0]
        drawn = next(stream)
        batch = Batch(*(getattr(drawn, part.name).to(device) for part in fields(drawn)))
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = loss_of(model, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        step += 1
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(f"{done:4.0%} of the time, step {step}, {loss_of.__name__} {float(loss.detach()):.3f}", flush=True)


if __name__ == "__main__":
    main()
