"""The last part of training: python3 tune.py SOUNDS THRESHOLDS RUN/clap.pt TUNED.pt --steps 1200. Filters stay as they are; what stands on them (the
embedding of sounds, the heads, the whole text network) learns on, from pictures that were heard once, so that a batch can hold a thousand sounds:
seventy of each instrument must be told apart by their qualities alone.
"""
from __future__ import annotations

import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from captions import caption, say
from dataset import load_sounds, shard_paths
from evaluate import attribute_queries, figures, load, summary
from front_end import input_of_bytes
from labels import INSTRUMENTS, TRAIN, VALIDATION
from measures import INDEX, load_thresholds
from model import contrast
from text import UNKNOWN
from torch import Tensor, nn
from train import CLASS_WEIGHT, FORGET_WORD, MEASURE_WEIGHT, roughened_pictures, save

BATCH = 1024
LEARNING_RATE, WEIGHT_DECAY = 6e-4, 0.05
WARM_UP_STEPS = 50
AVERAGE_KEEP = 0.99
DROPOUT = 0.25
MEASURED_SHARE = 0.85
NAME_WEIGHT = 1.0
"""Of telling the instruments apart by their bare names; those that are in doubt of a sound are left out."""
NAMES_AT = [INDEX[name] for name in INSTRUMENTS]


def features_of(net: nn.Module, pictures: np.ndarray, rng: np.random.Generator | None) -> np.ndarray:
    """What the filters make of pictures, float16; roughened when a generator is given."""
    parts = []
    with torch.no_grad():
        for first in range(0, len(pictures), 256):
            part = input_of_bytes(pictures[first:first + 256])
            parts.append(net.summed(torch.from_numpy(part if rng is None else roughened_pictures(part, rng))).half().numpy())
    return np.concatenate(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("thresholds", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tuned", type=Path)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--most-sounds", type=int, default=60_000)
    parser.add_argument("--steps-between", type=int, default=200, help="between figures on validation")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    thresholds = load_thresholds(arguments.thresholds)
    net, vocabulary = load(arguments.checkpoint)
    state = torch.load(arguments.checkpoint, map_location="cpu")
    mean, deviation = state["mean"], state["deviation"]
    validation = load_sounds(arguments.sounds, VALIDATION, thresholds)
    queries = attribute_queries(validation, thresholds)
    heard, truths, measures, instruments, kinds = [], [], [], [], []
    for index, path in enumerate(shard_paths(arguments.sounds, TRAIN)):
        if len(instruments) >= arguments.most_sounds:
            break
        part = load_sounds(arguments.sounds, TRAIN, thresholds, paths=[path])
        # Every other shard as it is, the others roughened: both must be understood.
        heard.append(features_of(net.audio, part.pictures, np.random.default_rng([13, index]) if index % 2 else None))
        truths.append(part.truths)
        measures.append(part.measures)
        instruments += part.instruments
        kinds += part.kinds
    features, truth_of, measure_of = np.concatenate(heard), np.concatenate(truths), torch.from_numpy(np.concatenate(measures))
    classes = torch.tensor([INSTRUMENTS.index(name) for name in instruments])
    print(f"{len(instruments)} sounds, {time.process_time():.0f} s of processor", flush=True)
    averaged = copy.deepcopy(net)
    for module in net.modules():
        if isinstance(module, nn.Dropout):
            module.p = DROPOUT if module in list(net.audio.modules()) else 0.1
    learning = [value for name, value in net.named_parameters() if not name.startswith(("audio.stem", "audio.blocks"))]
    optimiser = torch.optim.AdamW(learning, LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    losses: list[list[float]] = []
    for step in range(arguments.steps):
        rng = np.random.default_rng([17, step])
        drawn = rng.integers(len(instruments), size=BATCH)
        truth = truth_of[drawn]
        said = [caption(truth[row], thresholds, rng, instruments[number], kinds[number]) for row, number in enumerate(drawn)]
        words, grams = vocabulary.encode([one.text for one in said])
        words[(words > UNKNOWN) & (rng.random(words.shape) < FORGET_WORD)] = UNKNOWN
        holds = np.stack([truth[:, one.needs].min(1) if one.needs else np.full(BATCH, 1, np.uint8) for one in said], 1)
        net.audio.middle.train()
        net.text.train()
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (0.02 + 0.49 * (1 + np.cos(np.pi * step / arguments.steps)))
        embedding, guessed, measured = net.audio.told(torch.from_numpy(features[drawn]).float())
        right = (measure_of[drawn] - mean) / deviation
        # Most of the sounds are measured by the host as well.
        is_measured = (torch.from_numpy(rng.random(BATCH)) < MEASURED_SHARE)[:, None]
        embedding = torch.where(is_measured, net.audio.corrected(embedding, measured.detach(), right), embedding)
        names = [say(name, [], rng) for name in INSTRUMENTS]
        called = net.text(*(torch.from_numpy(values) for values in vocabulary.encode(names)))
        likeness = (net.scale.exp().clamp(max=60) * embedding @ called.t()).masked_fill(torch.from_numpy(truth[:, NAMES_AT] == 1), -1e4)
        parts: list[Tensor] = [
            contrast(embedding, net.text(torch.from_numpy(words), torch.from_numpy(grams)), net.scale, torch.from_numpy(holds)),
            F.cross_entropy(guessed, classes[drawn], label_smoothing=0.05), F.smooth_l1_loss(measured, right),
            F.cross_entropy(likeness, classes[drawn], label_smoothing=0.02)]
        optimiser.zero_grad(set_to_none=True)
        (parts[0] + CLASS_WEIGHT * parts[1] + MEASURE_WEIGHT * parts[2] + NAME_WEIGHT * parts[3]).backward()
        torch.nn.utils.clip_grad_norm_(learning, 3.0)
        optimiser.step()
        with torch.no_grad():
            keep = min(AVERAGE_KEEP, (step + 1) / (step + 10))
            for kept, new in zip(averaged.state_dict().values(), net.state_dict().values()):
                if kept.dtype.is_floating_point:
                    kept.mul_(keep).add_(new, alpha=1 - keep)
                else:
                    kept.copy_(new)
        losses.append([float(part) for part in parts])
        if (step + 1) % arguments.steps_between == 0 or step + 1 == arguments.steps:
            save(arguments.tuned, {"averaged": averaged.state_dict(), "step": step + 1, "words": vocabulary.words, "mean": mean, "deviation": deviation})
            print(f"step {step + 1} loss {np.mean(losses[-200:], 0).round(4).tolist()} {time.process_time():.0f} s of processor; {summary(figures(averaged, vocabulary, validation, queries, (mean, deviation)))}", flush=True)


if __name__ == "__main__":
    main()
