"""Held-out sounds as files, to be searched by the program itself: python3 aloud.py BANKS THRESHOLDS FOLDER --split test --numbers 0 2000.

FOLDER/sounds/*.wav (names say nothing) and FOLDER/judged.json: for every query of queries.json the files that fulfil it and those that nobody can judge. Import the sounds with
`backbeat samples import`, ask with `backbeat samples search`, and take recall@10 as `evaluate.py` does.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile
from captions import relevant, unjudged
from labels import SPLITS, TEST
from measures import INDEX, load_thresholds, measure, nouns_of, truths
from render import SAMPLE_RATE, Sources, make_sound

QUERIES = Path(__file__).resolve().parent / "queries.json"
PEAK = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("banks", type=Path)
    parser.add_argument("thresholds", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", choices=SPLITS, default=TEST)
    parser.add_argument("--numbers", type=int, nargs=2, default=(0, 2000))
    arguments = parser.parse_args()
    sounds, thresholds = Sources(arguments.banks, arguments.split), load_thresholds(arguments.thresholds)
    (arguments.folder / "sounds").mkdir(parents=True, exist_ok=True)
    names, rows = [], []
    for number in range(*arguments.numbers):
        sound = make_sound(sounds, number)
        names.append(f"s{number:06d}.wav")
        rows.append(truths(measure(sound.audio, SAMPLE_RATE), sound.sure, sound.doubtful, nouns_of(sound.instrument, sound.kind), thresholds))
        soundfile.write(arguments.folder / "sounds" / names[-1], PEAK * sound.audio, SAMPLE_RATE, "PCM_16")
    truth, judged = np.stack(rows), []
    for query in json.loads(QUERIES.read_text()):
        needs = [INDEX[name] for name in query["needs"]]
        fits, doubtful = relevant(truth, needs)[0], unjudged(truth, needs)
        judged.append({"text": query["text"], "by": query["by"], "fits": [name for name, fit in zip(names, fits) if fit],
                       "unjudged": [name for name, doubt in zip(names, doubtful) if doubt]})
    (arguments.folder / "judged.json").write_text(json.dumps(judged, indent=1) + "\n")


if __name__ == "__main__":
    main()
