"""Trains tap-to-drums: python3 train.py OUT --minutes 12 (BACKBEAT_DATA names the folder that holds gmd/)

Networks and the thresholds of each class are chosen on the validation split; the test split is read by measure.py only.
"""
from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from fitting import Rows, fit, forget_style, rows_of
from groove_midi import load_performances
from groove_windows import CLASS_COUNT, make_windows
from model import TapEnsemble, TapNet, taps_of
from torch import Tensor, nn

MEMBERS = 2
STYLE_DROP = 0.5
LANE_DROP = 0.1
RARE_WEIGHT = 1.5
RARE_CLASSES = (3, 4, 5, 6, 7)
"""Open hat, toms and crash, whose errors weigh RARE_WEIGHT. A threshold that lets them be found at all makes the beat as a whole less exact, so there are two sets."""


def augment(rows: Rows) -> Rows:
    return {**rows, "style": forget_style(rows["style"], STYLE_DROP)}


def tap_loss(net: TapNet, rows: Rows) -> Tensor:
    """Cross entropy per step (nine cells), plus absolute velocity error (weight 3) and timing error in units of 20 ms over hits."""
    taps = taps_of(rows["hits"], rows["velocities"], rows["offsets"])
    if net.training:
        # Players tap unevenly: some taps are lost, velocities wander.
        lost = (torch.rand(taps.shape[:2]) < LANE_DROP).float() * (torch.rand(len(taps), 1) < 0.3).float()
        taps = taps * (1 - lost)[..., None]
    logits, velocities, offsets = net(taps, rows["condition"], rows["style"])
    struck = rows["hits"] > 0
    weight = torch.ones(CLASS_COUNT)
    weight[list(RARE_CLASSES)] = RARE_WEIGHT
    wrong = nn.functional.binary_cross_entropy_with_logits(logits, rows["hits"], weight=weight, reduction="sum") / taps[..., 0].numel()
    late = (offsets - rows["offsets"]).abs() * rows["step_ms"][:, None, None] / 20
    return wrong + 3 * (velocities - rows["velocities"])[struck].abs().mean() + late[struck].mean()


def choose_thresholds(chances: Tensor, hits: Tensor) -> dict[str, list[float]]:
    """`chances` and `hits` (windows, 32, 9).

    'exact' is one threshold for all, the best F1 over all cells; in 'colourful' rare classes have one threshold of their own, of the best F1 over
    their cells together.
    """
    grid = torch.arange(0.05, 0.6, 0.01).tolist()

    def f1(guess: Tensor, truth: Tensor) -> float:
        return float(2 * (guess * truth).sum() / (guess.sum() + truth.sum() + 1e-9))

    shared = max(grid, key=lambda t: f1((chances > t).float(), hits))
    rare = list(RARE_CLASSES)
    lively = max(grid, key=lambda t: f1((chances[..., rare] > t).float(), hits[..., rare]))
    return {"exact": [round(shared, 3)] * CLASS_COUNT, "colourful": [round(lively if c in rare else shared, 3) for c in range(CLASS_COUNT)]}


@torch.no_grad()
def answer(net: nn.Module, rows: Rows, styled: bool) -> tuple[Tensor, Tensor, Tensor]:
    """Chances, velocities and offsets for the taps of every window; `styled`: the style is given."""
    parts = []
    for first in range(0, len(rows["hits"]), 256):
        part = {key: value[first:first + 256] for key, value in rows.items()}
        parts.append(net(taps_of(part["hits"], part["velocities"], part["offsets"]), part["condition"], part["style"] * int(styled)))
    return tuple(torch.cat([part[i] for part in parts]) for i in range(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start-from", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--members", type=int, default=MEMBERS, help="networks to train and average")
    parser.add_argument("--unseen-drummers", nargs="*", default=[], help="leave these drummers out of training")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train = rows_of(make_windows([p for p in load_performances(("train",)) if p.drummer not in arguments.unseen_drummers]))
    validation = rows_of(make_windows(load_performances(("validation",))))
    before = torch.load(arguments.start_from)["members"] if arguments.start_from else []
    members = []
    for member in range(arguments.members):
        torch.manual_seed(arguments.seed + member)
        net = TapNet()
        if before:
            net.load_state_dict(before[member])
        fit(net, tap_loss, augment, train, validation, arguments.minutes * 60 / arguments.members, arguments.seed + member, f"tap {member}")
        members.append(net)
        ensemble = TapEnsemble(members, 0.35).eval()
        thresholds = choose_thresholds(answer(ensemble, validation, styled=True)[0], validation["hits"])
        torch.save({"members": [m.state_dict() for m in members], "thresholds": thresholds}, arguments.out / "tap.pt")
        print("thresholds", thresholds, flush=True)


if __name__ == "__main__":
    main()
