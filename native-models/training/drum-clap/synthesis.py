"""One-shots by synthesis: what every instrument does, in the voice of a family."""
from __future__ import annotations

from typing import Callable

import numpy as np
from cymbals import PLATES
from effects import SAMPLE_RATE, band_filter, log_uniform, normalise_peak
from families import FAMILIES, Array, Family, glide_phase, times
from labels import EFFECTS
from numpy.random import Generator
from percussion import STRUCK

TOM_HZ = {"lt": (58, 105), "mt": (100, 150), "ht": (145, 290)}
HAT_DECAY_S = {"chh": (0.010, 0.05), "phh": (0.014, 0.06), "ohh": (0.12, 0.9)}


def added(*parts: Array) -> Array:
    """The sum of parts of different lengths."""
    total = np.zeros(max(len(part) for part in parts))
    for part in parts:
        total[:len(part)] += part
    return total


def burst(rng: Generator, family: Family, decay_s: float, low_hz: float, high_hz: float = 20000, attack_s: float = 0.0) -> Array:
    noise = family.noise(rng, 6 * decay_s)
    time = np.arange(len(noise)) / SAMPLE_RATE
    noise = band_filter(noise * np.exp(-time / decay_s) * np.minimum(1, time / (attack_s + 1e-6)), "highpass", low_hz, int(rng.integers(1, 3)))
    return band_filter(noise, "lowpass", high_hz) if high_hz < 18000 else noise


def _kick(rng: Generator, family: Family) -> tuple[Array, str]:
    style = rng.choice(["808", "909", "", ""]) if family is FAMILIES["analogue"] else ""
    frequency, decay_s = log_uniform(rng, 38, 72), log_uniform(rng, 0.05, 0.3)
    glide, glide_s = rng.uniform(0.3, 5), log_uniform(rng, 0.008, 0.045)
    if style == "808":
        frequency, decay_s, glide, glide_s = log_uniform(rng, 36, 58), log_uniform(rng, 0.15, 0.6), rng.uniform(0.3, 1.6), log_uniform(rng, 0.004, 0.02)
    elif style == "909":
        frequency, decay_s, glide, glide_s = log_uniform(rng, 45, 62), log_uniform(rng, 0.07, 0.18), rng.uniform(2, 6), log_uniform(rng, 0.012, 0.035)
    click = burst(rng, family, log_uniform(rng, 0.001, 0.007), log_uniform(rng, 500, 4000)) * rng.uniform(0, 0.15 if style == "808" else 0.6)
    return added(normalise_peak(family.body(rng, frequency, decay_s, glide, glide_s)), click), style


def _snare(rng: Generator, family: Family) -> tuple[Array, str]:
    style = rng.choice(["808", "909", ""]) if family is FAMILIES["analogue"] else ""
    decay_s, frequency = log_uniform(rng, 0.035, 0.14), log_uniform(rng, 140, 280)
    body = normalise_peak(family.body(rng, frequency, decay_s, rng.uniform(0, 0.8), 0.015))
    if style:
        body = added(body, 0.7 * family.body(rng, frequency * rng.uniform(1.5, 1.9), 0.7 * decay_s, 0, 0.01))
    wires = normalise_peak(burst(rng, family, decay_s * rng.uniform(0.6, 2), log_uniform(rng, 700, 3500)))
    return added(body * rng.uniform(0.15, 1), wires * rng.uniform(0.35, 1)), style


def _rim(rng: Generator, family: Family) -> tuple[Array, str]:
    frequency, decay_s = log_uniform(rng, 380, 1100), log_uniform(rng, 0.006, 0.028)
    body = added(family.body(rng, frequency, decay_s, 0, 0.01), rng.uniform(0.3, 1) * family.body(rng, frequency * rng.uniform(1.6, 4.2), 0.7 * decay_s, 0, 0.01))
    return added(normalise_peak(body), burst(rng, family, log_uniform(rng, 0.001, 0.006), 1500) * rng.uniform(0.1, 0.7)), ""


def _clap(rng: Generator, family: Family) -> tuple[Array, str]:
    centre, spread = log_uniform(rng, 800, 2200), rng.uniform(1.5, 5)
    tail = normalise_peak(burst(rng, family, log_uniform(rng, 0.03, 0.16), centre / spread ** 0.5, centre * spread)) * rng.uniform(0.25, 0.9)
    count, at = int(rng.integers(2, 6)), 0.0
    total = np.zeros(int(0.09 * SAMPLE_RATE) + len(tail))
    for index in range(count):
        part = normalise_peak(burst(rng, family, log_uniform(rng, 0.002, 0.007), centre / spread ** 0.5, centre * spread)) * rng.uniform(0.6, 1)
        start = int(at * SAMPLE_RATE)
        part = tail if index == count - 1 else part[:len(total) - start]
        total[start:start + len(part)] += part
        at += rng.uniform(0.006, 0.016)
    return total, "909" if family is FAMILIES["analogue"] and rng.random() < 0.4 else ""


