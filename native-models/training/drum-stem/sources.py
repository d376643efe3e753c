"""Sampled instruments that training audio may be made from, each with its licence as stated by its Debian package.

The statements are in /usr/share/doc/{fluid-soundfont-gm,musescore-general-soundfont-small,timgm6mb-soundfont,
hydrogen-drumkits}/copyright. Share-alike kits (BJA_Pacific, circAfrique) are left out on purpose; a source that is not
installed is skipped.
"""
from __future__ import annotations

import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile
from effects import SAMPLE_RATE, normalise_peak, to_stereo
from midi_file import Note, encode_midi
from scipy.signal import resample_poly


class SoundFont(NamedTuple):
    name: str
    path: str
    licence: str
    drum_programs: tuple[int, ...]


SOUND_FONTS = (
    SoundFont("fluid-r3", "/usr/share/sounds/sf2/FluidR3_GM.sf2", "MIT", (0, 1, 2, 3, 8, 16, 24, 25, 32, 40)),
    SoundFont("musescore-general", "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3", "MIT, parts CC0 or public domain",
              (0, 8, 16, 24, 25, 32, 40)),
    SoundFont("timgm6mb", "/usr/share/sounds/sf2/TimGM6mb.sf2", "GPL-2", (0, 8, 16, 24, 25, 32, 40)),
)
HYDROGEN_FOLDER = Path("/usr/share/hydrogen/data/drumkits")
HYDROGEN_KITS = {
    "Audiophob": "CC0",
    "rumpf_kit_z01_h2": "CC-BY-3.0, Emanuel Rumpf",
    "ElectricEmpireKit": "GPL-2+ and all rights granted by the author",
    "HardElectro1": "GPL-2+ and all rights granted by the author",
    "VariBreaks": "GPL-2+ and all rights granted by the author",
    "ColomboAcousticDrumkit": "GPL-2+ with composition exception",
    "ForzeeStereo": "GPL-2",
    "The Black Pearl 1.0": "GPL-2",
    "Millo-Drums_v.1": "GPL-2",
    "Millo_MultiLayered2": "GPL-2",
    "Millo_MultiLayered3": "GPL-2",
}
PIECES = ("kick", "snare", "rimshot", "cross-stick", "high-tom", "mid-tom", "low-tom", "closed-hat", "pedal-hat",
          "open-hat", "crash", "ride", "bell")
GENERAL_MIDI_PITCH = dict(zip(PIECES, (36, 38, 40, 37, 48, 45, 41, 42, 44, 46, 49, 51, 53)))
HIT_SECONDS = 2.6
# First match wins, on the lower-case name that the kit gives its instrument.
HYDROGEN_NAMES = (
    ("kick", r"kick|bass ?drum|\bbd\b"), ("cross-stick", r"stick|rim click|\bside"), ("rimshot", r"snare.*rim ?shot"),
    ("snare", r"snare"), ("open-hat", r"hat.*(op|swish)|open hh|op hh|ohh"), ("pedal-hat", r"hat.*(ped|pd)|pedal hh"),
    ("closed-hat", r"hat|hh"), ("low-tom", r"tom.*(low|floor)|(low|floor).*tom"), ("mid-tom", r"tom.*(mid|2)|mid.*tom"),
    ("high-tom", r"tom"), ("bell", r"bell|cup"), ("ride", r"ride"), ("crash", r"crash|china|splash"),
)

Hit = np.ndarray
"""float32 (frames, 2), peak 1, beginning at most 1 ms before its attack."""
Kit = dict[str, list[list[Hit]]]
"""For each piece the instruments that can play it, each a list of layers from soft to hard."""


