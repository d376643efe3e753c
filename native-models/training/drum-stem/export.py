"""Exports a trained separator: python3 export.py CHECKPOINT... MODEL_FOLDER

Writes drum-stem.onnx and manifest.json (the contract with the host) and reference.json: a short input and its drums for the host's tests.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from model import CONTEXT_WINDOWS
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from separate import SEGMENT_WINDOWS, MaskMean, separate
from spectra import BASS_BINS, BASS_WINDOW, BINS, HOP, SAMPLE_RATE, WINDOW
from strokes import average_strokes

REFERENCE_FRAMES = 16384


def reference_audio() -> np.ndarray:
    """(frames, 2): two decaying tones and a click every 4096 frames, computable anywhere.

    left = 0.5 sin(2 pi 110 t) + 0.4 d, right = 0.3 sin(2 pi 220 t) + 0.4 d, with d = exp(-k / 300) sin(2 pi 60 k / 44100), k = frame mod 4096.
    """
    frame = np.arange(REFERENCE_FRAMES)
    time, since = frame / SAMPLE_RATE, frame % 4096
    drum = np.exp(-since / 300) * np.sin(2 * np.pi * 60 * since / SAMPLE_RATE)
    return np.stack([0.5 * np.sin(2 * np.pi * 110 * time) + 0.4 * drum, 0.3 * np.sin(2 * np.pi * 220 * time) + 0.4 * drum], 1)


def write_reference(net: torch.nn.Module, folder: Path) -> None:
    audio = reference_audio()
    drums = average_strokes(audio, separate(net, audio))
    (folder / "reference.json").write_text(json.dumps({
        "audio": reference_audio.__doc__.split("\n\n")[1].strip(), "frames": REFERENCE_FRAMES, "tolerance": 2e-3,
        "at": list(range(0, REFERENCE_FRAMES, 512)), "drumsLeft": [round(float(v), 6) for v in drums[::512, 0]],
        "drumsRight": [round(float(v), 6) for v in drums[::512, 1]]}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = MaskMean(arguments.checkpoints)
    inputs = {"power": torch.rand(1, 2, 400, BINS) ** 4 * 5000, "bass": torch.rand(1, 400, BASS_BINS) ** 4 * 50000}
    path = arguments.folder / "drum-stem.onnx"
    difference = export_onnx(net, inputs, ["mask"], path, {"power": {2: "windows"}, "bass": {1: "windows"}, "mask": {2: "windows"}})
    print(f"{path.stat().st_size / 1e6:.2f} MB, largest mask difference from torch {difference:.1e}")
    write_manifest(arguments.folder, {
        "name": "drum-stem", "task": "separation", "version": 1, "licence": "MIT", "opset": OPSET, "stems": ["drums"],
        **file_entry(path),
        "sampleRate": SAMPLE_RATE, "channels": "mid/side: M = (L + R) / 2, S = (L - R) / 2; mono input: S = 0",
        "stft": {"window": "periodic Hann", "windowFrames": WINDOW, "hopFrames": HOP, "centred": True, "edges": "reflect", "normalised": False},
        "bassStft": {"channel": "mid", "window": "periodic Hann", "windowFrames": BASS_WINDOW, "hopFrames": HOP, "bins": BASS_BINS,
                     "centred": True, "edges": "reflect", "normalised": False},
        "normalisation": "audio divided by sqrt(mean over the song of M^2 + S^2) before squared magnitudes are taken",
        "inputs": {"power": ["1", "2 (M, S)", "windows", BINS], "bass": ["1", "windows", BASS_BINS]},
        "outputs": {"mask": ["1", "2 (M, S)", "windows", BINS]},
        "apply": "drums = iSTFT(mask * STFT(M)), iSTFT(mask * STFT(S)); L = M + S, R = M - S; strokes averaged; residual = mix - drums",
        "averagesStrokes": True,
        "segment": {"windows": SEGMENT_WINDOWS, "contextWindows": CONTEXT_WINDOWS, "advanceWindows": SEGMENT_WINDOWS - 2 * CONTEXT_WINDOWS,
                    "edges": "no padding: the first and the last segment are shorter; inner joins are exact, no cross-fade"},
    })
    write_reference(net, arguments.folder)


if __name__ == "__main__":
    main()
