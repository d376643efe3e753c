"""Endless training mixes from rendered songs: chosen, tuned, levelled, panned and equalised on the fly.

Drums and accompaniment are returned as spectra, so that one batch of spectra makes several batches of mixes: paired as played
(kick and bass on the same grid) and paired at random.
"""
from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from spectra import BASS_BINS, BINS, HOP, SAMPLE_RATE, WINDOW, fast_bass_stft, power, stft

CLIP_WINDOWS = 256
CLIP_FRAMES = (CLIP_WINDOWS - 1) * HOP
EQUALISER_POINTS = 8


class Batch(NamedTuple):
    """Of a mix X = D + A: `mix` |X|^2, `cross` Re(X conj D), `drums` |D|^2, each (clips, 2, windows, bins); `bass` |X_mid|^2 of the long window.

    The error of a masked mix is then mask^2 mix - 2 mask cross + drums, without an inverse transform.
    """

    mix: torch.Tensor
    cross: torch.Tensor
    drums: torch.Tensor
    bass: torch.Tensor


class Spectra(NamedTuple):
    main: torch.Tensor
    bass: torch.Tensor


def low_shelf_db(frequency_hz: np.ndarray, gain_db: float, corner_hz: float) -> np.ndarray:
    return gain_db / (1 + (frequency_hz / corner_hz) ** 4)


def _rms(audio: np.ndarray) -> float:
    return float(np.sqrt(np.mean(audio ** 2)) + 1e-6)


