"""Labelled clips from the songs that drum-stem's render.py made: two of its drum recordings have the same known strokes.

Now and then accompaniment is left in, as a separator leaves it, and snares are exchanged for hand claps, which Groove lacks.
"""
from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "drum-stem"))

import numpy as np
import torch
from drums import PIECE_OF_PITCH
from groove_midi import Stroke
from model import HOP, INSTRUMENTS, LONG_WINDOW, SAMPLE_RATE, SHORT_WINDOW
from render import SECONDS, begin_song, usable_performances

CLIP_FRAMES = 300
INSTRUMENT_OF_PIECE = {
    "kick": 0, "snare": 1, "rimshot": 1, "cross-stick": 2, "closed-hat": 3, "pedal-hat": 3, "open-hat": 4, "high-tom": 5, "mid-tom": 5, "low-tom": 5,
    "crash": 6, "ride": 7, "bell": 7,
}
CLAP = INSTRUMENTS.index("clap")


class Clip(NamedTuple):
    """`audio` (samples,); `hits` (frames, 9) 1 at a stroke's frame; `velocities` 0..1 and `offsets` in frames there."""

    audio: np.ndarray
    hits: np.ndarray
    velocities: np.ndarray
    offsets: np.ndarray


def synthesise_clap(rng: np.random.Generator) -> np.ndarray:
    """Three to five bursts of band-passed noise within 30 ms and a short room; float32, peak 1."""
    time = np.arange(int(0.3 * SAMPLE_RATE)) / SAMPLE_RATE
    noise = rng.standard_normal(len(time))
    envelope = np.exp(-time / rng.uniform(0.02, 0.09)) * 0.5
    for start in np.sort(rng.uniform(0, 0.03, rng.integers(2, 5))):
        envelope += (time >= start) * np.exp(-np.maximum(0, time - start) / 0.004)
    spectrum = np.fft.rfft(noise * envelope)
    frequency = np.fft.rfftfreq(len(time), 1 / SAMPLE_RATE)
    centre, width = rng.uniform(800, 2200), rng.uniform(500, 2500)
    clap = np.fft.irfft(spectrum / (1 + ((frequency - centre) / width) ** 2), len(time))
    return (clap / np.abs(clap).max()).astype(np.float32)


class Clips:
    """Random labelled clips of all `prefix-*` songs in `root`."""

    def __init__(self, root: Path, prefix: str, seed: int):
        held_out = prefix == "held-out"
        performances = usable_performances(held_out)
        self._rng = np.random.default_rng(seed)
        self._songs: list[tuple[dict[str, Path], list[Stroke]]] = []
        for folder in sorted(path for path in root.glob(f"{prefix}-*") if path.is_dir() and not path.suffix):
            _, _, strokes = begin_song(int(folder.name.rsplit("-", 1)[1]), held_out, performances)
            self._songs.append(({path.stem: path for path in sorted(folder.glob("*.npy"))}, strokes))

    def draw(self) -> Clip:
        rng = self._rng
        files, strokes = self._songs[rng.integers(len(self._songs))]
        start_frame = int(rng.integers(int(SECONDS * SAMPLE_RATE / HOP) - CLIP_FRAMES))
        start, length = start_frame * HOP, CLIP_FRAMES * HOP

        def read(name: str) -> np.ndarray:
            return np.load(files[name], mmap_mode="r")[start:start + length].astype(np.float32).mean(1) / 32767

        audio = read(f"drums-{rng.integers(2)}")
        level = float(np.sqrt(np.mean(audio ** 2))) + 1e-5
        hits, velocities, offsets = (np.zeros((CLIP_FRAMES, len(INSTRUMENTS)), np.float32) for _ in range(3))
        with_claps = rng.random() < 0.12
        clap = synthesise_clap(rng) if with_claps else None
        for stroke in strokes:
            position = stroke.at * SAMPLE_RATE / HOP - start_frame
            frame = int(np.floor(position + 0.5))
            if not 0 <= frame < CLIP_FRAMES:
                continue
            instrument = INSTRUMENT_OF_PIECE[PIECE_OF_PITCH[stroke.pitch]]
            marks = [instrument]
            if clap is not None and instrument == 1 and stroke.velocity > 60:
                at = int(stroke.at * SAMPLE_RATE) - start
                end = min(length, at + len(clap))
                if at >= 0:
                    audio[at:end] += clap[:end - at] * level * 4 * stroke.velocity / 127
                    marks.append(CLAP)
            for mark in marks:
                if stroke.velocity / 127 > velocities[frame, mark]:
                    hits[frame, mark], velocities[frame, mark], offsets[frame, mark] = 1, stroke.velocity / 127, position - frame
        if rng.random() < 0.5:
            others = [name for name in files if not name.startswith("drums")]
            residue = read(str(rng.choice(others)))
            residue *= level / (float(np.sqrt(np.mean(residue ** 2))) + 1e-5)
            audio = audio + residue * 10 ** (rng.uniform(-30, -6) / 20)
        noise = rng.standard_normal(length).astype(np.float32) * level * 10 ** (rng.uniform(-70, -35) / 20)
        return Clip(audio + noise, hits, velocities, offsets)

    def batch(self, clips: int) -> dict[str, torch.Tensor]:
        drawn = [self.draw() for _ in range(clips)]
        audio = torch.from_numpy(np.stack([clip.audio for clip in drawn]))
        gain = 10 ** (self._rng.normal(0, 3, clips) / 20)
        audio = audio * torch.from_numpy((gain / (audio.pow(2).mean(-1).sqrt().numpy() + 1e-4)).astype(np.float32))[:, None]
        long, short = spectra(audio)
        return {"long": long, "short": short, **{
            name: torch.from_numpy(np.stack([getattr(clip, name) for clip in drawn])) for name in ("hits", "velocities", "offsets")}}


def spectra(audio: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Power spectra (batch, frames, bins) of (batch, samples); frame f is centred on sample f * HOP; edges are silent."""
    found = []
    for window in (LONG_WINDOW, SHORT_WINDOW):
        spectrum = torch.stft(audio, window, HOP, window=torch.hann_window(window), pad_mode="constant", return_complex=True)
        found.append((spectrum.real ** 2 + spectrum.imag ** 2).transpose(1, 2)[:, : audio.shape[1] // HOP].contiguous())
    return found[0], found[1]
