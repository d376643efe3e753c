"""Cymbals and hats as plates of some hundred partials: noise whose spectrum has teeth, each octave with its own rise and two-stage decay.

Ranges follow what was measured on the kits that train: a crash's highs come up some hundredths of a second after its lows and stay; a ride loses
6-11 dB of its highs within 100 ms and hums on; an open hat begins at its loudest, loses 1-6 dB, rattles, and may ring as long as either.
"""
from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

sys.path += [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "drum-stem")]

import numpy as np
from effects import SAMPLE_RATE, log_uniform
from numpy.random import Generator
from scipy.fft import irfft, rfft, rfftfreq

Array = np.ndarray
FRAMES = 2 ** 16
"""1.49 s; a tail beyond the first second is not heard."""
OCTAVES_HZ = (250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0)
_HERTZ = rfftfreq(FRAMES, 1 / SAMPLE_RATE)
_TIME = np.arange(FRAMES) / SAMPLE_RATE
_PLACE = np.log2(np.maximum(_HERTZ, 20) / OCTAVES_HZ[0]).clip(0, len(OCTAVES_HZ) - 1)
_MASKS = np.maximum(0, 1 - np.abs(_PLACE[None, :] - np.arange(len(OCTAVES_HZ))[:, None]))


class Plate(NamedTuple):
    """What an octave `height` octaves above 1 kHz does."""
    low_hz: float
    tilt_db: float
    """An octave."""
    early_db: float
    """What the highs have lost after 100 ms, beside the slow decay."""
    early_s: float
    slow_db: float
    """A second, at 4 kHz."""
    slow_tilt: float
    """How much faster the highs decay, as a power of frequency."""
    rise_s: float
    """Of the octave at 8 kHz; lower ones rise faster."""
    rattle: float
    teeth: float
    """0: even noise; 1: partials far apart."""


