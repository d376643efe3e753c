"""What a one-shot may be called: instruments, groups, kinds, and the split of kits between training, validation and test."""
from __future__ import annotations

INSTRUMENTS = ("kick", "snare", "rim", "clap", "chh", "phh", "ohh", "lt", "mt", "ht", "crash", "ride", "perc", "fx")
"""Codes of the app."""
GROUPS = {"hat": ("chh", "phh", "ohh"), "tom": ("lt", "mt", "ht"), "cymbal": ("crash", "ride")}
GATE_CLASSES = ("kick", "snare", "rim", "clap", "chh", "ohh", "lt", "ht", "crash", "ride", "perc", "fx")
"""The twelve classes of the gate: pedal hats count as closed ones, middle toms as neither low nor high."""
GATE_CLASS_OF = {**{name: name for name in GATE_CLASSES}, "phh": "chh"}

PERCUSSION = (
    "cowbell", "conga", "bongo", "timbale", "agogo", "claves", "woodblock", "shaker", "maracas", "cabasa", "tambourine", "triangle", "guiro",
    "castanets", "snap", "sticks", "bell", "vibraslap", "cuica", "whistle", "djembe", "taiko", "timpani")
EFFECTS = ("riser", "fall", "zap", "vinyl", "reverse", "impact", "glitch", "sweep", "scratch", "drop", "blip", "stab", "nature", "applause")
OTHER_KINDS = ("splash", "china", "bell of a ride", "rimshot", "brush")
KINDS = PERCUSSION + EFFECTS + OTHER_KINDS
"""Finer names, where the source tells them."""
ORIGINS = ("electronic", "acoustic", "808", "909")
TREATMENTS = ("roomy", "dry", "distorted", "clean", "lofi")

# General MIDI level 1 and 2 percussion keys (RP-003, RP-024).
GENERAL_MIDI = {
    27: ("fx", "zap"), 28: ("perc", "snap"), 29: ("fx", "scratch"), 30: ("fx", "scratch"), 31: ("perc", "sticks"), 32: ("fx", "blip"), 33: ("fx", "blip"),
    34: ("perc", "bell"), 35: ("kick", ""), 36: ("kick", ""), 37: ("rim", ""), 38: ("snare", ""), 39: ("clap", ""), 40: ("snare", ""), 41: ("lt", ""),
    42: ("chh", ""), 43: ("lt", ""), 44: ("phh", ""), 45: ("mt", ""), 46: ("ohh", ""), 47: ("mt", ""), 48: ("ht", ""), 49: ("crash", ""), 50: ("ht", ""),
    51: ("ride", ""), 52: ("crash", "china"), 53: ("ride", "bell of a ride"), 54: ("perc", "tambourine"), 55: ("crash", "splash"), 56: ("perc", "cowbell"),
    57: ("crash", ""), 58: ("perc", "vibraslap"), 59: ("ride", ""), 60: ("perc", "bongo"), 61: ("perc", "bongo"), 62: ("perc", "conga"), 63: ("perc", "conga"),
    64: ("perc", "conga"), 65: ("perc", "timbale"), 66: ("perc", "timbale"), 67: ("perc", "agogo"), 68: ("perc", "agogo"), 69: ("perc", "cabasa"),
    70: ("perc", "maracas"), 71: ("perc", "whistle"), 72: ("perc", "whistle"), 73: ("perc", "guiro"), 74: ("perc", "guiro"), 75: ("perc", "claves"),
    76: ("perc", "woodblock"), 77: ("perc", "woodblock"), 78: ("perc", "cuica"), 79: ("perc", "cuica"), 80: ("perc", "triangle"), 81: ("perc", "triangle"),
    82: ("perc", "shaker"), 83: ("perc", "bell"), 84: ("perc", "bell"), 85: ("perc", "castanets")}
# Melodic programs (from 0) that are struck or are effects: instrument, kind, keys.
MELODIC = {
    47: ("perc", "timpani", (38, 43, 48)), 55: ("fx", "stab", (48, 55, 60, 67)), 112: ("perc", "bell", (60, 72)), 113: ("perc", "agogo", (60, 67, 74)),
    115: ("perc", "woodblock", (60, 67, 74)), 116: ("perc", "taiko", (40, 48, 55)), 119: ("fx", "reverse", (48, 55, 60, 67)),
    120: ("fx", "scratch", (48, 60, 72)), 122: ("fx", "nature", (48, 60, 72)), 123: ("fx", "nature", (60, 72)), 124: ("fx", "blip", (60, 72)),
    125: ("fx", "nature", (48, 60)), 126: ("fx", "applause", (48, 60)), 127: ("fx", "impact", (36, 48, 60, 67))}
# In melodic tom and synth drum the key is the pitch.
TOM_PROGRAMS = {117: "acoustic", 118: "electronic"}
TOM_KEYS = {"lt": (38, 41), "mt": (46, 48), "ht": (55, 59)}

