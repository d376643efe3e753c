"""Renders drum takes that Groove's drummers did not play: python3 takes.py SONGS --numbers 0 300

Groove performances (train split) with flams, drags, buzzes and rolls added, pieces exchanged (hats for rides, crashes or open hats,
snares for cross-sticks or toms), dynamics bent, pieces left out, and now and then a tambourine, shaker or cowbell that is nobody's stroke.
SONGS/take-<number> holds two recordings and strokes.npy. Take n depends on n alone.
"""
from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "drum-stem"))
sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
from clips import INSTRUMENT_OF_PIECE, OTHER
from drums import PIECE_LEVEL_DB, PIECE_OF_PITCH, render_drums
from effects import SAMPLE_RATE
from groove_midi import Performance, Stroke
from midi_file import Note
from numpy.random import Generator
from render import SECONDS, excerpt, load_or_cache_kits, to_int16, usable_performances
from sources import SOUND_FONTS, render_notes, trim_hit

TAKE_SEED = 5_000_000
SCRAMBLED_FROM = 300
"""Takes of this number and above have unusual levels, two in three of them parts that were not played together."""
HAT_PITCHES, SNARE_PITCHES = (42, 22, 44), (38, 40)
PERCUSSION_PITCHES = (54, 54, 54, 69, 70, 82, 56, 62, 64, 75)
"""Tambourine, cabasa, maracas, shaker, cowbell, congas, claves of General MIDI."""


def ornament(strokes: list[Stroke], rng: Generator) -> list[Stroke]:
    """Flams (12-45 ms), drags, buzzes and single-stroke rolls on snares and toms."""
    flam, drag, buzz = rng.choice([0, 0.05, 0.15, 0.4], p=[0.3, 0.3, 0.25, 0.15]), rng.choice([0, 0.04, 0.1]), rng.choice([0, 0.015, 0.04])
    added = []
    for stroke in strokes:
        if PIECE_OF_PITCH[stroke.pitch] not in ("snare", "rimshot", "high-tom", "mid-tom", "low-tom") or stroke.velocity < 40:
            if PIECE_OF_PITCH[stroke.pitch] == "kick" and rng.random() < flam * 0.1:
                added.append(stroke._replace(at=stroke.at - rng.uniform(0.03, 0.09), velocity=int(stroke.velocity * rng.uniform(0.4, 1))))
            continue
        chance = rng.random()
        if chance < flam:
            added.append(stroke._replace(at=stroke.at - rng.uniform(0.015, 0.045), velocity=max(12, int(stroke.velocity * rng.uniform(0.25, 0.9)))))
        elif chance < flam + drag:
            gap = rng.uniform(0.03, 0.07)
            added += [stroke._replace(at=stroke.at - gap * k, velocity=max(12, int(stroke.velocity * rng.uniform(0.25, 0.6)))) for k in (1, 2)]
        elif chance < flam + drag + buzz:
            gap, count = rng.uniform(0.028, 0.09), int(rng.integers(4, 16))
            slope = rng.uniform(-0.5, 0.5)
            for k in range(1, count):
                level = rng.uniform(0.35, 0.8) * (1 + slope * k / count) * rng.uniform(0.85, 1.15)
                added.append(stroke._replace(at=stroke.at + gap * k * rng.uniform(0.93, 1.07), velocity=int(np.clip(stroke.velocity * level, 12, 127))))
    return [stroke for stroke in strokes + added if 0 <= stroke.at < SECONDS - 0.05]


def exchange(strokes: list[Stroke], rng: Generator) -> list[Stroke]:
    """Whole parts, or one stroke in a few, given to other pieces; one part left out now and then; dynamics bent."""
    swaps: list[tuple[tuple[int, ...], int, float]] = []
    if rng.random() < 0.35:
        swaps.append((HAT_PITCHES, int(rng.choice([51, 51, 53, 46, 46, 49, 57])), rng.choice([1.0, 1.0, 0.3])))
    if rng.random() < 0.3:
        swaps.append((HAT_PITCHES, 46, rng.uniform(0.05, 0.4)))
    if rng.random() < 0.12:
        swaps.append(((51, 53, 59), int(rng.choice([42, 49])), 1.0))
    if rng.random() < 0.2:
        swaps.append((SNARE_PITCHES, 37, rng.choice([1.0, 0.3])))
    if rng.random() < 0.3:
        swaps.append((SNARE_PITCHES, int(rng.choice([48, 45, 43])), rng.choice([0.15, 0.4, 1.0])))
    omitted = rng.choice(["none", "hats", "kick", "snare"], p=[0.85, 0.06, 0.04, 0.05])
    crash = rng.choice([0, 0, 0.05, 0.15])
    bend = float(np.exp(rng.normal(0, 0.35)))
    found = []
    for stroke in strokes:
        piece = PIECE_OF_PITCH[stroke.pitch]
        if (omitted == "kick" and piece == "kick") or (omitted == "hats" and piece.endswith("hat")) or (omitted == "snare" and piece in ("snare", "rimshot")):
            continue
        pitch = stroke.pitch
        for pitches, other, share in swaps:
            if stroke.pitch in pitches and rng.random() < share:
                pitch = other
        found.append(stroke._replace(pitch=pitch, velocity=int(np.clip(127 * (stroke.velocity / 127) ** bend, 6, 127))))
        if piece == "kick" and rng.random() < crash:
            found.append(Stroke(stroke.at + rng.normal(0, 0.004), int(rng.choice([49, 57])), int(rng.integers(70, 127))))
    return found


