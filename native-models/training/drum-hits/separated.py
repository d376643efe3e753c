"""Drums as drum-stem leaves them: python3 separated.py SONGS MODEL --numbers 0 150, MODEL as drum-stem's separate.py takes it.

Mixes of rendered songs are separated; SONGS/separated-<number> holds what came out for drums and strokes.npy.
"""
from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from pathlib import Path

DRUM_STEM = Path(__file__).resolve().parents[1] / "drum-stem"

import numpy as np

SEED = 7_000_000


def drum_stem_module():
    """drum-stem's separate.py with that folder's own `model` and `spectra`, which this folder's would hide."""
    hidden = {name: sys.modules.pop(name, None) for name in ("model", "spectra", "separate")}
    sys.path.insert(0, str(DRUM_STEM))
    specification = importlib.util.spec_from_file_location("drum_stem_separate", DRUM_STEM / "separate.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    sys.path.remove(str(DRUM_STEM))
    for name in hidden:
        sys.modules.pop(name, None)
    sys.modules.update({name: found for name, found in hidden.items() if found is not None})
    return module


def mix_of(song: dict[str, Path], rng: np.random.Generator) -> np.ndarray:
    """Drums, a bass and one to four others, (frames, 2), accompaniment level to the drums by song -1 dB, deviation 4."""
    def read(name: str) -> np.ndarray:
        audio = np.load(song[name]).astype(np.float32) / 32767
        return np.repeat(audio, 2, 1) if audio.shape[1] == 1 else audio

    drums = read(f"drums-{rng.integers(2)}")
    others = [name for name in song if name.split("-")[0] not in ("drums", "bass", "strokes")]
    chosen = [f"bass-{rng.integers(2)}", *rng.choice(others, min(len(others), int(rng.integers(1, 5))), replace=False)]
    rest = sum(read(str(name)) * 10 ** (rng.normal(0, 4) / 20) for name in chosen)
    ratio = np.sqrt(np.mean(drums ** 2) / (np.mean(rest ** 2) + 1e-9)) * 10 ** (rng.normal(1, 4) / 20)
    return drums + rest * ratio


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--numbers", type=int, nargs=2, default=(0, 150), metavar=("FIRST", "END"))
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    separation = drum_stem_module()
    import torch
    from clips import strokes_array
    from render import begin_song, to_int16, usable_performances

    torch.set_num_threads(1)
    masks = separation.load_onnx(arguments.model) if arguments.model.suffix == ".onnx" else separation.MaskMean([arguments.model])
    performances = usable_performances(arguments.held_out)
    started = time.time()
    for number in range(*arguments.numbers):
        prefix = "held-out" if arguments.held_out else "train"
        source = arguments.songs / f"{prefix}-{number:05d}"
        folder = arguments.songs / f"{'held-out-separated' if arguments.held_out else 'separated'}-{number:05d}"
        if folder.is_dir() or not source.is_dir():
            continue
        rng = np.random.default_rng(SEED + number)
        drums = separation.separate(masks, mix_of({path.stem: path for path in source.glob("*.npy")}, rng))
        unfinished = folder.with_suffix(".part")
        unfinished.mkdir(exist_ok=True)
        np.save(unfinished / "strokes.npy", strokes_array(begin_song(number, arguments.held_out, performances)[2]))
        np.save(unfinished / "drums-0.npy", to_int16(drums))
        unfinished.rename(folder)
        print(f"{folder.name}, {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
