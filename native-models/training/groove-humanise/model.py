"""Networks that play a quantised two-bar pattern: tight (the expected performance) and human (one performance out of many).

Arrays are (batch, 32 steps, 9 classes). Velocities 0..1, offsets in sixteenths, positive late. `condition` (batch, 2) is
`pattern_encoder.condition_of`, `style` (batch,) an index into `groove_windows.STYLES`.
"""
from __future__ import annotations

import torch
from groove_windows import CLASS_COUNT
from pattern_encoder import PatternEncoder
from torch import Tensor, nn

VELOCITY_LEVELS = 32
OFFSET_LEVELS = 41
LATENT = 24
PREVIOUS = 3 * CLASS_COUNT


class TightNet(nn.Module):
    """Velocity (mean) and offset (median) of every cell, whether struck or not; both (batch, 32, 9)."""

    def __init__(self, hidden: int = 96, dropout: float = 0.2):
        super().__init__()
        self.encoder = PatternEncoder(CLASS_COUNT, hidden, dropout)
        self.head = nn.Linear(2 * hidden, 2 * CLASS_COUNT)

    def forward(self, hits: Tensor, condition: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        velocity, offset = self.head(self.encoder(hits, condition, style)).chunk(2, -1)
        return torch.sigmoid(velocity), 0.5 * torch.tanh(offset)


class HumanNet(nn.Module):
    """A conditional variational auto-encoder over performances of a pattern.

    The prior and the posterior are diagonal Gaussians over a latent groove of `LATENT` numbers; the decoder plays step by step,
    hearing what it has played, and gives each cell a distribution over velocity and offset levels.
    """

    def __init__(self, hidden: int = 96, decoder: int = 160, dropout: float = 0.25):
        super().__init__()
        self.encoder = PatternEncoder(CLASS_COUNT, hidden, dropout)
        self.prior = nn.Sequential(nn.Linear(2 * hidden, 96), nn.ReLU(), nn.Linear(96, 2 * LATENT))
        self.listener = nn.GRU(PREVIOUS + 2 * hidden, hidden, 1, batch_first=True, bidirectional=True)
        self.posterior = nn.Linear(4 * hidden, 2 * LATENT)
        self.decoder = nn.GRU(2 * hidden + LATENT + PREVIOUS, decoder, 1, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(decoder + 2 * hidden, CLASS_COUNT * (VELOCITY_LEVELS + OFFSET_LEVELS))

    def infer_prior(self, context: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log deviation of the grooves that suit a pattern."""
        return self.prior(context.mean(1)).chunk(2, -1)

    def infer_posterior(self, context: Tensor, performance: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and log deviation of the groove of `performance` (batch, 32, 27): hits, velocities, doubled offsets."""
        state = torch.zeros(2, context.shape[0], self.listener.hidden_size)
        heard = self.listener(torch.cat([context, performance], -1), state)[0]
        summary = torch.cat([heard.mean(1), heard.amax(1)], -1)
        return self.posterior(summary).chunk(2, -1)

    def play(self, context: Tensor, groove: Tensor, previous: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor]:
        """Logits (batch, steps, 9, VELOCITY_LEVELS + OFFSET_LEVELS) and the decoder's state (1, batch, decoder)."""
        latent = groove[:, None].expand(-1, context.shape[1], -1)
        played, state = self.decoder(torch.cat([context, latent, previous], -1), state)
        logits = self.head(self.dropout(torch.cat([played, context], -1)))
        return logits.reshape(*logits.shape[:2], CLASS_COUNT, -1), state


def as_performance(hits: Tensor, velocities: Tensor, offsets: Tensor) -> Tensor:
    return torch.cat([hits, velocities * hits, 2 * offsets * hits], -1)


def delayed(performance: Tensor) -> Tensor:
    """Each step's predecessor; zeros before the first."""
    return torch.cat([torch.zeros_like(performance[:, :1]), performance[:, :-1]], 1)


def velocity_level(velocities: Tensor) -> Tensor:
    return (velocities * VELOCITY_LEVELS).long().clamp(0, VELOCITY_LEVELS - 1)


def offset_level(offsets: Tensor) -> Tensor:
    return ((offsets + 0.5) * OFFSET_LEVELS).long().clamp(0, OFFSET_LEVELS - 1)
