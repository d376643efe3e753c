"""Patches of DrumSynth (.ds: a text file of sections and keys) as audio: a gliding tone, coloured noise, two overtones, two bands of noise, distortion.

Written from the meaning of the keys, not to sound as the original does; the patches are wanted for the variety that their makers gave them.
"""
from __future__ import annotations

import configparser
import sys
import zlib
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "drum-stem")]

import numpy as np
from effects import SAMPLE_RATE, band_filter, decibels, normalise_peak

Array = np.ndarray
LONGEST_SECONDS = 2.4


class Section:
    def __init__(self, values: dict[str, str]):
        self.values = {name.lower(): text for name, text in values.items()}

    def number(self, name: str, otherwise: float = 0.0) -> float:
        try:
            return float(self.values.get(name.lower(), ""))
        except ValueError:
            return otherwise

    def envelope(self, name: str, stretch: float) -> Array:
        """Points `frames,percent`, joined by straight lines; silence after the last."""
        points = [pair.split(",") for pair in self.values.get(name.lower(), "").split() if "," in pair]
        times = np.array([float(at) for at, _ in points] or [0.0]) * stretch
        levels = np.array([float(level) for _, level in points] or [0.0]) / 100
        frames = np.arange(int(min(times[-1], LONGEST_SECONDS * SAMPLE_RATE)) + 1)
        return np.interp(frames, times, levels)


def _tone(section: Section, stretch: float) -> Array:
    level = section.envelope("Envelope", stretch)
    share = np.arange(len(level)) / max(1, len(level))
    first, last, droop = max(1, section.number("F1", 200)), max(1, section.number("F2", 120)), section.number("Droop")
    path = np.exp(-share * 4.8 * (1 + droop / 20)) if droop > 0 else 1 - share
    phase = 2 * np.pi * np.cumsum(last + (first - last) * path) / SAMPLE_RATE
    return np.sin(phase + np.radians(section.number("Phase"))) * level


def _noise(section: Section, stretch: float, rng: np.random.Generator) -> Array:
    level = section.envelope("Envelope", stretch)
    noise = rng.uniform(-1, 1, len(level))
    slope = section.number("Slope")
    if slope < 0:
        noise = band_filter(noise, "lowpass", 16000 * (1 + slope / 101) ** 2 + 120)
    elif slope > 0:
        noise = band_filter(noise, "highpass", 60 + 9000 * (slope / 100) ** 2)
    return noise / (np.abs(noise).max() + 1e-9) * level


def _wave(kind: float, phase: Array) -> Array:
    turn = (phase / (2 * np.pi)) % 1
    sine = np.sin(phase)
    return {1: 2 * sine ** 2 - 1, 2: 4 * np.abs(turn - 0.5) - 1, 3: 2 * turn - 1, 4: np.sign(sine)}.get(int(kind), sine)


def _overtones(section: Section, stretch: float, rng: np.random.Generator) -> Array:
    levels = [section.envelope(f"Envelope{part}", stretch) for part in (1, 2)]
    length = max(len(level) for level in levels)
    first, second = (np.pad(level, (0, length - len(level))) for level in levels)
    time = 2 * np.pi * np.arange(length) / SAMPLE_RATE
    hertz = [max(1, section.number(f"F{part}", 200)) for part in (1, 2)]
    share, method = section.number("Param", 50) / 100, int(section.number("Method"))
    wave_1, wave_2 = section.number("Wave1"), section.number("Wave2")
    if method == 3:
        metal = sum(np.sign(np.sin(time * hertz[0] * ratio + rng.uniform(0, 6))) for ratio in (1, 1.342, 1.2312, 1.6532, 1.9523, 2.1523))
        return band_filter(metal / 6, "highpass", 800 + 6000 * share) * (first * (1 - 0.5 * share) + 0.5 * second * share)
    other = _wave(wave_2, time * hertz[1])
    if method == 1:
        return _wave(wave_1, time * hertz[0] + 12 * share * second * other) * first
    one = _wave(wave_1, time * hertz[0])
    return one * first * (1 - share + share * other * second) if method == 2 else (1 - share) * one * first + share * other * second


def _band(section: Section, stretch: float, rng: np.random.Generator) -> Array:
    level = section.envelope("Envelope", stretch)
    width = min(0.99, 0.02 + section.number("dF", 50) / 110)
    centre = min(20000.0, max(20.0, section.number("F", 1000)))
    slow = band_filter(rng.standard_normal(len(level) + 64), "lowpass", min(15000.0, centre * width + 20))[:len(level)]
    phase = 2 * np.pi * centre * np.arange(len(level)) / SAMPLE_RATE
    return normalise_peak(np.sin(phase + rng.uniform(0, 6)) * slow) * level


def render_patch(path: Path) -> Array | None:
    """Mono, peak 1, 44.1 kHz; None for a patch that makes no sound or cannot be read."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True, delimiters=("=",), comment_prefixes=(";",))
    try:
        parser.read_string(path.read_text("latin-1"))
    except configparser.Error:
        return None
    sections = {name.lower(): Section({key: value or "" for key, value in parser.items(name)}) for name in parser.sections()}
    general = sections.get("general", Section({}))
    stretch = max(0.05, general.number("Stretch", 100) / 100)
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    parts = []
    for name, make in (("tone", lambda one: _tone(one, stretch)), ("noise", lambda one: _noise(one, stretch, rng)), ("overtones", lambda one: _overtones(one, stretch, rng)),
                       ("noiseband", lambda one: _band(one, stretch, rng)), ("noiseband2", lambda one: _band(one, stretch, rng))):
        section = sections.get(name)
        if section is not None and section.number("On") == 1:
            parts.append(make(section) * (section.number("Level", 128) / 128) ** 2)
    total = np.zeros(max([len(part) for part in parts], default=0))
    for part in parts:
        total[:len(part)] += part
    if len(total) < 200 or not np.isfinite(total).all() or np.abs(total).max() < 1e-4:
        return None
    if general.number("Filter") == 1:
        # The original's filter moves; what stays of it here is its mean.
        cutoff = 40 + 14000 * float(general.envelope("FilterEnv", stretch)[:len(total)].mean()) ** 2
        total = band_filter(total, "highpass" if general.number("HighPass") == 1 else "lowpass", min(cutoff, 18000.0), 2)
    distortion = sections.get("distortion", Section({}))
    if distortion.number("On") == 1:
        hold = int(2 ** min(4, distortion.number("Rate")))
        total = np.clip(normalise_peak(total) * decibels(distortion.number("Clipping")), -1, 1)
        total = np.repeat(total[::hold], hold)[:len(total)]
        if distortion.number("Bits") > 0:
            levels = 2.0 ** max(2, 8 - distortion.number("Bits"))
            total = np.round(total * levels) / levels
    fade = min(len(total), 200)
    total[-fade:] *= np.linspace(1, 0, fade)
    return normalise_peak(total)
