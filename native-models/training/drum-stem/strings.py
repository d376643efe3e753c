"""Plucked strings and guitar amplifiers.

The string is the Karplus-Strong loop with the tuning and pluck-position filters of Jaffe & Smith ("Extensions of the
Karplus-Strong plucked-string algorithm", Computer Music Journal 7(2), 1983), computed one period at a time.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from effects import SAMPLE_RATE, band_filter, decibels, log_uniform, peak_filter
from midi_file import Note
from numpy.random import Generator
from scipy.signal import lfilter

MAXIMUM_NOTE_SECONDS = 4.0


class StringTone(NamedTuple):
    """How an instrument plucks. `pick_noise` 0..1; `position` is a fraction of the string's length."""

    cutoff_hz: float
    position: float
    decay_s: float
    pick_noise: float
    detune_cents: float


def random_tone(rng: Generator, bass: bool) -> StringTone:
    return StringTone(
        cutoff_hz=log_uniform(rng, 100, 1500) if bass else log_uniform(rng, 1000, 9000),
        position=rng.uniform(0.06, 0.35),
        decay_s=log_uniform(rng, 0.5, 6.0) if bass else log_uniform(rng, 0.8, 5.0),
        pick_noise=rng.uniform(0, 0.05 if bass else 0.15) if rng.random() < 0.5 else 0.0,
        detune_cents=rng.uniform(0, 6),
    )


def pluck(pitch: float, seconds: float, velocity: float, tone: StringTone, muted: bool, rng: Generator) -> np.ndarray:
    """One plucked note; float32 (frames,). `pitch` in MIDI semitones, `velocity` 0..1."""
    frequency = 440 * 2 ** ((pitch - 69 + rng.normal(0, tone.detune_cents / 100)) / 12)
    period = SAMPLE_RATE / frequency
    length = int(period - 0.3)
    blend = period - length
    decay_s = min(tone.decay_s, log_uniform(rng, 0.04, 0.15)) if muted else tone.decay_s * (60 / max(40, pitch)) ** 1.5
    loss = float(np.exp(-6.9 / (decay_s * frequency)))
    excitation = rng.uniform(-1, 1, length)
    cutoff_hz = tone.cutoff_hz * (0.4 + 0.6 * velocity) * (0.35 if muted else 1)
    smoothing = np.exp(-2 * np.pi * cutoff_hz / SAMPLE_RATE)
    excitation = lfilter([1 - smoothing], [1, -smoothing], excitation)
    comb = max(1, int(tone.position * length))
    excitation = excitation - np.roll(excitation, comb)
    excitation *= velocity / (np.sqrt(np.mean(excitation ** 2)) + 1e-9)
    periods = int(min(seconds, MAXIMUM_NOTE_SECONDS) * SAMPLE_RATE / length) + 2
    note = np.empty((periods, length), np.float32)
    note[0] = current = excitation
    last = 0.0
    for index in range(1, periods):
        delayed = np.concatenate(([last], current[:-1]))
        last = current[-1]
        current = loss * ((1 - blend) * current + blend * delayed) if blend <= 1 else loss * (
            (2 - blend) * delayed + (blend - 1) * np.concatenate(([delayed[0]], delayed[:-1])))
        note[index] = current
    wave = note.ravel()[:int(min(seconds, MAXIMUM_NOTE_SECONDS) * SAMPLE_RATE)]
    if tone.pick_noise:
        click = rng.standard_normal(min(len(wave), 400)) * np.exp(-np.arange(min(len(wave), 400)) / 60)
        wave[:len(click)] += (tone.pick_noise * velocity * click).astype(np.float32)
    fade = min(len(wave), 700)
    wave[len(wave) - fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return wave


def render_strings(notes: list[Note], frames: int, rng: Generator, bass: bool, mute_share: float = 0.0) -> np.ndarray:
    """All notes (seconds) on one instrument; float32 (frames, 1). Equal notes reuse one of three plucks."""
    tone = random_tone(rng, bass)
    audio = np.zeros(frames, np.float32)
    plucks: dict[tuple[int, int, bool, int], np.ndarray] = {}
    for note in notes:
        muted = note.duration < 0.25 and rng.random() < mute_share
        key = (note.pitch, note.velocity // 16, muted, int(rng.integers(3)))
        if key not in plucks or len(plucks[key]) < note.duration * SAMPLE_RATE:
            plucks[key] = pluck(note.pitch, max(0.3, note.duration), note.velocity / 127, tone, muted, rng)
        wave = plucks[key][:max(1, int(note.duration * SAMPLE_RATE))].copy()
        fade = min(len(wave), 900)
        wave[len(wave) - fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
        start = max(0, int(note.start * SAMPLE_RATE))
        end = min(frames, start + len(wave))
        if end > start:
            audio[start:end] += wave[:end - start] * (note.velocity / 127)
    return audio[:, None]


def cabinet(audio: np.ndarray, rng: Generator, bass: bool) -> np.ndarray:
    """A loudspeaker box: steep roll-off above 3.5-6.5 kHz, box resonance, presence, and one or two phase notches."""
    audio = band_filter(audio, "highpass", rng.uniform(35, 70) if bass else rng.uniform(70, 130), 2)
    audio = peak_filter(audio, rng.uniform(60, 120) if bass else rng.uniform(100, 220), rng.uniform(0, 6), 1.2)
    audio = peak_filter(audio, rng.uniform(350, 900), rng.uniform(-7, 2), 0.8)
    audio = peak_filter(audio, rng.uniform(1800, 4000), rng.uniform(0, 8), 1.0)
    for _ in range(rng.integers(1, 3)):
        delay = int(rng.uniform(0.0001, 0.0009) * SAMPLE_RATE)
        audio = audio + rng.uniform(-0.6, 0.6) * np.concatenate([np.zeros((delay, audio.shape[1]), np.float32), audio[:-delay]])
    return band_filter(audio, "lowpass", rng.uniform(2500, 5000) if bass else rng.uniform(3500, 6500), 4)


def amplifier(audio: np.ndarray, rng: Generator, gain_db: float, bass: bool = False) -> np.ndarray:
    """Preamplifier with a tight low end, asymmetric clipping, tone stack, power stage and cabinet; level about 0.1 rms."""
    if not bass:
        audio = band_filter(audio, "highpass", log_uniform(rng, 70, 600))
    audio = audio / (np.sqrt(np.mean(audio ** 2)) + 1e-9) * 0.1
    bias = rng.uniform(0, 0.35)
    driven = np.tanh(audio * decibels(gain_db) + bias) - np.tanh(bias)
    driven = band_filter(driven, "highpass", rng.uniform(20, 90))
    if rng.random() < 0.5:
        driven = peak_filter(driven, rng.uniform(500, 900), rng.uniform(-10, 6), 0.7)
        driven = np.tanh(driven * decibels(rng.uniform(0, 12)))
    driven = cabinet(driven.astype(np.float32), rng, bass)
    return driven * (0.1 / (np.sqrt(np.mean(driven ** 2)) + 1e-9))