def _teeth(rng: Generator, amount: float) -> Array:
    """A gain for each bin: heavy-tailed peaks some hertz wide on an even floor."""
    width = int(rng.integers(2, 9))
    peaks = np.repeat(rng.exponential(1, len(_HERTZ) // width + 1) ** (1 + 2 * amount), width)[:len(_HERTZ)]
    return (1 - amount) + amount * peaks


def struck_plate(rng: Generator, plate: Plate) -> Array:
    spectrum = rfft(rng.standard_normal(FRAMES))
    spectrum *= _teeth(rng, plate.teeth) * (1 + (plate.low_hz / np.maximum(_HERTZ, 20)) ** 4) ** -0.5
    total = np.zeros(FRAMES)
    for index, centre in enumerate(OCTAVES_HZ):
        height = index - 2
        part = irfft(spectrum * _MASKS[index], FRAMES)
        lost_db = plate.slow_db * _TIME * (centre / 4000) ** plate.slow_tilt + plate.early_db * max(0.0, min(1.0, 0.35 + 0.2 * height)) * (1 - np.exp(-_TIME / plate.early_s))
        level = 10 ** ((plate.tilt_db * height + rng.normal(0, 2.5) - lost_db) / 20)
        rise = plate.rise_s * (centre / 8000) ** 0.7
        total += part * level * (1 - np.exp(-(_TIME + 2e-4) / max(rise, 1e-4)))
    if plate.rattle > 0:
        steps = rng.uniform(0, 1, int(FRAMES / SAMPLE_RATE * rng.uniform(40, 120)) + 2)
        total *= 1 - plate.rattle * np.interp(_TIME, np.linspace(0, _TIME[-1], len(steps)), steps)
    return total / (np.abs(total).max() + 1e-9)


def _cut_off(hit: Array) -> Array:
    loud = np.flatnonzero(np.abs(hit) > 5e-4)
    return hit[:loud[-1] + 1] if len(loud) else hit


def _stick(rng: Generator) -> Array:
    length = int(0.05 * SAMPLE_RATE)
    time = _TIME[:length]
    noise = np.diff(rng.standard_normal(length + 1))
    return noise / np.abs(noise).max() * np.exp(-time / log_uniform(rng, 0.001, 0.008))


def open_hat(rng: Generator) -> Array:
    is_long = rng.random() < 0.5
    hit = struck_plate(rng, Plate(
        low_hz=log_uniform(rng, 220, 4500), tilt_db=rng.uniform(-3, 5), early_db=rng.uniform(0.5, 7), early_s=log_uniform(rng, 0.015, 0.05),
        slow_db=log_uniform(rng, 9, 30) if is_long else log_uniform(rng, 30, 130), slow_tilt=rng.uniform(-0.25, 0.35), rise_s=log_uniform(rng, 2e-4, 4e-3),
        rattle=rng.uniform(0, 0.7), teeth=rng.uniform(0, 0.9)))
    hit[:int(0.05 * SAMPLE_RATE)] += rng.uniform(0, 0.5) * _stick(rng)
    return _cut_off(hit)


def closed_hat(rng: Generator) -> Array:
    hit = struck_plate(rng, Plate(
        low_hz=log_uniform(rng, 300, 6000), tilt_db=rng.uniform(-2, 6), early_db=rng.uniform(0, 25), early_s=log_uniform(rng, 0.006, 0.03),
        slow_db=log_uniform(rng, 180, 1400), slow_tilt=rng.uniform(-0.3, 0.3), rise_s=log_uniform(rng, 1e-4, 3e-3), rattle=rng.uniform(0, 0.3), teeth=rng.uniform(0, 0.9)))
    hit[:int(0.05 * SAMPLE_RATE)] += rng.uniform(0, 0.7) * _stick(rng)
    return _cut_off(hit)


def crash(rng: Generator) -> tuple[Array, str]:
    kind = str(rng.choice(["", "", "", "splash", "china"]))
    slow = {"": (9, 28), "splash": (28, 75), "china": (14, 55)}[kind]
    hit = struck_plate(rng, Plate(
        low_hz=log_uniform(rng, 150, 900) * (2 if kind == "splash" else 1), tilt_db=rng.uniform(-4, 5), early_db=rng.uniform(-2, 4), early_s=log_uniform(rng, 0.05, 0.15),
        slow_db=log_uniform(rng, *slow), slow_tilt=rng.uniform(0, 0.45), rise_s=log_uniform(rng, 0.006, 0.08) * (0.5 if kind == "splash" else 1),
        rattle=rng.uniform(0, 0.3), teeth=rng.uniform(0.1, 1)))
    # The blow itself: low partials that speak at once and go.
    blow = struck_plate(rng, Plate(log_uniform(rng, 120, 500), rng.uniform(-9, -3), 20, 0.04, log_uniform(rng, 40, 140), 0.2, 3e-4, 0, rng.uniform(0.2, 0.9)))
    hit = hit + rng.uniform(0, 1.2) * blow
    if kind == "china":
        hit = np.tanh(rng.uniform(1, 3) * hit / np.abs(hit).max())
    return _cut_off(hit), kind


def ride(rng: Generator) -> tuple[Array, str]:
    is_bell = rng.random() < 0.3
    wash = struck_plate(rng, Plate(
        low_hz=log_uniform(rng, 250, 1500), tilt_db=rng.uniform(-1, 6), early_db=rng.uniform(4, 12), early_s=log_uniform(rng, 0.02, 0.06), slow_db=log_uniform(rng, 10, 45),
        slow_tilt=rng.uniform(0, 0.4), rise_s=log_uniform(rng, 2e-4, 3e-3), rattle=rng.uniform(0, 0.25), teeth=rng.uniform(0.2, 1)))
    ping = np.zeros(FRAMES)
    for _ in range(int(rng.integers(2, 9))):
        hertz = log_uniform(rng, 500, 3500) if is_bell else log_uniform(rng, 1500, 8000)
        ping += rng.uniform(0.2, 1) * np.sin(2 * np.pi * hertz * _TIME + rng.uniform(0, 6)) * 10 ** (-log_uniform(rng, 12, 70) * _TIME / 20)
    hit = wash * rng.uniform(0.3, 1) + ping / np.abs(ping).max() * (rng.uniform(0.4, 1.2) if is_bell else rng.uniform(0, 0.35))
    hit[:int(0.05 * SAMPLE_RATE)] += rng.uniform(0.1, 0.9) * _stick(rng)
    return _cut_off(hit), "bell of a ride" if is_bell else ""


PLATES = {"ohh": lambda rng: (open_hat(rng), ""), "chh": lambda rng: (closed_hat(rng), ""), "crash": crash, "ride": ride}
"""What is made so in a family of plates; the rest is made as elsewhere."""
