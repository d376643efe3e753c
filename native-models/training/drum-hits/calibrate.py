"""Chooses thresholds on held-out rendered songs and measures there: python3 calibrate.py CHECKPOINT SONGS thresholds.json

Held-out songs, takes and separated drums (Groove's validation split). Per family the threshold of the highest F at 20 ms, then F by
instrument, onset F, velocity error, time error, and flams of 25 ms made from the held-out performances.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from clips import INSTRUMENT_OF_PIECE, OTHER, Clips
from drums import PIECE_OF_PITCH, render_drums
from find import FAMILIES, Hit, activations, load_net, onsets_of, pick
from groove_midi import Stroke
from model import INSTRUMENTS, SAMPLE_RATE, DrumHitsNet
from render import SECONDS, begin_song, load_or_cache_kits, usable_performances

CANDIDATES = tuple(round(float(t), 3) for t in np.arange(0.1, 0.86, 0.025))
UNSEEN = 0.5
"""Threshold of a family that no held-out song has."""
AUDIBLE = 0.1
"""Softer strokes neither count as found nor as missed."""
FLAM_SECONDS = 0.025
GROUPS = (*((instrument,) for instrument in INSTRUMENTS), FAMILIES["hat"], FAMILIES["cymbal"])
Activations = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def matched(truth: np.ndarray, found: np.ndarray, window: float) -> list[tuple[int, int]]:
    """Pairs of sorted times within `window`, one to one, in order of time."""
    pairs, i, j = [], 0, 0
    while i < len(truth) and j < len(found):
        if abs(found[j] - truth[i]) <= window:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif found[j] < truth[i]:
            j += 1
        else:
            i += 1
    return pairs


def counts(strokes: np.ndarray, hits: list[Hit], members: tuple[str, ...], window: float) -> np.ndarray:
    """True positives, found, true strokes of an instrument or family; found ones that match inaudible strokes are left out."""
    rows = strokes[np.isin(strokes[:, 1], [INSTRUMENTS.index(member) for member in members])]
    found = np.array([hit.seconds for hit in hits if hit.instrument in members])
    audible = rows[:, 2] >= AUDIBLE
    truth = rows[audible, 0]
    truth = truth[np.diff(truth, prepend=-1) > 0.012]
    pairs = matched(truth, found, window)
    spare = np.delete(found, [j for _, j in pairs])
    excused = len(matched(rows[~audible, 0], spare, window))
    return np.array([len(pairs), len(found) - excused, len(truth)])


def f_measure(tally: np.ndarray) -> float:
    return float(2 * tally[0] / max(1, tally[1] + tally[2]))


def held_out_audio(songs: Path, kinds: tuple[str, ...]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Name, mono audio and strokes of one drum recording of every held-out folder."""
    clips = Clips(songs, ("held-out",), 0)
    found = []
    for name, (files, strokes) in sorted(clips.songs().items()):
        kind = name.rsplit("-", 1)[0]
        if kind in kinds:
            takes = sorted(file for file in files if file.startswith("drums"))
            path = files[takes[int(name[-1]) % len(takes)]]
            found.append((kind, np.load(path).astype(np.float32).mean(1) / 32767, strokes))
    return found


def choose(tracks: list[tuple[Activations, np.ndarray]], window: float) -> dict[str, float]:
    best = {}
    found = {candidate: [pick(*activation[:3], dict.fromkeys(FAMILIES, candidate)) for activation, _ in tracks] for candidate in CANDIDATES}
    for family, members in FAMILIES.items():
        scores = [f_measure(sum(counts(strokes, hits, members, window) for hits, (_, strokes) in zip(found[candidate], tracks)))
                  for candidate in CANDIDATES]
        smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, "valid")
        best[family] = CANDIDATES[int(np.argmax(smooth))] if max(scores) > 0 else UNSEEN
    return best


