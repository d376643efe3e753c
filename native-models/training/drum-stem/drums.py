"""A drum recording from a Groove performance: kit choice, velocity response, hat choke, overheads, room and bus."""
from __future__ import annotations

import numpy as np
from drum_synthesis import synthesise_hit
from effects import (SAMPLE_RATE, band_filter, compressor, decibels, fit_length, log_uniform, normalise_peak,
                     peak_filter, random_equaliser, reverberate, saturate)
from groove_midi import Stroke
from numpy.random import Generator
from sources import Hit, Kit

PIECE_OF_PITCH = {
    36: "kick", 35: "kick", 38: "snare", 40: "rimshot", 37: "cross-stick", 48: "high-tom", 50: "high-tom", 45: "mid-tom",
    47: "mid-tom", 43: "low-tom", 58: "low-tom", 46: "open-hat", 26: "open-hat", 42: "closed-hat", 22: "closed-hat",
    39: "cross-stick", 41: "low-tom", 44: "pedal-hat", 49: "crash", 55: "crash", 57: "crash", 52: "crash", 51: "ride", 59: "ride", 53: "bell",
}
PIECE_LEVEL_DB = {
    "kick": 3, "snare": -1, "rimshot": -1, "cross-stick": -6, "high-tom": -2, "mid-tom": -2, "low-tom": -1, "closed-hat": -11,
    "pedal-hat": -12, "open-hat": -9, "crash": -5, "ride": -10, "bell": -8,
}
SUBSTITUTES = {"rimshot": "snare", "bell": "ride", "pedal-hat": "closed-hat", "mid-tom": "high-tom", "low-tom": "mid-tom",
               "crash": "ride", "ride": "crash", "cross-stick": "rimshot"}
HATS = ("closed-hat", "pedal-hat", "open-hat")
SYNTHETIC_SHARE = 0.14


def _resample(hit: Hit, speed: float) -> Hit:
    position = np.arange(0, len(hit) - 1, speed)
    index = position.astype(int)
    part = (position - index)[:, None].astype(np.float32)
    return hit[index] * (1 - part) + hit[index + 1] * part


def _piece_layers(piece: str, kit: Kit, rng: Generator) -> list[Hit]:
    for candidate in (piece, SUBSTITUTES.get(piece, piece)):
        if candidate in kit:
            instruments = kit[candidate]
            return instruments[rng.integers(len(instruments))]
    return [synthesise_hit(piece, rng)]


def choose_kit(kits: dict[str, Kit], rng: Generator) -> Kit:
    """One kit, a mixture of two or three, or a synthetic one; kits of one maker are kept from crowding out the others."""
    names = list(kits)
    weights = np.array([1.0 if "/" in name else 3.0 for name in names])
    weights /= weights.sum()
    mood = rng.random()
    if mood < SYNTHETIC_SHARE:
        return {}
    first = kits[names[rng.choice(len(names), p=weights)]]
    if mood < 0.6:
        return first
    others = [kits[names[rng.choice(len(names), p=weights)]] for _ in range(2)]
    return {piece: options for piece in PIECE_LEVEL_DB
            for options in [([first] + others)[rng.integers(3)].get(piece)] if options}


def _prepare(kit: Kit, rng: Generator, mono: bool) -> dict[str, list[list[Hit]]]:
    """Per piece the velocity layers, each in three slightly different takes, tuned and damped for this recording."""
    prepared = {}
    for piece in PIECE_LEVEL_DB:
        speed = float(np.exp(rng.normal(0, 0.09)))
        damping_s = log_uniform(rng, 0.06, 0.8) if rng.random() < 0.3 else None
        low_end = (log_uniform(rng, 45, 110), rng.uniform(0, 10)) if piece == "kick" and rng.random() < 0.6 else None
        layers = []
        for hit in _piece_layers(piece, kit, rng):
            if low_end:
                hit = normalise_peak(peak_filter(hit, *low_end, q=0.8))
            takes = []
            for _ in range(3):
                take = _resample(hit, speed * float(np.exp(rng.normal(0, 0.006))))
                tilt = rng.uniform(-0.15, 0.15)
                take[1:] += tilt * take[:-1]
                if damping_s:
                    take = take * np.exp(-np.arange(len(take)) / SAMPLE_RATE / damping_s)[:, None].astype(np.float32)
                takes.append(take.mean(1, keepdims=True).repeat(2, 1) if mono else take)
            layers.append(takes)
        prepared[piece] = layers
    return prepared


