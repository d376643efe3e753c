"""Writes networks as ONNX (opset 17) with 16-bit weights (Debian's python3-onnx), checks them against torch, and describes them in a manifest.

Weights are stored as float16 and cast to float32 inside the graph, which the runtime folds when it loads: half the file, and
all arithmetic in float32. The parity check needs the Python package onnxruntime and is skipped, with a word, where it is missing.
"""
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.numpy_helper
import torch
from torch import Tensor, nn

OPSET = 17
HALF_FROM = 1024


def halve_weights(path: Path) -> None:
    """Stores every float32 initialiser of `HALF_FROM` numbers or more as float16, followed by a cast."""
    model = onnx.load(str(path))
    casts = []
    for index, stored in enumerate(model.graph.initializer):
        values = onnx.numpy_helper.to_array(stored)
        if values.dtype != np.float32 or values.size < HALF_FROM:
            continue
        name = stored.name
        stored.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(onnx.helper.make_node("Cast", [f"{name}.half"], [name], name=f"widen-{index}", to=onnx.TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def export_onnx(net: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path,
                dynamic: dict[str, dict[int, str]] | None = None, half: bool = True) -> float:
    """Writes `path`; returns the largest difference from torch with float32 weights (nan when not checked)."""
    net.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        torch.onnx.export(net, tuple(inputs.values()), str(path), opset_version=OPSET, input_names=list(inputs),
                          output_names=outputs, dynamic_axes=dynamic or {})
        expected = net(*inputs.values())
    if half:
        halve_weights(path)
    expected = expected if isinstance(expected, tuple) else (expected,)
    try:
        import onnxruntime
    except ImportError:
        print(f"{path.name}: parity not checked, no onnxruntime")
        return float("nan")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    found = session.run(outputs, {name: value.numpy() for name, value in inputs.items()})
    return max(float((torch.from_numpy(a) - b).abs().max()) for a, b in zip(found, expected))


def file_entry(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
