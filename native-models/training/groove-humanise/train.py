"""Trains the humaniser: python3 train.py OUT --minutes 20 (BACKBEAT_DATA names the folder that holds gmd/)

Half of the time goes to two tight networks (their mean is exported), half to the human one. Settings and the kept epoch are
chosen on the validation split; the test split is read by measure.py only.
"""
from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from fitting import PEAK_RATE, Rows, fit, forget_style, rows_of, shares_of
from groove_midi import load_performances
from groove_windows import CLASS_COUNT, make_windows
from model import LATENT, VELOCITY_LEVELS, HumanNet, TightNet, as_performance, delayed, offset_level, velocity_level
from torch import Tensor, nn

TIGHT_MEMBERS = 2
STYLE_DROP = 0.3
CLASS_DROP = 0.15
FREE_NATS = 3.0
# Of the human network: a performance of n windows is heard as often as n ** 0.5 of one, so that the longest do not decide how loud drums are.
SHARE_POWER = 0.5
AVERAGING = 0.99
# On performances that were not in training a groove's loudness lies further from what the prior expects than the prior says. Of 1, 1.2, 1.4, 1.6 and
# 1.8 times its deviations these brought velocities and timing of the validation split's takes nearest to the drummers' (sum of both KLs).
PRIOR_WIDTH = 1.4


def augment(rows: Rows) -> Rows:
    """Forgets the style of some windows and leaves out whole classes of others, so that sparse patterns are played well too."""
    count = len(rows["hits"])
    dropped = (torch.rand(count, 1, CLASS_COUNT) < CLASS_DROP).float() * (torch.rand(count, 1, 1) < 0.5).float()
    return {**rows, "style": forget_style(rows["style"], STYLE_DROP), "hits": rows["hits"] * (1 - dropped)}


def tight_loss(net: TightNet, rows: Rows) -> Tensor:
    """Squared velocity error (weight 4) plus absolute timing error in units of 30 ms, over hits."""
    struck = rows["hits"] > 0
    velocity, offset = net(rows["hits"], rows["condition"], rows["style"])
    late = (offset - rows["offsets"]).abs() * rows["step_ms"][:, None, None] / 30
    return 4 * ((velocity - rows["velocities"])[struck] ** 2).mean() + late[struck].mean()


def human_loss(net: HumanNet, rows: Rows) -> Tensor:
    """Negative evidence bound per hit, in nats."""
    hits, struck = rows["hits"], rows["hits"] > 0
    context = net.encoder(hits, rows["condition"], rows["style"])
    performance = as_performance(hits, rows["velocities"], rows["offsets"])
    prior_mean, prior_log = net.infer_prior(context)
    mean, log = net.infer_posterior(context, performance)
    groove = mean + torch.randn_like(mean) * log.exp() if net.training else mean
    previous = delayed(performance)
    if net.training:
        previous = previous * (torch.rand(len(hits), previous.shape[1], 1) > 0.15).float()
    logits, _ = net.play(context, groove, previous, None)
    logits = logits[struck]
    levels = velocity_level(rows["velocities"])[struck], offset_level(rows["offsets"])[struck]
    played = (nn.functional.cross_entropy(logits[:, :VELOCITY_LEVELS], levels[0], reduction="sum")
              + nn.functional.cross_entropy(logits[:, VELOCITY_LEVELS:], levels[1], reduction="sum"))
    divergence = (prior_log - log + ((2 * log).exp() + (mean - prior_mean) ** 2) / (2 * (2 * prior_log).exp()) - 0.5).sum(-1)
    if net.training:
        divergence = divergence.clamp(min=FREE_NATS)
    return (played + divergence.sum()) / struck.sum()


@torch.no_grad()
def widen_prior(net: HumanNet) -> None:
    net.prior[2].bias[LATENT:] += math.log(PRIOR_WIDTH)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=PEAK_RATE, help="peak learning rate")
    parser.add_argument("--start-from", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--only", choices=("tight", "human"), help="train these networks only; --start-from gives the others")
    parser.add_argument("--unseen-drummers", nargs="*", default=[], help="leave these drummers out of training, for measure.py --drummers")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    performances = [p for p in load_performances(("train",)) if p.drummer not in arguments.unseen_drummers]
    windows = make_windows(performances)
    train = rows_of(windows)
    validation = rows_of(make_windows(load_performances(("validation",))))
    seconds = arguments.minutes * 60 * (1 if arguments.only else 0.5)
    before = torch.load(arguments.start_from) if arguments.start_from else {"tight": [], "human": None}
    state = dict(before)
    if arguments.only != "human":
        state["tight"] = []
        for member in range(TIGHT_MEMBERS):
            seed = arguments.seed + member
            torch.manual_seed(seed)
            net = TightNet()
            if before["tight"]:
                net.load_state_dict(before["tight"][member])
            fit(net, tight_loss, augment, train, validation, seconds / TIGHT_MEMBERS, seed, f"tight {member}", rate=arguments.rate)
            state["tight"].append(net.state_dict())
            torch.save(state, arguments.out / "humanise.pt")
    if arguments.only != "tight":
        torch.manual_seed(arguments.seed + 100)
        human = HumanNet()
        if before["human"]:
            human.load_state_dict(before["human"])
        seed, shares = arguments.seed + 100, shares_of(windows.performance, SHARE_POWER)
        fit(human, human_loss, augment, train, validation, seconds, seed, "human", shares, AVERAGING, arguments.rate)
        widen_prior(human)
        state["human"] = human.state_dict()
        torch.save(state, arguments.out / "humanise.pt")


if __name__ == "__main__":
    main()
