"""Trains the separator: python3 train.py SONGS OUT --minutes 60

Losses are in dB: log of the error energy over the drum energy of each clip, over all bins and (--band-weight) by band, so that
cymbals count although their energy is small. Weights are averaged exponentially; the average is what is kept. Checkpoints are
written every two minutes and --resume goes on from one.
"""
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
from mixing import Batch, Mixer
from model import DrumStemNet
from torch import Tensor

LOSS_BANDS = (0, 6, 24, 100, 300, 1025)
VALIDATION_BATCHES = 8
WARM_UP_SECONDS = 30


def decibel_error(mask: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Error of the masked mix relative to the drums, in dB per clip: over all bins, and the mean over `LOSS_BANDS`."""
    error = (mask * (mask * batch.mix - 2 * batch.cross) + batch.drums).clamp(min=0)
    error, drums, mix = (part.sum((1, 2)) for part in (error, batch.drums, batch.mix))
    total = mix.sum(-1)

    def ratio(low: int, high: int, share: float) -> Tensor:
        part = share * mix[:, low:high].sum(-1) + 1e-6 * total + 1e-3
        return 10 * torch.log10((error[:, low:high].sum(-1) + part) / (drums[:, low:high].sum(-1) + part))

    bands = [ratio(low, high, 3e-3) for low, high in zip(LOSS_BANDS, LOSS_BANDS[1:])]
    return ratio(0, LOSS_BANDS[-1], 1e-3), torch.stack(bands, -1).mean(-1)


@torch.no_grad()
def validate(net: DrumStemNet, batches: list[Batch]) -> float:
    """Mean error in dB over held-out mixes, all bins."""
    net.eval()
    errors = torch.cat([decibel_error(net(batch.mix, batch.bass), batch)[0] for batch in batches])
    net.train()
    return errors.mean().item()


def measure_standardisation(net: DrumStemNet, batches: list[Batch]) -> None:
    spectrum = net.log_spectrum(torch.cat([batch.mix for batch in batches]), 2048)
    bass = net.log_spectrum(torch.cat([batch.bass for batch in batches]), 8192)
    net.mean.copy_(spectrum.mean((0, 2))[:, None])
    net.deviation.copy_(spectrum.std((0, 2)).clamp(min=0.3)[:, None])
    net.bass_mean.copy_(bass.mean((0, 1)))
    net.bass_deviation.copy_(bass.std((0, 1)).clamp(min=0.3))


def produce(mixer: Mixer, clips: int, pairings: int, ready: queue.Queue[Batch]) -> None:
    torch.set_num_threads(1)
    while True:
        for batch in mixer.batches(clips, pairings):
            ready.put(batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--clips", type=int, default=8)
    parser.add_argument("--pairings", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--band-weight", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--resume", action="store_true", help="go on from OUT/last.pt, its time counted")
    parser.add_argument("--start-from", type=Path, help="begin a new schedule with another run's averaged weights")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    last = arguments.out / "last.pt"

    held_out = Mixer(arguments.songs, "held-out", 12345)
    validation = [held_out.batches(8, 1)[0] for _ in range(VALIDATION_BATCHES)]
    mixer = Mixer(arguments.songs, "train", arguments.seed)
    ready: queue.Queue[Batch] = queue.Queue(3)
    threading.Thread(target=produce, args=(mixer, arguments.clips, arguments.pairings, ready), daemon=True).start()

    net = DrumStemNet(arguments.hidden)
    optimiser = torch.optim.AdamW(net.parameters(), arguments.learning_rate, betas=(0.9, 0.99), weight_decay=0.01)
    spent = step = 0.0
    if arguments.resume:
        saved = torch.load(last)
        net.load_state_dict(saved["net"])
        optimiser.load_state_dict(saved["optimiser"])
        average = copy.deepcopy(net)
        average.load_state_dict(saved["average"])
        spent, step = saved["seconds"], saved["step"]
    else:
        if arguments.start_from:
            net.load_state_dict(torch.load(arguments.start_from)["average"])
        else:
            measure_standardisation(net, [ready.get() for _ in range(4)])
        average = copy.deepcopy(net)

    started, report_at, losses = time.time() - spent, spent + 60.0, []
    while (elapsed := time.time() - started) < arguments.minutes * 60:
        rate = 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * elapsed / (arguments.minutes * 60)))
        for group in optimiser.param_groups:
            group["lr"] = arguments.learning_rate * rate * min(1.0, elapsed / WARM_UP_SECONDS)
        batch = ready.get()
        overall, bands = decibel_error(net(batch.mix, batch.bass), batch)
        loss = overall.mean() + arguments.band_weight * bands.mean()
        optimiser.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        if not torch.isfinite(norm):
            print(f"step {step:.0f}: gradient not finite, batch skipped", flush=True)
            continue
        optimiser.step()
        step += 1
        losses.append(overall.mean().item())
        with torch.no_grad():
            keep = min(0.998, step / (step + 20))
            for slow, fast in zip(average.state_dict().values(), net.state_dict().values()):
                slow.lerp_(fast, 1 - keep)
        if elapsed > report_at or step == 10:
            report_at = max(report_at, elapsed) + 120
            mixer.refresh()
            print(f"{elapsed:.0f} s, step {step:.0f}, {len(mixer)} songs, gradient {norm:.1f}, "
                  f"train {sum(losses[-100:]) / len(losses[-100:]):.2f} dB, held-out {validate(average, validation):.2f} dB", flush=True)
            torch.save({"net": net.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(),
                        "hidden": arguments.hidden, "seconds": elapsed, "step": step}, last)
    print(f"end: held-out {validate(average, validation):.2f} dB", flush=True)
    torch.save({"average": average.state_dict(), "hidden": arguments.hidden, "seconds": elapsed, "step": step}, arguments.out / "final.pt")


if __name__ == "__main__":
    main()
