"""Captions from what holds of a sound, and queries: python3 captions.py SOUNDS THRESHOLDS QUERIES writes the written-by-grammar part of queries.json.

A caption needs certain predicates of `measures.py`. One in eight combinations of needs is never said in training and is asked about in the test.
"""
from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from labels import ORIGINS, TREATMENTS
from lexicon import ADJECTIVES, FRAMES, JOINTS, NAMES, PHRASES
from measures import INDEX, MEASURES, PREDICATES, TAGS
from numpy.random import Generator

RESERVED_ONE_IN = 8
LETTERS = "abcdefghijklmnopqrstuvwxyz"
QUALITY_WEIGHT = {"roomy": 2.0, "dry": 0.5, "distorted": 2.0, "clean": 0.4, "lofi": 2.5, "electronic": 0.8, "acoustic": 0.8, "808": 2.0, "909": 2.0}
QUALITY_COUNTS, COUNT_CHANCES = (0, 1, 2, 3), (0.14, 0.36, 0.38, 0.12)
SAID_ONLY_OF = {"sub+": ("kick", "lt", "mt", "snare", "tom", "perc", "fx", "all", "djembe", "taiko", "impact", "drop", "conga"),
             "sub-": ("kick", "snare", "clap", "lt", "mt", "ht", "tom", "all", "perc", "fx")}
"""Qualities that are said of these only: a closed hat with more sub than other closed hats is still no boomy sound."""


class Caption(NamedTuple):
    text: str
    needs: list[int]


def is_reserved(needs: list[int]) -> bool:
    """Whether this combination is kept for the test."""
    return len(needs) >= 2 and zlib.crc32("|".join(sorted(PREDICATES[need] for need in needs)).encode()) % RESERVED_ONE_IN == 0


def _qualities(truth: np.ndarray, noun: str, scope: str) -> dict[str, float]:
    """What may be said of a sound that is called `noun`, by how willingly."""
    found = {name: QUALITY_WEIGHT[name] for name in ORIGINS + TREATMENTS if truth[INDEX[name]] == 2}
    for measure in MEASURES:
        for sign in "+-":
            quality = measure + sign
            if truth[INDEX[f"{scope}:{quality}"]] == 2 and noun in SAID_ONLY_OF.get(quality, (noun,)):
                found[quality] = 1.0
    return found


def _index_of(quality: str, scope: str) -> int:
    return INDEX[quality] if quality in INDEX else INDEX[f"{scope}:{quality}"]


def choose_needs(truth: np.ndarray, thresholds: dict[str, np.ndarray], rng: Generator, instrument_tag: str, kind: str) -> tuple[str, str, list[str], list[int]]:
    """What to call the sound, in which scope its qualities are judged, the qualities, and all of that as predicates."""
    groups = [name for name in ("hat", "tom", "cymbal") if truth[INDEX[name]] == 2]
    mood = rng.random()
    noun = kind if kind and mood < 0.55 else groups[0] if groups and mood < 0.15 else "all" if mood > 0.9 else instrument_tag
    scope = noun if noun in thresholds else instrument_tag
    weights = _qualities(truth, noun, scope)
    count = int(rng.choice(QUALITY_COUNTS, p=COUNT_CHANCES))
    count = min(max(count, 1 if noun == "all" else 0), len(weights))
    names = list(weights)
    chances = np.array([weights[name] for name in names])
    qualities = [str(name) for name in rng.choice(names, count, replace=False, p=chances / chances.sum())] if count else []
    needs = [_index_of(quality, scope) for quality in qualities] + ([INDEX[noun]] if noun != "all" else [])
    return noun, scope, qualities, needs


def say(noun: str, qualities: list[str], rng: Generator) -> str:
    adjectives, phrases = [], []
    for quality in qualities:
        if quality in PHRASES and rng.random() < 0.3 and not phrases:
            phrases.append(str(rng.choice(PHRASES[quality])))
        else:
            adjectives.append(str(rng.choice(ADJECTIVES[quality])))
    name = str(rng.choice(NAMES[noun]))
    if adjectives and rng.random() < 0.12:
        text = f"{name}, {' '.join(adjectives)}"
    elif adjectives and rng.random() < 0.1:
        text = f"{name} that is {' and '.join(adjectives)}"
    else:
        said = ""
        for adjective in adjectives:
            said += (str(rng.choice(JOINTS)) if said else "very " if rng.random() < 0.06 else "") + adjective
        text = f"{said} {name}".strip()
    return str(rng.choice(FRAMES)).format(" ".join([text, *phrases]))


