"""Writes patterns as MIDI for the project's pattern measure: python3 generate.py CHECKPOINT HUMANISE_CHECKPOINT OUT_DIR --patterns 300 --bars 8

Words are sampled one step at a time at the styles and tempi of Groove's train split; velocities and timing come from the
humaniser's human mode, as in the app.
"""
from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from groove_midi import CLASS_PITCHES
from groove_windows import STEPS_PER_BAR, WINDOW_STEPS
from midi_file import Note, encode_midi
from model import Ensemble, DrumTransformer
from train import load_parts
from words import Controls, bits_of, features_of


def load_ensemble(checkpoint: Path) -> Ensemble:
    members = []
    for state in torch.load(checkpoint)["members"]:
        members.append(DrumTransformer())
        members[-1].load_state_dict(state)
    return Ensemble(members).eval()


def choose_word(log_chances: np.ndarray, temperature: float, top_p: float, rng: np.random.Generator) -> int:
    """Samples from the likeliest words that together hold `top_p` of the probability."""
    chances = np.exp((log_chances - log_chances.max()) / temperature)
    chances /= chances.sum()
    order = np.argsort(-chances)
    kept = order[: int(np.searchsorted(np.cumsum(chances[order]), top_p)) + 1]
    return int(rng.choice(kept, p=chances[kept] / chances[kept].sum()))


@torch.no_grad()
def generate(net: Ensemble, controls: list[Controls], steps: int, temperature: float, top_p: float, rng: np.random.Generator) -> np.ndarray:
    """Words (len(controls), steps), every part begun from nothing."""
    words = np.zeros((len(controls), steps + 1), int)
    for step in range(steps):
        features = np.stack([features_of(row[:step + 1], control) for row, control in zip(words, controls)])
        log_chances = net(torch.from_numpy(features))[:, -1].numpy()
        words[:, step] = [choose_word(row, temperature, top_p, rng) for row in log_chances]
    return words[:, :steps]


def load_player() -> ModuleType:
    """groove-humanise/play.py, whose folder has modules of the same names as this one."""
    folder = Path(__file__).resolve().parents[1] / "groove-humanise"
    shadowed = {name: sys.modules.pop(name) for name in ("model", "train") if name in sys.modules}
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("humanise_play", folder / "play.py")
    player = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(player)
    sys.path.remove(str(folder))
    sys.modules.update(shadowed)
    return player


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("humanise", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--patterns", type=int, default=300)
    parser.add_argument("--bars", type=int, default=8)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--top-p", type=float, default=0.97)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    rng = np.random.default_rng(arguments.seed)
    net, player = load_ensemble(arguments.checkpoint), load_player()
    human = player.load_human(arguments.humanise)
    parts = load_parts("train", True)
    shares = np.array([len(part.words) for part in parts], float)
    chosen = [parts[i] for i in rng.choice(len(parts), arguments.patterns, p=shares / shares.sum())]
    words = generate(net, [Controls(part.style, part.bpm) for part in chosen], arguments.bars * STEPS_PER_BAR,
                     arguments.temperature, arguments.top_p, rng)
    arguments.out.mkdir(parents=True, exist_ok=True)
    generator = torch.Generator().manual_seed(arguments.seed)
    for index, part in enumerate(chosen):
        hits = torch.from_numpy(bits_of(words[index]).reshape(-1, WINDOW_STEPS, bits_of(words[:1, :1]).shape[-1]))
        bpm = torch.full((len(hits),), part.bpm)
        style = torch.full((len(hits),), part.style)
        velocities, offsets = player.sample(human, hits, player.condition_of(bpm, torch.zeros_like(bpm)), style, generator)
        notes = []
        for window, step, c in hits.nonzero().tolist():
            quarter = (window * WINDOW_STEPS + step + float(offsets[window, step, c])) / 4
            notes.append(Note(max(0.0, quarter), 0.1, CLASS_PITCHES[c][0], round(127 * float(velocities[window, step, c]))))
        (arguments.out / f"pattern-{index:04d}.mid").write_bytes(encode_midi(notes, 0, channel=9))


if __name__ == "__main__":
    main()
