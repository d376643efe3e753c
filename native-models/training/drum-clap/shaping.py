"""What happens to a dry hit before it is a sound: pitch, length, layers, equaliser, compression, drive, room, bleed, codecs, bits.

What was done is told where it can be heard (`Treatment`), since captions speak of it.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from effects import SAMPLE_RATE, band_filter, compressor, decibels, log_uniform, normalise_peak, peak_filter, random_equaliser, room_response
from numpy.random import Generator
from scipy.fft import dct, idct, irfft, next_fast_len, rfft
from scipy.signal import fftconvolve

Array = np.ndarray
LONGEST = int(2.2 * SAMPLE_RATE)
PITCH_SEMITONES = {"kick": 2.5, "lt": 1.0, "mt": 1.0, "ht": 1.5, "crash": 3.5, "ride": 3.5}
SHORTEST_SECONDS = {"ohh": 0.18, "crash": 0.35, "ride": 0.25, "fx": 0.25, "perc": 0.1, "clap": 0.09}
"""No hit is cut shorter than this: an open hat of 40 ms is a closed one."""


class Treatment(NamedTuple):
    wet: float = 0.0
    """Energy of the room over the energy of the hit."""
    drive: float = 0.0
    """Energy of what distortion added over the energy of the hit."""
    is_crushed: bool = False


def change_speed(hit: Array, speed: float) -> Array:
    position = np.arange(0, len(hit) - 1, speed)
    return np.interp(position, np.arange(len(hit)), hit).astype(np.float32)


def spliced(stroke: Array, tail: Array, rng: Generator) -> Array:
    """The first of `stroke`, then `tail` as loud as that would have gone on."""
    at = int(log_uniform(rng, 0.006, 0.06) * SAMPLE_RATE)
    if min(len(stroke), len(tail)) < 2 * at:
        return stroke
    fade = np.clip((np.arange(len(tail)) - at) / (0.5 * at), 0, 1).astype(np.float32)
    level = np.sqrt((stroke[at:2 * at] ** 2).mean() / ((tail[at:2 * at] ** 2).mean() + 1e-9))
    total = tail * fade * min(level, 10.0)
    total[:len(stroke)] += stroke[:len(total)] * (1 - fade[:len(stroke)])
    return normalise_peak(total).astype(np.float32)


def recast(hit: Array, rng: Generator, semitones: float) -> Array:
    """Another instrument of the same kind: two to four bands of the hit, each a little higher or lower, louder or softer, shorter or longer than it was."""
    spectrum = rfft(hit, next_fast_len(len(hit) + 256, real=True))
    octave = np.log2(np.maximum(np.arange(len(spectrum)) * SAMPLE_RATE / (2 * (len(spectrum) - 1)), 20) / 20)
    edges = np.sort(rng.uniform(2.3, 9.3, rng.integers(1, 4)))
    below = [np.zeros_like(octave), *[1 / (1 + np.exp((octave - edge) * 6)) for edge in edges], np.ones_like(octave)]
    total = np.zeros(int(len(hit) * 1.6) + 1, np.float32)
    for low, high in zip(below[:-1], below[1:]):
        part = change_speed(irfft(spectrum * (high - low))[:len(hit)], 2 ** (np.clip(rng.normal(0, semitones), -7, 7) / 12))
        seconds = np.arange(len(part)) / SAMPLE_RATE
        part *= 10 ** ((np.clip(rng.normal(0, 3.5), -9, 9) + np.clip(rng.uniform(-22, 9) * seconds, -60, 6)) / 20)
        total[:len(part)] += part[:len(total)]
    return normalise_peak(total[:LONGEST])


def _cut(hit: Array, rng: Generator, instrument: str) -> Array:
    shortest = SHORTEST_SECONDS.get(instrument, 0.05)
    mood = rng.random()
    if mood < 0.3:
        time = np.arange(len(hit)) / SAMPLE_RATE
        return hit * np.exp(-time / log_uniform(rng, 0.8 * shortest, 1.0)).astype(np.float32)
    if mood < 0.5:
        length = min(len(hit), int(log_uniform(rng, shortest, 1.5) * SAMPLE_RATE))
        hit = hit[:length].copy()
        fade = min(length, int(log_uniform(rng, 0.002, 0.03) * SAMPLE_RATE))
        hit[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return hit


def _tone(hit: Array, rng: Generator, instrument: str) -> Array:
    column = hit[:, None]
    if rng.random() < 0.6:
        column = random_equaliser(column, rng, 4, 10.0)
    if rng.random() < 0.15:
        column = band_filter(column, "lowpass", log_uniform(rng, 6000 if instrument in ("chh", "phh", "ohh", "crash", "ride") else 1200, 15000), int(rng.integers(1, 3)))
    if rng.random() < 0.15:
        column = band_filter(column, "highpass", log_uniform(rng, 25, 60 if instrument in ("kick", "lt", "mt") else 300), int(rng.integers(1, 3)))
    if rng.random() < 0.1:
        column = peak_filter(column, log_uniform(rng, 40, 120), rng.uniform(0, 8), 0.9)
    return column[:, 0]


def _attack(hit: Array, rng: Generator) -> Array:
    time = np.arange(len(hit)) / SAMPLE_RATE
    if rng.random() < 0.5:
        return hit * np.minimum(1, time / log_uniform(rng, 0.003, 0.03)).astype(np.float32)
    return hit * (1 + rng.uniform(0.3, 2.5) * np.exp(-time / log_uniform(rng, 0.003, 0.02))).astype(np.float32)


def _drive(hit: Array, rng: Generator) -> tuple[Array, float]:
    amount = log_uniform(rng, 1.2, 18)
    hit = normalise_peak(hit)
    driven = np.clip(hit * amount, -1, 1) if rng.random() < 0.3 else np.tanh(hit * (amount + rng.uniform(0, 0.3)))
    fit = float((driven * hit).sum() / ((hit ** 2).sum() + 1e-12))
    residue = driven - fit * hit
    return driven.astype(np.float32), float((residue ** 2).sum() / ((fit * hit) ** 2).sum())


def _room(hit: Array, rng: Generator) -> tuple[Array, float]:
    decay_s = log_uniform(rng, 0.12, 1.8)
    response = room_response(rng, decay_s, True)[:, 0]
    wet = decibels(rng.uniform(-26, 0)) * fftconvolve(hit, response)
    wet = wet[:LONGEST].astype(np.float32)
    share = float((wet ** 2).sum() / ((hit ** 2).sum() + 1e-12))
    wet[:min(len(hit), len(wet))] += hit[:len(wet)]
    return wet, share


def transform_codec(hit: Array, rng: Generator, frame: int = 1152) -> Array:
    """A lossy codec's manner: cosine transforms of overlapping frames, rounded by band, nothing above a cut-off."""
    window = np.sin(np.pi * (np.arange(frame) + 0.5) / frame)
    half = frame // 2
    padded = np.pad(hit, (half, frame + half))
    count = (len(padded) - frame) // half
    frames = np.lib.stride_tricks.sliding_window_view(padded, frame)[:count * half:half] * window
    values = dct(frames, type=2, norm="ortho", axis=1)
    step = log_uniform(rng, 0.1, 0.9)
    edges = np.unique(np.geomspace(4, frame, 22).astype(int))
    for low, high in zip(edges[:-1], edges[1:]):
        size = step * np.sqrt((values[:, low:high] ** 2).mean(1, keepdims=True)) + 1e-7
        values[:, low:high] = np.round(values[:, low:high] / size) * size
    values[:, int(frame * rng.uniform(0.45, 0.85)):] = 0
    frames = idct(values, type=2, norm="ortho", axis=1) * window
    total = np.zeros(len(padded), np.float32)
    for index in range(count):
        total[index * half:index * half + frame] += frames[index]
    return total[half:half + len(hit)]


