"""What is measured on a sound and what words are decided by: thirds of every measure, within each thing it may be called and over all sounds."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from labels import GROUPS, INSTRUMENTS, KINDS, ORIGINS, TREATMENTS
from scipy.fft import rfft

MEASURES = ("brightness", "length", "sub", "noisiness", "tightness", "softness", "pitch", "density")
"""Octaves of the centroid; log2 ms to -20 dB; log10 share below 120 Hz; log10 flatness; -log10 energy after 100 ms; log2 ms of attack; log2 Hz of
the strongest third of an octave; dB of the first 200 ms against the peak."""
NOUNS = ("all",) + INSTRUMENTS + tuple(GROUPS) + KINDS
SMALLEST_SCOPE = 60
SURE, UNSURE = 2 / 3, 1 / 2
"""A sound is 'bright' from the first of these shares up, and is not counted as anything from the second up to the first."""
TAGS = INSTRUMENTS + tuple(GROUPS) + KINDS + ORIGINS + TREATMENTS
PREDICATES = TAGS + tuple(f"{noun}:{measure}{sign}" for noun in NOUNS for measure in MEASURES for sign in "+-")
INDEX = {name: index for index, name in enumerate(PREDICATES)}


def measure(hit: np.ndarray, rate: int) -> np.ndarray:
    """Of a prepared hit (peak 1, trimmed); as the program's evidence where that has the same."""
    hit = hit[:2 * rate].astype(np.float64)
    energy = np.concatenate([[0.0], np.cumsum(hit ** 2)])
    total = energy[-1] + 1e-12
    half = hit[:rate // 2].copy()
    fade = min(len(half), rate // 50)
    half[-fade:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    power = np.abs(rfft(half, 32768)) ** 2 + 1e-15
    hertz = np.arange(len(power)) * rate / 32768
    audible = hertz >= 20
    centroid = (hertz * power)[audible].sum() / power[audible].sum()
    band = power[(hertz >= 100) & (hertz < 16000)]
    flatness = np.exp(np.log(band).mean()) / band.mean()
    thirds = 2 ** (np.arange(0, 28) / 3) * 30
    levels = [power[(hertz >= low) & (hertz < low * 2 ** (1 / 3))].sum() for low in thirds]
    low_share = power[(hertz >= 20) & (hertz < 120)].sum() / power[audible].sum()
    hop, window = max(1, rate // 4000), rate // 500
    starts = np.arange(0, max(1, len(hit) - window), hop)
    envelope = np.sqrt((energy[np.minimum(starts + window, len(hit))] - energy[starts]) / window)
    peak_at = int(envelope.argmax())
    attack_ms = max(0, int(np.argmax(envelope >= 0.9 * envelope.max())) - int(np.argmax(envelope >= 0.1 * envelope.max()))) * hop / rate * 1000
    left = np.cumsum((envelope[peak_at:] ** 2)[::-1])[::-1]
    decay_ms = int((left > left[0] / 100).sum()) * hop / rate * 1000
    after = total - energy[min(len(hit), rate // 10)]
    rms = np.sqrt(energy[min(len(hit), rate // 5)] / (rate / 5))
    return np.array([
        np.log2(max(centroid, 20) / 100), np.log2(decay_ms + 2), np.log10(low_share + 1e-4), np.log10(flatness + 1e-5), -np.log10(after / total + 1e-4),
        np.log2(attack_ms + 0.5), np.log2(thirds[int(np.argmax(levels))]), 20 * np.log10(rms + 1e-6)], np.float32)


def nouns_of(instrument: str, kind: str) -> list[str]:
    """Everything that a sound may be called, the widest first."""
    return ["all", *(name for name, members in GROUPS.items() if instrument in members), instrument, *([kind] if kind else [])]


def thresholds_of(measures: np.ndarray, nouns: list[list[str]]) -> dict[str, list[list[float]]]:
    """For each noun with enough sounds, by measure: the shares 1/3, 1/2 and 2/3."""
    found = {}
    for noun in NOUNS:
        chosen = np.array([noun in names for names in nouns])
        if chosen.sum() >= SMALLEST_SCOPE:
            found[noun] = np.quantile(measures[chosen], (1 - SURE, UNSURE, SURE), axis=0).T.round(4).tolist()
    return found


def load_thresholds(path: Path) -> dict[str, np.ndarray]:
    return {noun: np.array(values, np.float32) for noun, values in json.loads(path.read_text()).items()}


def truths(measures: np.ndarray, sure: list[str], doubtful: list[str], nouns: list[str], thresholds: dict[str, np.ndarray]) -> np.ndarray:
    """For every predicate 2 where it holds, 1 where that is a matter of taste, 0 where it does not."""
    truth = np.zeros(len(PREDICATES), np.uint8)
    for name in doubtful:
        truth[INDEX[name]] = 1
    for name in sure:
        truth[INDEX[name]] = 2
    for noun, limits in thresholds.items():
        for index, name in enumerate(MEASURES):
            low, middle, high = limits[index]
            value = measures[index]
            truth[INDEX[f"{noun}:{name}+"]] = 2 if value >= high and value > low else 1 if value >= middle else 0
            truth[INDEX[f"{noun}:{name}-"]] = 2 if value <= low and value < high else 1 if value <= middle else 0
    return truth


DOUBTFUL_INSTRUMENTS = {"phh": ("chh",), "mt": ("lt", "ht"), "lt": ("mt",), "ht": ("mt",)}
"""Words that one would not call wrong of an instrument, nor right."""


def tags_of(instrument: str, kind: str, origin: str, wet: float, drive: float, is_crushed: bool, is_synthetic: bool) -> tuple[list[str], list[str]]:
    """Tags that hold and tags in doubt."""
    sure = [*nouns_of(instrument, kind)[1:]]
    doubtful = [*DOUBTFUL_INSTRUMENTS.get(instrument, ())]
    if origin in ("808", "909") or kind in ("808", "909"):
        sure += ["electronic", origin if origin in ("808", "909") else kind]
        doubtful += ["808", "909"]
    elif origin:
        sure.append(origin)
        doubtful += ["808", "909"] if origin == "electronic" else []
    else:
        doubtful += ["electronic", "acoustic", "808", "909"]
    if wet > 0.15:
        sure.append("roomy")
    elif wet > 0.03:
        doubtful += ["roomy", "dry"]
    else:
        sure += ["dry"] if is_synthetic else []
        doubtful += ["dry"] if is_synthetic else ["dry", "roomy"]
    if drive > 0.08:
        sure.append("distorted")
    elif drive > 0.01:
        doubtful += ["distorted", "clean"]
    else:
        doubtful += ["clean"] if is_synthetic else ["clean", "distorted"]
        sure += ["clean"] if is_synthetic and not is_crushed and instrument not in ("fx",) else []
    if is_crushed:
        sure.append("lofi")
        doubtful.append("distorted")
    known = set(TAGS)
    return [tag for tag in dict.fromkeys(sure) if tag in known], [tag for tag in doubtful if tag in known]
