"""The training loop of the groove models: a cosine schedule over a time budget, the best epoch on validation kept."""
from __future__ import annotations

import copy
import math
import time
from collections import Counter
from collections.abc import Callable

import torch
from groove_windows import Windows
from pattern_encoder import condition_of
from torch import Tensor, nn

BATCH = 96
PEAK_RATE = 1.5e-3
WARM_UP_STEPS = 100

Rows = dict[str, Tensor]
"""Tensors whose first dimension is the window."""


def rows_of(windows: Windows) -> Rows:
    return {
        "hits": torch.from_numpy(windows.hits), "velocities": torch.from_numpy(windows.velocities),
        "offsets": torch.from_numpy(windows.offsets), "style": torch.from_numpy(windows.style),
        "condition": condition_of(torch.from_numpy(windows.bpm), torch.from_numpy(windows.fill)),
        "step_ms": torch.from_numpy(15000 / windows.bpm),
    }


def forget_style(style: Tensor, share: float) -> Tensor:
    """Sets `share` of the styles to 0, which stands for 'not given'."""
    return style * (torch.rand(len(style)) >= share).long()


def shares_of(performances: list[str], power: float) -> Tensor:
    """Chance of each window to be drawn, so that a performance of n windows is heard n ** (1 - power) times as often as one of one."""
    windows = Counter(performances)
    return torch.tensor([windows[name] ** -power for name in performances], dtype=torch.double)


def fit(net: nn.Module, loss_of: Callable[[nn.Module, Rows], Tensor], augment: Callable[[Rows], Rows], train: Rows, validation: Rows,
        seconds: float, seed: int, name: str, shares: Tensor | None = None, averaging: float = 0.0, rate: float = PEAK_RATE) -> float:
    """Leaves the weights of the epoch with the lowest validation loss in `net` and returns that loss.

    `shares` are chances of the windows, equal unless given. With `averaging`, a decay per step below 1, a running mean of the weights is
    validated and kept in place of the weights themselves.
    """
    torch.manual_seed(seed)
    mean = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.02)
    started, step, best, kept = time.time(), 0, math.inf, copy.deepcopy(net.state_dict())
    progress = 0.0
    while progress < 1:
        net.train()
        count = len(train["hits"])
        order = torch.randperm(count) if shares is None else torch.multinomial(shares, count, replacement=True)
        total = 0.0
        for first in range(0, len(order) - BATCH + 1, BATCH):
            progress = min(1.0, (time.time() - started) / seconds)
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / WARM_UP_STEPS) * (0.5 * (1 + math.cos(math.pi * progress)) + 0.01)
            chosen = order[first:first + BATCH]
            loss = loss_of(net, augment({key: value[chosen] for key, value in train.items()}))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step, total = step + 1, total + loss.item()
            decay = min(averaging, step / (step + 10)) if averaging else 0.0
            with torch.no_grad():
                for kept_weight, weight in zip(mean.parameters(), net.parameters()):
                    kept_weight.lerp_(weight, 1 - decay)
            if progress >= 1:
                break
        value = validate(mean, loss_of, validation)
        if value < best:
            best, kept = value, copy.deepcopy(mean.state_dict())
        print(f"{name}: {time.time() - started:.0f} s, step {step}, train {total / (first // BATCH + 1):.4f}, validation {value:.4f}", flush=True)
    net.load_state_dict(kept)
    net.eval()
    return best


@torch.no_grad()
def validate(net: nn.Module, loss_of: Callable[[nn.Module, Rows], Tensor], rows: Rows) -> float:
    net.eval()
    losses = [loss_of(net, {key: value[i:i + 256] for key, value in rows.items()}).item() for i in range(0, len(rows["hits"]), 256)]
    return sum(losses) / len(losses)
