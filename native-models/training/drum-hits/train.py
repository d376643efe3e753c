"""Trains the hit finder on rendered songs: python3 train.py SONGS OUT --minutes 30"""
from __future__ import annotations

import argparse
import copy
import math
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from clips import Clips
from model import INSTRUMENTS, DrumHitsNet
from torch import Tensor, nn

BATCH = 12
EDGE = 4
"""Frames at both ends of a clip that count for nothing: a stroke there is half seen."""
TRAINING_PREFIXES = ("train", "take", "separated", "parts-separated", "part")


def hit_loss(net: DrumHitsNet, batch: dict[str, Tensor], narrow: bool = False) -> Tensor:
    """Cross entropy of hits and onsets per frame (strokes weighted 3), squared velocity error and absolute offset error at strokes.

    `narrow`: the network runs in bfloat16, a quarter quicker on a processor that has it.
    """
    with torch.autocast("cpu", torch.bfloat16, enabled=narrow):
        outputs = net(batch["long"], batch["short"])
    hits, velocities, offsets, onsets = (part[:, EDGE:-EDGE].float() for part in outputs)
    targets, weights, true_velocities, true_offsets = (batch[name][:, EDGE:-EDGE] for name in ("targets", "weights", "velocities", "offsets"))
    wrong = nn.functional.binary_cross_entropy_with_logits(
        torch.cat([hits, onsets], -1), targets, weight=weights * (1 + 2 * targets), reduction="sum") / hits[..., 0].numel()
    instruments = len(INSTRUMENTS)
    struck = targets[..., :instruments] > 0
    importance = (targets * weights)[..., :instruments][struck]
    velocity = ((velocities - true_velocities[..., :instruments])[struck] ** 2 * importance).sum() / importance.sum()
    offset = ((offsets - true_offsets[..., :instruments])[struck].abs() * importance).sum() / importance.sum()
    return wrong + 2 * velocity + 0.3 * offset


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peak-rate", type=float, default=1.5e-3)
    parser.add_argument("--start-from", type=Path, help="weights to go on from")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    held_out = Clips(arguments.songs, ("held-out",), 12345, plain=True)
    validation = [held_out.batch(16) for _ in range(6)]
    clips = Clips(arguments.songs, TRAINING_PREFIXES, arguments.seed)
    net = DrumHitsNet()
    if arguments.start_from:
        net.load_state_dict(torch.load(arguments.start_from)["average"])
    average = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), arguments.peak_rate, weight_decay=0.01)
    started, step, report_at, losses = time.time(), 0, 60.0, []
    while (elapsed := time.time() - started) < arguments.minutes * 60:
        for group in optimiser.param_groups:
            group["lr"] = arguments.peak_rate * min(1, (step + 1) / 100) * (0.01 + 0.5 * (1 + math.cos(math.pi * elapsed / (arguments.minutes * 60))))
        loss = hit_loss(net, clips.batch(BATCH), narrow=True)
        optimiser.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        losses.append(loss.item())
        if step <= 10:
            print(f"step {step}, loss {loss.item():.3f}, gradient {float(norm):.2f}", flush=True)
        keep = min(0.998, (step + 1) / (step + 4))
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), net.parameters()):
                slow.lerp_(fast, 1 - keep)
        if elapsed > report_at:
            report_at = elapsed + 120
            clips.refresh()
            with torch.no_grad():
                value = sum(hit_loss(average, batch).item() for batch in validation) / len(validation)
            print(f"{elapsed:.0f} s, step {step}, {len(clips)} songs, train {sum(losses[-200:]) / len(losses[-200:]):.4f}, held-out {value:.4f}", flush=True)
            torch.save({"average": average.state_dict()}, arguments.out / "hits.pt")
    torch.save({"average": average.state_dict()}, arguments.out / "hits.pt")


if __name__ == "__main__":
    main()
