"""Families of synthesis: how a body, a noise and a ringing metal are made. A family that tests has no part in training.

Each maker takes the generator first and returns float32 mono at 44.1 kHz; levels are about 1 at the start.
"""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Callable, NamedTuple

sys.path += [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "drum-stem")]

import numpy as np
from cymbals import Plate, struck_plate
from drum_synthesis import MEMBRANE_MODES
from effects import SAMPLE_RATE, band_filter, log_uniform
from numpy.random import Generator
from scipy.signal import lfilter

LONGEST_SECONDS = 2.4
INHARMONIC = (205.3, 304.4, 369.6, 522.7, 540.0, 800.0)
"""Oscillators of a well-known drum machine's cymbals, Hz."""

Array = np.ndarray


def times(seconds: float) -> Array:
    return np.arange(int(SAMPLE_RATE * min(LONGEST_SECONDS, max(0.01, seconds)))) / SAMPLE_RATE


def glide_phase(time: Array, frequency_hz: float, glide: float, glide_s: float) -> Array:
    return 2 * np.pi * frequency_hz * np.cumsum(1 + glide * np.exp(-time / glide_s)) / SAMPLE_RATE


def held(values: Array, hold: int) -> Array:
    """Every `hold`-th value, kept."""
    return np.repeat(values[::hold], hold)[:len(values)]


def _analogue_body(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float) -> Array:
    time = times(6 * decay_s)
    wave = np.sin(glide_phase(time, frequency_hz, glide, glide_s))
    if rng.random() < 0.4:
        wave = np.tanh(wave * rng.uniform(1, 2.5))
    return wave * np.exp(-time / decay_s)


def _analogue_noise(rng: Generator, seconds: float) -> Array:
    return rng.standard_normal(len(times(seconds)))


def _analogue_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    time = times(5 * decay_s)
    scale = rng.uniform(0.7, 1.6)
    wave = sum(np.sign(np.sin(2 * np.pi * frequency * scale * rng.uniform(0.98, 1.02) * time + rng.uniform(0, 6))) for frequency in INHARMONIC)
    wave = wave / 3 + rng.uniform(0, 0.8) * rng.standard_normal(len(time))
    return band_filter(wave, "highpass", low_hz * rng.uniform(1, 2), 2) * np.exp(-time / decay_s)


def _modal_body(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float) -> Array:
    time = times(6 * decay_s)
    phase = glide_phase(time, frequency_hz, 0.4 * glide, 2 * glide_s)
    wave = np.zeros_like(time)
    steepness, tilt = rng.uniform(0.6, 1.8), rng.uniform(0.3, 1)
    for index, ratio in enumerate(MEMBRANE_MODES[:rng.integers(3, 9)]):
        ratio = 1 + (ratio - 1) * rng.uniform(0.85, 1.1)
        wave += rng.uniform(0.3, 1) / (1 + index) ** steepness * np.sin(phase * ratio + rng.uniform(0, 0.6)) * np.exp(-time * (1 + tilt * index) / decay_s)
    return wave


def _modal_noise(rng: Generator, seconds: float) -> Array:
    count = len(times(seconds))
    grains = rng.standard_normal(count) * (rng.random(count) < rng.uniform(0.05, 0.5))
    return 0.6 * rng.standard_normal(count) + grains * rng.uniform(0.3, 1.5)


def _modal_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    time = times(5 * decay_s)
    wave = rng.uniform(0.2, 1.2) * band_filter(rng.standard_normal(len(time)) * np.exp(-time / decay_s), "highpass", low_hz * rng.uniform(1, 3), 2)
    slope = rng.uniform(0.15, 0.55)
    for frequency in np.exp(rng.uniform(np.log(low_hz), np.log(15000), rng.integers(20, 60))):
        wave += rng.exponential(0.09) * np.sin(2 * np.pi * frequency * time + rng.uniform(0, 6)) * np.exp(-time / (decay_s * (low_hz / frequency) ** slope))
    return wave


def _fm_body(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float) -> Array:
    time = times(6 * decay_s)
    ratio, index = rng.choice([0.5, 1.0, 1.41, 2.0, 2.76]), rng.uniform(0.2, 4)
    phase = glide_phase(time, frequency_hz, glide, glide_s)
    return np.sin(phase + index * np.exp(-time / (decay_s * rng.uniform(0.1, 0.6))) * np.sin(ratio * phase)) * np.exp(-time / decay_s)


def _fm_noise(rng: Generator, seconds: float) -> Array:
    time = times(seconds)
    inner = np.sin(2 * np.pi * rng.uniform(900, 4000) * time + 60 * held(rng.standard_normal(len(time)), int(rng.integers(1, 4))))
    return np.sin(2 * np.pi * rng.uniform(2000, 9000) * time + rng.uniform(4, 12) * inner)


def _fm_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    time = times(5 * decay_s)
    wave = np.zeros_like(time)
    for _ in range(rng.integers(2, 5)):
        carrier = log_uniform(rng, 1.2 * low_hz, 6 * low_hz)
        index = rng.uniform(2, 14) * np.exp(-time / (decay_s * rng.uniform(0.4, 2)))
        wave += np.sin(2 * np.pi * carrier * time + index * np.sin(2 * np.pi * carrier * rng.uniform(1.2, 3.9) * time))
    return band_filter(wave, "highpass", low_hz, 2) * np.exp(-time / decay_s)


