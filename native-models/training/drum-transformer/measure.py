"""Bits per sixteenth on Groove's test beats: python3 measure.py CHECKPOINT [--drummers drummer3 drummer9]

Whole 4/4 beats of two bars or more (75 parts, 33,954 steps); predicted in windows of 256 steps, at least 128 of them context after the
first window; nothing but the part itself is given, and once more with its style and tempo.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from generate import load_ensemble
from train import bits_per_step, load_parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--drummers", nargs="*", help="only these drummers, of all splits (for a model trained without them)")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_ensemble(arguments.checkpoint)
    parts = [part for split in (("train", "validation", "test") if arguments.drummers else ("test",)) for part in load_parts(split, True)
             if not arguments.drummers or part.drummer in arguments.drummers]
    print(f"parts={len(parts)} steps={sum(len(part.words) for part in parts)} bits_per_step={bits_per_step(net, parts):.3f} "
          f"with_style_and_tempo={bits_per_step(net, parts, styled=True):.3f}")


if __name__ == "__main__":
    main()
