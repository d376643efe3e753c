"""Studio effects for training audio. Signals are float32 arrays of shape (frames, channels) at 44.1 kHz.

Every effect draws its settings from the `numpy.random.Generator` that it is given and leaves its input unchanged.
"""
from __future__ import annotations

import numpy as np
from numpy.random import Generator
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

SAMPLE_RATE = 44100


def log_uniform(rng: Generator, low: float, high: float) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def decibels(value_db: float) -> float:
    """Amplitude factor of a level in dB."""
    return float(10 ** (value_db / 20))


def to_stereo(audio: np.ndarray) -> np.ndarray:
    if audio.ndim == 1:
        audio = audio[:, None]
    return np.repeat(audio, 2, 1) if audio.shape[1] == 1 else audio[:, :2]


def fit_length(audio: np.ndarray, frames: int) -> np.ndarray:
    if len(audio) >= frames:
        return audio[:frames]
    return np.pad(audio, ((0, frames - len(audio)), (0, 0)))


def normalise_peak(audio: np.ndarray, peak: float = 1.0) -> np.ndarray:
    return audio * (peak / (np.abs(audio).max() + 1e-9))


def peak_filter(audio: np.ndarray, frequency_hz: float, gain_db: float, q: float) -> np.ndarray:
    """Peaking equaliser after R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"."""
    amplitude = 10 ** (gain_db / 40)
    omega = 2 * np.pi * frequency_hz / SAMPLE_RATE
    alpha = np.sin(omega) / (2 * q)
    b = np.array([1 + alpha * amplitude, -2 * np.cos(omega), 1 - alpha * amplitude])
    a = np.array([1 + alpha / amplitude, -2 * np.cos(omega), 1 - alpha / amplitude])
    return lfilter(b / a[0], a / a[0], audio, axis=0).astype(np.float32)


def band_filter(audio: np.ndarray, kind: str, frequency_hz: float, order: int = 1) -> np.ndarray:
    """Butterworth low or high pass (`kind` 'lowpass' or 'highpass')."""
    sections = butter(order, min(frequency_hz, 0.49 * SAMPLE_RATE), kind, fs=SAMPLE_RATE, output="sos")
    return sosfilt(sections, audio, axis=0).astype(np.float32)


def random_equaliser(audio: np.ndarray, rng: Generator, bands: int = 3, gain_db: float = 6.0) -> np.ndarray:
    for _ in range(rng.integers(1, bands + 1)):
        audio = peak_filter(audio, log_uniform(rng, 60, 14000), rng.uniform(-gain_db, gain_db), rng.uniform(0.4, 1.5))
    return audio


def compressor_gain(level: np.ndarray, rng: Generator, block: int) -> np.ndarray:
    """Gain (linear) per block of a feed-forward compressor, from the peak level of each block."""
    threshold_db, ratio = rng.uniform(-26, -8), rng.uniform(1.5, 8)
    attack = np.exp(-block / SAMPLE_RATE / rng.uniform(0.0005, 0.03))
    release = np.exp(-block / SAMPLE_RATE / rng.uniform(0.04, 0.4))
    envelope = np.empty_like(level)
    state = 0.0
    for index, value in enumerate(level.tolist()):
        keep = attack if value > state else release
        state = keep * state + (1 - keep) * value
        envelope[index] = state
    over_db = 20 * np.log10(envelope / (np.percentile(level, 99) + 1e-9) + 1e-6) - threshold_db
    return 10 ** (-np.maximum(over_db, 0) * (1 - 1 / ratio) / 20)


def compressor(audio: np.ndarray, rng: Generator, block: int = 64) -> np.ndarray:
    blocks = len(audio) // block
    level = np.abs(audio[:blocks * block]).max(1).reshape(blocks, block).max(1)
    gain = np.interp(np.arange(len(audio)), np.arange(blocks) * block, compressor_gain(level, rng, block))
    return audio * gain[:, None].astype(np.float32)


def saturate(audio: np.ndarray, drive: float) -> np.ndarray:
    """Soft clipping; `drive` 1 is mild, 5 strong."""
    return np.tanh(normalise_peak(audio) * drive) / drive


def room_response(rng: Generator, decay_s: float, early: bool) -> np.ndarray:
    """A stereo impulse response: sparse early reflections within 45 ms, then filtered noise that falls 60 dB in `decay_s`."""
    frames = int(SAMPLE_RATE * (decay_s * 1.05 + 0.05))
    time = np.arange(frames) / SAMPLE_RATE
    tail = rng.standard_normal((frames, 2)) * np.exp(-6.9 * time / decay_s)[:, None]
    tail[: int(rng.uniform(0.002, 0.03) * SAMPLE_RATE)] = 0
    tail = band_filter(band_filter(tail, "lowpass", rng.uniform(2500, 12000)), "highpass", rng.uniform(40, 300))
    tail /= np.sqrt((tail ** 2).sum(0)) + 1e-9
    if early:
        for channel in range(2):
            taps = (rng.uniform(0.001, 0.045, 14) * SAMPLE_RATE).astype(int)
            tail[taps, channel] += rng.normal(0, 0.35, 14) * np.exp(-taps / (0.03 * SAMPLE_RATE))
    return tail.astype(np.float32)


def reverberate(audio: np.ndarray, rng: Generator, wet: float, decay_s: float, early: bool = False) -> np.ndarray:
    response = room_response(rng, decay_s, early)
    mono = audio.mean(1)
    tail = np.stack([fftconvolve(mono, response[:, c])[: len(audio)] for c in range(2)], 1)
    return (to_stereo(audio) + wet * tail).astype(np.float32)
