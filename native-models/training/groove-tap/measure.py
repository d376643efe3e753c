"""Measures tap-to-drums on Groove's test beats: python3 measure.py CHECKPOINT [--drummers drummer3 drummer9]

Protocol: the 2,068 two-bar windows (hop one bar) of the test split's 4/4 beats; the taps are the beat's own rhythm.
Once with the style given and once without, with both sets of thresholds. Hit F1 counts all cells of all windows together;
velocity (MIDI units) and timing errors (ms) are means over the hits that were found.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from fitting import Rows, rows_of
from groove_midi import CLASS_NAMES, load_performances
from groove_windows import make_windows
from model import TapEnsemble, TapNet
from train import RARE_CLASSES, answer


def load_ensemble(checkpoint: Path) -> tuple[TapEnsemble, dict[str, list[float]]]:
    saved = torch.load(checkpoint)
    members = []
    for state in saved["members"]:
        members.append(TapNet())
        members[-1].load_state_dict(state)
    return TapEnsemble(members, saved["thresholds"]["exact"][0]).eval(), saved["thresholds"]


def f1(guess: torch.Tensor, truth: torch.Tensor) -> float:
    return float(2 * (guess * truth).sum() / (guess.sum() + truth.sum() + 1e-9))


def report(ensemble: TapEnsemble, thresholds: dict[str, list[float]], rows: Rows, styled: bool) -> None:
    chances, velocities, offsets = answer(ensemble, rows, styled)
    hits, rare = rows["hits"], list(RARE_CLASSES)
    late_ms = (offsets - rows["offsets"]).abs() * rows["step_ms"][:, None, None]
    loud = 127 * (velocities - rows["velocities"]).abs()
    for name, levels in thresholds.items():
        guess = (chances > torch.tensor(levels)).float()
        found, struck = (guess * hits) > 0, hits > 0
        print("  ".join(f"{label} {f1(guess[..., c], hits[..., c]):.3f}" for c, label in enumerate(CLASS_NAMES)))
        print(f"windows={len(hits)} style={'given' if styled else 'not given'} thresholds={name} hit_f1={f1(guess, hits):.3f} "
              f"rare_f1={f1(guess[..., rare], hits[..., rare]):.3f} velocity_mae={loud[found].mean():.2f} offset_mae_ms={late_ms[found].mean():.2f} "
              f"(over all true hits: {loud[struck].mean():.2f}, {late_ms[struck].mean():.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--drummers", nargs="*", help="only these drummers")
    parser.add_argument("--splits", nargs="*", default=["test"], help="with a model trained without the drummers, train and validation may be read as well")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    performances = [p for p in load_performances(tuple(arguments.splits)) if p.beat_type == "beat" and (not arguments.drummers or p.drummer in arguments.drummers)]
    ensemble, thresholds = load_ensemble(arguments.checkpoint)
    rows = rows_of(make_windows(performances))
    for styled in (True, False):
        report(ensemble, thresholds, rows, styled)


if __name__ == "__main__":
    main()
