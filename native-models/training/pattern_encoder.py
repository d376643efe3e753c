"""What each of the 32 steps of a two-bar pattern knows of the whole pattern, its tempo and its style."""
from __future__ import annotations

import torch
from groove_windows import STYLES, WINDOW_STEPS
from torch import Tensor, nn


def condition_of(bpm: Tensor, fill: Tensor) -> Tensor:
    """(windows, 2): tempo around 110 beats per minute in units of 40, and 1 for a fill."""
    return torch.stack([(bpm - 110) / 40, fill], -1)


class PatternEncoder(nn.Module):
    """(batch, 32, inputs), condition (batch, 2), style (batch,) to (batch, 32, 2 * hidden)."""

    def __init__(self, inputs: int, hidden: int, dropout: float):
        super().__init__()
        self.inputs = nn.Linear(inputs, hidden)
        self.position = nn.Parameter(torch.randn(1, WINDOW_STEPS, hidden) * 0.02)
        self.condition = nn.Linear(2, hidden)
        self.style = nn.Embedding(len(STYLES), hidden)
        self.recurrence = nn.GRU(hidden, hidden, 2, batch_first=True, bidirectional=True, dropout=dropout)
        self.dropout = nn.Dropout(dropout)

    def forward(self, steps: Tensor, condition: Tensor, style: Tensor) -> Tensor:
        context = (self.condition(condition) + self.style(style))[:, None]
        # The state is given, since a graph exported without it is bound to one batch size.
        state = torch.zeros(4, steps.shape[0], self.recurrence.hidden_size)
        return self.dropout(self.recurrence(self.dropout(self.inputs(steps) + self.position + context), state)[0])