def measure(tracks: list[tuple[Activations, np.ndarray]], thresholds: dict[str, float], title: str) -> None:
    tally = {window: np.zeros((len(GROUPS), 3)) for window in (0.05, 0.02)}
    onset_tally, errors, velocity_errors = np.zeros(3), [], []
    for activation, strokes in tracks:
        hits = pick(*activation[:3], thresholds)
        for window, table in tally.items():
            table += np.array([counts(strokes, hits, members, window) for members in GROUPS])
        for column, instrument in enumerate(INSTRUMENTS):
            rows = strokes[(strokes[:, 1] == column) & (strokes[:, 2] >= AUDIBLE)]
            mine = [hit for hit in hits if hit.instrument == instrument]
            for i, j in matched(rows[:, 0], np.array([hit.seconds for hit in mine]), 0.02):
                errors.append(mine[j].seconds - rows[i, 0])
                velocity_errors.append(abs(mine[j].velocity - rows[i, 2]) * 127)
        times = np.sort(strokes[(strokes[:, 2] >= AUDIBLE) & (strokes[:, 1] < OTHER), 0])
        groups: list[list[float]] = []
        for time in times:
            if groups and time - groups[-1][0] < 0.03:
                groups[-1].append(time)
            else:
                groups.append([time])
        truth, found = np.array([np.mean(group) for group in groups]), np.array(onsets_of(hits))
        onset_tally += [len(matched(truth, found, 0.05)), len(found), len(truth)]
    by_class = " ".join(f"{name} {f_measure(row):.3f}" for name, row in zip([*INSTRUMENTS, "hat", "cymbal"], tally[0.02]))
    error = np.array(errors) * 1000
    print(f"{title}: F at 50 ms {f_measure(tally[0.05][:len(INSTRUMENTS)].sum(0)):.3f}, 20 ms {f_measure(tally[0.02][:len(INSTRUMENTS)].sum(0)):.3f} ({by_class}); onsets {f_measure(onset_tally):.3f}; "
          f"time error median {np.median(np.abs(error)):.2f} ms, mean {error.mean():+.2f}; velocity error {np.mean(velocity_errors):.1f}", flush=True)


def flams(net: DrumHitsNet, thresholds: dict[str, float], songs: Path, count: int = 100) -> tuple[int, int]:
    """How many of `count` snare flams of 25 ms, soft before loud, are found as two snares, and in how many of as many plain strokes one is."""
    performances, kits = usable_performances(True), load_or_cache_kits(songs / "kits.pickle")
    found = alone = made = number = 0
    while made < count:
        number += 1
        rng, _, strokes = begin_song(500_000 + number, True, performances)
        snares = [stroke for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] == "snare" and stroke.velocity > 70 and stroke.at > 0.2]
        near = [stroke for stroke in snares if min((abs(stroke.at - other.at) for other in strokes
                if other is not stroke and INSTRUMENT_OF_PIECE[PIECE_OF_PITCH[other.pitch]] == 1), default=1) > 0.12][:10]
        if len(near) < 4:
            continue
        chosen, plain = near[::2], near[1::2]
        graces = [Stroke(stroke.at - FLAM_SECONDS, stroke.pitch, int(stroke.velocity * rng.uniform(0.4, 0.9))) for stroke in chosen]
        audio = render_drums(sorted(strokes + graces), SECONDS, kits, rng).mean(1)
        hits = [hit.seconds for hit in pick(*activations(net, audio)[:3], thresholds) if hit.instrument == "snare"]
        for stroke in chosen[:count - made]:
            made += 1
            found += any(abs(time - stroke.at) < 0.012 for time in hits) and any(abs(time - stroke.at + FLAM_SECONDS) < 0.012 for time in hits)
        alone += sum(sum(abs(time - stroke.at) < 0.06 for time in hits) == 1 for stroke in plain) / max(1, len(plain)) * len(chosen)
    return found, round(alone)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("songs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--window", type=float, default=0.02)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_net(arguments.checkpoint)
    tracks = [(kind, (activations(net, audio), strokes)) for kind, audio, strokes in
              held_out_audio(arguments.songs, ("held-out", "held-out-take", "held-out-separated"))]
    thresholds = choose([track for _, track in tracks], arguments.window)
    arguments.out.write_text(json.dumps(thresholds) + "\n")
    print(thresholds)
    for kind in sorted({kind for kind, _ in tracks}):
        measure([track for other, track in tracks if other == kind], thresholds, kind)
    found, alone = flams(net, thresholds, arguments.songs)
    print(f"flams of 25 ms: {found} of 100 found as two; of as many plain strokes {alone} found as one")


if __name__ == "__main__":
    main()
