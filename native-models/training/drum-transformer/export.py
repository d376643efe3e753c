"""Exports the drum transformer: python3 export.py CHECKPOINT MODEL_FOLDER: one graph, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from generate import load_ensemble
from groove_midi import CLASS_NAMES
from groove_windows import STYLES
from model import WINDOW_STEPS, Walker
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from words import FEATURES, LAGS, LEADS, WORDS, Controls, features_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    ensemble = load_ensemble(arguments.checkpoint)
    net = Walker(ensemble).eval()
    rng = np.random.default_rng(0)
    words = rng.integers(0, WORDS, 40)
    controls = Controls(style=13, bpm=120.0, density=1.5, fill_bars=np.array([0, 1, 0], np.float32))
    features = features_of(words, controls, known_from=24)
    steps, width = torch.from_numpy(features), net.memory_width()
    with torch.no_grad():
        expected = ensemble(steps[None])[0]
        first, remembered = net(steps[:16], torch.zeros(0, width))
        off = max(float((first - expected[:16]).abs().max()), float((net(steps[16:], remembered)[0] - expected[16:]).abs().max()))
    print(f"largest difference between going on and reading at once {off:.1e}")
    inputs = {"features": steps[16:], "memory": remembered}
    path = arguments.folder / "drum-transformer.onnx"
    axes = {"features": {0: "steps"}, "memory": {0: "past"}, "logChances": {0: "steps"}, "remembered": {0: "steps"}}
    difference = export_onnx(net, inputs, ["logChances", "remembered"], path, axes)
    print(f"{path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
    write_manifest(arguments.folder, {
        "name": "drum-transformer", "task": "generate", "version": 2, "licence": "MIT", "opset": OPSET,
        "attribution": "Uses the Groove MIDI Dataset by Google LLC (Gillick et al., 2019), CC BY 4.0",
        **file_entry(path), "inputs": {"features": ["steps", FEATURES], "memory": ["past", width]},
        "outputs": {"logChances": ["steps", WORDS], "remembered": ["steps", width]}, "windowSteps": WINDOW_STEPS,
        "memory": f"what the steps before remembered, in order, none at first; past and steps together at most {WINDOW_STEPS}, from a bar line",
        "classes": list(CLASS_NAMES), "styles": list(STYLES),
        "word": "bit c is set where class c strikes in the sixteenth",
        "features": [
            *({"offset": 10 * i, "size": 10, "is": f"bits of the word {lag} steps back, then 1 if that step is within the window"}
              for i, lag in enumerate(LAGS)),
            *({"offset": 10 * (len(LAGS) + i), "size": 10,
               "is": f"bits of the word {lead} steps ahead, then 1, where that word is written already and this step is not; else zeros"}
              for i, lead in enumerate(LEADS)),
            {"offset": 80, "size": 16, "is": "one-hot sixteenth in the bar"}, {"offset": 96, "size": 4, "is": "one-hot bar of the song modulo 4"},
            {"offset": 100, "size": len(STYLES), "is": "one-hot style, the first when not given"},
            {"offset": 100 + len(STYLES), "size": 2, "is": "(bpm - 110) / 40, 1 if given; else zeros"},
            {"offset": 102 + len(STYLES), "size": 2, "is": "hits per step - 1, 1 if given; else zeros"},
            {"offset": 104 + len(STYLES), "size": 2, "is": "1 if this bar is a fill, 1 if fills are given; else zeros"}],
        "sampling": "row t of logChances is for the word of step t; sample it (temperature, top-p), write it, make row t + 1",
    })
    (arguments.folder / "reference.json").write_text(json.dumps({
        "words": words.tolist(), "controls": {"style": 13, "bpm": 120, "density": 1.5, "fillBars": [0, 1, 0]}, "knownFrom": 24,
        "tolerance": 5e-3, "row": 20, "features": [round(float(v), 5) for v in features[20]],
        "logChances": [round(float(v), 4) for v in expected[20]]}) + "\n")


if __name__ == "__main__":
    main()
