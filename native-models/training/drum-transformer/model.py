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
        return self.hear(values, distance, hidden, None)[0]

    def hear(self, values: Tensor, distance: Tensor, hidden: Tensor, memory: Tensor | None) -> tuple[Tensor, Tensor]:
        """`memory` (batch, past, 2 * width): keys and values of the steps before, as an earlier call returned them; answers those of `values`."""
        batch, steps, width = values.shape
        query, key, value = self.project(self.attention_norm(values)).chunk(3, -1)
        own = torch.cat([key, value], -1)
        if memory is not None:
            key, value = torch.cat([memory, own], 1).chunk(2, -1)
        query, key, value = (each.reshape(batch, -1, self.heads, width // self.heads).transpose(1, 2) for each in (query, key, value))
        scores = query @ key.transpose(-2, -1) / (width // self.heads) ** 0.5 + self.distance_bias[:, distance]
        heard = (torch.softmax(scores + hidden, -1) @ value).transpose(1, 2).reshape(batch, steps, width)
        values = values + self.dropout(self.merge(heard))
        return values + self.dropout(self.feed(self.feed_norm(values))), own


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

    def go_on(self, features: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """As `forward` for the steps after those of `memory` (past, layers * 2 * width); features (steps, FEATURES). Answers logits and the
        steps' own memory, to be put after the rest."""
        past, steps = memory.shape[0], features.shape[0]
        own = torch.arange(steps) + past
        every = torch.arange(past + steps)
        distance = (own[:, None] - every[None]).clamp(0, WINDOW_STEPS - 1)
        hidden = torch.zeros(distance.shape).masked_fill(own[:, None] < every[None], -1e9)
        values, remembered = self.enter(features)[None], []
        for block, part in zip(self.blocks, memory.chunk(len(self.blocks), -1)):
            values, added = block.hear(values, distance, hidden, part[None])
            remembered.append(added[0])
        return self.leave(torch.cat([self.norm(values[0]), features], -1)), torch.cat(remembered, -1)


class Ensemble(nn.Module):
    """The mean of several transformers' probabilities, as exported: log probabilities (batch, steps, 512)."""

    def __init__(self, members: list[DrumTransformer]):
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, features: Tensor) -> Tensor:
        return torch.log(torch.stack([torch.softmax(member(features), -1) for member in self.members]).mean(0) + 1e-9)


class Walker(nn.Module):
    """The ensemble as exported: it goes on from what it remembers, so that a step costs the same however long the part is.

    features (steps, FEATURES), memory (past, members * layers * 2 * width) to log probabilities (steps, 512) and the steps' own memory.
    """

    def __init__(self, ensemble: Ensemble):
        super().__init__()
        self.members = ensemble.members

    def forward(self, features: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        answers = [member.go_on(features, part) for member, part in zip(self.members, memory.chunk(len(self.members), -1))]
        chances = torch.stack([torch.softmax(logits, -1) for logits, _ in answers]).mean(0)
        return torch.log(chances + 1e-9), torch.cat([remembered for _, remembered in answers], -1)

    def memory_width(self) -> int:
        return sum(2 * block.merge.in_features for member in self.members for block in member.blocks)
