"""POP909 songs (Wang et al., ISMIR 2020; MIT) as musical material: piano, melody and chords per beat.

The compositions belong to others; renderings are for training only and are never shipped.
"""
from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple

from groove_midi import data_root
from midi_file import Note, parse_midi
from numpy.random import Generator

ARCHIVE = "pop909/pop909-midi.zip"
PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
CHORD_INTERVALS = (("maj7", (0, 4, 7, 11)), ("min7", (0, 3, 7, 10)), ("maj", (0, 4, 7)), ("min", (0, 3, 7)), ("dim", (0, 3, 6)),
                   ("aug", (0, 4, 8)), ("sus2", (0, 2, 7)), ("sus4", (0, 5, 7)), ("7", (0, 4, 7, 10)))


class Chord(NamedTuple):
    start: float
    duration: float
    root: int
    intervals: tuple[int, ...]


class Song(NamedTuple):
    """Times in quarters."""

    piano: list[Note]
    melody: list[Note]
    chords: list[Chord]


def parse_chord(label: str) -> tuple[int, tuple[int, ...]] | None:
    """Root pitch class and intervals of a label such as 'F#:min7/b3'; None for 'N' (no chord)."""
    name, _, quality = label.partition(":")
    if name[:1] not in PITCH_CLASSES:
        return None
    root = PITCH_CLASSES[name[0]] + name.count("#") - name[1:].count("b")
    return root % 12, next((steps for prefix, steps in CHORD_INTERVALS if quality.startswith(prefix)), (0, 4, 7))


class Songbook:
    def __init__(self, archive: Path | None = None):
        self._zip = zipfile.ZipFile(archive or data_root() / ARCHIVE)
        names = self._zip.namelist()
        self._songs = sorted(name for name in names if name.endswith(".mid") and "/versions/" not in name)
        self._names = set(names)

    def choose(self, rng: Generator) -> Song:
        name = self._songs[rng.integers(len(self._songs))]
        midi = parse_midi(self._zip.read(name))
        tracks = {title.upper(): notes for title, notes in midi.tracks}
        bpm = midi.tempos[0][1] if midi.tempos else 120.0
        chords = []
        chord_file = name.rsplit("/", 1)[0] + "/chord_midi.txt"
        if chord_file in self._names:
            for line in self._zip.read(chord_file).decode("utf-8").splitlines():
                start, end, label = line.split()[:3]
                chord = parse_chord(label)
                if chord:
                    chords.append(Chord(float(start) * bpm / 60, (float(end) - float(start)) * bpm / 60, *chord))
        return Song(tracks.get("PIANO", []), sorted(tracks.get("MELODY", []) + tracks.get("BRIDGE", [])), chords)
