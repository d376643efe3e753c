"""Each stroke of the separated drums becomes more like the mean of those like it, below 900 Hz and in their middle.

A drummer plays the same drum again and again; what a network leaves of the bass, or takes from the kick, differs each time. The same
as the app's src-shared/analysis/model-separation/stroke-mean*.ts, but for the stretches in which the app looks at long songs.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.signal import lfilter, resample_poly
from spectra import SAMPLE_RATE

DIVISOR = 16
RATE = SAMPLE_RATE / DIVISOR
BEFORE, AFTER, GAP, ENVELOPE, RISE, DOUBT = (round(seconds * RATE) for seconds in (0.0145, 0.25, 0.07, 0.02, 0.0075, 0.15))
LEAST_RISE = 0.1
COMPARED, MOST_SHIFT = 276, 11
FADE_IN, FADE_OUT = BEFORE // 2, BEFORE
LEAST_LIKENESS, MOST_LIKE, NEAREST = 0.7, 20, 100
LEAST_VARIANCE, UNLIKENESS_VARIANCE = 0.002, 8.0
OWN_WEIGHT, MIX_SHARE = 1.5, 0.2
GAIN_RANGE = (0.2, 5.0)


class Stroke(NamedTuple):
    """Onset, frames from `at - BEFORE` on to the next stroke, amplitude of the rest of the mix over the stroke's."""

    at: int
    length: int
    doubt: float


def _raised_cosine(pass_hz: float, stop_hz: float, half: int) -> np.ndarray:
    time = np.arange(-half, half + 1)
    middle, width = (pass_hz + stop_hz) / 2 / SAMPLE_RATE, (stop_hz - pass_hz) / 2 / SAMPLE_RATE
    edge = 4 * width * time
    singular = np.abs(np.abs(edge) - 1) < 1e-9
    roll = np.where(singular, np.pi / 4, np.cos(np.pi / 2 * edge) / np.where(singular, 1, 1 - edge ** 2))
    taps = np.sinc(2 * middle * time) * roll * (0.5 + 0.5 * np.cos(np.pi * time / (half + 1)))
    return taps / taps.sum()


DOWN_TAPS = _raised_cosine(1000, 1756, 128)
UP_TAPS = _raised_cosine(250, 900, 192) * DIVISOR


def stroke_band(values: np.ndarray) -> np.ndarray:
    """40-1000 Hz, forwards and back: a second-order band-pass of the Audio EQ Cookbook."""
    angle = 2 * np.pi * 200 / RATE
    alpha = np.sin(angle) / (2 * 200 / 960)
    numerator, denominator = [alpha, 0, -alpha], [1 + alpha, -2 * np.cos(angle), 1 - alpha]
    return lfilter(numerator, denominator, lfilter(numerator, denominator, values)[::-1])[::-1]


def _moving(values: np.ndarray, count: int, back: int) -> np.ndarray:
    """Sums of `count` values from `back` before each place on."""
    sums = np.concatenate([[0.0], np.cumsum(np.pad(values, (back, count)))])
    return sums[count:count + len(values)] - sums[:len(values)]


