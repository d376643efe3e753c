"""Drum hits by synthesis: membranes as decaying modes, wires and beaters as noise, plates as many inharmonic partials."""
from __future__ import annotations

import numpy as np
from effects import SAMPLE_RATE, band_filter, log_uniform, normalise_peak, to_stereo
from numpy.random import Generator

# Ratios of the modes of an ideal circular membrane (Rayleigh, "The Theory of Sound", section 204).
MEMBRANE_MODES = (1.0, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501)


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(SAMPLE_RATE * seconds)) / SAMPLE_RATE


def _noise(rng: Generator, time: np.ndarray, decay_s: float) -> np.ndarray:
    return rng.standard_normal(len(time)) * np.exp(-time / decay_s)


def membrane(rng: Generator, frequency_hz: float, decay_s: float, glide: float, glide_s: float, modes: int) -> np.ndarray:
    """A struck skin: pitch falls from `frequency_hz * (1 + glide)`; higher modes are weaker and shorter."""
    time = _time(min(2.2, 6 * decay_s))
    sweep = np.cumsum(1 + glide * np.exp(-time / glide_s)) / SAMPLE_RATE
    hit = np.zeros_like(time)
    for index, ratio in enumerate(MEMBRANE_MODES[:modes]):
        weight = rng.uniform(0.3, 1) / (1 + index) ** rng.uniform(0.8, 1.8)
        phase = 2 * np.pi * frequency_hz * ratio * sweep
        hit += weight * np.sin(phase + rng.uniform(0, 0.5)) * np.exp(-time / (decay_s / (1 + 0.7 * index)))
    return hit


def _kick(rng: Generator) -> np.ndarray:
    electronic = rng.random() < 0.35
    hit = membrane(rng, log_uniform(rng, 38, 75), log_uniform(rng, 0.05, 0.35), rng.uniform(0.2, 5 if electronic else 1.5),
                   rng.uniform(0.008, 0.04), 1 if electronic else rng.integers(2, 6))
    time = np.arange(len(hit)) / SAMPLE_RATE
    beater = band_filter(_noise(rng, time, log_uniform(rng, 0.0015, 0.008)), "highpass", log_uniform(rng, 600, 4000))
    hit = normalise_peak(hit) + rng.uniform(0.02, 0.6) * beater
    return np.tanh(hit * rng.uniform(1, 3)) if rng.random() < 0.5 else hit


def _snare(rng: Generator) -> np.ndarray:
    decay_s = log_uniform(rng, 0.04, 0.16)
    hit = membrane(rng, log_uniform(rng, 150, 270), decay_s, rng.uniform(0, 0.5), 0.015, rng.integers(2, 8))
    time = np.arange(len(hit)) / SAMPLE_RATE
    wires = band_filter(_noise(rng, time, decay_s * rng.uniform(0.5, 1.4)), "highpass", log_uniform(rng, 900, 4000))
    return normalise_peak(hit) * rng.uniform(0.2, 1) + wires * rng.uniform(0.1, 0.5)


def _cross_stick(rng: Generator) -> np.ndarray:
    hit = membrane(rng, log_uniform(rng, 400, 900), 0.015, 0, 0.01, 5)
    time = np.arange(len(hit)) / SAMPLE_RATE
    return normalise_peak(hit) + band_filter(_noise(rng, time, 0.006), "highpass", 1500) * 0.4


def _tom(rng: Generator, frequency_hz: float) -> np.ndarray:
    hit = membrane(rng, frequency_hz * rng.uniform(0.8, 1.25), log_uniform(rng, 0.08, 0.4), rng.uniform(0.1, 0.6), 0.04, 6)
    time = np.arange(len(hit)) / SAMPLE_RATE
    return normalise_peak(hit) + _noise(rng, time, 0.012) * rng.uniform(0.02, 0.25)


def _plate(rng: Generator, decay_s: float, low_hz: float, bell: float) -> np.ndarray:
    """Cymbal-like: 40-120 partials whose decay shortens with frequency, over filtered noise."""
    time = _time(min(2.5, 5 * decay_s))
    hit = rng.uniform(0.3, 1.2) * band_filter(_noise(rng, time, decay_s), "highpass", low_hz * rng.uniform(1, 3), 2)
    for frequency in np.exp(rng.uniform(np.log(low_hz), np.log(15000), rng.integers(40, 120))):
        partial_decay = decay_s * (low_hz / frequency) ** 0.35
        hit += rng.exponential(0.06) * np.sin(2 * np.pi * frequency * time + rng.uniform(0, 6)) * np.exp(-time / partial_decay)
    if bell:
        hit += bell * np.sin(2 * np.pi * rng.uniform(500, 1800) * time) * np.exp(-time / decay_s)
    return hit


def synthesise_hit(piece: str, rng: Generator) -> np.ndarray:
    """One hit of `piece`, float32 (frames, 2) with peak 1."""
    if piece == "kick":
        hit = _kick(rng)
    elif piece in ("snare", "rimshot"):
        hit = _snare(rng)
    elif piece == "cross-stick":
        hit = _cross_stick(rng)
    elif piece.endswith("tom"):
        hit = _tom(rng, {"high-tom": 180.0, "mid-tom": 130.0, "low-tom": 85.0}[piece])
    else:
        decay_s, low_hz, bell = {
            "closed-hat": (log_uniform(rng, 0.012, 0.06), 2500, 0), "pedal-hat": (log_uniform(rng, 0.02, 0.07), 2000, 0),
            "open-hat": (log_uniform(rng, 0.12, 0.45), 2000, 0), "crash": (log_uniform(rng, 0.4, 1.2), 300, 0),
            "ride": (log_uniform(rng, 0.25, 0.9), 400, 0.1), "bell": (log_uniform(rng, 0.25, 0.8), 500, 1.0),
        }[piece]
        hit = _plate(rng, decay_s, low_hz, bell)
    return to_stereo(normalise_peak(hit.astype(np.float32)))
