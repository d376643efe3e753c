"""Sounds by number: python3 render.py BANKS SOUNDS --numbers 0 60000 [--split train]. A sound is the same (to rounding) whenever its number is rendered.

Writes shards of 500 as SPLIT-FIRST.npz: pictures of the front end (bytes), measures, tags that hold and that are in doubt, and where it is from.
"""
from __future__ import annotations

import argparse
import os
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from banks import Bank, Entry, load_banks
from effects import SAMPLE_RATE
from families import FAMILIES
from front_end import pictures_of, prepare, to_bytes
from labels import FAMILY_SPLIT, INSTRUMENTS, SPLITS, TRAIN
from measures import measure, tags_of
from numpy.random import Generator
from shaping import shape, spliced
from synthesis import synthesise

SEED = 20261120
SHARD = 500
SYNTHETIC_SHARE = {"perc": 0.6, "fx": 0.75, "clap": 0.65}
USUAL_SYNTHETIC_SHARE = 0.5
TRAINED_SYNTHETIC_SHARE = 0.8
"""Of these shares, in training: it has more kits than the other splits."""
SPLICED_SHARE = 0.2
"""Of training sounds: the stroke of one hit goes on as another of the same instrument."""
MIXED_SHARE = 0.4
"""Of synthesised hits: body, noise and metal of families drawn apart."""
SHAPED_AMOUNT = {TRAIN: 0.65}
TESTED_AMOUNT = 0.35
"""Held-out sounds are mostly heard as they are."""
RECAST_SHARE = {TRAIN: 0.5}


class Dry(NamedTuple):
    audio: np.ndarray
    kind: str
    origin: str
    source: str


class Sources:
    """The kits of one split."""

    def __init__(self, banks: Path, split: str):
        self.split = split
        self.families = [name for name, of in FAMILY_SPLIT.items() if of == split]
        makers: dict[str, dict[str, dict[int, tuple[Bank, Entry]]]] = {name: {} for name in INSTRUMENTS}
        for bank in load_banks(banks, split):
            for entry in bank.entries:
                own = makers[entry.instrument].setdefault(bank.name.split("/")[0], {})
                own.setdefault(zlib.crc32(bank.hit(entry).tobytes()), (bank, entry))
        # Kits of one sound font share most of their samples: each is there once.
        self.pools = {name: [list(hits.values()) for hits in of.values()] for name, of in makers.items()}
        self.chances = {name: np.sqrt([len(pool) for pool in pools]) for name, pools in self.pools.items()}

    def draw(self, instrument: str, rng: Generator) -> Dry:
        pools = self.pools[instrument]
        share = SYNTHETIC_SHARE.get(instrument, USUAL_SYNTHETIC_SHARE) * (TRAINED_SYNTHETIC_SHARE if self.split == TRAIN else 1)
        if not pools or rng.random() < share:
            family = "+".join(rng.choice(self.families, 3 if len(self.families) > 1 and rng.random() < MIXED_SHARE else 1))
            audio, kind = synthesise(instrument, family, rng)
            origin = FAMILIES[family].origin if family in FAMILIES else ""
            return Dry(audio, kind, "" if instrument == "fx" else kind if kind in ("808", "909") else origin, f"synthesis/{family}")
        pool = pools[rng.choice(len(pools), p=self.chances[instrument] / self.chances[instrument].sum())]
        bank, entry = pool[rng.integers(len(pool))]
        return Dry(bank.hit(entry), entry.kind, entry.origin, bank.name)


class Sound(NamedTuple):
    audio: np.ndarray
    """Prepared: peak 1, from the attack on; 44.1 kHz."""
    instrument: str
    kind: str
    source: str
    sure: list[str]
    doubtful: list[str]


def make_sound(sources: Sources, number: int) -> Sound:
    rng = np.random.default_rng([SEED, SPLITS.index(sources.split), number])
    instrument = INSTRUMENTS[rng.integers(len(INSTRUMENTS))]
    dry = sources.draw(instrument, rng)
    layer = sources.draw(instrument, rng).audio if rng.random() < 0.3 else None
    others = [sources.draw(str(rng.choice(INSTRUMENTS[:12])), rng).audio for _ in range(rng.integers(1, 3))] if rng.random() < 0.35 else []
    if sources.split == TRAIN and rng.random() < SPLICED_SHARE:
        other = sources.draw(instrument, rng)
        dry = Dry(spliced(dry.audio, other.audio, rng), dry.kind if dry.kind == other.kind else "", dry.origin if dry.origin == other.origin else "", dry.source)
    audio, treatment = shape(dry.audio, instrument, rng, layer, others, SHAPED_AMOUNT.get(sources.split, TESTED_AMOUNT),
                             RECAST_SHARE.get(sources.split, 0.0))
    kind = "" if dry.kind in ("808", "909") else dry.kind
    sure, doubtful = tags_of(instrument, kind, dry.origin, *treatment, dry.source.startswith("synthesis"))
    return Sound(prepare(audio, SAMPLE_RATE), instrument, kind, dry.source, sure, doubtful)


def write_shard(path: Path, sources: Sources, first: int, count: int) -> None:
    sounds = [make_sound(sources, number) for number in range(first, first + count)]
    waiting = path.with_suffix(f".{os.getpid()}.part")
    with waiting.open("wb") as file:
        np.savez(file, pictures=np.stack([to_bytes(pictures_of(sound.audio, SAMPLE_RATE)) for sound in sounds]),
                 measures=np.stack([measure(sound.audio, SAMPLE_RATE) for sound in sounds]),
                 **{name: np.array([getattr(sound, name) for sound in sounds]) for name in ("instrument", "kind", "source")},
                 **{name: np.array(["|".join(getattr(sound, name)) for sound in sounds]) for name in ("sure", "doubtful")},
                 checks=np.array([zlib.crc32(np.ascontiguousarray(sound.audio)) for sound in sounds], np.uint32))
    waiting.rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("banks", type=Path)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("--numbers", type=int, nargs=2, required=True)
    parser.add_argument("--split", choices=SPLITS, default=TRAIN)
    arguments = parser.parse_args()
    arguments.sounds.mkdir(parents=True, exist_ok=True)
    sources = Sources(arguments.banks, arguments.split)
    for first in range(*arguments.numbers, SHARD):
        path = arguments.sounds / f"{arguments.split}-{first:06d}.npz"
        if not path.is_file():
            write_shard(path, sources, first, min(SHARD, arguments.numbers[1] - first))
            print(path.name, flush=True)


if __name__ == "__main__":
    main()