# First match wins, on the lower-case name that a Hydrogen kit gives its instrument.
HYDROGEN_NAMES = (
    ("kick", "", r"kick|bass ?drum|\bbd\b"), ("rim", "", r"rim click|side stick|^stick$|- stick"), ("snare", "rimshot", r"rim ?shot"), ("snare", "", r"snare (?!roll)|snare$"),
    ("clap", "", r"clap"), ("ohh", "", r"hat.*(?<!semi.)op|open (hh|hat)|op hh|ohh|(?<!semi-)hi-hat open"), ("phh", "", r"(hat|hh).*p(e?)d|pedal (hh|hat)"),
    ("chh", "", r"(hat|hh).*cl(?!.* bs)|closed (hh|hat)|side hh"), ("lt", "", r"tom.*(low|floor)|(low|floor).*tom"), ("mt", "", r"tom.*(mid|2$)|mid.*tom"),
    ("ht", "", r"tom.*(hi|1$)|hi.*tom"), ("ride", "bell of a ride", r"ride.*(bell|cup)|paiste bell|^bell$"), ("crash", "china", r"china"), ("crash", "splash", r"splash$"),
    ("crash", "", r"^crash|sabian crash$|crash (left|right|jazz)|- crash$|^cymbal$"), ("ride", "", r"^ride|paiste ride$"), ("perc", "tambourine", r"tambourine"),
    ("perc", "agogo", r"agogo"), ("perc", "cowbell", r"cowbell"), ("perc", "conga", r"conga"), ("perc", "bongo", r"bongo"), ("perc", "maracas", r"maraca"),
    ("perc", "snap", r"snap"), ("perc", "claves", r"clave"), ("perc", "woodblock", r"woodblock"), ("perc", "shaker", r"shaker"), ("perc", "djembe", r"djembe|cajon"),
    ("perc", "bell", r"waterglass|(sangban|dununba|kenkeni).*bell"), ("perc", "", r"sangban|dununba|kenkeni"), ("perc", "whistle", r"whistle"), ("fx", "zap", r"zap"), ("fx", "", r"^fx$"))

# What a file's name says comes before what its instrument is called; `None` leaves the hit out.
HYDROGEN_FILES = (
    (("ride", "bell of a ride"), r"ride.?cup"), (("perc", "sticks"), r"^stick-\d"), (("ride", ""), r"crashride18bow"), (("ride", ""), r"__ride\d"), (("snare", "rimshot"), r"snare.*rimshot"), (None, r"semi.?open"), (("ohh", ""), r"hihat-open"))

# GMRockKit is left out: its hits are those of The Black Pearl, which tests (`leaks.py`: 0 dB).
TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
HYDROGEN_SPLIT = {
    TRAIN: ("Audiophob", "rumpf_kit_z01_h2", "VariBreaks", "Millo-Drums_v.1", "Millo_MultiLayered2", "Millo_MultiLayered3", "ForzeeStereo", "TR808EmulationKit"),
    VALIDATION: ("ElectricEmpireKit", "ColomboAcousticDrumkit", "BJA_Pacific", "circAfrique v4"),
    TEST: ("The Black Pearl 1.0", "HardElectro1", "Gimme A Hand 1.0")}
FONT_SPLIT = {"fluid-r3": TRAIN, "musescore-general": TRAIN, "a320u": TRAIN, "timgm6mb": TEST}
"""MuseScore's font descends from Fluid's, so they are on one side."""
SHARED_WITH_TEST = {"a320u": ("kick", "mt", "ht", "zap", "claves", "cuica", "guiro", "triangle", "whistle")}
"""Instruments and kinds of a font that trains whose samples come near those of TimGM6mb (`leaks.py`): left out."""
FAMILY_SPLIT = {"analogue": TRAIN, "modal": TRAIN, "fm": TRAIN, "plate": TRAIN, "digital": VALIDATION, "waveguide": TEST}
"""Families of our own synthesis: what makes their bodies, noises and metal."""
ELECTRONIC_PROGRAM, DRUM_MACHINE_PROGRAM, BRUSH_PROGRAM = 24, 25, 40
# What differs from General MIDI in Roland's kits, which the fonts follow.
KIT_KEYS = {ELECTRONIC_PROGRAM: {52: ("fx", "reverse")}, BRUSH_PROGRAM: {38: ("snare", "brush"), 39: ("snare", "brush"), 40: ("snare", "brush")}}
ELECTRONIC_INSTRUMENTS = ("kick", "snare", "lt", "mt", "ht")
DRUM_MACHINE_KEYS = (*range(35, 39), *range(40, 51), 56, 62, 63, 64, 70, 75)
HYDROGEN_ORIGINS = {"ElectricEmpireKit": "electronic", "HardElectro1": "electronic", "TR808EmulationKit": "808", "VariBreaks": "", "Audiophob": ""}
"""Acoustic, where nothing is said here."""