def render_drums(strokes: list[Stroke], seconds: float, kits: dict[str, Kit], rng: Generator) -> np.ndarray:
    """Renders strokes whose `at` is in seconds; float32 (frames, 1 or 2): mono where the recording has no width."""
    frames = int(seconds * SAMPLE_RATE)
    mono = rng.random() < 0.45
    instruments = _prepare(choose_kit(kits, rng), rng, mono)
    level = {piece: decibels(db + rng.normal(0, 3)) for piece, db in PIECE_LEVEL_DB.items()}
    pan = {piece: 0.0 if mono or piece in ("kick", "snare", "rimshot") else rng.uniform(-0.7, 0.7) for piece in PIECE_LEVEL_DB}
    curve = rng.uniform(0.6, 1.8)
    dry = np.zeros((frames + int(3 * SAMPLE_RATE), 2), np.float32)
    overhead_send = {piece: rng.uniform(0.1, 0.6) if piece == "kick" else rng.uniform(0.5, 1.2) for piece in PIECE_LEVEL_DB}
    overheads = np.zeros_like(dry)
    hat_times = [stroke.at for stroke in strokes if PIECE_OF_PITCH[stroke.pitch] in HATS]
    for stroke in strokes:
        piece = PIECE_OF_PITCH[stroke.pitch]
        layers = instruments[piece]
        layer = layers[min(len(layers) - 1, int(stroke.velocity / 128 * len(layers)))]
        hit = layer[rng.integers(len(layer))]
        if piece == "open-hat":
            hit = _choke(hit, stroke.at, hat_times)
        gain = level[piece] * (stroke.velocity / 127) ** curve * float(np.exp(rng.normal(0, 0.05)))
        start = int(stroke.at * SAMPLE_RATE)
        end = min(len(dry), start + len(hit))
        sides = np.array([min(1, 1 - pan[piece]), min(1, 1 + pan[piece])], np.float32)
        dry[start:end] += hit[:end - start] * (gain * sides)
        overheads[start:end] += hit[:end - start] * (gain * overhead_send[piece])
    return _bus(dry[:frames], overheads[:frames], mono, rng)


def _choke(hit: Hit, at: float, hat_times: list[float]) -> Hit:
    following = next((time for time in hat_times if time > at + 0.01), None)
    if following is None:
        return hit
    end = int((following - at) * SAMPLE_RATE)
    if end >= len(hit):
        return hit
    fade = np.linspace(1, 0, 400, dtype=np.float32)[:, None][: len(hit[end:end + 400])]
    return np.concatenate([hit[:end], hit[end:end + 400] * fade])


def _bus(dry: np.ndarray, overheads: np.ndarray, mono: bool, rng: Generator) -> np.ndarray:
    audio = dry
    if rng.random() < 0.65:
        decay_s = log_uniform(rng, 0.12, 0.9)
        room = reverberate(band_filter(overheads, "highpass", log_uniform(rng, 30, 250)), rng, rng.uniform(0.3, 1.5), decay_s, early=True)
        audio = audio + decibels(rng.uniform(-18, 1)) * room
    if rng.random() < 0.7:
        audio = random_equaliser(audio, rng)
    if rng.random() < 0.5:
        audio = compressor(normalise_peak(audio), rng)
    if rng.random() < 0.35:
        audio = saturate(audio, log_uniform(rng, 1, 6))
    if rng.random() < 0.2:
        audio = reverberate(audio, rng, decibels(rng.uniform(-22, -6)), log_uniform(rng, 0.3, 1.8))
    audio = fit_length(audio, len(dry))
    return audio.mean(1, keepdims=True) if mono else audio