def _crush(hit: Array, rng: Generator) -> Array:
    hit = normalise_peak(hit)
    if rng.random() < 0.6:
        hold = int(rng.integers(3, 11))
        hit = np.repeat(hit[::hold], hold)[:len(hit)]
    levels = 2.0 ** rng.integers(3, 8)
    return (np.round(hit * levels) / levels).astype(np.float32)


def with_bleed(hit: Array, others: list[Array], rng: Generator) -> Array:
    """Other drums, quiet, struck with it or after it."""
    total = hit.copy()
    for other in others:
        start = int(rng.choice([0, 0, rng.uniform(0.05, 0.5)]) * SAMPLE_RATE) if len(hit) > SAMPLE_RATE // 4 else 0
        part = other[:max(0, len(total) - start)]
        total[start:start + len(part)] += part * decibels(rng.uniform(-40, -17))
    return total


def shape(hit: Array, instrument: str, rng: Generator, layer: Array | None, others: list[Array], amount: float, recast_share: float = 0.0) -> tuple[Array, Treatment]:
    """A dry hit made a sound. `amount` scales how likely everything is: 1 in training, less where sounds are tested nearly as they are.

    `recast_share` of them become another instrument of the same kind first, in training only.
    """
    def chance(probability: float) -> bool:
        return bool(rng.random() < probability * amount)

    wet = drive = 0.0
    is_crushed = False
    hit = hit[:LONGEST]
    if recast_share > 0 and rng.random() < recast_share:
        hit = recast(hit, rng, 0.6 * PITCH_SEMITONES.get(instrument, 2.5))
    if layer is not None and chance(0.7):
        size = max(len(hit), min(len(layer), LONGEST))
        hit = np.pad(hit, (0, size - len(hit))) + np.pad(layer[:size], (0, max(0, size - len(layer)))) * decibels(rng.uniform(-14, 0))
    if chance(0.7):
        hit = change_speed(hit, 2 ** (rng.normal(0, PITCH_SEMITONES.get(instrument, 2.5)) / 12))
    if chance(0.8):
        hit = _cut(hit, rng, instrument)
    if chance(0.8):
        hit = _tone(hit, rng, instrument)
    if chance(0.2) and instrument != "fx":
        hit = _attack(hit, rng)
    if chance(0.3):
        hit = compressor(normalise_peak(hit)[:, None], rng)[:, 0]
    if chance(0.25):
        hit, drive = _drive(hit, rng)
    if chance(0.3):
        hit, wet = _room(hit, rng)
    if others and chance(0.25):
        hit = with_bleed(normalise_peak(hit), others, rng)
    if chance(0.25):
        hit = normalise_peak(hit) + decibels(rng.uniform(-75, -38)) * rng.standard_normal(len(hit))
    if chance(0.1):
        hit, is_crushed = _crush(hit, rng), True
    if chance(0.12):
        hit = transform_codec(hit, rng)
    return normalise_peak(hit).astype(np.float32), Treatment(wet, drive, is_crushed)
