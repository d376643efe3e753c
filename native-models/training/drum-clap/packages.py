"""Kits of one-shots in Debian packages that need not be installed: fetched by apt, unpacked into a folder, read by the names of their files.

Licences as the packages state them (their debian/copyright). Share-alike sources (CC BY-SA) validate only: nothing is trained on them.
"""
from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path
from typing import Callable, Iterator, NamedTuple

import numpy as np
import soundfile
from drumsynth import render_patch
from effects import SAMPLE_RATE, to_stereo
from labels import TRAIN, VALIDATION
from scipy.signal import resample_poly

Label = tuple[str, str]
Hit = tuple[Label, np.ndarray]


class FolderKit(NamedTuple):
    """Files of a package by name: the first pattern that matches says what a file is, None that it is left out."""
    name: str
    package: str
    path: str
    split: str
    licence: str
    origin: str
    names: tuple[tuple[Label | None, str], ...]


SONIC_PI = (
    (None, r"^(loop|bass|guit|ambi)_|roll|elec_cymbal|fuzz_tom"), (("kick", ""), r"^bd_|drum_(bass|heavy)|_kick"), (("snare", ""), r"^sn_|snare"),
    (("lt", ""), r"tom_lo"), (("mt", ""), r"tom_mid"), (("ht", ""), r"tom_hi"), (("chh", ""), r"cymbal_closed"), (("ohh", ""), r"cymbal_open"),
    (("phh", ""), r"cymbal_pedal"), (("crash", "splash"), r"splash"), (("crash", ""), r"cymbal_(soft|hard)"), (("perc", "cowbell"), r"cowbell"),
    (("perc", "bell"), r"bell|chime"), (("perc", "snap"), r"snap"), (("fx", "impact"), r"impact|cineboom|perc_door"), (("fx", "sweep"), r"sw[ao]+sh"),
    (("perc", "woodblock"), r"elec_wood"), (("perc", "triangle"), r"triangle"), (("perc", ""), r"^tabla_|perc_till|elec_bong"), (("fx", "blip"), r"^elec_"),
    (("fx", "scratch"), r"backspin|scratch|rewind"), (("fx", "vinyl"), r"hiss"), (("fx", "glitch"), r"^glitch|mehackit"), (("fx", ""), r"^misc_"))
LMMS = (
    (None, r"^(drumsynth|beats|bass|latin|stringsnpads|instruments|shapes|waveforms)|snare_rim|nasty_bass|/tom0"), (("kick", ""), r"bassdrum|kick"), (("snare", ""), r"snare"), (("rim", ""), r"sidestick|rim"), (("clap", ""), r"clap"),
    (("chh", ""), r"hihat_closed"), (("phh", ""), r"foot_pedal"), (("ohh", ""), r"hihat_opened"), (("crash", ""), r"crash"), (("ride", ""), r"ride"),
    (("ht", ""), r"tom_hi"), (("mt", ""), r"tom_mid"), (("lt", ""), r"tom_low"), (("perc", "shaker"), r"shaker"), (("perc", "claves"), r"clav"),
    (("perc", "woodblock"), r"wood"), (("fx", "zap"), r"zap"), (("fx", "scratch"), r"effects/scratch"), (("fx", "impact"), r"effects/explode"),
    (("fx", "sweep"), r"effects/filter_sweep"), (("fx", ""), r"effects/(warp|start|stop)"), (("perc", "snap"), r"misc/snap"), (("perc", "bell"), r"dong"),
    (("fx", "applause"), r"applause|crowd"))
FREEPATS = (
    (None, r"roll|metronome|square_click|belltree"), (("kick", ""), r"kick"), (("snare", ""), r"snare"), (("rim", ""), r"stick_rim"), (("clap", ""), r"clap"), (("phh", ""), r"hat_pedal"),
    (("ohh", ""), r"hat_open"), (("chh", ""), r"hat_closed"), (("lt", ""), r"tom_low"), (("mt", ""), r"tom_mid"), (("ht", ""), r"tom_high"),
    (("crash", "china"), r"chinese"), (("crash", "splash"), r"splash"), (("crash", ""), r"crash"), (("ride", "bell of a ride"), r"ride_bell"), (("ride", ""), r"ride"),
    (("perc", "cowbell"), r"cow_bell"), (("perc", "tambourine"), r"tombourine"), (("perc", "vibraslap"), r"vibra"), (("perc", "woodblock"), r"wood_block"), (("fx", "zap"), r"high_q"),
    *(((("perc", name)), name) for name in (
        "snap", "sticks", "timbale", "cabasa", "bongo", "conga", "guiro", "claves", "agogo", "whistle", "cuica", "maracas", "triangle", "shaker")))
