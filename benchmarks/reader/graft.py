"""Puts a trained adapter into the graph of a reader, beside its int8 weights, which stay as they are.

    python -m benchmarks.reader.graft READER ADAPTER.safetensors OUT

The graph gets one more input, `adapter` (1,) in float32: 1 adds the adapter's part, 0 leaves every layer as it was, so
that answers and names are what they were to the last bit. Needs onnx and safetensors. Choose the thresholds again
afterwards, by `python -m benchmarks.grounding`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from benchmarks.reader.export import write, write_card

INPUT = "adapter"


def main() -> None:
    """Writes a whole reader into OUT."""
    parser = argparse.ArgumentParser(prog="benchmarks.reader.graft")
    parser.add_argument("reader", type=Path)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = onnx.load(str(options.reader / "reader.onnx"))
    graft(model.graph, load_file(str(options.adapter)))
    onnx.checker.check_model(model)
    write(model, options.out)
    shutil.copy(options.reader / "tokenizer.json", options.out / "tokenizer.json")
    card = json.loads((options.reader / "reader.json").read_text("utf-8"))
    write_card(options.out, card["name"], card)


def graft(graph: onnx.GraphProto, weights: dict[str, object]) -> None:
    """Adds the low-rank part behind each matrix that has one, and puts the new head of support in its place."""
    graph.input.append(helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1]))
    for name, value in weights.items():
        graph.initializer.append(numpy_helper.from_array(value, f"{INPUT}.{name}"))
    sources = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "DynamicQuantizeLinear"}
    for name in sorted({name.removesuffix(".down") for name in weights if name.endswith(".down")}):
        path = name.replace(".", "/").replace("layer/", "layer.")
        _behind(graph, f"/{path}/MatMul", name, sources)
    _head(graph, sources)


def _behind(graph: onnx.GraphProto, path: str, name: str, sources: dict[str, str]) -> None:
    """`x W` becomes `x W + adapter * (x down) up`."""
    matrix = next(node for node in graph.node if node.name == f"{path}_quant")
    states, product = sources[matrix.input[0]], f"{path}_output_0"
    at, scaled = next((at, node) for at, node in enumerate(graph.node) if product in node.output)
    scaled.output[0] = f"{product}_alone"
    part = f"{INPUT}.{name}"
    added = [
        helper.make_node("MatMul", [states, f"{part}.down"], [f"{part}.low"]),
        helper.make_node("MatMul", [f"{part}.low", f"{part}.up"], [f"{part}.high"]),
        helper.make_node("Mul", [f"{part}.high", INPUT], [f"{part}.scaled"]),
        helper.make_node("Add", [f"{product}_alone", f"{part}.scaled"], [product]),
    ]
    for node in reversed(added):
        graph.node.insert(at + 1, node)


def _head(graph: onnx.GraphProto, sources: dict[str, str]) -> None:
    """The head of support in float; the nodes of the old one go."""
    matrix = next(node for node in graph.node if node.name.startswith("/verify/") and node.op_type == "MatMulInteger")
    at, softmax = next((at, node) for at, node in enumerate(graph.node) if node.output[0] == "support")
    softmax.input[0] = f"{INPUT}.logits"
    weight, bias = f"{INPUT}.verify.weight", f"{INPUT}.verify.bias"
    graph.node.insert(
        at, helper.make_node("Gemm", [sources[matrix.input[0]], weight, bias], [f"{INPUT}.logits"], transB=1)
    )
    for node in [node for node in graph.node if node.name.startswith("/verify/")]:
        graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    for stored in [stored for stored in graph.initializer if stored.name not in used]:
        graph.initializer.remove(stored)


if __name__ == "__main__":
    main()