def _misspelt(word: str, rng: Generator) -> str:
    at = int(rng.integers(len(word)))
    mood = rng.random()
    if mood < 0.25:
        return word[:at] + word[at + 1:] or word
    if mood < 0.5:
        return word[:at] + word[at] + word[at:]
    if mood < 0.75 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    return word[:at] + LETTERS[rng.integers(26)] + word[at + 1:]


def roughened(text: str, rng: Generator) -> str:
    """As people type: a slip of a finger, words run together, a word that means nothing here."""
    words = text.split(" ")
    if rng.random() < 0.12:
        at = int(rng.integers(len(words)))
        if len(words[at]) > 3 and not words[at].isdigit():
            words[at] = _misspelt(words[at], rng)
    if len(words) > 1 and rng.random() < 0.05:
        at = int(rng.integers(len(words) - 1))
        words[at:at + 2] = [words[at] + words[at + 1]]
    if rng.random() < 0.15:
        invented = "".join(LETTERS[rng.integers(26)] for _ in range(rng.integers(2, 9)))
        words.insert(int(rng.integers(len(words) + 1)), invented)
    if rng.random() < 0.1:
        words = [words[index] for index in rng.permutation(len(words))]
    return " ".join(words)


def caption(truth: np.ndarray, thresholds: dict[str, np.ndarray], rng: Generator, instrument: str, kind: str, is_training: bool = True) -> Caption:
    """A caption that training may use (`is_training`), or one that it may not."""
    for _ in range(40):
        noun, _, qualities, needs = choose_needs(truth, thresholds, rng, instrument, kind)
        if is_reserved(needs) != is_training:
            text = say(noun, qualities, rng)
            return Caption(roughened(text, rng) if is_training else text, needs)
    return Caption(str(rng.choice(NAMES[instrument])), [INDEX[instrument]])


def words_of_grammar() -> list[str]:
    """Every word that the grammar can say, in order."""
    texts = [text for table in (NAMES, ADJECTIVES, PHRASES) for options in table.values() for text in options]
    from text import split_words
    return sorted({word for text in [*texts, *FRAMES, *JOINTS, "that is", "very"] for word in split_words(text)})


def relevant(truths: np.ndarray, needs: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Which sounds fulfil all needs, and which fulfil or nearly fulfil them."""
    least = truths[:, needs].min(1)
    return least == 2, least >= 1


def unjudged(truths: np.ndarray, needs: list[int]) -> np.ndarray:
    """Sounds of which nobody can say whether they fulfil the needs: a name or an origin that is in doubt, and nothing that fails.

    A measure between the middle and the third that a word is for is no doubt of this kind: it is known, and not enough.
    """
    named = [need for need in needs if need < len(TAGS)]
    return (truths[:, needs].min(1) == 1) & (truths[:, named] == 1).any(1)


def main() -> None:
    from dataset import load_sounds
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("thresholds", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--count", type=int, default=150)
    arguments = parser.parse_args()
    from measures import load_thresholds
    thresholds = load_thresholds(arguments.thresholds)
    said = load_sounds(arguments.sounds, "validation", thresholds)
    asked = load_sounds(arguments.sounds, "test", thresholds)
    rng = np.random.default_rng(7)
    written = [query for query in json.loads(arguments.queries.read_text()) if query["by"] == "hand"] if arguments.queries.is_file() else []
    queries, known = [], set()
    while len(queries) < arguments.count:
        index = int(rng.integers(len(said.truths)))
        made = caption(said.truths[index], thresholds, rng, said.instruments[index], said.kinds[index], is_training=False)
        key = tuple(sorted(made.needs))
        if key in known or not is_reserved(made.needs) or relevant(asked.truths, made.needs)[0].sum() < 10:
            continue
        known.add(key)
        queries.append({"text": made.text, "needs": [PREDICATES[need] for need in made.needs], "by": "grammar"})
    lines = ",\n".join(json.dumps(query) for query in queries + written)
    arguments.queries.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
