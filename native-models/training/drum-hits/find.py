"""Finds the hits of drum recordings: python3 find.py CHECKPOINT AUDIO_FOLDER OUT [--thresholds thresholds.json] [--mixes MIX_FOLDER]

With the mixes that the drums are separated from, in the same order and of the same lengths, both are heard (`mean_of_hearings`).

Writes OUT/hits/<track>.txt, lines 'time<TAB>class' as the project's transcription measure reads (KD SD HH TT CY OT), and
OUT/onsets/<track>.txt with the onsets, one time a line.
"""
from __future__ import annotations

import argparse
import json
import sys
from math import gcd
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import soundfile
import torch
from clips import MARGIN, spectra
from model import CONTEXT_FRAMES, HOP, INSTRUMENTS, SAMPLE_RATE, DrumHitsNet
from scipy.signal import resample_poly

SEGMENT_FRAMES = 3000
"""Frames that a segment adds; it is run with CONTEXT_FRAMES more on both sides, as far as there are any."""
MEASURE_CLASSES = dict(zip(INSTRUMENTS, ("KD", "SD", "OT", "OT", "HH", "HH", "TT", "CY", "CY")))
FAMILIES = {"kick": ("kick",), "snare": ("snare",), "rim": ("rim",), "clap": ("clap",), "hat": ("closed-hat", "open-hat"), "tom": ("tom",),
            "cymbal": ("crash", "ride")}
"""Instruments of which one is struck at a time: doubt between them is no doubt that one was."""
CLOSE_FRAMES = 5
VALLEY = 0.9
"""Of two peaks of a family at most CLOSE_FRAMES apart the lower one counts only if the chance falls below VALLEY of it between them."""
ONSET_SECONDS = 0.03
NORMALISING_BLOCK = 4410


class Hit(NamedTuple):
    seconds: float
    instrument: str
    velocity: float
    chance: float


def load_net(checkpoint: Path) -> DrumHitsNet:
    net = DrumHitsNet()
    net.load_state_dict(torch.load(checkpoint)["average"])
    return net.eval()


