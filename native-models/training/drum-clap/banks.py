"""Dry hits out of sound fonts, Hydrogen kits and folders of one-shots: python3 banks.py FOLDER PACKAGES: one BANK.npy (int16 mono, 44.1 kHz) and
BANK.json a kit. PACKAGES holds Debian packages that need not be installed, fetched by apt when they are not there."""
from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Iterator, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parent / "drum-stem")]

import numpy as np
from labels import (DRUM_MACHINE_KEYS, DRUM_MACHINE_PROGRAM, ELECTRONIC_INSTRUMENTS, ELECTRONIC_PROGRAM, FONT_SPLIT, GENERAL_MIDI,
                    HYDROGEN_FILES, HYDROGEN_NAMES, HYDROGEN_ORIGINS, HYDROGEN_SPLIT, KIT_KEYS, MELODIC, SHARED_WITH_TEST, TOM_KEYS, TOM_PROGRAMS)
from midi_file import Note
from packages import FOLDER_KITS, fetch, folder_hits
from sources import HYDROGEN_FOLDER, SAMPLE_RATE, SOUND_FONTS, SoundFont, _read_hit, render_notes, trim_hit

SPACING_SECONDS = 2.7
VELOCITIES = (45, 90, 124)
PACKAGED_FONTS = (("denemo-data", "usr/share/sounds/sf2/A320U.sf2", SoundFont("a320u", "", "GPL-2, Milton Paredes", (0, 8, 16, 24, 25, 32, 40))),)
LARGEST_FILE_BYTES = 2 << 30
"""FluidSynth has been seen to write without end."""


class Wanted(NamedTuple):
    instrument: str
    kind: str
    origin: str
    key: int
    velocity: int


class Entry(NamedTuple):
    instrument: str
    kind: str
    origin: str
    velocity: float
    start: int
    length: int


def _render(font: SoundFont, wanted: list[Wanted], program: int, channel: int) -> Iterator[tuple[Wanted, np.ndarray]]:
    notes = [Note(index * SPACING_SECONDS, 1.0, entry.key, entry.velocity) for index, entry in enumerate(wanted)]
    audio = render_notes(font, notes, program, channel)
    for index, entry in enumerate(wanted):
        start = int(index * SPACING_SECONDS * SAMPLE_RATE)
        hit = trim_hit(audio[start:start + int((SPACING_SECONDS - 0.05) * SAMPLE_RATE)])
        if hit is not None and len(hit) > 200:
            yield entry, hit.mean(1)


def _origin(program: int, key: int, instrument: str) -> str:
    if program == DRUM_MACHINE_PROGRAM:
        return "808" if key in DRUM_MACHINE_KEYS else ""
    if program == ELECTRONIC_PROGRAM:
        return "electronic" if instrument in ELECTRONIC_INSTRUMENTS else ""
    return "" if instrument == "fx" else "acoustic"


def drum_kit(font: SoundFont, program: int) -> Iterator[tuple[Wanted, np.ndarray]]:
    wanted = []
    for key, usual in GENERAL_MIDI.items():
        instrument, kind = KIT_KEYS.get(program, {}).get(key, usual)
        velocities = VELOCITIES if instrument not in ("perc", "fx") else VELOCITIES[1:]
        wanted += [Wanted(instrument, kind, _origin(program, key, instrument), key, velocity) for velocity in velocities]
    yield from _render(font, wanted, program, 9)


def melodic_hits(font: SoundFont) -> Iterator[tuple[Wanted, np.ndarray]]:
    for program, (instrument, kind, keys) in MELODIC.items():
        origin = "acoustic" if instrument == "perc" else ""
        yield from _render(font, [Wanted(instrument, kind, origin, key, velocity) for key in keys for velocity in (80, 120)], program, 0)
    for program, origin in TOM_PROGRAMS.items():
        wanted = [Wanted(name, "", origin, key, velocity) for name, keys in TOM_KEYS.items() for key in keys for velocity in (80, 120)]
        yield from _render(font, wanted, program, 0)


