"""What the audio network is given: two log-mel pictures of the first second, 48 kHz mono.

`wide` has 64 bands of 50 Hz-16 kHz from a window of 1024 (where in the spectrum, when), `low` has 64 bands of 20-1500 Hz from a window of 4096
(which pitch). Frame f is centred on sample 480 f of the prepared hit; beyond its ends are zeros. The program computes the same in TypeScript.
"""
from __future__ import annotations

import numpy as np
from scipy.fft import rfft
from scipy.signal import resample_poly

SAMPLE_RATE = 48000
HOP, FRAMES, BANDS = 480, 100, 64
WINDOWS = {"wide": (1024, 50.0, 16000.0), "low": (4096, 20.0, 1500.0)}
FLOOR_DB = -80.0
START_SHARE, PRE_ROLL_SECONDS = 0.02, 0.001


def mel_of_hertz(hertz: np.ndarray) -> np.ndarray:
    """Slaney's scale ("Auditory Toolbox", 1998): 200/3 Hz a mel up to 1 kHz, then 27 mels for a factor of 6.4."""
    return np.where(hertz < 1000, hertz * 3 / 200, 15 + np.log(np.maximum(hertz, 1e-9) / 1000) * 27 / np.log(6.4))


def hertz_of_mel(mel: np.ndarray) -> np.ndarray:
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))


def mel_filters(window: int, low_hz: float, high_hz: float) -> np.ndarray:
    """Triangles (window / 2 + 1, BANDS), evenly spaced in mel, straight in Hz, each divided by the sum of its weights."""
    edges = hertz_of_mel(np.linspace(mel_of_hertz(np.array(low_hz)), mel_of_hertz(np.array(high_hz)), BANDS + 2))
    frequency = np.arange(window // 2 + 1)[:, None] * SAMPLE_RATE / window
    rising = (frequency - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequency) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0, np.minimum(rising, falling))
    return (filters / filters.sum(0)).astype(np.float32)


_TABLES = {name: (window, (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)).astype(np.float32), mel_filters(window, low, high))
           for name, (window, low, high) in WINDOWS.items()}


def prepare(audio: np.ndarray, rate: int) -> np.ndarray:
    """As `prepareHit` of the program: from the first sample above 2 % of the peak less 1 ms, peak 1."""
    level = np.abs(audio)
    peak = float(level.max())
    if peak <= 0:
        return np.zeros(1, np.float32)
    start = max(0, int(np.argmax(level > START_SHARE * peak)) - round(PRE_ROLL_SECONDS * rate))
    return (audio[start:] / peak).astype(np.float32)


def log_mel(hit: np.ndarray) -> np.ndarray:
    """A prepared hit at 48 kHz as dB of the full scale, float32 (2, BANDS, FRAMES), FLOOR_DB..0."""
    pictures = []
    for window, shape, filters in _TABLES.values():
        padded = np.zeros(FRAMES * HOP + window, np.float32)
        part = hit[:FRAMES * HOP + window // 2]
        padded[window // 2:window // 2 + len(part)] = part
        frames = np.lib.stride_tricks.sliding_window_view(padded, window)[:FRAMES * HOP:HOP] * shape
        spectrum = rfft(frames, axis=1)
        power = (spectrum.real ** 2 + spectrum.imag ** 2) / shape.sum() ** 2
        pictures.append(10 * np.log10(np.maximum(power @ filters, 10 ** (FLOOR_DB / 10))).T)
    return np.stack(pictures).astype(np.float32)


def pictures_of(audio: np.ndarray, rate: int) -> np.ndarray:
    """The whole front end for mono audio at any rate."""
    prepared = prepare(audio, rate)
    if rate != SAMPLE_RATE:
        divisor = int(np.gcd(rate, SAMPLE_RATE))
        prepared = resample_poly(prepared[:2 * rate], SAMPLE_RATE // divisor, rate // divisor).astype(np.float32)
    return log_mel(prepared)


def to_bytes(pictures: np.ndarray) -> np.ndarray:
    return np.round((pictures - FLOOR_DB) * (255 / -FLOOR_DB)).clip(0, 255).astype(np.uint8)


def input_of(pictures_db: np.ndarray) -> np.ndarray:
    """What the network takes: dB scaled to about -2.5..2.5."""
    return (pictures_db + 40) / 16


def from_bytes(stored: np.ndarray) -> np.ndarray:
    return stored.astype(np.float32) * (-FLOOR_DB / 255) + FLOOR_DB


def input_of_bytes(stored: np.ndarray) -> np.ndarray:
    return input_of(from_bytes(stored))
