"""Percussion by synthesis: each kind in the voice of a family."""
from __future__ import annotations

from typing import Callable

import numpy as np
from effects import SAMPLE_RATE, band_filter, log_uniform, normalise_peak
from families import Array, Family, times
from numpy.random import Generator


def _noise(rng: Generator, family: Family, decay_s: float, low_hz: float, high_hz: float, attack_s: float = 0.0) -> Array:
    noise = family.noise(rng, 6 * decay_s)
    time = np.arange(len(noise)) / SAMPLE_RATE
    return band_filter(band_filter(noise * np.exp(-time / decay_s) * np.minimum(1, time / (attack_s + 1e-6)), "highpass", low_hz, 2), "lowpass", high_hz)


def _drum(low_hz: float, high_hz: float, decay_s: tuple[float, float], slap: float) -> Callable[[Generator, Family], Array]:
    """A small hand drum: a body with a little glide, and skin."""
    def make(rng: Generator, family: Family) -> Array:
        body = normalise_peak(family.body(rng, log_uniform(rng, low_hz, high_hz), log_uniform(rng, *decay_s), rng.uniform(0, 0.35), 0.02))
        skin = normalise_peak(_noise(rng, family, log_uniform(rng, 0.003, 0.02), 700, 9000)) * rng.uniform(0.02, slap)
        body[:len(skin)] += skin[:len(body)]
        return body
    return make


def _bars(low_hz: float, high_hz: float, decay_s: tuple[float, float], ratios: tuple[float, ...], click: float) -> Callable[[Generator, Family], Array]:
    """Struck wood or metal: a few partials."""
    def make(rng: Generator, family: Family) -> Array:
        frequency, decay = log_uniform(rng, low_hz, high_hz), log_uniform(rng, *decay_s)
        time = times(6 * decay)
        hit = np.zeros_like(time)
        for index, ratio in enumerate(ratios):
            hit += rng.uniform(0.3, 1) / (1 + 0.5 * index) * np.sin(2 * np.pi * frequency * ratio * rng.uniform(0.99, 1.01) * time) * np.exp(-time * (1 + 0.5 * index) / decay)
        own = family.body(rng, frequency, decay, 0, 0.01)[:len(hit)]
        hit[:len(own)] += own * rng.uniform(0, 1)
        tick = _noise(rng, family, 0.002, 2000, 12000)[:len(hit)]
        hit[:len(tick)] += tick * rng.uniform(0, click)
        return hit
    return make


def _grains(count: tuple[int, int], seconds: tuple[float, float], low_hz: tuple[float, float], ring: float) -> Callable[[Generator, Family], Array]:
    """Beads, jingles or teeth: many small strokes within a gesture."""
    def make(rng: Generator, family: Family) -> Array:
        length = log_uniform(rng, *seconds)
        time = times(length + 0.15)
        hit = np.zeros_like(time)
        swell = rng.uniform(0.05, 0.6)
        for at in np.sort(rng.beta(1.2, 1.6, int(rng.integers(*count)))):
            grain = _noise(rng, family, log_uniform(rng, 0.002, 0.008 + ring), log_uniform(rng, *low_hz), 16000)
            level = min(1, at / swell) * np.exp(-1.5 * at) * rng.uniform(0.4, 1)
            start = int(at * length * SAMPLE_RATE)
            grain = grain[:len(hit) - start]
            hit[start:start + len(grain)] += level * grain
        if ring:
            metal = family.metal(rng, log_uniform(rng, 3000, 6000), length * 0.4)[:len(hit)]
            hit[:len(metal)] += normalise_peak(metal) * rng.uniform(0.2, 1) * np.abs(hit).max()
        return hit
    return make


def _cowbell(rng: Generator, family: Family) -> Array:
    time = times(1)
    root = log_uniform(rng, 420, 800)
    wave = sum(np.sign(np.sin(2 * np.pi * root * ratio * time)) for ratio in (1, rng.uniform(1.42, 1.52)))
    decay_s = log_uniform(rng, 0.03, 0.16)
    return band_filter(band_filter(wave * (0.4 * np.exp(-time / decay_s) + 0.6 * np.exp(-time / (0.2 * decay_s))), "highpass", root), "lowpass", rng.uniform(2500, 8000))


