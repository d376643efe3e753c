"""Exports the humaniser: python3 export.py CHECKPOINT MODEL_FOLDER: four graphs, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from groove_midi import CLASS_NAMES
from groove_windows import CLASS_COUNT, STYLES, WINDOW_STEPS
from model import LATENT, OFFSET_LEVELS, PREVIOUS, VELOCITY_LEVELS, HumanNet
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from play import load_human, load_tight
from torch import Tensor, nn


class Context(nn.Module):
    def __init__(self, net: HumanNet):
        super().__init__()
        self.net = net

    def forward(self, hits: Tensor, condition: Tensor, style: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        context = self.net.encoder(hits, condition, style)
        return (context, *self.net.infer_prior(context))


class Listen(nn.Module):
    def __init__(self, net: HumanNet):
        super().__init__()
        self.net = net

    def forward(self, context: Tensor, performance: Tensor) -> Tensor:
        return self.net.infer_posterior(context, performance)[0]


class Play(nn.Module):
    def __init__(self, net: HumanNet):
        super().__init__()
        self.net = net

    def forward(self, context: Tensor, groove: Tensor, previous: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.play(context, groove, previous, state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    tight, human = load_tight(arguments.checkpoint), load_human(arguments.checkpoint)
    hits = (torch.rand(2, WINDOW_STEPS, CLASS_COUNT) < 0.2).float()
    condition, style = torch.tensor([[0.25, 0.0], [-0.5, 0.0]]), torch.tensor([0, 13])
    width, state_width = human.encoder.recurrence.hidden_size * 2, human.decoder.hidden_size
    context, groove = torch.randn(2, WINDOW_STEPS, width), torch.randn(2, LATENT)
    performance, state = torch.rand(2, WINDOW_STEPS, PREVIOUS), torch.zeros(1, 2, state_width)
    one_step = {"context": context[:, :1], "groove": groove, "previous": performance[:, :1], "state": state}
    pattern = {"hits": hits, "condition": condition, "style": style}
    graphs = {
        "tight": (tight, pattern, ["velocity", "offset"]),
        "context": (Context(human), pattern, ["context", "priorMean", "priorLogDeviation"]),
        "listen": (Listen(human), {"context": context, "performance": performance}, ["groove"]),
        "play": (Play(human), one_step, ["logits", "nextState"]),
    }
    files = {}
    for name, (net, inputs, outputs) in graphs.items():
        path = arguments.folder / f"{name}.onnx"
        batch_axis = {key: {1: "batch"} if key in ("state", "nextState") else {0: "batch"} for key in [*inputs, *outputs]}
        difference = export_onnx(net, inputs, outputs, path, batch_axis)
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
        with torch.no_grad():
            answer = net.eval()(*inputs.values())
        shapes = {key: list(value.shape) for key, value in zip(outputs, answer if isinstance(answer, tuple) else (answer,))}
        files[name] = {**file_entry(path), "inputs": {key: _symbolic(key, list(value.shape)) for key, value in inputs.items()},
                       "outputs": {key: _symbolic(key, shape) for key, shape in shapes.items()}}
    write_manifest(arguments.folder, {
        "name": "groove-humanise", "task": "humanise", "version": 1, "licence": "MIT", "opset": OPSET,
        "attribution": "Uses the Groove MIDI Dataset by Google LLC (Gillick et al., 2019), CC BY 4.0",
        "steps": WINDOW_STEPS, "classes": list(CLASS_NAMES), "styles": list(STYLES), "graphs": files,
        "condition": "[(bpm - 110) / 40, 1 for a fill else 0]", "style": "int64 index into styles; 0 when not given",
        "performance": "per step 27 numbers: 9 hits (0/1), 9 velocities (0..1), 9 doubled offsets; velocities and offsets 0 where no hit",
        "offset": "sixteenths, played minus written, positive late",
        "levels": {"velocity": VELOCITY_LEVELS, "offset": OFFSET_LEVELS,
                   "logits": "[batch, 1, 9, velocity levels then offset levels]; velocity = (level + u) / 32, "
                             "offset = (level + u) / 41 - 0.5, u uniform in 0..1"},
        "sampling": "groove = priorMean + temperature * exp(priorLogDeviation) * normal, or listen's groove (encode, morph by interpolation); "
                    "previous is zeros before step 0 and then the performance row just played; state begins as zeros",
    })
    with torch.no_grad():
        velocity, offset = tight(hits, condition, style)
    (arguments.folder / "reference.json").write_text(json.dumps({
        "hits": hits[0].nonzero().tolist(), "condition": condition[0].tolist(), "style": 0, "tolerance": 2e-3,
        "velocity": [round(float(velocity[0][tuple(cell)]), 5) for cell in hits[0].nonzero().tolist()],
        "offset": [round(float(offset[0][tuple(cell)]), 5) for cell in hits[0].nonzero().tolist()]}) + "\n")


def _symbolic(name: str, shape: list[int]) -> list[int | str]:
    axis = 1 if name in ("state", "nextState") else 0
    return ["batch" if index == axis else size for index, size in enumerate(shape)]


if __name__ == "__main__":
    main()
