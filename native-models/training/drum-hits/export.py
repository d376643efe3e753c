"""Exports the hit finder: python3 export.py CHECKPOINT MODEL_FOLDER [--threshold 0.4]: one graph, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from find import REACH_FRAMES, SEGMENT_FRAMES, load_net
from model import CONTEXT_FRAMES, HOP, INSTRUMENTS, LONG_WINDOW, SAMPLE_RATE, SHORT_WINDOW, DrumHitsNet
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from torch import Tensor, nn


class Chances(nn.Module):
    """The network with its logits made chances."""

    def __init__(self, net: DrumHitsNet):
        super().__init__()
        self.net = net

    def forward(self, long: Tensor, short: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hits, velocities, offsets = self.net(long, short)
        return torch.sigmoid(hits), velocities, offsets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threshold", type=float, default=0.4)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = Chances(load_net(arguments.checkpoint)).eval()
    inputs = {"long": torch.rand(1, 200, LONG_WINDOW // 2 + 1) ** 4 * 5000, "short": torch.rand(1, 200, SHORT_WINDOW // 2 + 1) ** 4 * 1000}
    outputs = ["chance", "velocity", "offset"]
    path = arguments.folder / "drum-hits.onnx"
    difference = export_onnx(net, inputs, outputs, path, {name: {1: "frames"} for name in [*inputs, *outputs]})
    print(f"{path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
    cells = ["1", "frames", len(INSTRUMENTS)]
    write_manifest(arguments.folder, {
        "name": "drum-hits", "task": "hits", "version": 1, "licence": "MIT", "opset": OPSET, **file_entry(path), "sampleRate": SAMPLE_RATE,
        "channels": "mono: (L + R) / 2", "instruments": list(INSTRUMENTS),
        "stft": {"window": "periodic Hann", "hopFrames": HOP, "centred": True, "edges": "zeros", "normalised": False,
                 "long": LONG_WINDOW, "short": SHORT_WINDOW, "frameCount": "floor(samples / 441)"},
        "normalisation": "audio divided by the rms of its 100 ms blocks whose power exceeds a hundredth of the loudest block's",
        "inputs": {"long": ["1", "frames", LONG_WINDOW // 2 + 1], "short": ["1", "frames", SHORT_WINDOW // 2 + 1]},
        "outputs": {name: cells for name in outputs}, "threshold": arguments.threshold,
        "apply": f"a hit where chance exceeds the threshold and every neighbour within {REACH_FRAMES} frames; "
                 "time = (frame + offset) * 441 / 44100 s; velocity 0..1",
        "segment": {"frames": SEGMENT_FRAMES, "contextFrames": CONTEXT_FRAMES, "edges": "no padding; inner joins are exact"},
    })
    probe = {"long": "1000 where (frame * 7 + bin) mod 13 = 0 else 1", "short": "100 where (frame * 5 + bin) mod 11 = 0 else 1", "frames": 100}
    frame = torch.arange(100)
    long = torch.where((frame[:, None] * 7 + torch.arange(LONG_WINDOW // 2 + 1)) % 13 == 0, 1000.0, 1.0)[None]
    short = torch.where((frame[:, None] * 5 + torch.arange(SHORT_WINDOW // 2 + 1)) % 11 == 0, 100.0, 1.0)[None]
    with torch.no_grad():
        chance, velocity, offset = net(long, short)
    (arguments.folder / "reference.json").write_text(json.dumps({
        **probe, "tolerance": 2e-3, "frame": 50, "chance": [round(float(v), 5) for v in chance[0, 50]],
        "velocity": [round(float(v), 5) for v in velocity[0, 50]], "offset": [round(float(v), 5) for v in offset[0, 50]]}) + "\n")


if __name__ == "__main__":
    main()