class Mixer:
    """Draws clips from every song folder `prefix-*` in `root`; `refresh` picks up songs rendered since."""

    def __init__(self, root: Path, prefix: str, seed: int):
        self._root, self._prefix = root, prefix
        self._rng = np.random.default_rng(seed)
        self._songs: list[dict[str, Path]] = []
        frequency = np.arange(BINS) * SAMPLE_RATE / WINDOW
        self._equaliser_position = np.log2(np.maximum(frequency, 40) / 40) / np.log2(22050 / 40) * (EQUALISER_POINTS - 1)
        self.refresh()

    def refresh(self) -> None:
        folders = sorted(path for path in self._root.glob(f"{self._prefix}-*") if path.is_dir() and not path.suffix)
        self._songs = [{path.stem: path for path in sorted(folder.glob("*.npy"))} for folder in folders]

    def __len__(self) -> int:
        return len(self._songs)

    def _cut(self, path: Path, start: int, speed: float) -> np.ndarray:
        """float32 (frames, 2) from `start`, played `speed` times as fast (pitch follows)."""
        stored = np.load(path, mmap_mode="r")
        needed = int(CLIP_FRAMES * speed) + 2
        clip = stored[start:start + needed].astype(np.float32) / 32767
        if speed != 1:
            position = np.arange(CLIP_FRAMES) * speed
            index = position.astype(int)
            part = (position - index).astype(np.float32)[:, None]
            clip = clip[index] * (1 - part) + clip[index + 1] * part
        else:
            clip = clip[:CLIP_FRAMES]
        return np.repeat(clip, 2, 1) if clip.shape[1] == 1 else clip

    def _place(self, clip: np.ndarray, gain_db: float, centre: bool) -> np.ndarray:
        rng = self._rng
        if rng.random() < 0.45:
            clip = clip.mean(1, keepdims=True).repeat(2, 1)
        elif rng.random() < 0.5:
            clip = clip[:, ::-1]
        pan = 0.0 if centre else rng.uniform(-0.9, 0.9)
        sides = np.array([min(1, 1 - pan), min(1, 1 + pan)], np.float32)
        return clip * sides * (0.1 / max(0.01, _rms(clip)) * 10 ** (gain_db / 20))

    def _bass(self, path: Path, start: int, speed: float) -> np.ndarray:
        """A bass clip, its low end raised by up to 8 dB, and in four of ten cases without its overtones: round notes are easily taken for kicks."""
        rng = self._rng
        spectrum = np.fft.rfft(self._cut(path, start, speed), axis=0)
        frequency = np.linspace(0, SAMPLE_RATE / 2, len(spectrum))
        gain = 10 ** (low_shelf_db(frequency, rng.uniform(0, 8), 130) / 20)
        if rng.random() < 0.4:
            gain = gain / (1 + (frequency / np.exp(rng.uniform(np.log(60), np.log(500)))) ** rng.choice([1, 2, 3]))
        clip = np.fft.irfft(spectrum * gain[:, None], n=CLIP_FRAMES, axis=0).astype(np.float32)
        return self._place(clip, rng.normal(2.5, 4.5), True)

    def _clip(self) -> tuple[np.ndarray, np.ndarray]:
        """Drums and accompaniment of one song, each (frames, 2) at 0.1 rms unless nearly silent."""
        rng = self._rng
        song = self._songs[rng.integers(len(self._songs))]
        speed = float(np.exp(rng.uniform(-0.2, 0.2))) if rng.random() < 0.4 else 1.0
        start = int(rng.integers(20 * SAMPLE_RATE - int(CLIP_FRAMES * speed) - 3))
        drums = self._cut(song[f"drums-{rng.integers(2)}"], start, speed)
        if rng.random() < 0.25:
            drums = drums.mean(1, keepdims=True).repeat(2, 1)
        accompaniment = np.zeros((CLIP_FRAMES, 2), np.float32)
        if rng.random() < 0.9:
            accompaniment += self._bass(song[f"bass-{rng.integers(2)}"], start, speed)
        others = [name for name in song if name.split("-")[0] not in ("drums", "bass")]
        count = min(len(others), int(rng.choice([0, 1, 1, 2, 2, 2, 3, 4])))
        for name in rng.choice(others, count, replace=False):
            centre = rng.random() < (0.8 if name.startswith("voice") else 0.4)
            accompaniment += self._place(self._cut(song[str(name)], start, speed), rng.normal(0, 4), centre)
        width = [rng.choice([1, 1, 0.5, 0.2]), rng.choice([1, 1, 0.6, 0.3, 0.15])]
        pair = []
        for group, narrow in zip((drums, accompaniment), width):
            mid, side = (group[:, 0] + group[:, 1]) / 2, (group[:, 0] - group[:, 1]) / 2 * narrow
            both = np.stack([mid, side]).astype(np.float32)
            pair.append(both * (0.1 / max(0.004, _rms(both))))
        return pair[0], pair[1]

    def _equaliser(self, clips: int, low_end_db: float) -> tuple[torch.Tensor, torch.Tensor]:
        """Smooth random gain curves for both spectra: deviation 3 dB at each of eight points an octave and more apart, and a low
        shelf at 80-120 Hz of up to `low_end_db`: recorded kicks hold most of a drum track's energy, sampled ones less."""
        rng = self._rng
        points = rng.normal(0, 3, (clips, EQUALISER_POINTS))
        low = np.floor(self._equaliser_position).astype(int).clip(0, EQUALISER_POINTS - 2)
        part = self._equaliser_position - low
        curve_db = points[:, low] * (1 - part) + points[:, low + 1] * part
        frequency = np.arange(BINS) * SAMPLE_RATE / WINDOW
        curve_db += np.stack([low_shelf_db(frequency, rng.uniform(0, low_end_db), rng.uniform(80, 120)) for _ in range(clips)])
        bass_db = np.stack([np.interp(np.arange(BASS_BINS) / 4, np.arange(BINS), row) for row in curve_db])
        return (torch.from_numpy(10 ** (curve_db / 20)).float()[:, None, :, None],
                torch.from_numpy(10 ** (bass_db / 20)).float()[:, :, None])

    def _spectra(self, groups: list[np.ndarray], low_end_db: float) -> Spectra:
        audio = torch.from_numpy(np.stack(groups))
        main, bass = stft(audio), fast_bass_stft(audio[:, 0])
        curve, bass_curve = self._equaliser(len(groups), low_end_db)
        main, bass = main * curve, bass * bass_curve
        level = 1 / (power(main).mean((1, 2, 3)).sqrt() + 1e-3)
        return Spectra(main * level[:, None, None, None], bass * level[:, None, None])

    def batches(self, clips: int, pairings: int) -> list[Batch]:
        """`pairings` batches of `clips` mixes: the first as played, the rest shuffled."""
        pairs = [self._clip() for _ in range(clips)]
        drums = self._spectra([pair[0] for pair in pairs], 11)
        rest = self._spectra([pair[1] for pair in pairs], 0)
        return [self._pair(drums, rest, shift) for shift in range(pairings)]

    def _pair(self, drums: Spectra, rest: Spectra, shift: int) -> Batch:
        rng, clips = self._rng, len(drums.main)
        ratio_db = rng.normal(-1.5, 4, clips)
        drum_gain = (10 ** (ratio_db / 20) * (rng.random(clips) >= 0.04)).astype(np.float32)
        rest_gain = (rng.random(clips) >= 0.03).astype(np.float32)
        drum_gain[(drum_gain == 0) & (rest_gain == 0)] = 1
        d = drums.main * torch.from_numpy(drum_gain)[:, None, None, None]
        a = rest.main.roll(shift, 0) * torch.from_numpy(rest_gain)[:, None, None, None]
        x = d + a
        low = drums.bass * torch.from_numpy(drum_gain)[:, None, None] + rest.bass.roll(shift, 0) * torch.from_numpy(rest_gain)[:, None, None]
        mix = power(x)
        # Unit mean power over the clip, give or take 3 dB: a host normalises whole songs, whose parts differ in level.
        target = torch.from_numpy(10 ** (rng.normal(0, 3, clips) / 10)).float()
        scale = target * 0.375 * WINDOW / (mix.sum(1).mean((1, 2)) + 1e-9)
        scaled = [(part * scale[:, None, None, None]).transpose(2, 3).contiguous()
                  for part in (mix, x.real * d.real + x.imag * d.imag, power(d))]
        return Batch(*scaled, (power(low) * scale[:, None, None]).transpose(1, 2).contiguous())
