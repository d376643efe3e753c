"""The Groove MIDI Dataset (Gillick et al., ICML 2019; CC BY 4.0), read from its zip.

Positions are in quarters. The nine classes are those of GrooVAE and of the project's measures, in the same order.
"""
from __future__ import annotations

import csv
import io
import os
import zipfile
from pathlib import Path
from typing import NamedTuple

from midi_file import parse_midi

CLASS_NAMES = ("kick", "snare", "closed-hat", "open-hat", "low-tom", "mid-tom", "high-tom", "crash", "ride")
CLASS_PITCHES = ((36, 35), (38, 37, 40, 39), (42, 22, 44), (46, 26), (43, 58, 41), (47, 45), (50, 48), (49, 52, 55, 57), (51, 53, 59))
CLASS_OF_PITCH = {pitch: index for index, pitches in enumerate(CLASS_PITCHES) for pitch in pitches}
ARCHIVE = "gmd/groove-v1.0.0-midionly.zip"


class Stroke(NamedTuple):
    """One drum stroke: position in quarters from the start, TD-11 pitch, velocity 1..127."""

    at: float
    pitch: int
    velocity: int


class Performance(NamedTuple):
    id: str
    drummer: str
    style: str
    bpm: float
    beat_type: str
    time_signature: str
    split: str
    strokes: list[Stroke]


def data_root() -> Path:
    """The folder of the data sets, from the environment variable BACKBEAT_DATA."""
    root = os.environ.get("BACKBEAT_DATA")
    if not root:
        raise SystemExit("Set BACKBEAT_DATA to the folder that holds gmd/, pop909/ and mdb-drums/.")
    return Path(root)


def load_performances(splits: tuple[str, ...], archive: Path | None = None) -> list[Performance]:
    """All performances of `splits` in the order of info.csv, strokes sorted by time."""
    performances = []
    with zipfile.ZipFile(archive or data_root() / ARCHIVE) as zipped:
        names = {name.split("groove/", 1)[-1]: name for name in zipped.namelist()}
        rows = csv.DictReader(io.StringIO(zipped.read(names["info.csv"]).decode("utf-8")))
        for row in rows:
            if row["split"] not in splits:
                continue
            midi = parse_midi(zipped.read(names[row["midi_filename"]]))
            strokes = sorted(
                Stroke(note.start, note.pitch, note.velocity)
                for _, notes in midi.tracks for note in notes if note.pitch in CLASS_OF_PITCH
            )
            performances.append(Performance(
                row["id"], row["drummer"], row["style"], float(row["bpm"]), row["beat_type"],
                row["time_signature"], row["split"], strokes,
            ))
    return performances
