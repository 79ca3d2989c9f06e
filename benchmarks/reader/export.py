"""Exports a trained reader: ONNX with int8 weights in files of under 50 MB, and the card that belongs to them.

    python -m benchmarks.reader.export TRAINED OUT --name reader-mpnet12

Dynamic int8, a scale a column, seven bits: with eight the sums overflow on processors that have AVX2 and no VNNI. The
heads stay in float. Needs torch, transformers, onnx and onnxruntime. Choose the thresholds again after every export,
by `python -m benchmarks.grounding`: int8 moves probabilities.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from benchmarks.reader.model import ReaderModel, load

INPUTS, OUTPUTS = ["input_ids", "attention_mask", "case_ids"], ["support", "spans", "tags"]
LARGEST_FILE = 48_000_000
SMALLEST_OUTSIDE = 100_000
HEADS = ("verify", "span", "names", "tags")


class Exported(nn.Module):
    """The graph: probabilities of support and tags, logits of spans."""

    def __init__(self, model: ReaderModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, case_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See `INPUTS` and `OUTPUTS`."""
        model = self.model
        hidden = model.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        named = model.tags(nn.functional.gelu(model.names(torch.cat([hidden, model.case(case_ids)], -1))))
        return torch.softmax(model.verify(hidden[:, 0]), -1), model.span(hidden), torch.softmax(named, -1)


def main() -> None:
    """Writes `reader.onnx`, `reader.N.bin`, `tokenizer.json` and `reader.json` into the folder."""
    parser = argparse.ArgumentParser(prog="benchmarks.reader.export")
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", default="reader")
    parser.add_argument("--card", type=Path, help="a reader.json whose thresholds are taken over")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        graph = quantised(load(options.trained).eval(), Path(folder))
    write(graph, options.out)
    shutil.copy(options.trained / "tokenizer.json", options.out / "tokenizer.json")
    write_card(options.out, options.name, json.loads(options.card.read_text()) if options.card else {})


def quantised(model: ReaderModel, work: Path) -> onnx.ModelProto:
    """The graph with int8 matrices and embeddings."""
    sample = tuple(torch.ones(2, 24, dtype=torch.long) * n for n in (5, 1, 1))
    axes = {name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "spans", "tags")} | {"support": {0: "batch"}}
    torch.onnx.export(
        Exported(model), sample, str(work / "float.onnx"), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(work / "float.onnx"), str(work / "shaped.onnx"), skip_symbolic_shape=True)
    nodes = onnx.load(str(work / "shaped.onnx"), load_external_data=False).graph.node
    heads = [
        node.name for node in nodes if node.op_type == "MatMul" and any(f"/{head}/" in node.name for head in HEADS)
    ]
    quantize_dynamic(
        str(work / "shaped.onnx"), str(work / "int8.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        reduce_range=True, op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=heads,
    )  # fmt: skip
    return onnx.load(str(work / "int8.onnx"))


def write(graph: onnx.ModelProto, out: Path) -> None:
    """The graph, its large tensors in files of at most 48 MB beside it."""
    for old in out.glob("reader.*"):
        old.unlink()
    file = size = 0
    for tensor in graph.graph.initializer:
        length = len(tensor.raw_data)
        if length >= SMALLEST_OUTSIDE:
            if size + length > LARGEST_FILE:
                file, size = file + 1, 0
            set_external_data(tensor, f"reader.{file}.bin")
            size += length
    onnx.save_model(graph, str(out / "reader.onnx"))


def write_card(out: Path, name: str, old: dict[str, object]) -> None:
    """`reader.json`: hashes of the files, and what `old` says of thresholds, languages and lengths."""
    files = sorted(path for path in out.iterdir() if path.name != "reader.json" and path.is_file())
    card = {
        "name": name, "version": 1, "languages": ["en"], "levels": {"balanced": 0.85, "lenient": 0.7},
        "copies": {"cut": 1.0, "rearranged": 0.0}, "band": [0.4, 0.9],
        "max_tokens": {"support": 256, "answer": 320, "names": 192}, "overlap": {"answer": 96, "names": 24},
    }  # fmt: skip
    card |= {key: value for key, value in old.items() if key in card and key != "name"}
    card["files"] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (out / "reader.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
