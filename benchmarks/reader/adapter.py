"""A low-rank adapter (LoRA, Hu et al. 2021, arXiv:2106.09685) for claim support alone, over the weights as they ship.

    python -m benchmarks.reader.adapter PAIRS OUT --reader summarizer/reader/weights --config CONFIG --seconds 3600

PAIRS: JSON lines of premise, hypothesis and label (see README.md). The weights of the reader are taken from its int8
graph and stay as they are; answers and names never run through the adapter, so that they cannot get worse. Only the
upper layers learn: what the lower ones give is computed once for each batch. Writes `adapter.safetensors` into OUT,
for `benchmarks.reader.graft`. Needs torch, transformers, safetensors, onnx.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import MPNetConfig

from benchmarks.reader.model import PAD, ReaderModel

LINEARS = (*(f"attention.attn.{part}" for part in "qkvo"), "intermediate.dense", "output.dense")
SUPPORTED = ("entailment", "supported")
MOST_TOKENS = 192
RATE, HEAD_RATE, WARM, WEIGHT_DECAY = 4e-4, 1e-4, 0.05, 0.01


class LowRank(nn.Module):
    """A linear layer with `up(down(x))` added; `up` begins at nothing."""

    def __init__(self, inner: nn.Linear, rank: int) -> None:
        super().__init__()
        self.inner, self.drop = inner, nn.Dropout(0.05)
        self.down = nn.Linear(inner.in_features, rank, bias=False)
        self.up = nn.Linear(rank, inner.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, states: Tensor) -> Tensor:
        added: Tensor = self.up(self.down(self.drop(states)))
        return self.inner(states) + added


def main() -> None:
    """Trains for the time given and saves the adapter every ten minutes."""
    parser = argparse.ArgumentParser(prog="benchmarks.reader.adapter")
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--lowest", type=int, default=5, help="the first layer that learns")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=1536)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    random.seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    model = shipped(options.reader)
    learning = adapted(model, options.lowest, options.rank)
    rows = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines()]
    groups = batches(rows, Tokenizer.from_file(str(options.reader / "tokenizer.json")), options.tokens)
    print(f"{len(rows)} pairs, {len(groups)} batches, {sum(p.numel() for p in learning):,} weights learn", flush=True)
    fit(Training(model, learning, groups, options.lowest), options.seconds, options.out / "adapter.safetensors")


def shipped(folder: Path) -> ReaderModel:
    """The reader in torch, its weights those of the int8 graph in `folder`."""
    graph = onnx.load(str(folder / "reader.onnx")).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    state = {name: value for name, value in stored.items() if name.endswith((".bias", ".weight"))}
    for node in graph.node:
        where = node.name.split("/MatMul")[0].split("/Gemm")[0].strip("/").replace("/", ".")
        if node.op_type == "MatMulInteger":
            state[f"{where}.weight"] = _float(stored, node.input[1].removesuffix("_quantized")).T
        elif node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            base = node.input[0].removesuffix("_quantized")
            state[base] = _float(stored, base)
        elif node.op_type == "MatMul" and any(name in stored for name in node.input):
            state[f"{where}.weight"] = next(stored[name] for name in node.input if name in stored).T
    model = ReaderModel(_config(state))
    wanted = model.state_dict()
    model.load_state_dict({name: torch.tensor(np.array(state[name], np.float32)) for name in wanted})
    return model.eval()


def _float(stored: dict[str, np.ndarray], base: str) -> np.ndarray:
    whole = stored[f"{base}_quantized"].astype(np.float32) - stored[f"{base}_zero_point"].astype(np.float32)
    floats: np.ndarray = whole * stored[f"{base}_scale"]
    return floats


def _config(state: dict[str, np.ndarray]) -> MPNetConfig:
    """That of all-mpnet-base-v2, for the sizes that the weights have."""
    words, size = state["body.embeddings.word_embeddings.weight"].shape
    positions = state["body.embeddings.position_embeddings.weight"].shape[0]
    return MPNetConfig(
        vocab_size=words, hidden_size=size, max_position_embeddings=positions, layer_norm_eps=1e-5,
        relative_attention_num_buckets=32, pad_token_id=PAD, bos_token_id=0, eos_token_id=2,
    )  # fmt: skip


def adapted(model: ReaderModel, lowest: int, rank: int) -> list[nn.Parameter]:
    """Puts the adapter into the layers from `lowest` on, and gives what learns: it, and the head of support."""
    model.requires_grad_(False)
    for number, layer in enumerate(model.body.encoder.layer):
        for path in LINEARS if number >= lowest else ():
            *parents, name = path.split(".")
            parent = layer
            for part in parents:
                parent = getattr(parent, part)
            setattr(parent, name, LowRank(getattr(parent, name), rank))
    for part in model.modules():
        if isinstance(part, LowRank):
            part.down.requires_grad_(True)
            part.up.requires_grad_(True)
    model.verify.requires_grad_(True)
    return [one for one in model.parameters() if one.requires_grad]


def batches(rows: Sequence[dict[str, str]], made: Tokenizer, tokens: int) -> list[tuple[Tensor, Tensor]]:
    """Token ids (batch, width) and labels (batch; 1 supported), of pairs that are about equally long."""
    made.enable_truncation(MOST_TOKENS, strategy="longest_first")
    made.no_padding()
    encoded = made.encode_batch([(row["premise"], row["hypothesis"]) for row in rows])
    both = [(one.ids, float(row["label"] in SUPPORTED)) for one, row in zip(encoded, rows, strict=True)]
    both.sort(key=lambda one: (len(one[0]) // 8, random.random()))
    groups: list[list[tuple[list[int], float]]] = [[]]
    for one in both:
        if groups[-1] and (len(groups[-1]) + 1) * len(one[0]) > tokens:
            groups.append([])
        groups[-1].append(one)
    return [_padded(group) for group in groups]


def _padded(group: Sequence[tuple[list[int], float]]) -> tuple[Tensor, Tensor]:
    width = max(len(ids) for ids, _ in group)
    return (
        torch.tensor([[*ids, *[PAD] * (width - len(ids))] for ids, _ in group]),
        torch.tensor([label for _, label in group]),
    )


def lower(model: ReaderModel, ids: Tensor, lowest: int) -> tuple[Tensor, Tensor, Tensor]:
    """What stands below the layers that learn: states, mask and relative positions."""
    with torch.no_grad():
        states = model.body.embeddings(input_ids=ids)
        mask, places = mask_of(ids), model.body.encoder.compute_position_bias(states)
        for layer in model.body.encoder.layer[:lowest]:
            states = layer(states, mask, places)[0]
    return states, mask, places


def mask_of(ids: Tensor) -> Tensor:
    """What is added to attention: nothing for tokens, as little as can be for padding."""
    return torch.where(ids == PAD, torch.finfo(torch.float32).min, 0.0)[:, None, None, :]


def upper(model: ReaderModel, below: tuple[Tensor, Tensor, Tensor], lowest: int) -> Tensor:
    """Logits of supported, not said, contradicted."""
    states, mask, places = below
    for layer in model.body.encoder.layer[lowest:]:
        states = layer(states, mask, places)[0]
    logits: Tensor = model.verify(model.drop(states[:, 0]))
    return logits


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of supported against the other two together."""
    logs = functional.log_softmax(logits, -1)
    return torch.where(labels > 0, -logs[:, 0], -torch.logsumexp(logs[:, 1:], -1)).mean()


