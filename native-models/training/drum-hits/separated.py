"""Drums as drum-stem leaves them: python3 separated.py SONGS MODEL --numbers 0 150, MODEL as drum-stem's separate.py takes it.

Mixes of rendered songs are separated, or, with --parts, of parts that are each on a kit of its own, some struck together more often than
drummers do. SONGS/separated-<number> or parts-separated-<number> holds what came out for drums, as the app leaves it (drums-0) and before the
averaging of strokes (drums-1), the mix, all of one level, and strokes.npy.
"""
from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from pathlib import Path

DRUM_STEM = Path(__file__).resolve().parents[1] / "drum-stem"

import numpy as np

SAMPLE_RATE = 44100
HELD_OUT_SEED, SONG_SEED, PARTS_SEED = 7_000_000, 7_500_000, 8_500_000
TOGETHER = (("kick", ("snare",), 0.5), ("snare", ("kick",), 0.3), ("hats", ("kick", "snare"), 0.15))
"""A kind of part, the drums that its strokes are added to, in what share of the songs."""


def drum_stem_modules():
    """drum-stem's separate.py and its average_strokes, with that folder's own `model` and `spectra`, which this folder's would hide."""
    hidden = {name: sys.modules.pop(name, None) for name in ("model", "spectra", "separate")}
    sys.path.insert(0, str(DRUM_STEM))
    specification = importlib.util.spec_from_file_location("drum_stem_separate", DRUM_STEM / "separate.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    from strokes import average_strokes
    sys.path.remove(str(DRUM_STEM))
    for name in hidden:
        sys.modules.pop(name, None)
    sys.modules.update({name: found for name, found in hidden.items() if found is not None})
    return module, average_strokes


def read_part(path: Path) -> np.ndarray:
    audio = np.load(path).astype(np.float32) / 32767
    return np.repeat(audio, 2, 1) if audio.shape[1] == 1 else audio


def mix_of(song: dict[str, Path], rng: np.random.Generator, drums: np.ndarray | None = None) -> np.ndarray:
    """Drums, a bass and one to four others, (frames, 2), accompaniment level to the drums by song +1 dB, deviation 4."""
    drums = read_part(song[f"drums-{rng.integers(2)}"]) if drums is None else drums
    others = [name for name in song if name.split("-")[0] not in ("drums", "bass", "strokes")]
    basses = sorted(name for name in song if name.startswith("bass"))
    chosen = [str(rng.choice(basses))] if basses else []
    chosen += list(rng.choice(others, min(len(others), int(rng.integers(1, 5))), replace=False))
    rest = sum(read_part(song[str(name)]) * 10 ** (rng.normal(0, 4) / 20) for name in chosen)[:len(drums)]
    ratio = np.sqrt(np.mean(drums ** 2) / (np.mean(rest ** 2) + 1e-9)) * 10 ** (rng.normal(1, 4) / 20)
    return drums[:len(rest)] + rest * ratio


def strike_together(audio: np.ndarray, rows: np.ndarray, part: tuple[Path, np.ndarray], onto: set[int], share: float,
                    rng: np.random.Generator) -> np.ndarray:
    """Adds isolated strokes of a part to `audio` (samples,) where some of the drums `onto` are struck; the strokes with those added."""
    sound, own = np.load(part[0]).astype(np.float32)[:, 0] / 32767, part[1]
    after, before = np.diff(own[:, 0], append=own[-1, 0] + 1), np.diff(own[:, 0], prepend=own[0, 0] - 1)
    free = np.nonzero((after > 0.22) & (before > 0.12))[0]
    level, added = 10 ** (rng.normal(0, 4) / 20), []
    for row in rows[np.isin(rows[:, 1], list(onto))] if len(free) else ():
        if rng.random() > share or np.abs(rows[rows[:, 1] == own[0, 1], 0] - row[0]).min(initial=9) < 0.06:
            continue
        chosen, at = free[rng.integers(len(free))], row[0] + rng.normal(0, 0.004)
        first = max(0, int((own[chosen, 0] - 0.004) * SAMPLE_RATE))
        piece = sound[first:int((own[chosen, 0] + min(after[chosen] - 0.01, 0.5)) * SAMPLE_RATE)].copy()
        place = int((at - 0.004) * SAMPLE_RATE)
        if len(piece) < 500 or place < 0 or place + len(piece) > len(audio):
            continue
        piece[-len(piece) // 4:] *= np.linspace(1, 0, len(piece[-len(piece) // 4:]), dtype=np.float32)
        piece[:60] *= np.linspace(0, 1, 60, dtype=np.float32)
        audio[place:place + len(piece)] += piece * level
        added.append((at, own[chosen, 1], own[chosen, 2]))
    rows = np.concatenate([rows, np.array(added)]) if added else rows
    return rows[np.argsort(rows[:, 0])]


def save(folder: Path, strokes: np.ndarray, audio: dict[str, np.ndarray]) -> None:
    """Each (frames, 2) as mono int16, all by the same factor."""
    unfinished = folder.with_suffix(".part")
    unfinished.mkdir(exist_ok=True)
    mono = {name: values.mean(1) for name, values in audio.items()}
    peak = max(1.0, *(float(np.abs(values).max()) for values in mono.values()))
    for name, values in mono.items():
        np.save(unfinished / f"{name}.npy", np.round(values / peak * 32767).astype(np.int16)[:, None])
    np.save(unfinished / "strokes.npy", strokes)
    unfinished.rename(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--numbers", type=int, nargs=2, default=(0, 150), metavar=("FIRST", "END"))
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--parts", action="store_true", help="drums mixed of parts")
    arguments = parser.parse_args()
    separation, average_strokes = drum_stem_modules()
    import torch
    from clips import Clips, strokes_array
    from model import INSTRUMENTS
    from render import SECONDS, begin_song, usable_performances

    torch.set_num_threads(1)
    masks = separation.load_onnx(arguments.model) if arguments.model.suffix == ".onnx" else separation.MaskMean([arguments.model])
    performances = usable_performances(arguments.held_out)
    clips = Clips(arguments.songs, ("part",), 0) if arguments.parts else None
    songs = {folder.name: {path.stem: path for path in folder.glob("*.npy")}
             for folder in sorted(arguments.songs.glob("held-out-[0-9]*" if arguments.held_out else "train-*"))}
    accompanied = [song for song in songs.values() if any(name.split("-")[0] not in ("drums", "strokes") for name in song)]

    def parts_mix(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        audio, rows = clips.mixed_parts(rng, int(SECONDS * SAMPLE_RATE) - 4)
        for kind, onto, chance in TOGETHER:
            part = clips.part(kind)
            if rng.random() < chance and part:
                rows = strike_together(audio, rows, part, {INSTRUMENTS.index(name) for name in onto}, rng.uniform(0.2, 1), rng)
        drums = np.repeat(audio[:, None], 2, 1) * (0.1 / (float(np.sqrt(np.mean(audio ** 2))) + 1e-6))
        rows = rows[(rows[:, 0] >= 0) & (rows[:, 0] < SECONDS)]
        return mix_of(accompanied[rng.integers(len(accompanied))], rng, drums), rows

    started = time.time()
    for number in range(*arguments.numbers):
        prefix = "parts-separated" if arguments.parts else "held-out-separated" if arguments.held_out else "separated"
        source = songs.get(f"{'held-out' if arguments.held_out else 'train'}-{number:05d}")
        folder = arguments.songs / f"{prefix}-{number:05d}"
        if folder.is_dir() or not (source or arguments.parts):
            continue
        rng = np.random.default_rng(number + (PARTS_SEED if arguments.parts else HELD_OUT_SEED if arguments.held_out else SONG_SEED))
        mix, strokes = parts_mix(rng) if arguments.parts else (
            mix_of(source, rng), strokes_array(begin_song(number, arguments.held_out, performances)[2]))
        masked = separation.separate(masks, mix)
        save(folder, strokes, {"drums-0": average_strokes(mix, masked), "drums-1": masked, "mix": mix})
        print(f"{folder.name}, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
