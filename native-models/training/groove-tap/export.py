"""Exports tap-to-drums: python3 export.py CHECKPOINT MODEL_FOLDER: one graph, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from groove_midi import CLASS_NAMES
from groove_windows import STYLES, WINDOW_STEPS
from measure import load_ensemble
from model import TAP_INPUTS
from onnx_export import OPSET, export_onnx, file_entry, write_manifest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    ensemble, thresholds = load_ensemble(arguments.checkpoint)
    struck = (torch.rand(2, WINDOW_STEPS, 1) < 0.5).float()
    taps = torch.cat([struck, torch.rand(2, WINDOW_STEPS, 1) * struck, (torch.rand(2, WINDOW_STEPS, 1) - 0.5) * struck], -1)
    inputs = {"taps": taps, "condition": torch.tensor([[0.25, 0.0], [-0.5, 0.0]]), "style": torch.tensor([0, 13])}
    outputs = ["chance", "velocity", "offset"]
    path = arguments.folder / "groove-tap.onnx"
    difference = export_onnx(ensemble, inputs, outputs, path, {name: {0: "batch"} for name in [*inputs, *outputs]})
    print(f"{path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
    cells = ["batch", WINDOW_STEPS, len(CLASS_NAMES)]
    write_manifest(arguments.folder, {
        "name": "groove-tap", "task": "tap", "version": 1, "licence": "MIT", "opset": OPSET,
        "attribution": "Uses the Groove MIDI Dataset by Google LLC (Gillick et al., 2019), CC BY 4.0",
        **file_entry(path), "steps": WINDOW_STEPS, "classes": list(CLASS_NAMES), "styles": list(STYLES),
        "inputs": {"taps": ["batch", WINDOW_STEPS, TAP_INPUTS], "condition": ["batch", 2], "style": ["batch"]},
        "outputs": {name: cells for name in outputs},
        "taps": "per step: 1 where tapped, velocity 0..1 of the loudest tap there, its doubled offset (sixteenths, positive late); "
                "zeros where not tapped",
        "condition": "[(bpm - 110) / 40, 1 for a fill else 0]", "style": "int64 index into styles; 0 when not given",
        "thresholds": thresholds,
        "apply": "a class sounds where chance > its threshold in the set of the user's choice (exact, colourful); velocity 0..1; "
                 "offset in sixteenths, positive late. Nothing sounds where nothing was tapped; the loudest voice of a step has the tap's velocity",
    })
    with torch.no_grad():
        chance, velocity, offset = ensemble(*inputs.values())
    (arguments.folder / "reference.json").write_text(json.dumps({
        "tolerance": 2e-3, "condition": [0.25, 0.0], "style": 0, "taps": [[round(float(v), 5) for v in row] for row in taps[0]],
        "chance": [[round(float(v), 5) for v in row] for row in chance[0]],
        "velocity": [[round(float(v), 5) for v in row] for row in velocity[0]],
        "offset": [[round(float(v), 5) for v in row] for row in offset[0]]}) + "\n")


if __name__ == "__main__":
    main()
