"""Trains the hit finder on drum-stem's songs: python3 train.py SONGS OUT --minutes 30"""
from __future__ import annotations

import argparse
import copy
import math
import queue
import sys
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import torch
from clips import Clips
from model import DrumHitsNet
from torch import Tensor, nn

BATCH = 12
PEAK_RATE = 2e-3
NEIGHBOUR = 0.4
"""Target in the frames beside a stroke's, so that 10 ms of doubt is no error."""


def hit_loss(net: DrumHitsNet, batch: dict[str, Tensor]) -> Tensor:
    """Cross entropy of hits per frame (strokes weighted 3), squared velocity error and absolute offset error at strokes."""
    logits, velocities, offsets = net(batch["long"], batch["short"])
    hits = batch["hits"]
    beside = torch.maximum(nn.functional.pad(hits, (0, 0, 1, 0))[:, :-1], nn.functional.pad(hits, (0, 0, 0, 1))[:, 1:])
    target = torch.maximum(hits, NEIGHBOUR * beside)
    wrong = nn.functional.binary_cross_entropy_with_logits(logits, target, weight=1 + 2 * target, reduction="sum") / hits[..., 0].numel()
    struck = hits > 0
    return wrong + 2 * ((velocities - batch["velocities"])[struck] ** 2).mean() + 0.3 * (offsets - batch["offsets"])[struck].abs().mean()


def produce(clips: Clips, ready: queue.Queue[dict[str, Tensor]]) -> None:
    torch.set_num_threads(1)
    while True:
        ready.put(clips.batch(BATCH))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    held_out = Clips(arguments.songs, "held-out", 12345)
    validation = [held_out.batch(16) for _ in range(4)]
    ready: queue.Queue[dict[str, Tensor]] = queue.Queue(3)
    threading.Thread(target=produce, args=(Clips(arguments.songs, "train", arguments.seed), ready), daemon=True).start()
    net = DrumHitsNet()
    average = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(net.parameters(), PEAK_RATE, weight_decay=0.01)
    started, step, report_at, losses = time.time(), 0, 60.0, []
    while (elapsed := time.time() - started) < arguments.minutes * 60:
        for group in optimiser.param_groups:
            group["lr"] = PEAK_RATE * min(1, (step + 1) / 50) * (0.01 + 0.5 * (1 + math.cos(math.pi * elapsed / (arguments.minutes * 60))))
        loss = hit_loss(net, ready.get())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        losses.append(loss.item())
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for slow, fast in zip(average.parameters(), net.parameters()):
                slow.lerp_(fast, 1 - keep)
        if elapsed > report_at:
            report_at = elapsed + 60
            with torch.no_grad():
                value = sum(hit_loss(average, batch).item() for batch in validation) / len(validation)
            print(f"{elapsed:.0f} s, step {step}, train {sum(losses[-100:]) / len(losses[-100:]):.4f}, held-out {value:.4f}", flush=True)
            torch.save({"average": average.state_dict()}, arguments.out / "hits.pt")
    torch.save({"average": average.state_dict()}, arguments.out / "hits.pt")


if __name__ == "__main__":
    main()