DRUMSYNTH = (
    (None, r"misc_synth|misc_bass|instrument/|magnetboy|foot|half_open|hihatopclo|verylong|test\.ds"),
    (("ride", ""), r"ride"), (("chh", ""), r"pedal_hh"), (("crash", ""), r"cymbal|[_/]cym|ramacym"),
    (("ohh", ""), r"open.*(hat|hh)|(hat|hh).*open|_oh\b|hat[_-]o|h_open|_oh\."), (("clap", ""), r"clap"), (("rim", ""), r"rim|linn_stk"),
    (("perc", "cowbell"), r"cowb|_cow\b|linn_cow"), (("perc", "claves"), r"clav"), (("perc", "tambourine"), r"tamb"), (("perc", "maracas"), r"maracas"),
    (("perc", "shaker"), r"shak"), (("perc", "conga"), r"cong|cga"), (("perc", "bongo"), r"bongo"), (("perc", "guiro"), r"guiro"), (("perc", "triangle"), r"triangle"),
    (("perc", "woodblock"), r"wood(?!en)"), (("perc", "timbale"), r"timbale"), (("perc", "taiko"), r"taiko"), (("perc", "bell"), r"bell"), (("perc", "cabasa"), r"linn_cab"),
    (("perc", "vibraslap"), r"vibra"), (("chh", ""), r"misc_hats|hat|(^|[_/])hh"), (("snare", ""), r"snare|(^|[_/])sn([_.]|$|r)|jazzsnr|s_linn|s_8bit|s_reverb"),
    (("lt", ""), r"tom_lo?\b|tom_l|low_key_tom|low_bit_tom"), (("mt", ""), r"tom_mid"), (("ht", ""), r"tom_hi|tom_h\b|tom_h\."),
    (("kick", ""), r"kick|(^|[_/])bd|_bd|bass_drum|808|k_(linn|8bit|reverb|muffle)|linn_kik|fisa_k_k"), (None, r"tom"), (("fx", "zap"), r"laser|hi-q"),
    (("fx", "reverse"), r"reverse"), (("fx", "impact"), r"thunder|gunshot|detonate|a_blast"), (("fx", ""), r"effects/|misc_fx"), (("perc", ""), r"misc_perc"))
STK = (
    (("kick", ""), r"bassdrum"), (("snare", ""), r"snardrum"), (("ht", ""), r"tomhi"), (("mt", ""), r"tommid"), (("lt", ""), r"tomlow"), (("ride", ""), r"ridecymb"),
    (("crash", ""), r"crashcym"), (("perc", "cowbell"), r"cowbell"), (("perc", "tambourine"), r"tambourn"), (("chh", ""), r"hihatcym"))
EXADRUMS = (
    (("kick", ""), r"^BD"), (("snare", ""), r"^Snr"), (("ht", ""), r"Tom01"), (("lt", ""), r"Tom03"), (("ride", "bell of a ride"), r"RideBell"), (("crash", ""), r"^Crash"))
# Hats, rides and the splash are those of The Black Pearl, which tests (`leaks.py`).
RED_ZEPPELIN = (
    (None, r"Hat|Splash|Ride|Spla-|Choke|CrashC|Paiste"), (("kick", ""), r"^36"), (("rim", ""), r"^37"), (("snare", ""), r"^(38|40)"), (("clap", ""), r"^39"), (("lt", ""), r"^4[13]"),
    (("mt", ""), r"^4[57]"), (("crash", ""), r"^(49|57)"), (("perc", "tambourine"), r"^54"), (("perc", "cowbell"), r"^56"), (("perc", "maracas"), r"^64"))

