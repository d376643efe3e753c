"""Sung and spoken voices from espeak-ng (GPL-3 program; its output is ours).

Singing: the spectral envelope of the speech (cepstral smoothing) is put on a harmonic source that follows a melody, so
vowels sing and consonants stay as they were; noise above 7 kHz restores the sibilance that 22 kHz synthesis lacks.
"""
from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from arrangement import Session, lead_line
from effects import SAMPLE_RATE
from numpy.random import Generator
from scipy.signal import istft, resample_poly, stft

LANGUAGES = ("en", "en-us", "en-gb-scotland", "es", "it", "de", "fr-fr", "pt", "sv", "pl")
VARIANTS = ("", "+f1", "+f2", "+f3", "+f4", "+f5", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+croak", "+whisper")
WORDS = ("love night time baby never ever going home tonight sister silver shoes chasing stars sweet city street kiss catch "
         "this chance touch stay free fire sky high dance summer rain please believe together oh yeah hey woman burning "
         "take back talk pretty picture paper people keep the beat kick stop black dirty road").split()
WINDOW = 1024


def _speak(rng: Generator, seconds: float) -> np.ndarray:
    text = " ".join(str(rng.choice(WORDS)) + ("," if rng.random() < 0.15 else "") for _ in range(int(seconds * 2.5)))
    voice = str(rng.choice(LANGUAGES)) + str(rng.choice(VARIANTS))
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "speech.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", str(rng.integers(85, 175)), "-p", str(rng.integers(10, 95)), "-w", str(wave), text],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        speech, rate = soundfile.read(wave, dtype="float32")
    speech = resample_poly(speech, SAMPLE_RATE, rate)
    speed = rng.uniform(0.85, 1.2)
    speech = np.interp(np.arange(0, len(speech) - 1, speed), np.arange(len(speech)), speech)
    frames = int(seconds * SAMPLE_RATE)
    return np.resize(speech, frames).astype(np.float32)


def _envelope(spectrum: np.ndarray, order: int) -> np.ndarray:
    cepstrum = np.fft.irfft(np.log(np.abs(spectrum) + 1e-5), axis=0)
    cepstrum[order:-order] = 0
    return np.exp(np.fft.rfft(cepstrum, axis=0).real)


def _source(session: Session, frames: int, rng: Generator) -> np.ndarray:
    """A sawtooth that follows a melody with glides and vibrato; sometimes a second voice in harmony."""
    pitch = np.full(frames, 50.0)
    for note in lead_line(session, rng, 45, 79):
        pitch[int(max(0, note.start) * SAMPLE_RATE):] = note.pitch
    glide = int(rng.uniform(0.01, 0.06) * SAMPLE_RATE)
    pitch = np.convolve(pitch, np.ones(glide) / glide, "same") + rng.choice([-12, -5, 0, 0])
    time = np.arange(frames) / SAMPLE_RATE
    pitch = pitch + rng.uniform(0.05, 0.5) * np.sin(2 * np.pi * rng.uniform(4.5, 6.5) * time)
    source = np.zeros(frames)
    for interval in [0] + ([int(rng.choice([3, 4, 7, -5, 12]))] if rng.random() < 0.35 else []):
        source += 2 * (np.cumsum(440 * 2 ** ((pitch + interval - 69) / 12)) / SAMPLE_RATE % 1) - 1
    return source


def render_voice(session: Session, rng: Generator) -> np.ndarray:
    """A voice for the whole session; float32 (frames, 1)."""
    speech = _speak(rng, session.seconds)
    options = {"fs": SAMPLE_RATE, "nperseg": WINDOW, "noverlap": WINDOW * 3 // 4}
    frequencies, _, spoken = stft(speech, **options)
    sibilance = np.sqrt((np.abs(spoken[90:230]) ** 2).sum(0)) / (np.sqrt((np.abs(spoken) ** 2).sum(0)) + 1e-6)
    if rng.random() < 0.75:
        _, _, harmonic = stft(_source(session, len(speech), rng), **options)
        sung = harmonic / (_envelope(harmonic, 20) + 1e-6) * _envelope(spoken, 40)
        voiced = 1 / (1 + np.exp((sibilance - 0.45) * 15))
        spoken_sung = sung * voiced + spoken * (1 - voiced)
    else:
        spoken_sung = spoken
    shape = np.exp(-((frequencies - rng.uniform(7500, 11000)) / 3500) ** 2) * (frequencies > 7000)
    energy = np.sqrt((np.abs(spoken[90:230]) ** 2).sum(0))
    noise = np.abs(rng.standard_normal(spoken.shape)) * np.exp(2j * np.pi * rng.random(spoken.shape))
    air = shape[:, None] * (energy * sibilance)[None] * noise * 0.1 * rng.uniform(0.3, 2)
    _, audio = istft(spoken_sung + air, **options)
    return np.pad(audio, (0, max(0, len(speech) - len(audio))))[:len(speech), None].astype(np.float32)