def find_strokes(drums: np.ndarray, rest: np.ndarray) -> list[Stroke]:
    envelope = np.sqrt(np.maximum(0, _moving(drums ** 2, ENVELOPE, ENVELOPE // 2)))
    rise = np.maximum(0, _moving(envelope, RISE, 0) - _moving(envelope, RISE, RISE))
    inner = rise[1:-1]
    peaks = 1 + np.flatnonzero((inner > LEAST_RISE * rise.max(initial=0)) & (inner > rise[:-2]) & (inner >= rise[2:]))
    kept: list[int] = []
    for peak in sorted(peaks, key=lambda place: (-rise[place], place)):
        if all(abs(other - peak) >= GAP for other in kept):
            kept.append(int(peak))
    kept.sort()
    strokes = []
    for at, following in zip(kept, kept[1:] + [len(drums)]):
        length = min(BEFORE + AFTER, following - at)
        part = slice(max(0, at - BEFORE), min(len(drums), at + min(DOUBT, length - BEFORE)))
        strokes.append(Stroke(at, length, float(np.sqrt((rest[part] ** 2).sum() / ((drums[part] ** 2).sum() + 1e-12)))))
    return strokes


def _compare(band: np.ndarray, stroke: Stroke, other: Stroke) -> tuple[float, int, float]:
    """Likeness, frames by which `other` is late, amplitude of `other` over that of `stroke`."""
    count, begin = min(COMPARED, stroke.length), stroke.at - BEFORE
    best = (-1.0, 0, 0.0)
    for shift in range(-MOST_SHIFT, MOST_SHIFT + 1):
        other_begin = other.at + shift - BEFORE
        first, last = max(0, -begin, -other_begin), min(count, len(band) - begin, len(band) - other_begin)
        own, theirs = band[begin + first:begin + last], band[other_begin + first:other_begin + last]
        product, energy = own @ theirs, own @ own
        likeness = product / np.sqrt(energy * (theirs @ theirs) + 1e-20)
        if likeness > best[0]:
            best = (float(likeness), shift, float(product / (energy + 1e-20)))
    return best


def _correct(correction: np.ndarray, mix: np.ndarray, drums: np.ndarray, stroke: Stroke, alike: list[tuple[Stroke, tuple[float, int, float]]]) -> None:
    own = OWN_WEIGHT / (stroke.doubt + LEAST_VARIANCE)
    total, weights = np.zeros(stroke.length), np.full(stroke.length, own)
    for other, (likeness, shift, gain) in alike:
        gain = float(np.clip(gain, *GAIN_RANGE))
        variance = other.doubt + LEAST_VARIANCE + UNLIKENESS_VARIANCE * (1 - likeness ** 2)
        count = min(stroke.length, other.length - MOST_SHIFT)
        at = np.arange(count)
        place = other.at + shift - BEFORE + at
        inside = (place >= 0) & (place < len(drums))
        at, place = at[inside], place[inside]
        weight = np.minimum(1, (count - 1 - at) / FADE_OUT) / variance
        total[at] += weight * gain * (drums[place] + MIX_SHARE * (mix[place] - drums[place]))
        weights[at] += weight * gain ** 2
    at = np.arange(stroke.length)
    place = stroke.at - BEFORE + at
    inside = (place >= 0) & (place < len(drums))
    at, place = at[inside], place[inside]
    fade = np.minimum(1, np.minimum(at / FADE_IN, (stroke.length - 1 - at) / FADE_OUT))
    correction[place] += fade * ((total[at] + own * drums[place]) / weights[at] - drums[place])


def low_band_correction(mix: np.ndarray, drums: np.ndarray) -> np.ndarray:
    """What is to be added to `drums`; all at the low rate."""
    band = stroke_band(drums)
    strokes = find_strokes(band, stroke_band(mix - drums))
    correction = np.zeros(len(drums))
    for index, stroke in enumerate(strokes):
        near = [other for other in strokes[max(0, index - NEAREST):index + NEAREST + 1]
                if other is not stroke and other.length >= min(stroke.length, BEFORE + COMPARED / 2)]
        found = [(other, _compare(band, stroke, other)) for other in near]
        alike = sorted((pair for pair in found if pair[1][0] > LEAST_LIKENESS), key=lambda pair: (-pair[1][0], pair[0].at))[:MOST_LIKE]
        if alike:
            _correct(correction, mix, drums, stroke, alike)
    return correction


def average_strokes(mix: np.ndarray, drums: np.ndarray) -> np.ndarray:
    """Corrected drums; all (frames, 2)."""
    low_mix, low_drums = (resample_poly(audio.mean(1), 1, DIVISOR, window=DOWN_TAPS) for audio in (mix, drums))
    correction = resample_poly(low_band_correction(low_mix, low_drums), DIVISOR, 1, window=UP_TAPS / DIVISOR)
    return drums + correction[:len(drums), None]