def _guiro(rng: Generator, family: Family) -> Array:
    length = log_uniform(rng, 0.08, 0.45)
    time = times(length + 0.05)
    hit = np.zeros_like(time)
    rate = rng.uniform(40, 110)
    for index in range(int(length * rate)):
        tooth = _noise(rng, family, 0.002, 1500, rng.uniform(5000, 12000))[:400] * rng.uniform(0.5, 1)
        start = int(index / rate * SAMPLE_RATE)
        tooth = tooth[:len(hit) - start]
        hit[start:start + len(tooth)] += tooth
    return hit * np.minimum(1, 0.4 + time / length)


def _vibraslap(rng: Generator, family: Family) -> Array:
    time = times(rng.uniform(0.8, 1.8))
    rattle = np.maximum(0, np.sin(2 * np.pi * np.cumsum(rng.uniform(22, 32) * (1 - 0.2 * time)) / SAMPLE_RATE)) ** 6
    noise = family.noise(rng, 2)[:len(time)]
    noise = np.pad(noise, (0, len(time) - len(noise)))
    return band_filter(noise, "highpass", 2500, 2) * rattle * np.exp(-time / 0.5)


def _voiced(kind: str) -> Callable[[Generator, Family], Array]:
    def make(rng: Generator, family: Family) -> Array:
        time = times(log_uniform(rng, 0.12, 0.5))
        share = time / time[-1]
        if kind == "whistle":
            trill = 1 + 0.03 * np.sign(np.sin(2 * np.pi * rng.uniform(20, 40) * time))
            tone = np.sin(2 * np.pi * np.cumsum(log_uniform(rng, 2000, 3200) * trill) / SAMPLE_RATE)
            return (tone + 0.1 * rng.standard_normal(len(time))) * np.minimum(1, time / 0.01) * (share < 0.95)
        tone = 2 * np.pi * np.cumsum(log_uniform(rng, 250, 600) * (1 + rng.uniform(-0.4, 0.6) * share)) / SAMPLE_RATE
        return (np.sin(tone) + 0.4 * np.sin(2 * tone) + 0.2 * np.sin(3 * tone)) * np.sin(np.pi * share) ** 0.5
    return make


STRUCK: dict[str, Callable[[Generator, Family], Array]] = {
    "cowbell": _cowbell, "conga": _drum(150, 330, (0.05, 0.25), 0.5), "bongo": _drum(300, 650, (0.03, 0.12), 0.5), "timbale": _drum(250, 600, (0.1, 0.3), 0.6),
    "djembe": _drum(70, 400, (0.05, 0.2), 0.7), "taiko": _drum(45, 90, (0.2, 0.6), 0.2), "agogo": _bars(600, 1500, (0.08, 0.3), (1, 2.6, 4.3), 0.3),
    "claves": _bars(1600, 3200, (0.012, 0.05), (1, 2.7), 0.3), "woodblock": _bars(500, 1800, (0.012, 0.06), (1, 2.4, 3.6), 0.5),
    "castanets": _bars(1200, 2800, (0.005, 0.016), (1, 1.8, 3.1), 1.0), "sticks": _bars(900, 2600, (0.005, 0.015), (1, 2.2, 3.3, 4.9), 1.0),
    "bell": _bars(900, 3500, (0.2, 0.8), (1, 2.0, 3.0, 4.2, 5.4), 0.1), "triangle": _bars(3000, 5500, (0.3, 1.0), (1, 1.7, 2.4, 3.1), 0.2),
    "snap": _bars(1400, 3000, (0.004, 0.012), (1, 1.5), 2.0), "shaker": _grains((25, 60), (0.05, 0.25), (3000, 8000), 0.0),
    "maracas": _grains((10, 25), (0.03, 0.1), (3500, 8000), 0.0), "cabasa": _grains((40, 90), (0.04, 0.15), (3000, 7000), 0.0),
    "tambourine": _grains((8, 25), (0.05, 0.25), (4000, 8000), 0.03), "guiro": _guiro, "vibraslap": _vibraslap, "cuica": _voiced("cuica"), "whistle": _voiced("whistle")}