def render_notes(font: SoundFont, notes: list[Note], program: int, channel: int = 0) -> np.ndarray:
    """Renders `notes` (seconds) through FluidSynth without its effects; float32 (frames, 2)."""
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder) / "part.mid", Path(folder) / "part.wav"
        midi.write_bytes(encode_midi(notes, program, channel))
        subprocess.run(
            ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(SAMPLE_RATE), "-R", "0", "-C", "0",
             "-o", "synth.dynamic-sample-loading=1", "-F", str(wave), "-T", "wav", "-O", "float", font.path, str(midi)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        return soundfile.read(wave, dtype="float32", always_2d=True)[0]


def trim_hit(audio: np.ndarray) -> Hit | None:
    """Cuts to the attack's foot and fades the end; None for near silence."""
    level = np.abs(audio).max(1)
    if level.max() < 1e-4:
        return None
    onset = max(0, int(np.argmax(level > 0.02 * level.max())) - 40)
    hit = normalise_peak(to_stereo(audio)[onset:onset + int(HIT_SECONDS * SAMPLE_RATE)])
    fade = min(2000, len(hit))
    hit[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    loud = np.flatnonzero(np.abs(hit).max(1) > 5e-4)
    return hit[:loud[-1] + 1].astype(np.float32)


def sound_font_kit(font: SoundFont, program: int) -> Kit:
    """Every piece at three velocities, cut out of one rendering with a hit every `HIT_SECONDS`."""
    wanted = [(piece, velocity) for piece in PIECES for velocity in (45, 85, 120)]
    notes = [Note(i * HIT_SECONDS, 0.5, GENERAL_MIDI_PITCH[piece], velocity) for i, (piece, velocity) in enumerate(wanted)]
    audio = render_notes(font, notes, program, channel=9)
    layers: dict[str, list[Hit]] = {}
    for index, (piece, _) in enumerate(wanted):
        start = int(index * HIT_SECONDS * SAMPLE_RATE)
        hit = trim_hit(audio[start:start + int((HIT_SECONDS - 0.05) * SAMPLE_RATE)])
        if hit is not None:
            layers.setdefault(piece, []).append(hit)
    return {piece: [hits] for piece, hits in layers.items()}


def hydrogen_kit(folder: Path) -> Kit:
    """Reads a Hydrogen drumkit.xml; instruments whose name matches no piece are ignored."""
    text = re.sub(r'xmlns="[^"]*"', "", (folder / "drumkit.xml").read_text("utf-8", "ignore"))
    kit: Kit = {}
    for instrument in ElementTree.fromstring(text).iter("instrument"):
        name = (instrument.findtext("name") or "").lower()
        piece = next((piece for piece, pattern in HYDROGEN_NAMES if re.search(pattern, name)), None)
        files = [(float(layer.findtext("max") or 1), folder / (layer.findtext("filename") or ""))
                 for layer in instrument.iter("layer")]
        if not files and instrument.findtext("filename"):
            files = [(1.0, folder / (instrument.findtext("filename") or ""))]
        files = [(top, path) for top, path in files if path.is_file()]
        if piece is None or not files:
            continue
        hits = [_read_hit(path) for _, path in sorted(files)]
        hits = [hit for hit in hits if hit is not None]
        if hits:
            kit.setdefault(piece, []).append(hits)
    return kit


def _read_hit(path: Path) -> Hit | None:
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True, frames=int(4 * 48000))
    if rate != SAMPLE_RATE:
        audio = resample_poly(audio, SAMPLE_RATE, rate, axis=0).astype(np.float32)
    return trim_hit(audio)


def load_kits() -> dict[str, Kit]:
    """All installed kits by name."""
    kits = {}
    for font in SOUND_FONTS:
        if Path(font.path).is_file():
            for program in font.drum_programs:
                kits[f"{font.name}/{program}"] = sound_font_kit(font, program)
    for name in HYDROGEN_KITS:
        if (HYDROGEN_FOLDER / name / "drumkit.xml").is_file():
            kits[name] = hydrogen_kit(HYDROGEN_FOLDER / name)
    return {name: kit for name, kit in kits.items() if "kick" in kit}
