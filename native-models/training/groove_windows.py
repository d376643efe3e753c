"""Groove performances on the sixteenth grid, as every groove model sees them.

A grid is three float32 arrays (steps, 9): hits 0/1, velocities 0..1, and offsets in sixteenths, played minus written (positive is
late), within -0.5..0.5. Where a class strikes twice in a step the louder stroke is kept. This is the convention of the
project's measures.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from groove_midi import CLASS_NAMES, CLASS_OF_PITCH, Performance, Stroke

CLASS_COUNT = len(CLASS_NAMES)
STEPS_PER_BAR = 16
WINDOW_BARS = 2
WINDOW_STEPS = STEPS_PER_BAR * WINDOW_BARS
# Primary styles with enough material; every other style is 'other', which also stands for 'not given'.
STYLES = ("other", "afrobeat", "afrocuban", "country", "funk", "gospel", "hiphop", "jazz", "latin", "neworleans", "pop", "punk",
          "reggae", "rock", "soul")


class Grid(NamedTuple):
    hits: np.ndarray
    velocities: np.ndarray
    offsets: np.ndarray


class Windows(NamedTuple):
    """Two-bar windows: hits, velocities, offsets (windows, 32, 9); per window tempo (beats per minute), style index, fill 0/1, and names."""

    hits: np.ndarray
    velocities: np.ndarray
    offsets: np.ndarray
    bpm: np.ndarray
    style: np.ndarray
    fill: np.ndarray
    performance: list[str]
    drummer: list[str]


def style_index(style: str) -> int:
    primary = style.split("/")[0]
    return STYLES.index(primary) if primary in STYLES else 0


def to_grid(strokes: list[Stroke]) -> Grid:
    """Whole bars, as many as the last stroke needs."""
    positions = [(int(np.floor(stroke.at * 4 + 0.5)), stroke) for stroke in strokes]
    bars = max((step for step, _ in positions), default=0) // STEPS_PER_BAR + 1
    grid = Grid(*(np.zeros((bars * STEPS_PER_BAR, CLASS_COUNT), np.float32) for _ in range(3)))
    for step, stroke in positions:
        cell = (step, CLASS_OF_PITCH[stroke.pitch])
        velocity = stroke.velocity / 127
        if velocity > grid.velocities[cell]:
            grid.hits[cell], grid.velocities[cell], grid.offsets[cell] = 1, velocity, stroke.at * 4 - step
    return grid


def make_windows(performances: list[Performance]) -> Windows:
    """Windows a bar apart of every 4/4 performance of two bars or more; empty ones are left out."""
    parts: list[Grid] = []
    bpm, style, fill, names, drummers = [], [], [], [], []
    for performance in performances:
        if performance.time_signature != "4-4" or not performance.strokes:
            continue
        grid = to_grid(performance.strokes)
        for first in range(0, len(grid.hits) - WINDOW_STEPS + 1, STEPS_PER_BAR):
            part = Grid(*(array[first:first + WINDOW_STEPS] for array in grid))
            if not part.hits.any():
                continue
            parts.append(part)
            bpm.append(performance.bpm)
            style.append(style_index(performance.style))
            fill.append(float(performance.beat_type == "fill"))
            names.append(performance.id)
            drummers.append(performance.drummer)
    stacked = [np.stack([part[i] for part in parts]) for i in range(3)]
    return Windows(*stacked, np.array(bpm, np.float32), np.array(style), np.array(fill, np.float32), names, drummers)