@dataclass
class Training:
    """What is trained: `learning` are the parameters, `kept` the states below them, in half precision, by batch."""

    model: ReaderModel
    learning: list[nn.Parameter]
    groups: list[tuple[Tensor, Tensor]]
    lowest: int
    kept: dict[int, Tensor] = field(default_factory=dict)

    def loss(self, at: int) -> Tensor:
        """Of the batch of that number."""
        ids, labels = self.groups[at]
        if at not in self.kept:
            below = lower(self.model, ids, self.lowest)
            self.kept[at] = below[0].half()
        else:
            states = self.kept[at].float()
            below = states, mask_of(ids), self.model.body.encoder.compute_position_bias(states)
        return loss_of(upper(self.model, below, self.lowest), labels)


def fit(training: Training, seconds: float, out: Path) -> None:
    """Goes through the batches in random order until the time is over; rates rise for 5 % of it and fall to nothing."""
    model, groups = training.model.train(), training.groups
    model.body.embeddings.eval()
    for layer in model.body.encoder.layer[: training.lowest]:
        layer.eval()
    head = list(model.verify.parameters())
    rest = [one for one in training.learning if all(one is not other for other in head)]
    optimizer = torch.optim.AdamW(
        [{"params": rest, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=WEIGHT_DECAY
    )
    began = told = saved = time.monotonic()
    order: list[int] = []
    step, mean = 0, 0.0
    while (done := (time.monotonic() - began) / seconds) < 1:
        order = order or random.sample(range(len(groups)), len(groups))
        for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * (done / WARM if done < WARM else (1 - done) / (1 - WARM))
        loss = training.loss(order.pop())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(training.learning, 1.0)
        optimizer.step()
        step, mean = step + 1, 0.98 * mean + 0.02 * float(loss.detach())
        if time.monotonic() - told > 60:
            told, rounds = time.monotonic(), step / len(groups)
            print(f"{done:4.0%}, step {step} ({rounds:.2f} rounds), loss {mean / (1 - 0.98**step):.3f}", flush=True)
        if time.monotonic() - saved > 600:
            saved = time.monotonic()
            save(model, out)
    save(model, out)


def save(model: ReaderModel, path: Path) -> None:
    """`LAYER.PATH.down` (inputs, rank), `LAYER.PATH.up` (rank, outputs), and the head of support."""
    found = {
        f"{name}.{part}": getattr(module, part).weight.detach().T.contiguous()
        for name, module in model.named_modules()
        if isinstance(module, LowRank)
        for part in ("down", "up")
    }
    found |= {f"verify.{name}": value.detach().contiguous() for name, value in model.verify.named_parameters()}
    save_file(found, path)


if __name__ == "__main__":
    main()
