"""How near the dry hits of held-out kits come to those that train: python3 leaks.py BANKS. Samples shared by two sound fonts would be at 0 dB."""
from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from banks import load_banks
from effects import SAMPLE_RATE
from front_end import pictures_of
from labels import TEST, TRAIN, VALIDATION

FRAMES_COMPARED = 60
SAME_DB = 1.0


def pictures(banks: Path, split: str) -> tuple[np.ndarray, list[str]]:
    hits = [(bank, entry) for bank in load_banks(banks, split) for entry in bank.entries]
    return (np.stack([pictures_of(bank.hit(entry), SAMPLE_RATE)[0, :, :FRAMES_COMPARED].ravel() for bank, entry in hits]),
            [f"{bank.name} {entry.instrument} {entry.kind}" for bank, entry in hits])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("banks", type=Path)
    banks = parser.parse_args().banks
    trained, names = pictures(banks, TRAIN)
    for split in (VALIDATION, TEST):
        held_out, own_names = pictures(banks, split)
        distances, nearest = [], []
        for picture in held_out:
            apart = np.sqrt(((trained - picture) ** 2).mean(1))
            distances.append(float(apart.min()))
            nearest.append(names[int(apart.argmin())])
        print(f"{split}: {len(distances)} hits, dB to the nearest: least {min(distances):.2f}, median {np.median(distances):.2f}")
        for index in np.argsort(distances)[:8]:
            print(f"  {distances[index]:.2f}: {own_names[index]} / {nearest[index]}")
        print("  the same:", dict(Counter(own_names[index] for index, distance in enumerate(distances) if distance < SAME_DB)))


if __name__ == "__main__":
    main()
