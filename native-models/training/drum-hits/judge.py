"""Fits what a song says of its own strokes: python3 judge.py CHECKPOINT SONGS

Prints the weights of src-shared/analysis/hits/judge-weights.ts and F on held-out renderings, two folds. Every peak of the network from 0.03
on is a possible stroke; its evidence (see song-evidence.ts, with which every number here agrees) goes through one logistic regression a
family. No recording of music is used.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from calibrate import AUDIBLE, held_out_audio, matched
from clips import Clips
from find import FAMILIES, activations, load_net, pick
from model import INSTRUMENTS, SAMPLE_RATE

POSSIBLE = 0.03
TOGETHER = 0.03
WINDOW, HOP_HZ = 2048, 100
EDGES = (0, 60, 100, 160, 250, 400, 700, 1200, 2000, 3000, 4500, 6500, 9000, 12000, 18000)
BANDS = len(EDGES) - 1
NAMES = tuple(FAMILIES)
COMPARED = {"kick": (0, 5), "snare": (3, 13), "rim": (3, 13), "clap": (3, 13), "hat": (9, 14), "tom": (0, 8), "cymbal": (9, 14)}
EVIDENCE = ("own", "repeated", "alike", "alikeAll", "alone", "share", "clearest", "beside")
RIDGE = 3.0
SONGS_OF_KIND = {"train": 40, "take": 60, "separated": 50}


def log_odds(chance: np.ndarray | float) -> np.ndarray:
    bounded = np.clip(chance, 0.003, 0.997)
    return np.log(bounded / (1 - bounded))


def quarter_tones() -> tuple[np.ndarray, np.ndarray]:
    """Triangles (WINDOW / 2 + 1, bands) and the wide band of each, as the flux has them."""
    count = int(np.ceil(np.log2(17000 / 30) * 24))
    centres = np.round(30 * 2 ** (np.arange(count + 1) / 24) * WINDOW / SAMPLE_RATE).astype(int)
    bins = [b for b in dict.fromkeys(centres.tolist()) if 0 < b <= WINDOW // 2]
    filters = np.zeros((WINDOW // 2 + 1, len(bins) - 2), np.float32)
    for at in range(1, len(bins) - 1):
        left, centre, right = bins[at - 1:at + 2]
        for b in range(left + 1, right):
            filters[b, at - 1] = (b - left) / (centre - left) if b <= centre else (right - b) / (right - centre)
    hertz = np.array(bins[1:-1]) * SAMPLE_RATE / WINDOW
    return filters, np.searchsorted(EDGES, hertz, side="right") - 1


FILTERS, WIDE = quarter_tones()
HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)


def profile(audio: np.ndarray, seconds: float) -> np.ndarray:
    """Levels at the attack, while it rings, and the rise; `audio` is brought to a peak of 0.1 and padded by WINDOW."""
    def levels(at: float) -> np.ndarray:
        first = max(0, min(len(audio) - WINDOW, round(at * SAMPLE_RATE) + WINDOW // 2))
        fine = np.log10(1 + np.abs(np.fft.rfft(audio[first:first + WINDOW] * HANN)) @ FILTERS)
        return np.array([fine[WIDE == band].mean() for band in range(BANDS)])

    attack = levels(seconds + 0.01)
    return np.concatenate([attack, levels(seconds + 0.065), attack - levels(seconds - 0.02)])


def repetitions(times: list[np.ndarray], chances: list[np.ndarray], length: int) -> list[tuple[float, float]]:
    """(seconds, likeness) of up to twelve lags after which the song's strokes come again."""
    pairs, squares, base = np.zeros(610), 0.0, 0.0
    for own, chance in zip(times, chances):
        steps = np.round(own * HOP_HZ).astype(int)
        for first in range(len(steps)):
            for second in range(first + 1, len(steps)):
                if steps[second] - steps[first] >= len(pairs):
                    break
                pairs[steps[second] - steps[first]] += chance[first] * chance[second]
        squares += float((chance ** 2).sum())
        base += float(chance.sum() / length) ** 2
    same = squares / 3 / length - base
    if same <= 0:
        return []
    spread = np.convolve(pairs, np.array([1, 2, 3, 2, 1]) / 9, "same")
    likeness = (spread / np.maximum(1, length - np.arange(len(pairs))) - base) / same
    lags = [lag for lag in range(20, min(600, length - 1)) if likeness[lag] > 0.15 and likeness[lag] == likeness[max(20, lag - 5):lag + 6].max()]
    return [(lag / HOP_HZ, float(likeness[lag])) for lag in sorted(lags, key=lambda lag: -likeness[lag])[:12]]


