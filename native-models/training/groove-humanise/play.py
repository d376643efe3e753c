"""Plays quantised patterns: python3 play.py CHECKPOINT WINDOWS.jsonl OUT.jsonl --mode tight|human

WINDOWS.jsonl is what the project's groove measure writes (`inputs --format jsonl`): {"id", "bpm", "notes": [[step, pitch], ...]};
OUT.jsonl is what it scores: {"id", "notes": [[step, pitch, offset, velocity 1..127], ...]}. Style is not given.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from groove_midi import CLASS_OF_PITCH, CLASS_PITCHES
from groove_windows import CLASS_COUNT, WINDOW_STEPS
from model import OFFSET_LEVELS, VELOCITY_LEVELS, HumanNet, TightNet, as_performance
from pattern_encoder import condition_of
from torch import Tensor, nn


class TightEnsemble(nn.Module):
    """The mean of several tight networks, as exported."""

    def __init__(self, members: list[TightNet]):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, hits: Tensor, condition: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        answers = [member(hits, condition, style) for member in self.members]
        return torch.stack([a[0] for a in answers]).mean(0), torch.stack([a[1] for a in answers]).mean(0)


def load_tight(checkpoint: Path) -> TightEnsemble:
    members = []
    for state in torch.load(checkpoint)["tight"]:
        members.append(TightNet())
        members[-1].load_state_dict(state)
    return TightEnsemble(members).eval()


def load_human(checkpoint: Path) -> HumanNet:
    net = HumanNet()
    net.load_state_dict(torch.load(checkpoint)["human"])
    return net.eval()


@torch.no_grad()
def sample(net: HumanNet, hits: Tensor, condition: Tensor, style: Tensor, generator: torch.Generator,
           temperature: float = 1.0) -> tuple[Tensor, Tensor]:
    """Velocities and offsets of one performance of each pattern, drawn from the prior and the decoder; both (batch, 32, 9)."""
    context = net.encoder(hits, condition, style)
    mean, log = net.infer_prior(context)
    groove = mean + torch.randn(mean.shape, generator=generator) * log.exp() * temperature
    previous, state = torch.zeros(len(hits), 1, 3 * CLASS_COUNT), None
    velocities, offsets = torch.zeros_like(hits), torch.zeros_like(hits)

    def draw(logits: Tensor, levels: int) -> Tensor:
        chances = torch.softmax(logits / temperature, -1).reshape(-1, levels)
        level = torch.multinomial(chances, 1, generator=generator).reshape(logits.shape[:-1])
        return (level + torch.rand(level.shape, generator=generator)) / levels

    for step in range(WINDOW_STEPS):
        logits, state = net.play(context[:, step:step + 1], groove, previous, state)
        struck = hits[:, step]
        velocities[:, step] = draw(logits[:, 0, :, :VELOCITY_LEVELS], VELOCITY_LEVELS) * struck
        offsets[:, step] = (draw(logits[:, 0, :, VELOCITY_LEVELS:], OFFSET_LEVELS) - 0.5) * struck
        previous = as_performance(hits[:, step:step + 1], velocities[:, step:step + 1], offsets[:, step:step + 1])
    return velocities, offsets


def read_windows(path: Path) -> tuple[list[str], Tensor, Tensor]:
    """Names, hits (windows, 32, 9) and condition (windows, 2)."""
    rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    hits = np.zeros((len(rows), WINDOW_STEPS, CLASS_COUNT), np.float32)
    for index, row in enumerate(rows):
        for step, pitch in row["notes"]:
            hits[index, step, CLASS_OF_PITCH[pitch]] = 1
    bpm = torch.tensor([float(row["bpm"]) for row in rows])
    return [row["id"] for row in rows], torch.from_numpy(hits), condition_of(bpm, torch.zeros_like(bpm))


def write_windows(path: Path, names: list[str], hits: Tensor, velocities: Tensor, offsets: Tensor) -> None:
    with path.open("w") as out:
        for index, name in enumerate(names):
            notes = [[int(step), CLASS_PITCHES[c][0], round(float(offsets[index, step, c]), 4),
                      round(min(127.0, max(1.0, 127 * float(velocities[index, step, c]))), 2)]
                     for step, c in hits[index].nonzero().tolist()]
            out.write(json.dumps({"id": name, "notes": notes}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("windows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mode", choices=("tight", "human"), default="tight")
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    names, hits, condition = read_windows(arguments.windows)
    style = torch.zeros(len(hits), dtype=torch.long)
    generator = torch.Generator().manual_seed(arguments.seed)
    velocities, offsets = [], []
    tight, human = load_tight(arguments.checkpoint), None
    if arguments.mode == "human":
        human = load_human(arguments.checkpoint)
    for first in range(0, len(hits), 256):
        part = hits[first:first + 256], condition[first:first + 256], style[first:first + 256]
        with torch.no_grad():
            found = sample(human, *part, generator, arguments.temperature) if human else tight(*part)
        velocities.append(found[0])
        offsets.append(found[1])
    write_windows(arguments.out, names, hits, torch.cat(velocities), torch.cat(offsets))


if __name__ == "__main__":
    main()
