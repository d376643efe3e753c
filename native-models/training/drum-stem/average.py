"""Averages the weights of checkpoints that have a common ancestor: python3 average.py CHECKPOINT... OUT.pt

Trainings that went on from the same weights with other mixes (`train.py --start-from`) end in the same valley; their mean lies
deeper in it, and costs no more to run than one of them.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    saved = [torch.load(path) for path in arguments.checkpoints]
    if len({checkpoint["hidden"] for checkpoint in saved}) > 1:
        raise SystemExit("networks of different widths")
    weights = [checkpoint["average"] for checkpoint in saved]
    mean = {name: sum(one[name] for one in weights) / len(weights) for name in weights[0]}
    torch.save({"average": mean, "hidden": saved[0]["hidden"]}, arguments.out)


if __name__ == "__main__":
    main()