def normalising_gain(audio: np.ndarray) -> float:
    """Gives unit power where mono `audio` sounds: in 100 ms blocks whose power exceeds a hundredth of the loudest block's."""
    blocks = audio[:len(audio) // NORMALISING_BLOCK * NORMALISING_BLOCK].reshape(-1, NORMALISING_BLOCK).astype(np.float64)
    power = (blocks ** 2).mean(1) if len(blocks) else np.zeros(1)
    return float(1 / np.sqrt(power[power >= 0.01 * power.max()].mean() + 1e-12))


@torch.no_grad()
def activations(net: DrumHitsNet, audio: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Chances, velocities and offsets (frames, 9) and chances of an onset (frames, 1) of mono 44.1 kHz audio (samples,)."""
    frames = -(-len(audio) // HOP)
    scaled = np.zeros(MARGIN + frames * HOP + MARGIN, np.float32)
    scaled[MARGIN:MARGIN + len(audio)] = audio * normalising_gain(audio)
    parts = []
    for first in range(0, frames, SEGMENT_FRAMES):
        begin, end = max(0, first - CONTEXT_FRAMES), min(frames, first + SEGMENT_FRAMES + CONTEXT_FRAMES)
        long, short = spectra(torch.from_numpy(scaled[begin * HOP:end * HOP + 2 * MARGIN])[None])
        hits, velocities, offsets, onsets = net(long, short)
        wanted = slice(first - begin, min(frames, first + SEGMENT_FRAMES) - begin)
        parts.append([part[0, wanted].numpy() for part in (torch.sigmoid(hits), velocities, offsets, torch.sigmoid(onsets))])
    return tuple(np.concatenate([part[i] for part in parts]) for i in range(4))


def mean_of_hearings(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Chances that have the mean of both log odds."""
    odds = [np.log(chance / (1 - chance)) for chance in (np.clip(part, 1e-6, 1 - 1e-6) for part in (first, second))]
    return 1 / (1 + np.exp(-(odds[0] + odds[1]) / 2))


def pick(chances: np.ndarray, velocities: np.ndarray, offsets: np.ndarray, thresholds: dict[str, float]) -> list[Hit]:
    """Peaks of each family's chance above its threshold, given to the member with the greatest chance there; sorted by time."""
    hits = []
    for family, members in FAMILIES.items():
        columns = [INSTRUMENTS.index(member) for member in members]
        chance = np.minimum(1, chances[:, columns].sum(1))
        before, after = np.append(0, chance[:-1]), np.append(chance[1:], 0)
        kept: list[int] = []
        for frame in np.nonzero((chance >= thresholds[family]) & (chance > before) & (chance >= after))[0]:
            if kept and frame - kept[-1] <= CLOSE_FRAMES:
                smaller = min(chance[frame], chance[kept[-1]])
                if chance[kept[-1]:frame].min() > VALLEY * smaller:
                    if chance[frame] > chance[kept[-1]]:
                        kept[-1] = frame
                    continue
            kept.append(frame)
        for frame in kept:
            column = max(columns, key=lambda member: chances[frame, member])
            seconds = max(0.0, float(frame + offsets[frame, column]) * HOP / SAMPLE_RATE)
            hits.append(Hit(seconds, INSTRUMENTS[column], float(velocities[frame, column]), float(chance[frame])))
    return sorted(hits)


def onsets_of(hits: list[Hit]) -> list[float]:
    """Hits within 30 ms of an onset's first hit belong to it, unless it has one of that instrument: flams are two onsets."""
    onsets: list[tuple[float, set[str], list[float]]] = []
    for hit in hits:
        if onsets and hit.seconds - onsets[-1][0] < ONSET_SECONDS and hit.instrument not in onsets[-1][1]:
            onsets[-1][1].add(hit.instrument)
            onsets[-1][2].append(hit.seconds)
        else:
            onsets.append((hit.seconds, {hit.instrument}, [hit.seconds]))
    return [sum(times) / len(times) for _, _, times in onsets]


def load_mono(path: Path) -> np.ndarray:
    audio, rate = soundfile.read(path, always_2d=True, dtype="float32")
    mono = audio.mean(1)
    if rate == SAMPLE_RATE:
        return mono
    divisor = gcd(rate, SAMPLE_RATE)
    return resample_poly(mono, SAMPLE_RATE // divisor, rate // divisor).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("audio", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--thresholds", type=Path, help="JSON of instrument: threshold, as calibrate.py writes it; else 0.4 for all")
    parser.add_argument("--mixes", type=Path, help="what the drums were separated from")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_net(arguments.checkpoint)
    thresholds = json.loads(arguments.thresholds.read_text()) if arguments.thresholds else dict.fromkeys(FAMILIES, 0.4)
    for folder in ("hits", "onsets"):
        (arguments.out / folder).mkdir(parents=True, exist_ok=True)
    mixes = sorted(arguments.mixes.iterdir()) if arguments.mixes else []
    for index, path in enumerate(sorted(arguments.audio.iterdir())):
        chances, velocities, offsets, _ = activations(net, load_mono(path))
        if mixes:
            chances = mean_of_hearings(chances, activations(net, load_mono(mixes[index]))[0])
        hits = pick(chances, velocities, offsets, thresholds)
        name = path.stem.replace("_Drum", "").replace("_MIX", "").replace("_drums", "")
        (arguments.out / "hits" / f"{name}.txt").write_text("".join(f"{hit.seconds:.4f}\t{MEASURE_CLASSES[hit.instrument]}\n" for hit in hits))
        (arguments.out / "onsets" / f"{name}.txt").write_text("".join(f"{time:.4f}\n" for time in onsets_of(hits)))


if __name__ == "__main__":
    main()
