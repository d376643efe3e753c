"""Rendered sounds in memory: python3 dataset.py SOUNDS THRESHOLDS writes the thresholds of qualities, from training sounds alone."""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from labels import SPLITS, TRAIN
from measures import nouns_of, thresholds_of, truths

THRESHOLD_SOUNDS = 24000


class Sounds(NamedTuple):
    pictures: np.ndarray
    """Bytes (sounds, 2, BANDS, FRAMES)."""
    measures: np.ndarray
    truths: np.ndarray
    instruments: list[str]
    kinds: list[str]
    sources: list[str]


def _labels(shard: np.lib.npyio.NpzFile, name: str) -> list[list[str]]:
    return [[tag for tag in str(tags).split("|") if tag] for tags in shard[name]]


def shard_paths(folder: Path, split: str) -> list[Path]:
    assert split in SPLITS
    return sorted(folder.glob(f"{split}-*.npz"))


def load_sounds(folder: Path, split: str, thresholds: dict[str, np.ndarray], most: int | None = None, paths: list[Path] | None = None) -> Sounds:
    parts = []
    for path in paths if paths is not None else shard_paths(folder, split):
        with np.load(path) as shard:
            measures, instruments, kinds = shard["measures"], [str(x) for x in shard["instrument"]], [str(x) for x in shard["kind"]]
            rows = zip(measures, _labels(shard, "sure"), _labels(shard, "doubtful"), instruments, kinds)
            truth = np.stack([truths(values, sure, doubtful, nouns_of(instrument, kind), thresholds) for values, sure, doubtful, instrument, kind in rows])
            parts.append(Sounds(shard["pictures"], measures, truth, instruments, kinds, [str(x) for x in shard["source"]]))
        if most and sum(len(part.measures) for part in parts) >= most:
            break
    joined = [np.concatenate([part[field] for part in parts]) for field in range(3)]
    return Sounds(*joined, *[[value for part in parts for value in part[field]] for field in range(3, 6)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("thresholds", type=Path)
    arguments = parser.parse_args()
    sounds = load_sounds(arguments.sounds, TRAIN, {}, THRESHOLD_SOUNDS)
    nouns = [nouns_of(instrument, kind) for instrument, kind in zip(sounds.instruments, sounds.kinds)]
    found = thresholds_of(sounds.measures[:THRESHOLD_SOUNDS], nouns[:THRESHOLD_SOUNDS])
    arguments.thresholds.write_text("{\n" + ",\n".join(f'"{noun}": {json.dumps(values)}' for noun, values in found.items()) + "\n}\n")
    print(len(sounds.instruments), "sounds,", len(found), "nouns")


if __name__ == "__main__":
    main()
