"""Labelled clips from rendered songs: the two drum recordings of each of drum-stem's songs (their strokes follow from the song's number)
and takes made for this network, whose strokes lie beside them.

Speed, level and tone are changed, accompaniment is now and then left in as a separator leaves it, and snares are exchanged for hand
claps, which Groove lacks.
"""
from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

TRAINING = Path(__file__).resolve().parents[1]
sys.path += [str(TRAINING), str(TRAINING / "drum-stem")]

import numpy as np
import torch
from drums import PIECE_OF_PITCH
from groove_midi import Stroke
from model import HOP, INSTRUMENTS, LONG_WINDOW, OFFSET_REACH, SAMPLE_RATE, SHORT_HOP, SHORT_WINDOW, SHORTS
from render import SECONDS, begin_song, usable_performances
from scipy.signal import lfilter, oaconvolve

CLIP_FRAMES = 300
MARGIN = LONG_WINDOW // 2
"""Samples read beyond both ends of a clip, so that its first window is as full as any."""
CLIP_SAMPLES = CLIP_FRAMES * HOP + 2 * MARGIN
INSTRUMENT_OF_PIECE = {piece: INSTRUMENTS.index(instrument) for piece, instrument in {
    "kick": "kick", "snare": "snare", "rimshot": "snare", "cross-stick": "rim", "clap": "clap", "closed-hat": "closed-hat", "pedal-hat": "closed-hat",
    "open-hat": "open-hat", "high-tom": "tom", "mid-tom": "tom", "low-tom": "tom", "crash": "crash", "ride": "ride", "bell": "ride"}.items()}
CLAP, SNARE, TOM = (INSTRUMENTS.index(name) for name in ("clap", "snare", "tom"))
OTHER = len(INSTRUMENTS)
"""Stands for percussion that is none of the nine: an onset, and no instrument's stroke."""
FAINT = 0.25
"""Strokes softer than this may be inaudible and count for less."""
BESIDE = 0.35
"""Target in the frames beside a stroke's, so that 10 ms of doubt is no error."""
EQUALISER_POINTS = 8
PART_KINDS = ("kick", "snare", "rim", "hats", "toms", "cymbals", "clap", "percussion")
PART_SHARES = (0.85, 0.8, 0.3, 0.75, 0.35, 0.45, 0.12, 0.12)
PART_LEVELS_DB = (0, -1, -6, -7, -3, -7, -3, -9)
MIXED_SHARE = 0.27
"""Of the clips when there are parts: drums mixed of parts, every one on a kit of its own."""
SEPARATED_SHARE = 0.48
"""Of the clips: drums as drum-stem leaves them, with any share of what it took away."""


class Clip(NamedTuple):
    """`audio` (CLIP_SAMPLES,); targets, weights, velocities and offsets (frames, instruments + 1), the last column any instrument."""

    audio: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
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


def strokes_array(strokes: list[Stroke]) -> np.ndarray:
    """(strokes, 3): seconds, instrument, velocity 0..1."""
    return np.array([(stroke.at, INSTRUMENT_OF_PIECE[PIECE_OF_PITCH[stroke.pitch]], stroke.velocity / 127) for stroke in strokes]).reshape(-1, 3)


