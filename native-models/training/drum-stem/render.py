"""Renders training songs: python3 render.py OUT --songs 0 400

Each song is 20 s on one Groove performance (train split): two drum recordings of it on different kits, two basses and
four accompaniment stems that play on the drummer's grid. A song is a folder of int16 arrays (frames, channels), rms -20 dB
or peak -0.2 dB, whichever is lower. Song n depends on n alone, so ranges can be rendered in any order and by any number of
processes; --held-out chooses other seeds and Groove's validation split.
"""
from __future__ import annotations

import argparse
import pickle
import sys
import time
import traceback
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
from arrangement import plan_session
from band import KINDS, render_accompaniment, render_bass
from drums import PIECE_OF_PITCH, render_drums
from groove_midi import Performance, Stroke, load_performances
from songbook import Songbook
from sources import Kit, load_kits

SECONDS = 20.0
HELD_OUT_SEED = 1_000_000
KIND_WEIGHTS = {"distorted": 0.3, "clean": 0.2, "keys": 0.2, "lead": 0.12, "voice": 0.18}


def excerpt(performance: Performance, rng: np.random.Generator) -> tuple[float, list[Stroke]]:
    """Seconds per quarter and strokes in seconds, from a bar line; short performances are looped by whole bars."""
    quarter_s = 60 / performance.bpm / float(rng.choice([0.8, 0.9, 1, 1, 1, 1.1, 1.25]))
    numerator, denominator = (int(part) for part in performance.time_signature.split("-"))
    bar = 4 * numerator / denominator
    bars = max(1, round(performance.strokes[-1].at / bar))
    needed = SECONDS / quarter_s
    first = bar * int(rng.integers(max(1, bars - int(needed / bar))))
    strokes = []
    for repeat in range(int(needed / (bars * bar)) + 2):
        for stroke in performance.strokes:
            at = (stroke.at - first + repeat * bars * bar) * quarter_s
            if 0 <= at < SECONDS - 0.05 and stroke.at < bars * bar:
                strokes.append(stroke._replace(at=at))
    return quarter_s, sorted(strokes)


def usable_performances(held_out: bool) -> list[Performance]:
    return [p for p in load_performances(("validation",) if held_out else ("train",)) if p.beat_type == "beat" and len(p.strokes) > 24]


def begin_song(number: int, held_out: bool, performances: list[Performance]) -> tuple[np.random.Generator, float, list[Stroke]]:
    """The song's stream of chance after its drum part was drawn from it, seconds per quarter, and the part's strokes in seconds."""
    rng = np.random.default_rng(number + (HELD_OUT_SEED if held_out else 0))
    performance = performances[rng.integers(len(performances))]
    return rng, *excerpt(performance, rng)


def to_int16(audio: np.ndarray) -> np.ndarray:
    audio = audio - audio.mean(0)
    audio = audio * min(0.1 / (np.sqrt(np.mean(audio ** 2)) + 1e-9), 0.98 / (np.abs(audio).max() + 1e-9))
    return (audio * 32767).astype(np.int16)


def render_song(folder: Path, number: int, held_out: bool, performances: list[Performance], songbook: Songbook, kits: dict[str, Kit]) -> None:
    rng, quarter_s, strokes = begin_song(number, held_out, performances)
    kicks = [stroke.at for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] == "kick"]
    stems = {}
    for take in range(2):
        stems[f"drums-{take}"] = render_drums(strokes, SECONDS, kits, rng)
    session = plan_session(songbook.choose(rng), SECONDS, quarter_s, kicks, rng)
    for take in range(2):
        stems[f"bass-{take}"] = render_bass(session, rng)
    weights = np.array([KIND_WEIGHTS[kind] for kind in KINDS])
    for take, kind in enumerate(rng.choice(KINDS, 4, p=weights / weights.sum())):
        stems[f"{kind}-{take}"] = render_accompaniment(str(kind), session, rng)
    part = folder.with_suffix(".part")
    part.mkdir(parents=True, exist_ok=True)
    for name, audio in stems.items():
        np.save(part / f"{name}.npy", to_int16(audio))
    part.rename(folder)


def load_or_cache_kits(cache: Path) -> dict[str, Kit]:
    if not cache.is_file():
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(load_kits()))
    return pickle.loads(cache.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--songs", type=int, nargs=2, default=(0, 400), metavar=("FIRST", "END"))
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    performances = usable_performances(arguments.held_out)
    songbook, kits = Songbook(), load_or_cache_kits(arguments.out / "kits.pickle")
    for number in range(*arguments.songs):
        folder = arguments.out / f"{'held-out' if arguments.held_out else 'train'}-{number:05d}"
        if folder.is_dir():
            continue
        started = time.time()
        try:
            render_song(folder, number, arguments.held_out, performances, songbook, kits)
        except Exception:
            traceback.print_exc()
            continue
        print(f"{folder.name} {time.time() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
