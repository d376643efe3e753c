"""Training: python3 train.py SOUNDS THRESHOLDS RUN --steps 6000 [--begin OTHER_RUN/clap.pt]. Starts again from RUN/clap.pt by itself; takes in sounds
rendered meanwhile; `--begin` gives a new run the weights of an older one.

Seeded by step, so that a run that was interrupted draws what it would have drawn (but for sounds that came later).
"""
from __future__ import annotations

import argparse
import copy
import json
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from captions import caption, say, words_of_grammar
from dataset import Sounds, load_sounds, shard_paths
from evaluate import attribute_queries, figures, summary
from front_end import input_of_bytes
from labels import INSTRUMENTS, TRAIN, VALIDATION
from measures import INDEX, TAGS, load_thresholds
from model import DrumClap, contrast, count_parameters
from text import UNKNOWN, WORDS, Vocabulary
from torch import Tensor

BATCH, CAPTIONS_PER_SOUND = 160, 2
LEARNING_RATE, WEIGHT_DECAY, WARM_UP_STEPS = 1.2e-3, 0.04, 200
FORGET_WORD = 0.25
"""Known words that are shown by their letters alone, so that letters learn what words mean."""
CLASS_WEIGHT, MEASURE_WEIGHT, NAME_WEIGHT = 0.5, 0.3, 0.5
"""Beside the contrast: of the head of instruments, of the guessed measures, and of telling instruments apart by their bare names, as prompts ask."""
NAMES_AT = [INDEX[name] for name in INSTRUMENTS]
NAME_SMOOTHING = 0.05
MEASURED_SHARE = 0.8
ALIKE_GROUPS = (("ohh", "crash", "ride"), ("rim", "clap", "perc", "snare"), ("chh", "phh", "ohh"), ("lt", "mt", "ht"), ("kick", "lt", "fx"), ("snare", "clap", "ht", "perc"),
                ("perc", "fx", "rim"), ("crash", "fx", "ohh"))
ALIKE = 80
"""Sounds of a batch that come from one of these groups: hard to tell apart, and enough of one instrument that its qualities must be told."""
SAMPLED_SHARE = 0.78
"""Of a batch: sounds of sampled kits. Cues of synthesised cymbals are not those of real ones: told from a few numbers, validation's sampled
cymbals were .80 right after learning from samples alone, .75 after learning from both."""
MORPHED_SHARE = 0.4
"""Of a batch: the picture goes some of the way to another of the same instrument, and only what is true of both is said."""
AVERAGE_KEEP = 0.998
DROPOUT = 0.2


class Store:
    """Training sounds in memory, shard by shard; no more than `most` are held."""

    def __init__(self, folder: Path, thresholds: dict[str, np.ndarray], most: int):
        self.folder, self.thresholds, self.most = folder, thresholds, most
        self.parts: list[Sounds] = []
        self.known: set[str] = set()
        self.count = 0

    def refresh(self) -> None:
        for path in shard_paths(self.folder, TRAIN):
            if path.name in self.known or self.count >= self.most:
                continue
            part = load_sounds(self.folder, TRAIN, self.thresholds, paths=[path])
            self.parts.append(part)
            self.known.add(path.name)
            self.count += len(part.measures)
        self.places = np.array([(index, row) for index, part in enumerate(self.parts) for row in range(len(part.measures))], np.int32)
        self.measures = np.concatenate([part.measures for part in self.parts])
        names = np.array([name for part in self.parts for name in part.instruments])
        self.of_instrument = {name: np.flatnonzero(names == name) for name in INSTRUMENTS}
        is_sampled = np.array([not source.startswith("synthesis") for part in self.parts for source in part.sources])
        self.by_making = [np.flatnonzero(is_sampled == kind) for kind in (False, True)]
        self.made = [{name: np.flatnonzero((names == name) & (is_sampled == kind)) for name in INSTRUMENTS} for kind in (False, True)]

    def draw(self, rng: np.random.Generator, count: int) -> np.ndarray:
        """Numbers of sounds: some from everywhere, the rest from instruments that are alike."""
        group = ALIKE_GROUPS[rng.integers(len(ALIKE_GROUPS))]
        is_sampled = (rng.random(count) < SAMPLED_SHARE).astype(int)
        alike = [rng.choice(self.made[kind][str(name)]) for kind, name in zip(is_sampled, rng.choice(group, ALIKE))]
        return np.concatenate([[rng.choice(self.by_making[kind]) for kind in is_sampled[ALIKE:]], alike])

    def sound(self, number: int) -> tuple[Sounds, int]:
        part, row = self.places[number]
        return self.parts[part], int(row)