def _tom(instrument: str) -> Callable[[Generator, Family], tuple[Array, str]]:
    def tom(rng: Generator, family: Family) -> tuple[Array, str]:
        body = family.body(rng, log_uniform(rng, *TOM_HZ[instrument]), log_uniform(rng, 0.07, 0.4), rng.uniform(0.05, 0.7), log_uniform(rng, 0.02, 0.08))
        return added(normalise_peak(body), burst(rng, family, log_uniform(rng, 0.003, 0.03), log_uniform(rng, 300, 3000)) * rng.uniform(0.02, 0.25)), ""
    return tom


def _hat(instrument: str) -> Callable[[Generator, Family], tuple[Array, str]]:
    def hat(rng: Generator, family: Family) -> tuple[Array, str]:
        decay_s = log_uniform(rng, *HAT_DECAY_S[instrument])
        # Real hats ring down to some hundred hertz; drum machines' begin where a filter lets them.
        low = log_uniform(rng, 350, 5500) if family is not FAMILIES["analogue"] else log_uniform(rng, 1800, 6500)
        hit = added(family.metal(rng, low, decay_s), rng.uniform(0, 1.2) * burst(rng, family, decay_s, max(low, 1500)))
        if instrument == "phh":
            # Two plates meet: the stroke swells for some milliseconds and has no stick.
            rise = log_uniform(rng, 0.004, 0.02)
            hit = band_filter(hit * np.minimum(1, np.arange(len(hit)) / SAMPLE_RATE / rise), "lowpass", log_uniform(rng, 6000, 14000))
        return hit, "808" if family is FAMILIES["analogue"] and rng.random() < 0.3 else ""
    return hat


def _crash(rng: Generator, family: Family) -> tuple[Array, str]:
    kind = rng.choice(["", "", "", "splash", "china"])
    decay_s = log_uniform(rng, 0.12, 0.3) if kind == "splash" else log_uniform(rng, 0.4, 1.3)
    low = log_uniform(rng, 900, 2500) if kind == "splash" else log_uniform(rng, 250, 900)
    hit = added(family.metal(rng, low, decay_s), rng.uniform(0.3, 1) * burst(rng, family, decay_s * rng.uniform(0.4, 1), 2 * low, attack_s=log_uniform(rng, 0.001, 0.03)))
    return (np.tanh(2 * normalise_peak(hit)) if kind == "china" else hit), kind


def _ride(rng: Generator, family: Family) -> tuple[Array, str]:
    bell = rng.random() < 0.3
    decay_s, low = log_uniform(rng, 0.3, 1.0), log_uniform(rng, 350, 900)
    wash = normalise_peak(family.metal(rng, low, decay_s)) * rng.uniform(0.15, 0.5)
    stick = normalise_peak(burst(rng, family, log_uniform(rng, 0.003, 0.015), 3000)) * rng.uniform(0.2, 0.8)
    time = times(4 * decay_s)
    ping = np.zeros_like(time)
    for _ in range(int(rng.integers(2, 6))):
        ping += rng.uniform(0.2, 1) * np.sin(2 * np.pi * log_uniform(rng, 600 if bell else 1800, 3200 if bell else 7000) * time) * np.exp(-time / (decay_s * rng.uniform(0.2, 0.8)))
    return added(wash, stick, normalise_peak(ping) * (rng.uniform(0.5, 1) if bell else rng.uniform(0.1, 0.45))), "bell of a ride" if bell else ""


def _percussion(rng: Generator, family: Family) -> tuple[Array, str]:
    kind = str(rng.choice(list(STRUCK)))
    return STRUCK[kind](rng, family), kind


