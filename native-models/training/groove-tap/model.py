"""A tapped rhythm becomes a full beat: one two-bar lane of taps in, hits, velocities and offsets of nine classes out."""
from __future__ import annotations

import torch
from groove_windows import CLASS_COUNT
from pattern_encoder import PatternEncoder
from torch import Tensor, nn

TAP_INPUTS = 3


def taps_of(hits: Tensor, velocities: Tensor, offsets: Tensor) -> Tensor:
    """The rhythm of a beat, (batch, 32, 3): 1 where anything sounds, and velocity and doubled offset of the loudest stroke there.

    The monotonic groove of Haki, Nieto, Pelinski & Jorda ("Real-time drum accompaniment using transformer architecture", AIMC 2022).
    """
    loudest = (velocities * hits).argmax(-1, keepdim=True)
    any_hit = hits.amax(-1, keepdim=True)
    return torch.cat([any_hit, velocities.gather(-1, loudest) * any_hit, 2 * offsets.gather(-1, loudest) * any_hit], -1)


class TapNet(nn.Module):
    """taps (batch, 32, 3), condition (batch, 2), style (batch,) to logits of hits, velocities 0..1, offsets in sixteenths; each (batch, 32, 9)."""

    def __init__(self, hidden: int = 112, dropout: float = 0.2):
        super().__init__()
        self.encoder = PatternEncoder(TAP_INPUTS, hidden, dropout)
        self.head = nn.Linear(2 * hidden, 3 * CLASS_COUNT)

    def forward(self, taps: Tensor, condition: Tensor, style: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hits, velocities, offsets = self.head(self.encoder(taps, condition, style)).chunk(3, -1)
        # The offset is the tap's own plus a correction.
        return hits, torch.sigmoid(velocities), (0.5 * taps[..., 2:3] + 0.5 * torch.tanh(offsets)).clamp(-0.5, 0.5)


class TapEnsemble(nn.Module):
    """The mean of several networks, as exported: probabilities of hits, velocities, offsets.

    A tap is the loudest stroke of its step. So no voice is louder than the tap, and of the voices whose chance passes `threshold` (or the
    likeliest, where none does) the one played loudest has the tap's velocity.
    """

    def __init__(self, members: list[TapNet], threshold: float):
        super().__init__()
        self.members = nn.ModuleList(members)
        self.threshold = threshold

    def forward(self, taps: Tensor, condition: Tensor, style: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        answers = [member(taps, condition, style) for member in self.members]
        tapped, loudest = taps[..., :1], taps[..., 1:2]
        chances = torch.stack([torch.sigmoid(answer[0]) for answer in answers]).mean(0) * tapped
        velocities = torch.minimum(torch.stack([answer[1] for answer in answers]).mean(0), loudest)
        sounding = (chances > self.threshold) | (chances >= chances.amax(-1, keepdim=True))
        rank = torch.where(sounding, velocities, -torch.ones_like(velocities))
        velocities = torch.where(rank >= rank.amax(-1, keepdim=True), loudest.expand_as(velocities), velocities)
        return chances, velocities, torch.stack([answer[2] for answer in answers]).mean(0)