def roughened_pictures(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A frame earlier or later, a stripe of bands or frames missing, a little tilt: what differs between recordings of one thing."""
    for row in pictures:
        shift = int(rng.integers(-1, 3))
        if shift > 0:
            row[:, :, shift:] = row[:, :, :-shift].copy()
            row[:, :, :shift] = -2.5
        elif shift < 0:
            row[:, :, :shift] = row[:, :, -shift:].copy()
            row[:, :, shift:] = row[:, :, shift - 1:shift]
        for _ in range(int(rng.integers(0, 3))):
            first, width = int(rng.integers(0, 60)), int(rng.integers(1, 8))
            row[int(rng.integers(2)), first:first + width] = -2.5
        if rng.random() < 0.25:
            first, width = int(rng.integers(8, 95)), int(rng.integers(1, 10))
            row[:, :, first:first + width] = -2.5
        if rng.random() < 0.3:
            row[0] += np.linspace(-1, 1, row.shape[1], dtype=np.float32)[:, None] * rng.normal(0, 0.12)
        if rng.random() < 0.5:
            # Another microphone: a few smooth humps of some decibels (16 dB are 1).
            bands = np.arange(row.shape[1], dtype=np.float32)
            for picture in row:
                picture += sum(rng.normal(0, 0.16) * np.exp(-0.5 * ((bands - rng.uniform(0, 64)) / rng.uniform(4, 14)) ** 2) for _ in range(3))[:, None].astype(np.float32)
    return np.maximum(pictures, -2.5)


def holding(truth: np.ndarray, needs: list[int], is_strict: np.ndarray) -> np.ndarray:
    """Of each sound whether a caption holds (2), does not (0) or is in doubt (1). A measure between the middle and the third that a word is for is known, and
    not enough, wherever `is_strict`."""
    if not needs:
        return np.full(len(truth), 1, np.uint8)
    least = truth[:, needs].min(1)
    measured = [need for need in needs if need >= len(TAGS)]
    if measured:
        least = np.where(is_strict & (truth[:, measured] == 1).any(1), 0, least)
    return least.astype(np.uint8)


class Batch(NamedTuple):
    pictures: Tensor
    words: Tensor
    grams: Tensor
    holds: Tensor
    """(sounds, captions): truth of each pair."""
    classes: Tensor
    measures: Tensor
    names: tuple[Tensor, Tensor]
    """One bare name an instrument."""
    in_doubt: Tensor
    """(sounds, instruments): names that one would not call wrong."""
    is_measured: Tensor
    """Whether the vector is corrected by what was measured, as the program's are."""


def make_batch(store: Store, vocabulary: Vocabulary, seed: int, step: int) -> Batch:
    rng = np.random.default_rng([seed, step])
    drawn = [store.sound(number) for number in store.draw(rng, BATCH)]
    pictures = input_of_bytes(np.stack([part.pictures[row] for part, row in drawn]))
    truth = np.stack([part.truths[row] for part, row in drawn])
    kinds = [part.kinds[row] for part, row in drawn]
    measures = np.stack([part.measures[row] for part, row in drawn])
    is_morphed = rng.random(BATCH) < MORPHED_SHARE
    for index in np.flatnonzero(is_morphed):
        part, row = drawn[index]
        other, place = store.sound(int(rng.choice(store.of_instrument[part.instruments[row]])))
        share = np.float32(rng.uniform(0.15, 0.5))
        pictures[index] += share * (input_of_bytes(other.pictures[place]) - pictures[index])
        truth[index] = np.where(truth[index] == other.truths[place], truth[index], 1)
        measures[index] += share * (other.measures[place] - measures[index])
        kinds[index] = kinds[index] if kinds[index] == other.kinds[place] else ""
    pictures = roughened_pictures(pictures, rng)
    said = [caption(truth[index], store.thresholds, rng, part.instruments[row], kinds[index])
            for _ in range(CAPTIONS_PER_SOUND) for index, (part, row) in enumerate(drawn)]
    words, grams = vocabulary.encode([one.text for one in said])
    words[(words > UNKNOWN) & (rng.random(words.shape) < FORGET_WORD)] = UNKNOWN
    holds = np.stack([holding(truth, one.needs, ~is_morphed) for one in said], 1)
    classes = np.array([INSTRUMENTS.index(part.instruments[row]) for part, row in drawn])
    names, name_grams = vocabulary.encode([say(name, [], rng) for name in INSTRUMENTS])
    return Batch(torch.from_numpy(pictures), torch.from_numpy(words), torch.from_numpy(grams), torch.from_numpy(holds), torch.from_numpy(classes), torch.from_numpy(measures),
                 (torch.from_numpy(names), torch.from_numpy(name_grams)), torch.from_numpy(truth[:, NAMES_AT] == 1),
                 torch.from_numpy(rng.random(BATCH) < MEASURED_SHARE))


def named_loss(likeness: Tensor, classes: Tensor, in_doubt: Tensor) -> Tensor:
    """Cross-entropy of the right name against those that are wrong, smoothed over them."""
    chances = F.log_softmax(likeness.masked_fill(in_doubt, -1e4), 1)
    right = -chances.gather(1, classes[:, None])[:, 0]
    counted = (~in_doubt).float()
    spread = -(chances * counted).sum(1) / counted.sum(1)
    return ((1 - NAME_SMOOTHING) * right + NAME_SMOOTHING * spread).mean()


def learning_rate(step: int, steps: int, highest: float) -> float:
    warm_up = min(WARM_UP_STEPS, steps // 10)
    if step < warm_up:
        return highest * (step + 1) / warm_up
    return highest * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * min(1, step / steps))))


