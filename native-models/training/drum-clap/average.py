"""The weighted mean of networks that began with the same weights: python3 average.py OUT.pt A.pt:0.5 B.pt:0.3 C.pt:0.2.

Such means do better on what was never seen than any of them (M. Wortsman et al., "Model soups", ICML 2022). A network that has learnt no correction has no say in it.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch
from evaluate import load
from train import save

CORRECTION = "audio.correct.weight"


def mean_of(networks: list[dict[str, torch.Tensor]], shares: list[float]) -> dict[str, torch.Tensor]:
    found = {}
    for name, first in networks[0].items():
        chosen = [(network[name], share) for network, share in zip(networks, shares) if name != CORRECTION or bool(network[name].any())]
        total = sum(share for _, share in chosen)
        found[name] = sum(value * (share / total) for value, share in chosen) if first.dtype.is_floating_point and chosen else first
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", help="CHECKPOINT:SHARE")
    arguments = parser.parse_args()
    paths, shares = zip(*[(Path(part.rpartition(":")[0]), float(part.rpartition(":")[2])) for part in arguments.parts])
    state = torch.load(paths[0], map_location="cpu")
    save(arguments.out, {**{name: state[name] for name in ("step", "words", "mean", "deviation")},
                         "averaged": mean_of([load(path)[0].state_dict() for path in paths], list(shares))})


if __name__ == "__main__":
    main()
