"""Drum parts as step words, and what the transformer is told at each step.

A word is the set of classes struck in one sixteenth: bit c for class c, 0..511. Step features, `FEATURES` numbers:
- the words 1, 16, 32, 48, 64 and 128 steps back, nine bits and one 'exists' flag each;
- the words 16 and 32 steps ahead, likewise, where they are already written (infilling; otherwise zeros);
- sixteenth in the bar (one of 16), bar within four (one of 4);
- style (one of `STYLES`, the first for 'not given'), tempo, density and fill, each of the last three as value and 'given' flag.
Density is hits per step; fill says that this bar is one. The same numbers are made by the host; `reference.json` holds an example.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from groove_midi import Performance
from groove_windows import CLASS_COUNT, STEPS_PER_BAR, STYLES, Grid, style_index, to_grid

WORDS = 1 << CLASS_COUNT
LAGS = (1, 16, 32, 48, 64, 128)
LEADS = (16, 32)
_SLOT = CLASS_COUNT + 1
_POSITION = _SLOT * (len(LAGS) + len(LEADS))
_STYLE = _POSITION + STEPS_PER_BAR + 4
_TEMPO = _STYLE + len(STYLES)
FEATURES = _TEMPO + 6
TOM_CLASSES = (4, 5, 6)


class Controls(NamedTuple):
    """What a user may ask for; None where nothing is asked. `fill_bars`: 1 where the bar is to be a fill."""

    style: int = 0
    bpm: float | None = None
    density: float | None = None
    fill_bars: np.ndarray | None = None


class Part(NamedTuple):
    """A performance as words (steps,), with what is known of it."""

    id: str
    words: np.ndarray
    style: int
    bpm: float
    fill_bars: np.ndarray
    drummer: str


def words_of(hits: np.ndarray) -> np.ndarray:
    return (hits.astype(int) << np.arange(CLASS_COUNT)).sum(-1)


def bits_of(words: np.ndarray) -> np.ndarray:
    return ((words[..., None] >> np.arange(CLASS_COUNT)) & 1).astype(np.float32)


def find_fills(hits: np.ndarray) -> np.ndarray:
    """1 for bars that break the pattern: three tom strokes or more, and less than half the cells in common with the bar before."""
    bars = hits.reshape(-1, STEPS_PER_BAR, CLASS_COUNT)
    fills = np.zeros(len(bars), np.float32)
    for index, bar in enumerate(bars):
        before = bars[index - 1] if index else np.zeros_like(bar)
        common = np.minimum(bar, before).sum() / max(1.0, np.maximum(bar, before).sum())
        fills[index] = bar[:, TOM_CLASSES].sum() >= 3 and common < 0.5
    return fills


def to_part(performance: Performance) -> Part:
    """Ends with the step of the last stroke, as the project's bits-per-step figure counts."""
    grid: Grid = to_grid(performance.strokes)
    fills = np.ones(len(grid.hits) // STEPS_PER_BAR, np.float32) if performance.beat_type == "fill" else find_fills(grid.hits)
    last = int(np.flatnonzero(grid.hits.any(-1))[-1])
    return Part(performance.id, words_of(grid.hits)[:last + 1], style_index(performance.style), performance.bpm, fills, performance.drummer)


def features_of(words: np.ndarray, controls: Controls, known_from: int | None = None, first: int = 0) -> np.ndarray:
    """(steps, FEATURES) for words whose first stands on a bar line. Step t never sees words[t] or later, save from step `known_from`
    on, which is written already and shows through `LEADS`. `first`: steps of the song before words[0], for the bar count only."""
    steps = len(words)
    step = np.arange(steps)
    features = np.zeros((steps, FEATURES), np.float32)
    bits = bits_of(words)
    for index, lag in enumerate(LAGS):
        at = index * _SLOT
        features[lag:, at:at + CLASS_COUNT] = bits[:max(0, steps - lag)]
        features[lag:, at + CLASS_COUNT] = 1
    if known_from is not None:
        for index, lead in enumerate(LEADS):
            at = (len(LAGS) + index) * _SLOT
            seen = np.flatnonzero((step < known_from) & (step + lead >= known_from) & (step + lead < steps))
            features[seen, at:at + CLASS_COUNT] = bits[seen + lead]
            features[seen, at + CLASS_COUNT] = 1
    features[step, _POSITION + step % STEPS_PER_BAR] = 1
    features[step, _POSITION + STEPS_PER_BAR + (step + first) // STEPS_PER_BAR % 4] = 1
    features[:, _STYLE + controls.style] = 1
    if controls.bpm is not None:
        features[:, _TEMPO:_TEMPO + 2] = (controls.bpm - 110) / 40, 1
    if controls.density is not None:
        features[:, _TEMPO + 2:_TEMPO + 4] = controls.density - 1, 1
    if controls.fill_bars is not None:
        features[:, _TEMPO + 4] = controls.fill_bars[np.minimum(step // STEPS_PER_BAR, len(controls.fill_bars) - 1)]
        features[:, _TEMPO + 5] = 1
    return features