def _digital_body(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float) -> Array:
    time = times(6 * decay_s)
    stepped = held(1 + glide * np.exp(-time / glide_s), int(SAMPLE_RATE * rng.uniform(0.001, 0.006)))
    phase = frequency_hz * np.cumsum(stepped) / SAMPLE_RATE
    triangle = 4 * np.abs(phase % 1 - 0.5) - 1
    levels = rng.choice([16, 64, 256])
    return np.round((triangle if rng.random() < 0.7 else np.sin(2 * np.pi * phase)) * np.exp(-time / decay_s) * levels) / levels


def _digital_noise(rng: Generator, seconds: float) -> Array:
    count = len(times(seconds))
    return 1.4 * held(rng.choice([-1.0, 1.0], count), int(rng.integers(1, 4)))


def _digital_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    time = times(5 * decay_s)
    wave = np.ones_like(time)
    for _ in range(3):
        wave *= np.sign(np.sin(2 * np.pi * log_uniform(rng, low_hz, 4 * low_hz) * time + rng.uniform(0, 6)))
    wave += rng.uniform(0.2, 1) * _digital_noise(rng, 5 * decay_s)[:len(time)]
    return band_filter(wave, "highpass", low_hz, 2) * np.exp(-time / decay_s)


def _loop(excitation: Array, delay: int, gain: float, damping: float) -> Array:
    """A string or tube: what comes round after `delay` samples, a little duller and weaker each time."""
    feedback = np.zeros(delay + 2)
    feedback[0], feedback[delay], feedback[delay + 1] = 1, -gain * (1 - damping), -gain * damping
    return lfilter([1.0], feedback, excitation)


def _waveguide_body(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float) -> Array:
    time = times(6 * decay_s)
    excitation = np.zeros_like(time)
    length = int(SAMPLE_RATE / frequency_hz * rng.uniform(0.3, 0.6))
    excitation[:length] = np.hanning(length) + rng.uniform(0, 0.3) * rng.standard_normal(length)
    delay = max(2, int(SAMPLE_RATE / frequency_hz))
    wave = _loop(excitation, delay, float(np.exp(-1 / (frequency_hz * decay_s))), rng.uniform(0.2, 0.5))
    warp = np.cumsum(1 + 0.5 * glide * np.exp(-time / glide_s))
    return band_filter(np.interp(warp, np.arange(len(wave)), wave, right=0) * np.exp(-time / (3 * decay_s)), "lowpass", frequency_hz * log_uniform(rng, 2, 12), 1)


def _waveguide_noise(rng: Generator, seconds: float) -> Array:
    count = len(times(seconds))
    return 2.2 * rng.choice([-1.0, 1.0], count) * (rng.random(count) < rng.uniform(0.1, 0.4))


def _waveguide_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    time = times(5 * decay_s)
    strike = rng.standard_normal(len(time)) * np.exp(-time / (0.15 * decay_s)) + 0.15 * rng.standard_normal(len(time)) * np.exp(-time / decay_s)
    wave = sum(_loop(strike, max(3, int(SAMPLE_RATE / frequency)), float(np.exp(-1 / (frequency * decay_s))), rng.uniform(0.02, 0.15))
               for frequency in np.exp(rng.uniform(np.log(low_hz), np.log(6 * low_hz), 4)))
    return band_filter(wave, "highpass", low_hz, 2) * np.exp(-time / (2 * decay_s))


def _plate_metal(rng: Generator, low_hz: float, decay_s: float) -> Array:
    fall_db = 8.7 / decay_s
    hit = struck_plate(rng, Plate(low_hz, rng.uniform(0, 6), rng.uniform(0, 5), 0.03, fall_db, rng.uniform(-0.2, 0.4), log_uniform(rng, 2e-4, 4e-3), rng.uniform(0, 0.4), rng.uniform(0, 1)))
    return 3 * hit[:len(times(5 * decay_s))]


class Family(NamedTuple):
    body: Callable[[Generator, float, float, float, float], Array]
    """Fundamental Hz, decay s, glide (share of the pitch that it falls by), time of the glide s."""
    noise: Callable[[Generator, float], Array]
    metal: Callable[[Generator, float, float], Array]
    """Lowest frequency Hz, decay s."""
    origin: str


FAMILIES = {
    "analogue": Family(_analogue_body, _analogue_noise, _analogue_metal, "electronic"),
    "modal": Family(_modal_body, _modal_noise, _modal_metal, "acoustic"),
    "fm": Family(_fm_body, _fm_noise, _fm_metal, "electronic"),
    "digital": Family(_digital_body, _digital_noise, _digital_metal, "electronic"),
    "plate": Family(_modal_body, _modal_noise, _plate_metal, "acoustic"),
    "waveguide": Family(_waveguide_body, _waveguide_noise, _waveguide_metal, ""),
}
