"""Trains the drum transformer: python3 train.py OUT --minutes 20 (BACKBEAT_DATA names the folder that holds gmd/)

Trains on the 4/4 performances of Groove's train split (beats and fills), one network or several one after the other; the checkpoint with
the fewest bits per step on the validation split's beats is kept.
"""
from __future__ import annotations

import argparse
import copy
import math
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from groove_midi import Performance, load_performances
from model import WINDOW_STEPS, DrumTransformer
from torch import nn
from words import Controls, Part, bits_of, features_of, to_part, words_of

BATCH = 24
SEGMENT = 192
PEAK_RATE = 2e-3
REPORT_SECONDS = 60
CLOSED_HAT, OPEN_HAT, RIDE = 2, 3, 8
TOMS = [4, 5, 6]


def load_parts(split: str, beats_only: bool, without: tuple[str, ...] = ()) -> list[Part]:
    def wanted(p: Performance) -> bool:
        return p.time_signature == "4-4" and bool(p.strokes) and (p.beat_type == "beat" or not beats_only) and p.drummer not in without

    parts = [to_part(p) for p in load_performances((split,)) if wanted(p)]
    return [part for part in parts if not beats_only or len(part.words) >= 32]


def reorchestrate(words: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Plays a part on other instruments for a whole segment: hat for ride, toms exchanged, one class left out."""
    bits = bits_of(words)
    if rng.random() < 0.15:
        bits[:, [CLOSED_HAT, RIDE]] = bits[:, [RIDE, CLOSED_HAT]]
    if rng.random() < 0.3:
        bits[:, TOMS] = bits[:, rng.permutation(TOMS)]
    if rng.random() < 0.15:
        bits[:, rng.integers(bits.shape[1])] = 0
    return words_of(bits)


def draw(parts: list[Part], shares: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One segment's features (SEGMENT, FEATURES) and words (SEGMENT,), -100 beyond its end."""
    part = parts[rng.choice(len(parts), p=shares)]
    bars = max(0, (len(part.words) - SEGMENT) // 16 + 1)
    first = 16 * int(rng.integers(bars + 1)) if rng.random() < 0.7 else 0
    words = reorchestrate(part.words[first:first + SEGMENT], rng) if rng.random() < 0.5 else part.words[first:first + SEGMENT]
    fills = part.fill_bars[first // 16:]
    controls = Controls(
        part.style if rng.random() < 0.6 else 0,
        part.bpm if rng.random() < 0.5 else None,
        float(bits_of(words).sum(-1).mean()) if rng.random() < 0.3 else None,
        fills if rng.random() < 0.4 and len(fills) else None)
    known_from = int(rng.integers(1, len(words) + 1)) if rng.random() < 0.3 else None
    features = np.zeros((SEGMENT, features_of(words[:1], Controls()).shape[1]), np.float32)
    target = np.full(SEGMENT, -100)
    features[:len(words)], target[:len(words)] = features_of(words, controls, known_from, first), words
    return features, target


@torch.no_grad()
def bits_per_step(net: nn.Module, parts: list[Part], styled: bool = False) -> float:
    """Mean bits to predict each step of whole parts; every step after the first window has at least half a window of context."""
    net.eval()
    nats, steps = 0.0, 0
    half = WINDOW_STEPS // 2
    for part in parts:
        controls = Controls(part.style, part.bpm) if styled else Controls()
        for first in range(0, max(1, len(part.words) - half), half):
            words = part.words[first:first + WINDOW_STEPS]
            logits = net(torch.from_numpy(features_of(words, controls, None, first))[None])[0]
            skip = half if first else 0
            nats += nn.functional.cross_entropy(logits[skip:], torch.from_numpy(words)[skip:], reduction="sum").item()
            steps += len(words) - skip
    return nats / steps / math.log(2)


def fit(net: DrumTransformer, train: list[Part], validation: list[Part], seconds: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    shares = np.array([len(part.words) for part in train], float)
    shares /= shares.sum()
    optimiser = torch.optim.AdamW(net.parameters(), PEAK_RATE, weight_decay=0.05, betas=(0.9, 0.98))
    started, report_at, step, best, kept, losses = time.time(), REPORT_SECONDS, 0, math.inf, net.state_dict(), []
    while (elapsed := time.time() - started) < seconds:
        net.train()
        for group in optimiser.param_groups:
            group["lr"] = PEAK_RATE * min(1, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * elapsed / seconds)) + 0.01)
        drawn = [draw(train, shares, rng) for _ in range(BATCH)]
        logits = net(torch.from_numpy(np.stack([features for features, _ in drawn])))
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), torch.from_numpy(np.stack([target for _, target in drawn])).flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        losses.append(loss.item() / math.log(2))
        if elapsed > report_at or elapsed > seconds - 1:
            report_at = elapsed + REPORT_SECONDS
            bits = bits_per_step(net, validation)
            print(f"{elapsed:.0f} s, step {step}, train {np.mean(losses[-50:]):.3f}, validation {bits:.3f} bits a step", flush=True)
            if bits < best:
                best, kept = bits, copy.deepcopy(net.state_dict())
    bits = bits_per_step(net, validation)
    if bits > best:
        net.load_state_dict(kept)
    net.eval()
    return min(bits, best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--members", type=int, default=1, help="networks to average; the minutes are shared among them")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--unseen-drummers", nargs="*", default=[], help="leave these drummers out of training")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train = load_parts("train", False, tuple(arguments.unseen_drummers))
    validation = load_parts("validation", True)
    states = []
    for member in range(arguments.members):
        torch.manual_seed(arguments.seed + member)
        net = DrumTransformer()
        bits = fit(net, train, validation, arguments.minutes * 60 / arguments.members, arguments.seed + member)
        states.append(net.state_dict())
        torch.save({"members": states}, arguments.out / "transformer.pt")
        print(f"network {member}: {bits:.3f} bits a step on validation", flush=True)


if __name__ == "__main__":
    main()