def save(path: Path, state: dict[str, object]) -> None:
    waiting = path.with_suffix(".part")
    torch.save(state, waiting)
    waiting.rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("thresholds", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--begin", type=Path, help="a checkpoint whose weights the run begins with")
    parser.add_argument("--minutes-between", type=float, default=4, help="between checkpoints")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE, help="learning rate at most")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--most-sounds", type=int, default=160_000)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    arguments.run.mkdir(parents=True, exist_ok=True)
    thresholds = load_thresholds(arguments.thresholds)
    vocabulary = Vocabulary(words_of_grammar())
    store = Store(arguments.sounds, thresholds, arguments.most_sounds)
    store.refresh()
    validation = load_sounds(arguments.sounds, VALIDATION, thresholds)
    queries = attribute_queries(validation, thresholds)
    net = DrumClap(len(vocabulary.words) + 2, WORDS, DROPOUT)
    averaged = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    mean, deviation = store.measures[:12000].mean(0), store.measures[:12000].std(0)
    step, path = 0, arguments.run / "clap.pt"
    if arguments.begin and not path.is_file():
        state = torch.load(arguments.begin, map_location="cpu")
        net.load_state_dict(state["averaged"])
        averaged.load_state_dict(state["averaged"])
        mean, deviation = state["mean"].numpy(), state["deviation"].numpy()
    if path.is_file():
        state = torch.load(path, map_location="cpu")
        if state["words"] != vocabulary.words:
            raise SystemExit("the grammar's words have changed since this run began: begin a new run")
        net.load_state_dict(state["net"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        step, mean, deviation = state["step"], state["mean"].numpy(), state["deviation"].numpy()
    print(f"audio {count_parameters(net.audio):,}, text {count_parameters(net.text):,} parameters; {store.count} sounds; from step {step}", flush=True)

    def checkpoint() -> None:
        save(path, {"net": net.state_dict(), "averaged": averaged.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "steps": arguments.steps,
                    "words": vocabulary.words, "mean": torch.from_numpy(mean), "deviation": torch.from_numpy(deviation)})
        found = figures(averaged, vocabulary, validation, queries, (torch.from_numpy(mean), torch.from_numpy(deviation)))
        print(f"step {step} loss {np.mean(losses[-200:], 0).round(4).tolist()} {time.process_time():.0f} s of processor; {store.count} sounds; {summary(found)}", flush=True)
        with (arguments.run / "log.jsonl").open("a") as log:
            log.write(json.dumps({"step": step, "loss": np.mean(losses[-200:], 0).tolist(), **{name: found[name] for name in ("balanced", "recall")}}) + "\n")
        store.refresh()

    losses: list[list[float]] = []
    saved_at = time.monotonic()
    scale, shift = torch.from_numpy(1 / deviation), torch.from_numpy(mean)
    while step < arguments.steps:
        batch = make_batch(store, vocabulary, arguments.seed, step)
        net.train()
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, arguments.steps, arguments.rate)
        heard, instruments, measured = net.audio(batch.pictures)
        right = (batch.measures - shift) * scale
        heard = torch.where(batch.is_measured[:, None], net.audio.corrected(heard, measured.detach(), right), heard)
        likeness = net.scale.exp().clamp(max=60) * heard @ net.text(*batch.names).t()
        parts = [contrast(heard, net.text(batch.words, batch.grams), net.scale, batch.holds), F.cross_entropy(instruments, batch.classes, label_smoothing=0.05),
                 F.smooth_l1_loss(measured, right), named_loss(likeness, batch.classes, batch.in_doubt)]
        loss = parts[0] + CLASS_WEIGHT * parts[1] + MEASURE_WEIGHT * parts[2] + NAME_WEIGHT * parts[3]
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 3.0)
        optimiser.step()
        with torch.no_grad():
            keep = min(AVERAGE_KEEP, (step + 1) / (step + 20))
            for kept, new in zip(averaged.state_dict().values(), net.state_dict().values()):
                if kept.dtype.is_floating_point:
                    kept.mul_(keep).add_(new, alpha=1 - keep)
                else:
                    kept.copy_(new)
        losses.append([float(part) for part in parts])
        step += 1
        if step <= 10 or step % 100 == 0:
            print(f"step {step}: {np.mean(losses[-100:], 0).round(4).tolist()}, gradient {float(norm):.2f}, scale {float(net.scale.exp()):.1f}", flush=True)
        if time.monotonic() - saved_at > 60 * arguments.minutes_between:
            checkpoint()
            saved_at = time.monotonic()
    checkpoint()


if __name__ == "__main__":
    main()