def scramble(performances: list[Performance], rng: Generator) -> list[Stroke]:
    """Each group of pieces from a performance of its own, thinned or absent, so that no piece tells of another."""
    strokes: list[Stroke] = []
    groups = (("kick",), ("snare", "rimshot"), ("cross-stick",), ("closed-hat", "pedal-hat"), ("open-hat",), ("high-tom", "mid-tom", "low-tom"), ("crash",),
              ("ride", "bell"))
    shares = (0.9, 0.9, 0.4, 0.75, 0.6, 0.6, 0.6, 0.5)
    for pieces, share in zip(groups, shares):
        if rng.random() > share:
            continue
        for _ in range(8):
            found = [stroke for stroke in excerpt(performances[rng.integers(len(performances))], rng)[1] if PIECE_OF_PITCH[stroke.pitch] in pieces]
            if found:
                break
        kept = rng.uniform(0.3, 1)
        strokes += [stroke for stroke in found if rng.random() < kept]
    return strokes


@contextmanager
def unusual_levels(rng: Generator) -> Iterator[None]:
    """Pieces louder or softer than a producer would have them: deviation 5 dB, hats and cymbals 4 dB louder on average."""
    usual = dict(PIECE_LEVEL_DB)
    for piece in usual:
        PIECE_LEVEL_DB[piece] = usual[piece] + rng.normal(4 if piece.endswith("hat") or piece in ("ride", "bell", "crash") else 0, 5)
    try:
        yield
    finally:
        PIECE_LEVEL_DB.update(usual)


def percussion(strokes: list[Stroke], rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """A percussion part on the hats' or kicks' own times, mono at peak 1, and its times."""
    font, pitch = SOUND_FONTS[rng.integers(len(SOUND_FONTS))], int(rng.choice(PERCUSSION_PITCHES))
    hit = trim_hit(render_notes(font, [Note(0.0, 0.5, pitch, 110)], 0, channel=9))
    wanted = ("kick", "snare") if rng.random() < 0.4 else ("closed-hat", "pedal-hat", "open-hat", "ride")
    times = np.array(sorted({round(stroke.at + rng.normal(0, 0.008), 4) for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] in wanted}))
    audio = np.zeros(int((SECONDS + 3) * SAMPLE_RATE), np.float32)
    if hit is None or len(times) == 0:
        return audio[:int(SECONDS * SAMPLE_RATE)], np.zeros(0)
    times = times[(times > 0) & (rng.random(len(times)) < rng.uniform(0.4, 1))]
    for at in times:
        first = int(at * SAMPLE_RATE)
        audio[first:first + len(hit)] += hit.mean(1) * rng.uniform(0.4, 1)
    return audio[:int(SECONDS * SAMPLE_RATE)], times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("--numbers", type=int, nargs=2, default=(0, 300), metavar=("FIRST", "END"))
    parser.add_argument("--held-out", action="store_true", help="of Groove's validation split, as held-out-take-<number>")
    arguments = parser.parse_args()
    performances = usable_performances(arguments.held_out)
    kits = load_or_cache_kits(arguments.songs / "kits.pickle")
    started = time.time()
    for number in range(*arguments.numbers):
        folder = arguments.songs / f"{'held-out-take' if arguments.held_out else 'take'}-{number:05d}"
        if folder.is_dir():
            continue
        rng = np.random.default_rng(TAKE_SEED + number + (1_000_000 if arguments.held_out else 0))
        _, strokes = excerpt(performances[rng.integers(len(performances))], rng)
        if number % 3 != 0 and number >= SCRAMBLED_FROM:
            strokes = scramble(performances, rng)
        strokes = sorted(ornament(exchange(strokes, rng), rng))
        rows = [(stroke.at, INSTRUMENT_OF_PIECE[PIECE_OF_PITCH[stroke.pitch]], stroke.velocity / 127) for stroke in strokes]
        takes = []
        for _ in range(2):
            with unusual_levels(rng) if number >= SCRAMBLED_FROM else nullcontext():
                takes.append(render_drums(strokes, SECONDS, kits, rng))
        if rng.random() < 0.2:
            part, times = percussion(strokes, rng)
            takes = [take + (part * np.abs(take).max() * rng.uniform(0.05, 0.5))[:, None] for take in takes]
            rows += [(at, OTHER, 0.6) for at in times]
        unfinished = folder.with_suffix(".part")
        unfinished.mkdir(parents=True, exist_ok=True)
        np.save(unfinished / "strokes.npy", np.array(sorted(rows)).reshape(-1, 3))
        for index, take in enumerate(takes):
            np.save(unfinished / f"drums-{index}.npy", to_int16(take))
        unfinished.rename(folder)
        print(f"{folder.name}, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
