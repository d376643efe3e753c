"""Renders the parts of `arrangement` with sampled and synthesised instruments, amplifiers and rooms."""
from __future__ import annotations

from pathlib import Path

import numpy as np
from arrangement import Session, bass_line, keyboard, lead_line, power_chords, strummed_chords
from effects import (SAMPLE_RATE, band_filter, compressor, decibels, fit_length, log_uniform, normalise_peak, random_equaliser, reverberate,
                     saturate)
from midi_file import Note
from numpy.random import Generator
from sources import SOUND_FONTS, render_notes
from strings import amplifier, render_strings
from voice import render_voice

# General MIDI programs, counted from 0.
BASS_PROGRAMS = (32, 33, 33, 33, 34, 34, 35, 36, 37, 38, 39)
CLEAN_GUITARS = (24, 25, 25, 26, 27, 27, 28)
KEYBOARDS = (0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 16, 17, 18, 19, 21, 48, 49, 50, 51, 52, 54, 61, 62, 63, 88, 89, 90, 91, 94)
LEADS = (22, 26, 27, 29, 30, 40, 52, 53, 54, 56, 57, 61, 65, 66, 67, 68, 71, 73, 75, 80, 81, 82, 84, 85, 104)
KINDS = ("distorted", "clean", "keys", "lead", "voice")


def _sampled(notes: list[Note], programs: tuple[int, ...], rng: Generator) -> np.ndarray:
    fonts = [font for font in SOUND_FONTS if Path(font.path).is_file()]
    font = fonts[rng.integers(len(fonts))]
    return render_notes(font, notes, int(programs[rng.integers(len(programs))]))


def render_bass(session: Session, rng: Generator) -> np.ndarray:
    """Plucked, sampled or synthesised bass, often through an amplifier; float32 (frames, 1)."""
    notes = bass_line(session, rng)
    frames = int(session.seconds * SAMPLE_RATE)
    choice = rng.random()
    if choice < 0.45:
        audio = render_strings(notes, frames, rng, bass=True, mute_share=float(rng.choice([0, 0.5])))
    elif choice < 0.85:
        audio = _sampled(notes, BASS_PROGRAMS, rng)
    else:
        audio = _synthesiser_bass(notes, frames, rng)
    audio = fit_length(audio, frames).mean(1, keepdims=True)
    if rng.random() < 0.45:
        dry = normalise_peak(audio)
        audio = amplifier(audio, rng, rng.uniform(0, 30), bass=True) + rng.uniform(0, 0.4) * dry
    if rng.random() < 0.3:
        audio = band_filter(audio, "lowpass", log_uniform(rng, 110, 600), int(rng.integers(1, 4)))
    return _finish(audio, rng, room=rng.random() < 0.15)


def _synthesiser_bass(notes: list[Note], frames: int, rng: Generator) -> np.ndarray:
    """Sine, triangle-like or saw tones with an exponential envelope, as of a synthesiser or a sub bass."""
    audio = np.zeros(frames)
    harmonics = np.arange(1, 1 + int(rng.choice([1, 2, 6, 20])))
    slope, decay_s = rng.uniform(1, 2), log_uniform(rng, 0.15, 4)
    for note in notes:
        start = int(note.start * SAMPLE_RATE)
        time = np.arange(min(frames - start, int(note.duration * SAMPLE_RATE))) / SAMPLE_RATE
        if len(time) < 300:
            continue
        frequency = 440 * 2 ** ((note.pitch - 69) / 12)
        tone = (np.sin(2 * np.pi * frequency * np.outer(harmonics, time)) / (harmonics ** slope)[:, None]).sum(0)
        ramp = np.minimum(1, np.minimum(np.arange(len(time)) / 150, np.arange(len(time))[::-1] / 400))
        audio[start:start + len(time)] += tone * np.exp(-time / decay_s) * ramp * note.velocity / 127
    return audio[:, None].astype(np.float32)


def _distorted(session: Session, rng: Generator) -> np.ndarray:
    """Electric guitar through a driven amplifier, often played twice and panned apart; (frames, 1 or 2)."""
    frames = int(session.seconds * SAMPLE_RATE)
    notes = power_chords(session, rng) if rng.random() < 0.7 else lead_line(session, rng, 52, 84)
    gain_db = rng.uniform(12, 48)
    doubled = rng.random() < 0.45
    takes = []
    for _ in range(2 if doubled else 1):
        jitter_s = rng.uniform(0, 0.012) if doubled else 0.0
        played = [note._replace(start=max(0.0, note.start + rng.normal(0, jitter_s))) for note in notes]
        if rng.random() < 0.6:
            take = render_strings(played, frames, rng, bass=False, mute_share=float(rng.choice([0, 0.5, 1])))
        else:
            take = fit_length(_sampled(played, (25, 26, 27, 28), rng), frames).mean(1, keepdims=True)
        takes.append(amplifier(take, rng, gain_db + rng.uniform(-4, 4)))
    return _finish(np.concatenate(takes, 1), rng, room=rng.random() < 0.4)


def _clean(session: Session, rng: Generator) -> np.ndarray:
    notes = strummed_chords(session, rng)
    frames = int(session.seconds * SAMPLE_RATE)
    if rng.random() < 0.4:
        audio = render_strings(notes, frames, rng, bass=False)
    else:
        audio = fit_length(_sampled(notes, CLEAN_GUITARS, rng), frames)
    if rng.random() < 0.4:
        audio = amplifier(audio.mean(1, keepdims=True), rng, rng.uniform(0, 16))
    return _finish(audio, rng, room=rng.random() < 0.6)


def render_accompaniment(kind: str, session: Session, rng: Generator) -> np.ndarray:
    """One stem of `kind` (see `KINDS`); float32 (frames, 1 or 2)."""
    if kind == "distorted":
        return _distorted(session, rng)
    if kind == "clean":
        return _clean(session, rng)
    if kind == "voice":
        return _finish(render_voice(session, rng), rng, room=rng.random() < 0.7)
    notes = keyboard(session, rng) if kind == "keys" else lead_line(session, rng)
    audio = fit_length(_sampled(notes, KEYBOARDS if kind == "keys" else LEADS, rng), int(session.seconds * SAMPLE_RATE))
    return _finish(audio, rng, room=rng.random() < 0.6)


def _finish(audio: np.ndarray, rng: Generator, room: bool) -> np.ndarray:
    audio = normalise_peak(audio)
    if rng.random() < 0.7:
        audio = random_equaliser(audio, rng)
    if rng.random() < 0.4:
        audio = compressor(audio, rng)
    if rng.random() < 0.1:
        audio = saturate(audio, rng.uniform(1, 3))
    if room:
        audio = reverberate(audio, rng, decibels(rng.uniform(-24, -3)), log_uniform(rng, 0.15, 2.0))
    return audio
