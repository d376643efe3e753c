"""Finds the hits of drum recordings: python3 find.py CHECKPOINT AUDIO_FOLDER OUT [--threshold 0.4]

Writes OUT/<track>.txt, lines 'time<TAB>class' as the project's onset and transcription measures read (KD SD HH TT CY OT).
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import soundfile
import torch
from clips import spectra
from model import CONTEXT_FRAMES, HOP, INSTRUMENTS, SAMPLE_RATE, DrumHitsNet

SEGMENT_FRAMES = 3000
MEASURE_CLASSES = dict(zip(INSTRUMENTS, ("KD", "SD", "OT", "HH", "HH", "TT", "CY", "CY", "OT")))
REACH_FRAMES = 2
"""A hit's chance is the highest within so many frames on either side: flams closer than 30 ms are one stroke here."""


class Hit(NamedTuple):
    seconds: float
    instrument: str
    velocity: float
    chance: float


def load_net(checkpoint: Path) -> DrumHitsNet:
    net = DrumHitsNet()
    net.load_state_dict(torch.load(checkpoint)["average"])
    return net.eval()


@torch.no_grad()
def activations(net: DrumHitsNet, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances, velocities and offsets (frames, 9) of mono 44.1 kHz audio (samples,), which is scaled to unit power where it sounds.

    'Where it sounds': 100 ms blocks above a hundredth of the loudest block's power.
    """
    blocks = audio[:len(audio) // 4410 * 4410].reshape(-1, 4410)
    block_power = (blocks ** 2).mean(1)
    audio = audio / np.sqrt(block_power[block_power > 0.01 * block_power.max()].mean() + 1e-12)
    long, short = spectra(torch.from_numpy(audio.astype(np.float32))[None])
    frames, step, parts = long.shape[1], SEGMENT_FRAMES - 2 * CONTEXT_FRAMES, []
    for first in range(0, frames, step):
        begin, end = max(0, first - CONTEXT_FRAMES), min(frames, first + step + CONTEXT_FRAMES)
        hits, velocities, offsets = net(long[:, begin:end], short[:, begin:end])
        parts.append([part[0, first - begin:first - begin + step].numpy() for part in (torch.sigmoid(hits), velocities, offsets)])
    return tuple(np.concatenate([part[i] for part in parts]) for i in range(3))


def pick(chances: np.ndarray, velocities: np.ndarray, offsets: np.ndarray, thresholds: list[float]) -> list[Hit]:
    """Local maxima above each instrument's threshold, sorted by time."""
    hits = []
    padded = np.pad(chances, ((REACH_FRAMES, REACH_FRAMES), (0, 0)))
    highest = np.max([padded[i:i + len(chances)] for i in range(2 * REACH_FRAMES + 1)], 0)
    for frame, instrument in zip(*np.nonzero((chances == highest) & (chances > np.array(thresholds)))):
        seconds = (frame + offsets[frame, instrument]) * HOP / SAMPLE_RATE
        hits.append(Hit(max(0.0, float(seconds)), INSTRUMENTS[instrument], float(velocities[frame, instrument]), float(chances[frame, instrument])))
    return sorted(hits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("audio", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threshold", type=float, default=0.4)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_net(arguments.checkpoint)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(arguments.audio.iterdir()):
        audio, rate = soundfile.read(path, always_2d=True)
        if rate != SAMPLE_RATE:
            raise SystemExit(f"{path.name}: 44.1 kHz expected, not {rate}")
        hits = pick(*activations(net, audio.mean(1)), [arguments.threshold] * len(INSTRUMENTS))
        name = path.stem.replace("_Drum", "").replace("_MIX", "").replace("_drums", "")
        (arguments.out / f"{name}.txt").write_text("".join(f"{hit.seconds:.4f}\t{MEASURE_CLASSES[hit.instrument]}\n" for hit in hits))


if __name__ == "__main__":
    main()