FOLDER_KITS = (
    FolderKit("sonic-pi", "sonic-pi-samples", "usr/share/sonic-pi/samples", TRAIN, "CC0", "", SONIC_PI),
    FolderKit("lmms", "lmms-common", "usr/share/lmms/samples", TRAIN, "GPL-2+", "", LMMS),
    FolderKit("drumsynth", "lmms-common", "usr/share/lmms/samples/drumsynth", TRAIN, "GPL-2+", "electronic", DRUMSYNTH),
    FolderKit("freepats", "freepats", "usr/share/midi/freepats/Drum_000", TRAIN, "GPL-2+ with composition exception", "acoustic", FREEPATS),
    FolderKit("stk", "stk", "usr/share/stk/rawwaves", TRAIN, "STK (permissive)", "acoustic", STK),
    FolderKit("exadrums", "exadrums", "usr/share/exadrums", TRAIN, "BSD-3-Clause", "acoustic", EXADRUMS),
    FolderKit("red-zeppelin", "avldrums.lv2-soundfont", "usr/share/sounds/sf2/Red_Zeppelin_4_LV2.sf2", VALIDATION, "CC-BY-SA-3.0", "acoustic", RED_ZEPPELIN))


def fetch(package: str, folder: Path) -> Path:
    """The package's files below `folder`/`package`; downloads it when they are not there."""
    unpacked = folder / package
    if not unpacked.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
        archive = next(folder.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg", "-x", archive, unpacked], check=True)
        archive.unlink()
    return unpacked


def _at_rate(audio: np.ndarray, rate: int) -> np.ndarray:
    divisor = int(np.gcd(rate, SAMPLE_RATE))
    return audio if rate == SAMPLE_RATE else resample_poly(audio, SAMPLE_RATE // divisor, rate // divisor, axis=0)


def _read_patch(path: Path) -> np.ndarray:
    """The first sample of a Gravis patch: 239 bytes of headers, then 96 of the sample's own."""
    data = path.read_bytes()
    size, = struct.unpack_from("<I", data, 239 + 8)
    rate, = struct.unpack_from("<H", data, 239 + 20)
    modes = data[239 + 55]
    raw = np.frombuffer(data, np.dtype("<i2" if modes & 1 else "i1"), size // (2 if modes & 1 else 1), 239 + 96)
    if modes & 2:
        raw = raw ^ np.array(-32768 if modes & 1 else -128, raw.dtype)
    return _at_rate(raw.astype(np.float64)[:, None] / (32768 if modes & 1 else 128), rate)


def _read(path: Path) -> np.ndarray:
    if path.suffix == ".pat":
        return _read_patch(path)
    if path.suffix == ".raw":
        return _at_rate(np.fromfile(path, ">i2").astype(np.float64)[:, None] / 32768, 22050)
    if path.suffix == ".ds":
        patch = render_patch(path)
        return np.zeros((1, 1)) if patch is None else patch[:, None]
    try:
        audio, rate = soundfile.read(path, always_2d=True)
    except soundfile.LibsndfileError:
        # Some files of a package are damaged.
        return np.zeros((1, 1))
    return _at_rate(audio, rate)


def font_samples(path: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Name and audio of every mono or left sample of an uncompressed SF2 file."""
    data = path.read_bytes()
    audio_at = data.index(b"smpl") + 8
    headers = data.index(b"shdr")
    size, = struct.unpack_from("<I", data, headers + 4)
    for at in range(headers + 8, headers + 8 + size - 46, 46):
        name = data[at:at + 20].split(b"\0")[0].decode("latin-1")
        start, end, _, _, rate, _, _, _, kind = struct.unpack_from("<IIIIIBbHH", data, at + 20)
        if kind & 2 == 0:
            yield name, _at_rate(np.frombuffer(data, "<i2", end - start, audio_at + 2 * start).astype(np.float64)[:, None] / 32768, rate)


def folder_hits(kit: FolderKit, packages: Path, trim: Callable[[np.ndarray], np.ndarray | None]) -> Iterator[Hit]:
    place = fetch(kit.package, packages) / kit.path
    if place.suffix == ".sf2":
        found: Iterator[tuple[str, Callable[[], np.ndarray]]] = ((name, lambda audio=audio: audio) for name, audio in font_samples(place))
    else:
        found = ((str(path.relative_to(place)), lambda path=path: _read(path)) for path in sorted(place.rglob("*"))
                 if path.suffix.lower() in (".wav", ".flac", ".ogg", ".pat", ".raw", ".ds"))
    for name, read in found:
        label = next((label for label, pattern in kit.names if re.search(pattern, name if kit.name in ("exadrums", "red-zeppelin") else name.lower())), None)
        hit = trim(to_stereo(read()).astype(np.float32)) if label is not None else None
        if label is not None and hit is not None and len(hit) > 200:
            yield label, hit.mean(1)