def evidence(audio: np.ndarray, strokes: list[tuple[float, int, float]], length: int) -> np.ndarray:
    """(strokes, EVIDENCE) of (seconds, family, chance)."""
    time, family, chance = (np.array(column) for column in zip(*strokes))
    families = range(len(NAMES))
    order = np.argsort(time, kind="stable")
    times = [time[order][family[order] == f] for f in families]
    chances = [chance[order][family[order] == f] for f in families]

    def greatest(f: int, at: float, reach: float) -> float:
        first, end = np.searchsorted(times[f], [at - reach, at + reach + 1e-9])
        return float(chances[f][first:end].max(initial=0))

    centres: list[float] = []
    clear: list[float] = []
    group_of = np.zeros(len(time), int)
    for i in sorted(range(len(time)), key=lambda i: (-chance[i], time[i])):
        distance = np.abs(np.array(centres) - time[i]) if centres else np.ones(1)
        if distance.min() <= TOGETHER:
            group_of[i] = int(distance.argmin())
        else:
            group_of[i] = len(centres)
            centres.append(float(time[i]))
            clear.append(float(chance[i]))
    centre, in_group = np.array(centres), np.array([[greatest(f, at, TOGETHER) for f in families] for at in centres])
    moments = np.nonzero(np.array(clear) >= 0.2)[0]
    profiles = np.array([profile(audio, at) for at in centres])
    reference = in_group[moments]
    profiles = (profiles - profiles[moments].mean(0)) / (profiles[moments].std(0) + 0.05)
    share = reference.mean(0)
    clearest = np.sort(reference, 0)[::-1][:max(1, len(moments) // 10)].mean(0)
    alone = np.array([(reference[:, f] * np.prod(1 - np.delete(reference, f, 1), 1)).sum() / (reference[:, f].sum() + 0.5) for f in families])
    lags = repetitions(times, chances, length)

    def alike(group: int, f: int, first: int, end: int) -> float:
        others = moments[np.abs(centre[moments] - centre[group]) > TOGETHER]
        if len(others) == 0:
            return float(share[f])
        columns = np.concatenate([np.arange(first, end) + part * BANDS for part in range(3)])
        distance = ((profiles[others][:, columns] - profiles[group, columns]) ** 2).sum(1)
        return float(in_group[others[np.argsort(distance, kind="stable")[:max(3, len(others) // 12)]], f].mean())

    rows = []
    for at, f, own, group in zip(time, family, chance, group_of):
        total, weight = 0.3 * share[f], 0.3
        for apart, likeness in lags:
            for place in (at - apart, at + apart):
                if 0 <= place < length / HOP_HZ:
                    total, weight = total + likeness * greatest(f, place, TOGETHER), weight + likeness
        rows.append([log_odds(own), log_odds(total / weight), log_odds(alike(group, f, *COMPARED[NAMES[f]])), log_odds(alike(group, f, 0, BANDS)),
                     np.log(alone[f] + 0.02), log_odds(share[f]), log_odds(clearest[f]), log_odds(greatest(f, at, 0.06)) - log_odds(own)])
    return np.array(rows)


def labels(strokes: list[tuple[float, int, float]], truth: np.ndarray) -> np.ndarray:
    """1 where a possible stroke is one, 0 where not, nan where an inaudible one lies."""
    found = np.zeros(len(strokes))
    for f, members in enumerate(FAMILIES.values()):
        own = sorted((i for i in range(len(strokes)) if strokes[i][1] == f), key=lambda i: strokes[i][0])
        rows = truth[np.isin(truth[:, 1], [INSTRUMENTS.index(member) for member in members])]
        pairs = matched(np.sort(rows[rows[:, 2] >= AUDIBLE, 0]), np.array([strokes[i][0] for i in own]), TOGETHER)
        for _, j in pairs:
            found[own[j]] = 1
        for i in own:
            if found[i] == 0 and len(rows) and np.abs(rows[:, 0] - strokes[i][0]).min() < TOGETHER:
                found[i] = np.nan
    return found


def fit(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Weights of the evidence and a constant; ridge on standardised evidence, Newton's method."""
    mean, deviation = rows.mean(0), rows.std(0) + 1e-6
    values = np.c_[(rows - mean) / deviation, np.ones(len(rows))]
    ridge, weights = np.diag([RIDGE] * rows.shape[1] + [0.01]), np.zeros(rows.shape[1] + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ (chance - wanted) + ridge @ weights
        weights -= np.clip(np.linalg.solve((values * (chance * (1 - chance))[:, None]).T @ values + ridge, gradient), -2, 2)
    own = weights[:-1] / deviation
    return np.append(own, weights[-1] - own @ mean)


def training_audio(songs: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    rng, found = np.random.default_rng(0), []
    listed = sorted(Clips(songs, tuple(SONGS_OF_KIND), 0).songs().items())
    for kind, count in SONGS_OF_KIND.items():
        own = [song for song in listed if song[0].rsplit("-", 1)[0] == kind]
        for i in rng.permutation(len(own))[:count]:
            files, strokes = own[i][1]
            takes = sorted(file for file in files if file.startswith("drums"))
            found.append((np.load(files[takes[i % len(takes)]]).astype(np.float32).mean(1) / 32767, strokes))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("songs", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_net(arguments.checkpoint)

    def prepared(audio: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        found = activations(net, audio)
        hits = pick(*found[:3], dict.fromkeys(FAMILIES, POSSIBLE))
        family = {member: f for f, members in enumerate(FAMILIES.values()) for member in members}
        strokes = [(hit.seconds, family[hit.instrument], hit.chance) for hit in hits]
        padded = np.pad(audio * (0.1 / np.abs(audio).max()), WINDOW)
        audible = truth[truth[:, 2] >= AUDIBLE, 1]
        counted = np.array([np.isin(audible, [INSTRUMENTS.index(m) for m in members]).sum() for members in FAMILIES.values()])
        return evidence(padded, strokes, len(found[0])), np.array([f for _, f, _ in strokes]), labels(strokes, truth), counted

    trained = [prepared(*song) for song in training_audio(arguments.songs)]
    held = [prepared(audio, strokes) for _, audio, strokes in
            held_out_audio(arguments.songs, ("held-out", "held-out-take", "held-out-separated"))]

    def weights(songs: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]], f: int) -> np.ndarray | None:
        rows = np.concatenate([x[(family == f) & ~np.isnan(y)] for x, family, y, _ in songs])
        wanted = np.concatenate([y[(family == f) & ~np.isnan(y)] for _, family, y, _ in songs])
        return fit(rows, wanted) if wanted.sum() >= 10 else None

    for f, name in enumerate(NAMES):
        tallies = {threshold: np.zeros(3) for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)}
        for fold in (0, 1):
            own = weights(trained + held[fold::2], f)
            for x, family, y, counted in held[1 - fold::2] if own is not None else []:
                kept = (family == f) & ~np.isnan(y)
                chance = 1 / (1 + np.exp(-(x[kept] @ own[:-1] + own[-1])))
                for threshold, tally in tallies.items():
                    tally += [y[kept][chance >= threshold].sum(), (chance >= threshold).sum(), counted[f]]
        scores = {threshold: round(float(2 * tally[0] / max(1, tally[1] + tally[2])), 3) for threshold, tally in tallies.items()}
        final = weights(trained + held, f)
        print(name, "F by threshold", scores)
        if final is not None:
            print("  " + ", ".join(f"{part}: {value:.3f}" for part, value in zip((*EVIDENCE, "constant"), final)), flush=True)


if __name__ == "__main__":
    main()
