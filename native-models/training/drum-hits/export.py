"""Exports the hit finder: python3 export.py CHECKPOINT MODEL_FOLDER [--thresholds JSON]: one graph, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from clips import MARGIN, spectra
from find import (CLOSE_FRAMES, FAMILIES, NORMALISING_BLOCK, ONSET_SECONDS, SEGMENT_FRAMES, VALLEY, activations, load_net, normalising_gain, onsets_of,
                  pick)
from model import CONTEXT_FRAMES, HOP, INSTRUMENTS, LONG_WINDOW, SAMPLE_RATE, SHORT_HOP, SHORT_WINDOW, SHORTS, DrumHitsNet
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from torch import Tensor, nn

PROBE_STROKES = ((0.1, "kick", 1.0), (0.35, "hat", 0.5), (0.6, "snare", 1.0), (0.85, "hat", 0.4), (1.1, "kick", 0.9), (1.35, "hat", 0.5),
                 (1.575, "snare", 0.4), (1.6, "snare", 0.9))
PROBE_TEXT = (
    "mono, 2 s at 44100 Hz, float64, sum over strokes (seconds, kind, gain) from n0 = round(seconds * 44100), with i = n - n0 >= 0 and "
    "noise(n) = ((n * 1103515245 + 12345) mod 2147483648) / 1073741824 - 1: kick = gain * exp(-i / 4000) * sin(2 pi 55 i / 44100); "
    "snare = gain * exp(-i / 3000) * (0.5 * noise(n) + 0.5 * sin(2 pi 190 i / 44100)); hat = gain * exp(-i / 900) * 0.5 * (noise(n) - noise(n - 1)); "
    "no hits are expected to be right here, only the same")


class Chances(nn.Module):
    """The network with its logits made chances."""

    def __init__(self, net: DrumHitsNet):
        super().__init__()
        self.net = net

    def forward(self, long: Tensor, short: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        hits, velocities, offsets, onsets = self.net(long, short)
        return torch.sigmoid(hits), velocities, offsets, torch.sigmoid(onsets)


def probe_audio() -> np.ndarray:
    n = np.arange(-1, 2 * SAMPLE_RATE)
    noise = ((n * 1103515245 + 12345) % 2147483648) / 1073741824 - 1
    audio = np.zeros(2 * SAMPLE_RATE)
    for seconds, kind, gain in PROBE_STROKES:
        first = round(seconds * SAMPLE_RATE)
        i = np.arange(len(audio) - first)
        here, before = noise[1:][first:], noise[:-1][first:]
        audio[first:] += gain * {
            "kick": lambda: np.exp(-i / 4000) * np.sin(2 * np.pi * 55 * i / SAMPLE_RATE),
            "snare": lambda: np.exp(-i / 3000) * (0.5 * here + 0.5 * np.sin(2 * np.pi * 190 * i / SAMPLE_RATE)),
            "hat": lambda: np.exp(-i / 900) * 0.5 * (here - before),
        }[kind]()
    return audio.astype(np.float32)


def rounded(values: Tensor | np.ndarray) -> list[float]:
    return [float(f"{float(value):.6g}") for value in values]


def reference(net: DrumHitsNet, thresholds: dict[str, float]) -> dict[str, object]:
    """What a host must reproduce: the network on made-up spectra, and the whole chain on made-up audio."""
    frame = torch.arange(100)
    long = torch.where((frame[:, None] * 7 + torch.arange(LONG_WINDOW // 2 + 1)) % 13 == 0, 1000.0, 1.0)[None]
    short = torch.where((torch.arange(100 * SHORTS)[:, None] * 5 + torch.arange(SHORT_WINDOW // 2 + 1)) % 11 == 0, 100.0, 1.0)[None]
    with torch.no_grad():
        outputs = Chances(net)(long, short)
    audio = probe_audio()
    gain = normalising_gain(audio)
    chances, velocities, offsets, onsets = activations(net, audio)
    hits = pick(chances, velocities, offsets, thresholds)
    padded = np.pad(audio * np.float32(gain), MARGIN)
    chain_long, chain_short = spectra(torch.from_numpy(padded)[None])
    bins = [0, 1, 3, 10, 30, 100]
    return {
        "spectra": {
            "long": "1000 where (frame * 7 + bin) mod 13 = 0 else 1", "short": "100 where (window * 5 + bin) mod 11 = 0 else 1", "frames": 100,
            "frame": 50, "tolerance": 2e-3, **{name: rounded(output[0, 50]) for name, output in zip(("chance", "velocity", "offset", "onset"), outputs)}},
        "audio": {
            "made": PROBE_TEXT, "strokes": PROBE_STROKES, "frames": 200, "gain": float(f"{gain:.7g}"), "bins": bins,
            "spectrumTolerance": "1e-3 relative plus 1e-3",
            "longOfFrame": {str(f): rounded(chain_long[0, f, bins]) for f in (0, 10, 61, 199 if chain_long.shape[1] > 199 else 198)},
            "shortOfWindow": {str(s): rounded(chain_short[0, s, bins]) for s in (0, 1, 30, 183)},
            "tolerance": 2e-3, "chanceOfFrame": {str(f): rounded(chances[f]) for f in (0, 10, 60, 110, 160)},
            "onsetOfFrame": {str(f): rounded(onsets[f]) for f in (10, 60, 110, 160)}, "secondsTolerance": 1e-4,
            "hits": [{"seconds": round(hit.seconds, 5), "instrument": hit.instrument, "velocity": round(hit.velocity, 4), "chance": round(hit.chance, 4)}
                     for hit in hits], "onsets": [round(time, 5) for time in onsets_of(hits)]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--thresholds", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = load_net(arguments.checkpoint)
    thresholds = json.loads(arguments.thresholds.read_text()) if arguments.thresholds else dict.fromkeys(FAMILIES, 0.4)
    inputs = {"long": torch.rand(1, 200, LONG_WINDOW // 2 + 1) ** 4 * 5000, "short": torch.rand(1, 200 * SHORTS, SHORT_WINDOW // 2 + 1) ** 4 * 1000}
    outputs = ["chance", "velocity", "offset", "onset"]
    path = arguments.folder / f"{arguments.folder.name}.onnx"
    axes = {"long": {1: "frames"}, "short": {1: "shortWindows"}, **{name: {1: "frames"} for name in outputs}}
    difference = export_onnx(Chances(net).eval(), inputs, outputs, path, axes)
    print(f"{path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
    cells = ["1", "frames", len(INSTRUMENTS)]
    write_manifest(arguments.folder, {
        "name": arguments.folder.name, "task": "hits", "version": 1, "licence": "MIT", "opset": OPSET, **file_entry(path), "sampleRate": SAMPLE_RATE,
        "channels": "mono: (L + R) / 2", "instruments": list(INSTRUMENTS), "hopFrames": HOP, "frameCount": f"ceil(samples / {HOP})",
        "normalisation": {
            "blockFrames": NORMALISING_BLOCK, "shareOfLoudest": 0.01, "floor": 1e-12,
            "rule": "whole blocks from sample 0, the rest left out; power p of a block = mean of squares; gain = 1 / sqrt(mean of p over blocks "
                    "with p >= 0.01 * max p, + 1e-12); audio is multiplied by gain before the spectra"},
        "spectra": {
            "values": "squared magnitude of the DFT, not normalised", "window": "periodic Hann: 0.5 - 0.5 cos(2 pi n / N)", "edges": "zeros beyond the audio",
            "long": {"windowFrames": LONG_WINDOW, "hopFrames": HOP, "perFrame": 1, "centre": f"sample {HOP} * frame"},
            "short": {"windowFrames": SHORT_WINDOW, "hopFrames": SHORT_HOP, "perFrame": SHORTS, "centre": f"sample {SHORT_HOP} * (window - 1)"}},
        "inputs": {"long": ["1", "frames", LONG_WINDOW // 2 + 1], "short": ["1", f"{SHORTS} * frames", SHORT_WINDOW // 2 + 1]},
        "outputs": {**{name: cells for name in outputs[:3]}, "onset": ["1", "frames", 1]},
        "meaning": {"chance": "0..1 that the instrument is struck here", "velocity": "0..1 (of 127)", "offset": "frames from this one to the stroke, -1.5..1.5",
                    "onset": "0..1 that anything is struck here"},
        "segment": {"frames": SEGMENT_FRAMES, "contextFrames": CONTEXT_FRAMES,
                    "rule": "run frames [first - context, first + frames + context) as far as they exist, keep [first, first + frames): inner joins are "
                            "exact, nothing is padded"},
        "families": [{"name": name, "members": list(members), "threshold": thresholds[name]} for name, members in FAMILIES.items()],
        "peaks": {
            "rule": "per family, c = min(1, sum of its members' chances), frames in order: c >= threshold, c > the frame before's and >= the next one's (0 "
                    "beyond the ends). A peak at most closeFrames after the last kept one whose lowest c between them (frames kept..peak-1) exceeds valley * "
                    "the smaller of both peaks is the same stroke: the higher of the two is kept (the earlier when equal). Instrument: the member with the greatest "
                    "chance at the peak's frame (the first when equal); its offset and velocity there count; seconds = max(0, (frame + offset) * 441 / 44100)",
            "closeFrames": CLOSE_FRAMES, "valley": VALLEY},
        "onsets": {
            "rule": "hits by time: one less than mergeSeconds after an onset's first hit belongs to that onset unless the onset has a hit of its instrument "
                    "(a flam is two onsets); the onset's time is the mean of its hits'", "mergeSeconds": ONSET_SECONDS},
    })
    (arguments.folder / "reference.json").write_text(json.dumps(reference(net, thresholds), indent=1) + "\n")


if __name__ == "__main__":
    main()
