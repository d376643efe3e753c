"""Errors of the tight networks by drummer: python3 measure.py CHECKPOINT [--drummers drummer8] [--splits test]

Every stroke of the two-bar windows is at its place already, so no pairing is needed; without --drummers timing MAE and velocity MSE are those of
the project's groove measure. Style is not given.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from fitting import rows_of
from groove_midi import load_performances
from groove_windows import make_windows
from play import load_tight


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--drummers", nargs="*", help="only these drummers")
    parser.add_argument("--splits", nargs="*", default=["test"])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net = load_tight(arguments.checkpoint)
    performances = [p for p in load_performances(tuple(arguments.splits)) if not arguments.drummers or p.drummer in arguments.drummers]
    rows = rows_of(make_windows(performances))
    condition = torch.stack([rows["condition"][:, 0], torch.zeros(len(rows["hits"]))], -1)
    parts = [net(rows["hits"][i:i + 256], condition[i:i + 256], rows["style"][i:i + 256] * 0) for i in range(0, len(condition), 256)]
    velocity, offset = (torch.cat([part[i] for part in parts]) for i in range(2))
    struck = rows["hits"] > 0
    late_ms = (offset - rows["offsets"]).abs() * rows["step_ms"][:, None, None]
    print(f"windows={len(condition)} mae_ms={late_ms[struck].mean():.2f} quantised_ms={(rows['offsets'].abs() * rows['step_ms'][:, None, None])[struck].mean():.2f} "
          f"vel_mse={((velocity - rows['velocities'])[struck] ** 2).mean():.4f}")


if __name__ == "__main__":
    main()