def _effect(rng: Generator, family: Family) -> tuple[Array, str]:
    kind = str(rng.choice([name for name in EFFECTS if name not in ("nature", "applause")]))
    seconds = log_uniform(rng, 0.25, 2.2)
    time = times(seconds)
    share = time / time[-1]
    noise = family.noise(rng, seconds)[:len(time)]
    if kind in ("riser", "fall", "sweep"):
        low, high = log_uniform(rng, 80, 800), log_uniform(rng, 2000, 9000)
        rising = kind == "riser" or (kind == "sweep" and rng.random() < 0.5)
        path = share if rising else 1 - share
        tone = np.sin(2 * np.pi * np.cumsum(low * (high / low) ** path) / SAMPLE_RATE)
        opened = np.stack([band_filter(noise, "lowpass", cut, 2) for cut in (400, 1500, 5000, 14000)])
        place = np.clip(path * 3, 0, 2.999)
        index = place.astype(int)
        moved = opened[index, np.arange(len(time))] * (1 - place + index) + opened[index + 1, np.arange(len(time))] * (place - index)
        blend = rng.uniform(0, 0.25) if kind == "sweep" else rng.uniform(0, 1)
        level = share ** rng.uniform(0.5, 2.5) if kind == "riser" else (1 - share) ** rng.uniform(0.5, 2) if kind == "fall" else np.sin(np.pi * share)
        return (blend * tone + (1 - blend) * moved) * level, kind
    if kind == "zap":
        time = times(log_uniform(rng, 0.08, 0.5))
        phase = glide_phase(time, log_uniform(rng, 120, 700), rng.uniform(6, 30), log_uniform(rng, 0.02, 0.12))
        return (np.sign(np.sin(phase)) if rng.random() < 0.3 else np.sin(phase)) * np.exp(-time / (time[-1] * 0.5)), kind
    if kind == "vinyl":
        crackle = rng.standard_normal(len(time)) * (rng.random(len(time)) < rng.uniform(20, 150) / SAMPLE_RATE)
        return band_filter(crackle, "lowpass", rng.uniform(3000, 9000)) * 3 + rng.uniform(0.005, 0.06) * band_filter(noise, "lowpass", 5000), kind
    if kind == "reverse":
        source = _crash if rng.random() < 0.6 else _snare
        hit = source(rng, family)[0][:int(seconds * SAMPLE_RATE)]
        return hit[::-1].copy(), kind
    if kind == "impact":
        boom = family.body(rng, log_uniform(rng, 28, 60), log_uniform(rng, 0.25, 0.6), rng.uniform(0.5, 3), 0.06)
        return added(normalise_peak(boom), normalise_peak(burst(rng, family, log_uniform(rng, 0.15, 0.6), 60, log_uniform(rng, 800, 6000))) * rng.uniform(0.3, 1)), kind
    if kind == "drop":
        return np.sin(glide_phase(time, log_uniform(rng, 22, 34), rng.uniform(2, 6), seconds * rng.uniform(0.25, 0.6))) * (1 - share) ** 0.5, kind
    if kind == "glitch":
        steps = np.repeat(rng.random(64), len(time) // 64 + 1)[:len(time)]
        gate = np.repeat(rng.random(64) < 0.6, len(time) // 64 + 1)[:len(time)]
        return gate * np.sign(np.sin(2 * np.pi * np.cumsum(100 * 60 ** steps) / SAMPLE_RATE)) * 0.6 + gate * (steps > 0.7) * noise * 0.5, kind
    if kind == "scratch":
        path = np.abs(np.sin(np.pi * share * rng.integers(1, 4)))
        return np.sin(2 * np.pi * np.cumsum(150 + path * rng.uniform(800, 3000)) / SAMPLE_RATE + 2 * band_filter(noise, "lowpass", 900)) * path, kind
    if kind == "blip":
        time = times(log_uniform(rng, 0.03, 0.15))
        return np.sign(np.sin(2 * np.pi * log_uniform(rng, 400, 3000) * time)) * np.exp(-time / 0.04), kind
    root = log_uniform(rng, 80, 350)
    chord = sum((2 * ((root * ratio * time + rng.random()) % 1) - 1) for ratio in rng.choice([1, 1.189, 1.26, 1.498, 2, 2.378], 4))
    return band_filter(chord, "lowpass", log_uniform(rng, 800, 9000), 2) * np.exp(-time / (seconds * 0.3)), kind


MAKERS: dict[str, Callable[[Generator, Family], tuple[Array, str]]] = {
    "kick": _kick, "snare": _snare, "rim": _rim, "clap": _clap, **{name: _hat(name) for name in HAT_DECAY_S}, **{name: _tom(name) for name in TOM_HZ},
    "crash": _crash, "ride": _ride, "perc": _percussion, "fx": _effect}


def synthesise(instrument: str, family: str, rng: Generator) -> tuple[Array, str]:
    """A hit with peak 1, float32 mono at 44.1 kHz, and its kind ('' where it has none).

    `family` is one name, or three joined by '+': body, noise and metal of different families.
    """
    parts = [FAMILIES[name] for name in family.split("+")]
    chosen = parts[0] if len(parts) == 1 else Family(parts[0].body, parts[1].noise, parts[2].metal, "")
    hit, kind = PLATES[instrument](rng) if family == "plate" and instrument in PLATES else MAKERS[instrument](rng, chosen)
    fade = min(len(hit), 400)
    hit[-fade:] *= np.linspace(1, 0, fade)
    return normalise_peak(hit).astype(np.float32), kind