def hydrogen_hits(folder: Path) -> Iterator[tuple[Wanted, np.ndarray]]:
    text = re.sub(r'xmlns="[^"]*"', "", (folder / "drumkit.xml").read_text("utf-8", "ignore"))
    origin = HYDROGEN_ORIGINS.get(folder.name, "acoustic")
    for instrument in ElementTree.fromstring(text).iter("instrument"):
        name = (instrument.findtext("name") or "").lower().strip()
        name = re.sub(r" *\([^)]*\)", "", name)
        match = next(((code, kind) for code, kind, pattern in HYDROGEN_NAMES if re.search(pattern, name)), None)
        layers = [(float(layer.findtext("max") or 1), layer.findtext("filename") or "") for layer in instrument.iter("layer")]
        layers = layers or [(1.0, instrument.findtext("filename") or "")]
        for top, file in sorted(layers):
            named = next((label for label, pattern in HYDROGEN_FILES if re.search(pattern, file.lower())), match)
            if match is None or named is None or not file or not (folder / file).is_file():
                continue
            hit = _read_hit(folder / file)
            if hit is not None and len(hit) > 200:
                yield Wanted(*named, origin, 0, int(127 * min(1, top))), hit.mean(1)


def write_bank(folder: Path, name: str, split: str, licence: str, hits: Iterator[tuple[Wanted, np.ndarray]]) -> None:
    path = folder / f"{name.replace(' ', '_').replace('/', '-')}.json"
    if path.is_file():
        return
    entries, parts, at = [], [], 0
    for wanted, hit in hits:
        hit = hit / (np.abs(hit).max() + 1e-9)
        parts.append((hit * 32000).astype(np.int16))
        entries.append(Entry(wanted.instrument, wanted.kind, wanted.origin, round(wanted.velocity / 127, 3), at, len(hit)))
        at += len(hit)
    if not entries:
        return
    np.save(path.with_suffix(".npy"), np.concatenate(parts))
    path.write_text(json.dumps({"name": name, "split": split, "licence": licence, "entries": [entry._asdict() for entry in entries]}))
    print(name, split, len(entries), flush=True)


class Bank(NamedTuple):
    name: str
    audio: np.ndarray
    entries: list[Entry]

    def hit(self, entry: Entry) -> np.ndarray:
        return self.audio[entry.start:entry.start + entry.length].astype(np.float32) / 32000


def load_banks(folder: Path, split: str) -> list[Bank]:
    banks = []
    for path in sorted(folder.glob("*.json")):
        described = json.loads(path.read_text())
        if described["split"] == split:
            banks.append(Bank(described["name"], np.load(path.with_suffix(".npy"), mmap_mode="r"), [Entry(**entry) for entry in described["entries"]]))
    return banks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("packages", type=Path)
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE_BYTES, LARGEST_FILE_BYTES))
    for split, names in HYDROGEN_SPLIT.items():
        for name in names:
            if (HYDROGEN_FOLDER / name / "drumkit.xml").is_file():
                write_bank(folder, name, split, "see drum-stem/sources.py; Gimme A Hand: GPL-2", hydrogen_hits(HYDROGEN_FOLDER / name))
    for kit in FOLDER_KITS:
        hits = ((Wanted(*label, "" if label[0] == "fx" else kit.origin, 0, 127), hit) for label, hit in folder_hits(kit, arguments.packages, trim_hit))
        write_bank(folder, kit.name, kit.split, kit.licence, hits)
    for package, file, font in PACKAGED_FONTS:
        fetch(package, arguments.packages)
        packaged = font._replace(path=str(arguments.packages / package / file))
        left_out = SHARED_WITH_TEST[font.name]
        kits = [(str(program), drum_kit(packaged, program)) for program in font.drum_programs]
        for name, hits in [*kits, ("melodic", melodic_hits(packaged))]:
            kept = ((wanted, hit) for wanted, hit in hits if wanted.instrument not in left_out and wanted.kind not in left_out)
            write_bank(folder, f"{font.name}/{name}", FONT_SPLIT[font.name], font.licence, kept)
    for font in SOUND_FONTS:
        if not Path(font.path).is_file():
            continue
        for program in font.drum_programs:
            write_bank(folder, f"{font.name}/{program}", FONT_SPLIT[font.name], font.licence, drum_kit(font, program))
        write_bank(folder, f"{font.name}/melodic", FONT_SPLIT[font.name], font.licence, melodic_hits(font))


if __name__ == "__main__":
    main()
