"""Renders drum parts one at a time, each on a kit, in a room and through effects of its own: python3 parts.py SONGS --numbers 0 60

SONGS/part-<number>-<kind> holds audio.npy (int16, mono, peak 0.9) and strokes.npy. Parts of one number are of one performance and fit together;
`clips.py` mixes them anew every time. Part n depends on n and its kind alone.
"""
from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from clips import INSTRUMENT_OF_PIECE, OTHER, PART_KINDS, synthesise_clap
from drums import PIECE_LEVEL_DB, PIECE_OF_PITCH, _bus, render_drums
from effects import SAMPLE_RATE
from groove_midi import Performance, Stroke
from midi_file import Note
from numpy.random import Generator
from render import SECONDS, excerpt, load_or_cache_kits, usable_performances
from sources import SOUND_FONTS, Kit, render_notes, trim_hit
from takes import PERCUSSION_PITCHES, ornament

PART_SEED = 9_000_000
PIECES_OF_KIND = {
    "kick": ("kick",), "snare": ("snare", "rimshot"), "rim": ("cross-stick",), "hats": ("closed-hat", "pedal-hat", "open-hat"),
    "toms": ("high-tom", "mid-tom", "low-tom"), "cymbals": ("crash", "ride", "bell"),
}
CLAP_PITCH = 39


def strokes_of(kind: str, strokes: list[Stroke], rng: Generator) -> list[Stroke]:
    """The strokes of a kind in a performance, or another's strokes given to it where there are few."""
    def given(pieces: tuple[str, ...], pitches: list[int], share: float) -> list[Stroke]:
        return [stroke._replace(pitch=int(rng.choice(pitches))) for stroke in strokes
                if PIECE_OF_PITCH[stroke.pitch] in pieces and rng.random() < share]

    own = [stroke for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] in PIECES_OF_KIND.get(kind, ())]
    if kind == "hats":
        if len(own) < 12:
            own = given(("ride", "snare", "kick"), [42, 42, 22], 0.8)
        opened = rng.choice([0, 0.05, 0.3, 1], p=[0.4, 0.25, 0.25, 0.1])
        return [stroke._replace(pitch=46) if rng.random() < opened else stroke for stroke in own]
    if kind == "cymbals" and (len(own) < 12 or rng.random() < 0.4):
        return given(("closed-hat", "open-hat"), [[51], [51, 53], [49], [57, 49]][rng.integers(4)], rng.choice([0.25, 1])) + own
    if kind == "toms" and len(own) < 8:
        return given(("snare", "kick"), [48, 45, 43], rng.uniform(0.2, 0.7))
    if kind == "rim":
        return given(("snare", "rimshot"), [37], rng.uniform(0.5, 1))
    if kind in ("clap", "percussion"):
        pieces = ("snare",) if kind == "clap" else [("closed-hat", "ride"), ("snare", "kick")][rng.integers(2)]
        return [stroke for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] in pieces and (kind != "clap" or stroke.velocity > 50)]
    return own


@contextmanager
def only(pieces: tuple[str, ...]) -> Iterator[None]:
    """Spares the preparing of pieces that do not play."""
    usual = dict(PIECE_LEVEL_DB)
    for piece in usual:
        if piece not in pieces:
            del PIECE_LEVEL_DB[piece]
    try:
        yield
    finally:
        PIECE_LEVEL_DB.clear()
        PIECE_LEVEL_DB.update(usual)


def render_samples(kind: str, strokes: list[Stroke], rng: Generator) -> np.ndarray:
    """Claps or hand percussion of a sound font (claps also synthetic) through the drums' bus."""
    font, pitch = SOUND_FONTS[rng.integers(len(SOUND_FONTS))], CLAP_PITCH if kind == "clap" else int(rng.choice(PERCUSSION_PITCHES))
    if kind == "clap" and rng.random() < 0.4:
        hit = synthesise_clap(rng)[:, None].repeat(2, 1)
    else:
        hit = trim_hit(render_notes(font, [Note(0.0, 0.5, pitch, 110)], int(rng.choice(font.drum_programs)), channel=9))
    audio = np.zeros((int((SECONDS + 3) * SAMPLE_RATE), 2), np.float32)
    for stroke in strokes:
        first = int(stroke.at * SAMPLE_RATE)
        audio[first:first + len(hit)] += hit * (stroke.velocity / 127) ** rng.uniform(0.9, 1.1)
    audio = audio[:int(SECONDS * SAMPLE_RATE)]
    return _bus(audio, audio * 0.7, False, rng)


def render_part(kind: str, performances: list[Performance], number: int, kits: dict[str, Kit]) -> tuple[np.ndarray, np.ndarray] | None:
    """int16 (frames, 1) and strokes (seconds, instrument, velocity)."""
    shared = np.random.default_rng(PART_SEED + number)
    strokes = excerpt(performances[shared.integers(len(performances))], shared)[1]
    rng = np.random.default_rng([PART_SEED + number, PART_KINDS.index(kind)])
    played = sorted(ornament(strokes_of(kind, strokes, rng), rng))
    if len(played) < 3:
        return None
    bend = float(np.exp(rng.normal(0, 0.3)))
    played = [stroke._replace(velocity=int(np.clip(127 * (stroke.velocity / 127) ** bend, 6, 127))) for stroke in played]
    if kind in PIECES_OF_KIND:
        with only(PIECES_OF_KIND[kind]):
            audio = render_drums(played, SECONDS, kits, rng).mean(1)
        instruments = [INSTRUMENT_OF_PIECE[PIECE_OF_PITCH[stroke.pitch]] for stroke in played]
    else:
        audio = render_samples(kind, played, rng).mean(1)
        instruments = [INSTRUMENT_OF_PIECE["clap"] if kind == "clap" else OTHER] * len(played)
    audio = audio - audio.mean()
    rows = np.array([(stroke.at, instrument, stroke.velocity / 127) for stroke, instrument in zip(played, instruments)])
    return (audio * (0.9 * 32767 / (np.abs(audio).max() + 1e-9))).astype(np.int16)[:, None], rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("--numbers", type=int, nargs=2, default=(0, 60), metavar=("FIRST", "END"))
    arguments = parser.parse_args()
    performances, kits = usable_performances(False), load_or_cache_kits(arguments.songs / "kits.pickle")
    started = time.time()
    for number in range(*arguments.numbers):
        for kind in PART_KINDS:
            folder = arguments.songs / f"part-{number:05d}-{kind}"
            if folder.is_dir() or (part := render_part(kind, performances, number, kits)) is None:
                continue
            unfinished = folder.with_suffix(".part")
            unfinished.mkdir(parents=True, exist_ok=True)
            np.save(unfinished / "audio.npy", part[0])
            np.save(unfinished / "strokes.npy", part[1])
            unfinished.rename(folder)
        print(f"{number}, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
