"""A causal transformer over step words: features (batch, steps, FEATURES) to logits (batch, steps, 512)."""
from __future__ import annotations

import torch
from torch import Tensor, nn
from words import FEATURES, WORDS

WINDOW_STEPS = 256
"""Longest context; a learned bias says how far back each head looks."""


class Block(nn.Module):
    def __init__(self, width: int, heads: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.attention_norm, self.feed_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.project = nn.Linear(width, 3 * width)
        self.merge = nn.Linear(width, width)
        self.distance_bias = nn.Parameter(torch.zeros(heads, WINDOW_STEPS))
        self.feed = nn.Sequential(nn.Linear(width, 3 * width), nn.ReLU(), nn.Dropout(dropout), nn.Linear(3 * width, width))
        self.dropout = nn.Dropout(dropout)

    def forward(self, values: Tensor, distance: Tensor, hidden: Tensor) -> Tensor:
        batch, steps, width = values.shape
        projected = self.project(self.attention_norm(values)).reshape(batch, steps, 3, self.heads, -1)
        query, key, value = projected.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-2, -1) / (width // self.heads) ** 0.5 + self.distance_bias[:, distance]
        heard = (torch.softmax(scores + hidden, -1) @ value).transpose(1, 2).reshape(batch, steps, width)
        values = values + self.dropout(self.merge(heard))
        return values + self.dropout(self.feed(self.feed_norm(values)))


class DrumTransformer(nn.Module):
    def __init__(self, width: int = 128, heads: int = 4, layers: int = 3, dropout: float = 0.2):
        super().__init__()
        self.enter = nn.Linear(FEATURES, width)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.leave = nn.Linear(width + FEATURES, WORDS)

    def forward(self, features: Tensor) -> Tensor:
        steps = torch.arange(features.shape[1])
        distance = (steps[:, None] - steps[None]).clamp(0, WINDOW_STEPS - 1)
        hidden = torch.zeros(distance.shape).masked_fill(steps[:, None] < steps[None], -1e9)
        values = self.dropout(self.enter(features))
        for block in self.blocks:
            values = block(values, distance, hidden)
        return self.leave(torch.cat([self.norm(values), features], -1))


class Ensemble(nn.Module):
    """The mean of several transformers' probabilities, as exported: log probabilities (batch, steps, 512)."""

    def __init__(self, members: list[DrumTransformer]):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, features: Tensor) -> Tensor:
        return torch.log(torch.stack([torch.softmax(member(features), -1) for member in self.members]).mean(0) + 1e-9)