def make_targets(strokes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Targets, weights, velocities and offsets of strokes whose times are in frames; later and louder strokes win a contested frame."""
    width = len(INSTRUMENTS) + 1
    targets, velocities, offsets = (np.zeros((CLIP_FRAMES, width), np.float32) for _ in range(3))
    weights = np.ones((CLIP_FRAMES, width), np.float32)
    nearest = np.full((CLIP_FRAMES, width), 9.0)
    for position, instrument, velocity in strokes:
        middle = int(np.floor(position + 0.5))
        for column in {int(instrument), OTHER}:
            for frame in range(max(0, middle - 1), min(CLIP_FRAMES, middle + 2)):
                distance = abs(position - frame)
                targets[frame, column] = max(targets[frame, column], 1.0 if frame == middle else BESIDE)
                audible = 0.2 + 0.8 * min(1.0, velocity / FAINT)
                if distance < nearest[frame, column] and distance <= OFFSET_REACH:
                    nearest[frame, column] = distance
                    weights[frame, column], velocities[frame, column], offsets[frame, column] = audible, velocity, position - frame
    return targets, weights, velocities, offsets


def add_flams(audio: np.ndarray, strokes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Copies the attacks of some snare and tom strokes, softer, 14-48 ms before them into `audio`; the strokes (times in frames) with those added."""
    added = []
    for position, instrument, velocity in strokes:
        if instrument not in (SNARE, TOM) or velocity < 0.3 or rng.random() < 0.5:
            continue
        distance = strokes[:, 0] - position
        if ((distance > -8) & (distance < -0.8)).any():
            continue
        gap, gain = rng.uniform(1.4, 4.8), 10 ** (rng.uniform(-14, 0) / 20)
        first, length = int(round(position * HOP)) + MARGIN - 30, int(rng.uniform(0.8, 2.5) * gap * HOP)
        to = first - int(round(gap * HOP))
        if to < 0 or first + length > CLIP_SAMPLES:
            continue
        piece = audio[first:first + length].copy()
        piece[-length // 3:] *= np.linspace(1, 0, len(piece[-length // 3:]), dtype=np.float32)
        piece[:20] *= np.linspace(0, 1, 20, dtype=np.float32)
        audio[to:to + length] += piece * gain
        added += [(other - gap, kind, loudness * gain ** 0.8) for other, kind, loudness in strokes[np.abs(distance) <= 0.8]]
    return np.concatenate([strokes, np.array(added)]) if added else strokes


class Clips:
    """Random labelled clips of all song folders in `root` named with one of `prefixes`; `refresh` picks up songs rendered since."""

    def __init__(self, root: Path, prefixes: tuple[str, ...], seed: int, plain: bool = False):
        self._root, self._prefixes, self._plain = root, prefixes, plain
        self._rng = np.random.default_rng(seed)
        self._performances = {prefix: usable_performances(prefix == "held-out") for prefix in prefixes if prefix in ("train", "held-out")}
        self._songs: dict[str, tuple[dict[str, Path], np.ndarray]] = {}
        self._parts: dict[tuple[str, str], tuple[Path, np.ndarray]] = {}
        self.refresh()

    def refresh(self) -> None:
        for prefix in self._prefixes:
            if prefix == "part":
                continue
            for folder in sorted(path for path in self._root.glob(f"{prefix}-*") if path.is_dir() and not path.suffix):
                if folder.name in self._songs:
                    continue
                beside = folder / "strokes.npy"
                if beside.is_file():
                    strokes = np.load(beside)
                else:
                    strokes = strokes_array(begin_song(int(folder.name.rsplit("-", 1)[1]), prefix == "held-out", self._performances[prefix])[2])
                self._songs[folder.name] = {path.stem: path for path in sorted(folder.glob("*.npy")) if path.stem != "strokes"}, strokes
        self._separated_kinds = [names for kind in ("separated", "parts-separated", "held-out-separated")
                                 if (names := sorted(name for name in self._songs if name.rsplit("-", 1)[0] == kind))]
        self._names = sorted(name for name in self._songs if "separated" not in name)
        numbers = sorted({folder.name.split("-")[1] for folder in self._root.glob("part-*-percussion")}) if "part" in self._prefixes else []
        for number in numbers:
            for kind in PART_KINDS:
                folder = self._root / f"part-{number}-{kind}"
                if (number, kind) not in self._parts and folder.is_dir():
                    self._parts[number, kind] = folder / "audio.npy", np.load(folder / "strokes.npy")
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._songs)

    def songs(self) -> dict[str, tuple[dict[str, Path], np.ndarray]]:
        """Files and strokes (seconds, instrument, velocity 0..1) of every song by its folder's name."""
        return self._songs

    @staticmethod
    def _cut(path: Path, start: int, speed: float, samples: int = CLIP_SAMPLES) -> np.ndarray:
        """Mono float32 (samples,) from `start`, played `speed` times as fast (pitch follows); silence beyond the ends."""
        stored = np.load(path, mmap_mode="r")
        needed = int(samples * speed) + 2
        clip = stored[max(0, start):start + needed].astype(np.float32).mean(1) / 32767
        clip = np.pad(clip, (max(0, -start), max(0, needed - len(clip) - max(0, -start))))
        if speed == 1:
            return clip[:samples]
        position = np.arange(samples) * speed
        index = position.astype(int)
        part = (position - index).astype(np.float32)
        return clip[index] * (1 - part) + clip[index + 1] * part

    def _layered(self, audio: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Two kits that play the same: added, or one's lows with the other's highs."""
        rng = self._rng
        other = other * (np.sqrt(np.mean(audio ** 2)) + 1e-4) / (np.sqrt(np.mean(other ** 2)) + 1e-4) * 10 ** (rng.uniform(-9, 3) / 20)
        if rng.random() < 0.5:
            return audio + other
        crossing = np.exp(rng.uniform(np.log(250), np.log(5000)))
        low = 1 / (1 + (np.fft.rfftfreq(CLIP_SAMPLES, 1 / SAMPLE_RATE) / crossing) ** 4)
        return np.fft.irfft(np.fft.rfft(audio) * low + np.fft.rfft(other) * (1 - low), CLIP_SAMPLES).astype(np.float32)

    def _tone(self, audio: np.ndarray) -> np.ndarray:
        """One or two resonances, or a shelf, of up to 9 dB: another microphone."""
        rng = self._rng
        for _ in range(int(rng.integers(1, 3))):
            gain = 10 ** (rng.uniform(-9, 9) / 40)
            angle = 2 * np.pi * np.exp(rng.uniform(np.log(80), np.log(14000))) / SAMPLE_RATE
            slope = np.sin(angle) / (2 * rng.uniform(0.3, 1.5))
            top = np.array([1 + slope * gain, -2 * np.cos(angle), 1 - slope * gain])
            bottom = np.array([1 + slope / gain, -2 * np.cos(angle), 1 - slope / gain])
            audio = lfilter(top / bottom[0], bottom / bottom[0], audio)
        return audio.astype(np.float32)

    def _clicking(self, audio: np.ndarray) -> np.ndarray:
        """Up to 20 dB more above 2 to 7 kHz: a beater's click or a bright snare is no hat."""
        rng = self._rng
        pole = np.exp(-2 * np.pi * np.exp(rng.uniform(np.log(2000), np.log(7000))) / SAMPLE_RATE)
        highs = lfilter(np.array([1, -1]) * (1 + pole) / 2, [1, -pole], audio)
        return (audio + highs * (10 ** (rng.uniform(0, 20) / 20) - 1)).astype(np.float32)

    def _gated(self, audio: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Silent but for 60 to 350 ms from each of the samples `at`."""
        opened = np.zeros(len(audio), np.float32)
        length = int(self._rng.uniform(0.06, 0.35) * SAMPLE_RATE)
        for first in at.astype(int):
            opened[max(0, first - 60):max(0, first + length)] = 1
        smooth = int(self._rng.uniform(0.002, 0.03) * SAMPLE_RATE)
        total = np.cumsum(np.concatenate([np.zeros(smooth, np.float32), opened]), dtype=np.float64)
        return audio * np.maximum(opened, ((total[smooth:] - total[:-smooth]) / smooth).astype(np.float32))

    def _room(self, audio: np.ndarray) -> np.ndarray:
        rng = self._rng
        response = rng.standard_normal(SAMPLE_RATE // 2) * np.exp(-np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE / np.exp(rng.uniform(np.log(0.02), np.log(0.25))))
        response[:int(rng.uniform(0, 0.012) * SAMPLE_RATE)] = 0
        wet = oaconvolve(audio, response)[:len(audio)].astype(np.float32)
        return audio + wet * float(np.sqrt(np.mean(audio ** 2) / (np.mean(wet ** 2) + 1e-12))) * 10 ** (rng.uniform(-20, -3) / 20)

    def part(self, kind: str) -> tuple[Path, np.ndarray] | None:
        """A part's file and strokes, of any performance."""
        return self._parts.get((self._numbers[self._rng.integers(len(self._numbers))], kind))

    def mixed_parts(self, rng: np.random.Generator, samples: int) -> tuple[np.ndarray, np.ndarray]:
        """As many samples of drums made of parts, and their strokes, times in seconds; from now on chance is `rng`'s."""
        self._rng = rng
        audio, strokes = self._mixed(1.0, samples)
        strokes[:, 0] = (strokes[:, 0] * HOP + MARGIN) / SAMPLE_RATE
        return audio, strokes

    def _mixed(self, speed: float, samples: int = CLIP_SAMPLES) -> tuple[np.ndarray, np.ndarray]:
        """Drums of parts, most often of one performance, each with its own level and tone; and their strokes, times in frames."""
        rng, total = self._rng, int(SECONDS * SAMPLE_RATE)
        audio, strokes = np.zeros(samples, np.float32), []
        number, together = self._numbers[rng.integers(len(self._numbers))], rng.random() < 0.7
        start = int(rng.integers(0, total - int(samples * speed) - 2))
        chosen = [kind for kind, share in zip(PART_KINDS, PART_SHARES) if rng.random() < share] or ["hats"]
        if "rim" in chosen and "snare" in chosen and rng.random() < 0.6:
            chosen.remove("snare")
        for kind in chosen:
            if not together:
                number = self._numbers[rng.integers(len(self._numbers))]
                start = int(rng.integers(0, total - int(samples * speed) - 2))
            if (number, kind) not in self._parts:
                continue
            path, rows = self._parts[number, kind]
            part = self._cut(path, start, speed, samples) * 10 ** ((PART_LEVELS_DB[PART_KINDS.index(kind)] + rng.normal(0, 5)) / 20)
            local = rows.copy()
            local[:, 0] = ((rows[:, 0] * SAMPLE_RATE - start) / speed - MARGIN) / HOP
            strokes.append(local)
            if kind in ("kick", "snare") and rng.random() < 0.4:
                part = self._clicking(part)
            if kind in ("kick", "snare", "toms") and rng.random() < 0.2:
                part = self._gated(self._room(part) if rng.random() < 0.6 else part, local[:, 0] * HOP + MARGIN)
            audio += self._tone(part) if rng.random() < 0.5 else part
        if rng.random() < 0.3:
            audio = self._room(audio)
        if rng.random() < 0.3:
            peak, drive = float(np.abs(audio).max()) + 1e-6, np.exp(rng.uniform(0, 1.8))
            audio = np.tanh(audio / peak * drive) / drive * peak
        local = np.concatenate(strokes) if strokes else np.zeros((0, 3))
        return audio, local[np.argsort(local[:, 0])]

    def _taken(self, files: dict[str, Path], strokes: np.ndarray, start: int, speed: float) -> tuple[np.ndarray, np.ndarray]:
        """A drum recording, or two of the same strokes as one, and its strokes, times in frames."""
        rng = self._rng
        takes = [name for name in files if name.startswith("drums")]
        audio = self._cut(files[takes[rng.integers(len(takes))]], start, speed)
        if len(takes) > 1 and rng.random() < 0.25:
            audio = self._layered(audio, self._cut(files[takes[rng.integers(len(takes))]], start, speed))
        local = strokes.copy()
        local[:, 0] = ((strokes[:, 0] * SAMPLE_RATE - start) / speed - MARGIN) / HOP
        return audio, local

    def _of_separated(self, files: dict[str, Path], strokes: np.ndarray, start: int, speed: float) -> tuple[np.ndarray, np.ndarray]:
        """Separated drums and, most often, a share of what the separation took away; strokes' times in frames."""
        audio, local = self._taken({name: path for name, path in files.items() if name != "mix"}, strokes, start, speed)
        kind = self._rng.random()
        share = 0.0 if kind < 0.35 else self._rng.uniform(0, 0.5) if kind < 0.8 else self._rng.uniform(0.5, 1)
        return audio + share * (self._cut(files["mix"], start, speed) - audio) if share else audio, local

    def draw(self) -> Clip:
        rng = self._rng
        separated = bool(self._separated_kinds) and rng.random() < SEPARATED_SHARE
        names = self._separated_kinds[rng.integers(len(self._separated_kinds))] if separated else self._names
        files, strokes = self._songs[names[rng.integers(len(names))]]
        speed = float(np.exp(rng.uniform(-0.25, 0.25))) if not self._plain and rng.random() < 0.5 else 1.0
        total = int(SECONDS * SAMPLE_RATE)
        start = int(rng.integers(-MARGIN - HOP * 20 if rng.random() < 0.1 else 0, total - int(CLIP_SAMPLES * speed)))
        if separated:
            audio, local = self._of_separated(files, strokes, start, speed)
        elif self._numbers and rng.random() < MIXED_SHARE / (1 - SEPARATED_SHARE):
            audio, local = self._mixed(speed)
        else:
            audio, local = self._taken(files, strokes, start, speed)
        level = float(np.sqrt(np.mean(audio ** 2))) + 1e-4
        local = local[(local[:, 0] > -2) & (local[:, 0] < CLIP_FRAMES + 1)]
        if rng.random() < 0.25:
            local = add_flams(audio, local, rng)
        if rng.random() < 0.1:
            clap = synthesise_clap(rng)
            claps = local[(local[:, 1] == SNARE) & (local[:, 2] > 0.45)].copy()
            claps[:, 1] = CLAP
            gain = level * 10 ** (rng.uniform(4, 16) / 20)
            for position, _, velocity in claps:
                at = int(position * HOP) + MARGIN
                if at >= 0:
                    end = min(CLIP_SAMPLES, at + len(clap))
                    audio[at:end] += clap[:max(0, end - at)] * gain * velocity
            local = np.concatenate([local, claps]) if len(claps) else local
        if not separated and rng.random() < 0.4:
            others = [name for name in files if not name.startswith("drums")]
            for name in rng.choice(others, min(len(others), int(rng.choice([1, 1, 2, 3]))), replace=False):
                residue = self._cut(files[str(name)], start, speed)
                residue *= level / (float(np.sqrt(np.mean(residue ** 2))) + 1e-4)
                audio = audio + residue * 10 ** (rng.uniform(-32, -4) / 20)
        audio = audio + rng.standard_normal(CLIP_SAMPLES).astype(np.float32) * level * 10 ** (rng.uniform(-75, -38) / 20)
        return Clip(audio.astype(np.float32), *make_targets(local))

    def _equaliser(self, clips: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Power gains (clips, 1, bins) of both spectra: 4 dB at each of eight points from 40 Hz up, 5 dB from lows to highs; now and then dull or thin.

        Three in ten end abruptly at 8 to 17 kHz, as what was once coded or stored at a low rate does.
        """
        rng, points = self._rng, self._rng.normal(0, 4, (clips, EQUALISER_POINTS))
        points += rng.normal(0, 5, (clips, 1)) * np.linspace(-1, 1, EQUALISER_POINTS)
        dull = np.where(rng.random(clips) < 0.15, np.exp(rng.uniform(np.log(3500), np.log(14000), clips)), 1e6)
        thin = np.where(rng.random(clips) < 0.08, np.exp(rng.uniform(np.log(50), np.log(250), clips)), 1e-3)
        end = np.where(rng.random(clips) < 0.3, rng.uniform(8000, 17000, clips), 1e6)
        depth, width = rng.uniform(4, 9, clips), rng.uniform(100, 800, clips)
        curves = []
        for window in (LONG_WINDOW, SHORT_WINDOW):
            frequency = np.maximum(np.arange(window // 2 + 1) * SAMPLE_RATE / window, 10.0)
            position = np.log2(np.maximum(frequency, 40) / 40) / np.log2(22050 / 40) * (EQUALISER_POINTS - 1)
            low = np.floor(position).astype(int).clip(0, EQUALISER_POINTS - 2)
            part = position - low
            gain = 10 ** ((points[:, low] * (1 - part) + points[:, low + 1] * part) / 10)
            gain /= 1 + (frequency / dull[:, None]) ** 4
            gain /= 1 + (thin[:, None] / frequency) ** 4
            gain *= 10 ** -(depth[:, None] * np.clip((frequency - end[:, None]) / width[:, None], 0, 1))
            curves.append(torch.from_numpy(gain.astype(np.float32))[:, None])
        return curves[0], curves[1]

    def batch(self, clips: int) -> dict[str, torch.Tensor]:
        drawn = [self.draw() for _ in range(clips)]
        long, short = spectra(torch.from_numpy(np.stack([clip.audio for clip in drawn])))
        if not self._plain:
            curves = self._equaliser(clips)
            long, short = long * curves[0], short * curves[1]
        level_db = self._rng.normal(0, 4, clips) + np.where(self._rng.random(clips) < 0.15, self._rng.uniform(-20, 6, clips), 0)
        level = torch.from_numpy(10 ** (level_db / 10)).float()
        scale = level * 0.375 * LONG_WINDOW / (2 * long.sum(-1).mean(-1) / LONG_WINDOW + 1e-3)
        return {"long": long * scale[:, None, None], "short": short * scale[:, None, None], **{
            name: torch.from_numpy(np.stack([getattr(clip, name) for clip in drawn])) for name in ("targets", "weights", "velocities", "offsets")}}


def spectra(audio: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Power spectra of (batch, samples): long (batch, frames, 1025) and short (batch, 3 * frames, 257), frames = (samples - 2048) // 441.

    Long window f is centred on sample MARGIN + 441 f, short window s on MARGIN + 147 (s - 1).
    """
    frames = (audio.shape[1] - 2 * MARGIN) // HOP
    found = []
    for window, hop, first, count in ((LONG_WINDOW, HOP, MARGIN, frames), (SHORT_WINDOW, SHORT_HOP, MARGIN - SHORT_HOP, SHORTS * frames)):
        begin = first - window // 2
        pieces = audio[:, begin:begin + (count - 1) * hop + window]
        spectrum = torch.stft(pieces, window, hop, window=torch.hann_window(window), center=False, return_complex=True)
        found.append((spectrum.real ** 2 + spectrum.imag ** 2).transpose(1, 2).contiguous())
    return found[0], found[1]
