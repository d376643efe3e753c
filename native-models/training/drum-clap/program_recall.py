"""Recall@10 of the program's own search: python3 program_recall.py FOLDER [--most 40], after `aloud.py` and `backbeat samples import FOLDER/sounds` into an empty home."""
from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
from evaluate import TOP

PROGRAM = Path(__file__).resolve().parents[3] / "scripts" / "backbeat.mjs"
ASKED = 200
LEAST_FITTING = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--by", choices=("hand", "grammar"))
    parser.add_argument("--most", type=int, default=1000)
    arguments = parser.parse_args()
    scores: dict[str, list[float]] = {}
    queries = [query for query in json.loads((arguments.folder / "judged.json").read_text()) if len(query["fits"]) >= LEAST_FITTING and arguments.by in (None, query["by"])]
    for query in queries[:arguments.most]:
        lines = subprocess.run(["node", PROGRAM, "samples", "search", query["text"], "--limit", str(ASKED), "--json"], check=True, capture_output=True, text=True).stdout.splitlines()
        unjudged, fits = set(query["unjudged"]), set(query["fits"])
        found = [name for line in lines if (name := json.loads(line)["name"] + ".wav") not in unjudged][:TOP]
        scores.setdefault(query["by"], []).append(sum(name in fits for name in found) / min(TOP, len(fits)))
        print(f"{scores[query['by']][-1]:.2f} {query['text']}", flush=True)
    for by, values in scores.items():
        print(f"{by}: recall@10 {np.mean(values):.4f} ({len(values)} queries with {LEAST_FITTING} fitting sounds or more)")


if __name__ == "__main__":
    main()
