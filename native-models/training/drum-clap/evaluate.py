"""Figures on kits that are not in training: python3 evaluate.py RUN/clap.pt SOUNDS THRESHOLDS [--split test] [--queries queries.json].

Zero-shot: which of twelve classes, by prompts alone. Recall@10 of a query: of the ten sounds most like its words, how many fulfil all that
it asks for (of ten, or of as many as there are). Sounds that nobody can judge (`captions.unjudged`) are left out of the ranking, as usual where
judgements are incomplete (T. Sakai, "Alternatives to bpref", SIGIR 2007: condensed lists); beside it the figure with them counted as wrong.
"""
from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from captions import choose_needs, is_reserved, relevant, say, unjudged
from dataset import Sounds, load_sounds
from front_end import input_of_bytes
from labels import GATE_CLASS_OF, GATE_CLASSES, INSTRUMENTS, SPLITS, TEST
from measures import INDEX, MEASURES, PREDICATES, load_thresholds
from model import DrumClap
from text import WORDS, Vocabulary

PROMPTS = Path(__file__).resolve().parent / "prompts.json"
TEMPERATURE = 0.05
"""As `prompts.yaml` of the program."""
TOP = 10
LEAST_RELEVANT = 10


Scale = tuple[torch.Tensor, torch.Tensor]
"""Mean and deviation of the measures of training sounds."""


def scale_of(path: Path) -> Scale:
    state = torch.load(path, map_location="cpu")
    return state["mean"], state["deviation"]


def load(path: Path) -> tuple[DrumClap, Vocabulary]:
    state = torch.load(path, map_location="cpu")
    vocabulary = Vocabulary(state["words"])
    net = DrumClap(len(vocabulary.words) + 2, WORDS)
    net.load_state_dict({"audio.correct.weight": net.audio.correct.weight, **state["averaged"]})
    return net.eval(), vocabulary


def hear(net: DrumClap, sounds: Sounds, scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings of all sounds, corrected by what is measured, and the instrument that the auxiliary head takes each for."""
    net.eval()
    parts, heads = [], []
    measured = (torch.from_numpy(sounds.measures) - scale[0]) / scale[1]
    with torch.no_grad():
        for first in range(0, len(sounds.pictures), 256):
            embedding, instruments, guessed = net.audio(torch.from_numpy(input_of_bytes(sounds.pictures[first:first + 256])))
            parts.append(net.audio.corrected(embedding, guessed, measured[first:first + 256]).numpy())
            heads.append(instruments.argmax(1).numpy())
    return np.concatenate(parts), np.concatenate(heads)


def read(net: DrumClap, vocabulary: Vocabulary, texts: list[str]) -> np.ndarray:
    net.eval()
    words, grams = vocabulary.encode(texts)
    with torch.no_grad():
        return net.text(torch.from_numpy(words), torch.from_numpy(grams)).numpy()


def class_scores(net: DrumClap, vocabulary: Vocabulary, prompts: dict[str, list[str]], heard: np.ndarray) -> np.ndarray:
    """(sounds, classes): how likely all prompts of a class are together, as the program has it. Percussion and effects are many things, so a mean of prompts is none of them."""
    return np.stack([np.logaddexp.reduce(heard @ read(net, vocabulary, prompts[name]).T / TEMPERATURE, 1) for name in GATE_CLASSES], 1)


def balanced_accuracy(truth: list[str], said: list[str]) -> tuple[float, dict[str, float]]:
    by_class = {name: float(np.mean([b == name for a, b in zip(truth, said) if a == name])) for name in GATE_CLASSES if name in truth}
    return float(np.mean(list(by_class.values()))), by_class


def recall_at_ten(similarity: np.ndarray, fits: np.ndarray, nearly: np.ndarray, left_out: np.ndarray) -> tuple[float, float, float]:
    """Without the unjudged; with them counted as wrong; with near misses allowed."""
    everything = np.argsort(-similarity)
    best, of_all = everything[~left_out[everything]][:TOP], everything[:TOP]
    wanted = min(TOP, int(fits.sum()))
    return fits[best].sum() / wanted, fits[of_all].sum() / wanted, min(1.0, nearly[of_all].sum() / wanted)


def attribute_queries(sounds: Sounds, thresholds: dict[str, np.ndarray], count: int = 300) -> list[dict[str, Any]]:
    """Queries by the grammar with one or two measured qualities, of combinations that are kept from training."""
    rng = np.random.default_rng(5)
    found: list[dict[str, Any]] = []
    for _ in range(40 * count):
        index = int(rng.integers(len(sounds.instruments)))
        noun, _, qualities, needs = choose_needs(sounds.truths[index], thresholds, rng, sounds.instruments[index], sounds.kinds[index])
        measured = any(quality[:-1] in MEASURES for quality in qualities)
        if measured and is_reserved(needs) and relevant(sounds.truths, needs)[0].sum() >= LEAST_RELEVANT:
            found.append({"text": say(noun, qualities, rng), "needs": [PREDICATES[need] for need in needs], "by": "attributes"})
            if len(found) == count:
                break
    return found


def figures(net: DrumClap, vocabulary: Vocabulary, sounds: Sounds, queries: list[dict[str, Any]], scale: Scale) -> dict[str, Any]:
    heard, heads = hear(net, sounds, scale)
    scores_of = class_scores(net, vocabulary, json.loads(PROMPTS.read_text()), heard)
    counted = [index for index, name in enumerate(sounds.instruments) if name in GATE_CLASS_OF]
    truth = [GATE_CLASS_OF[sounds.instruments[index]] for index in counted]
    said = [GATE_CLASSES[best] for best in scores_of[counted].argmax(1)]
    by_head = [GATE_CLASS_OF.get(INSTRUMENTS[heads[index]], "mt") for index in counted]
    balanced, by_class = balanced_accuracy(truth, said)
    sampled = [not sounds.sources[index].startswith("synthesis") for index in counted]
    found: dict[str, Any] = {
        "balanced": balanced, "by class": by_class, "head": balanced_accuracy(truth, by_head)[0],
        "sampled": balanced_accuracy([a for a, s in zip(truth, sampled) if s], [b for b, s in zip(said, sampled) if s])[0],
        "synthesised": balanced_accuracy([a for a, s in zip(truth, sampled) if not s], [b for b, s in zip(said, sampled) if not s])[0],
        "confusions": [f"{a} as {b}: {n}" for (a, b), n in Counter((a, b) for a, b in zip(truth, said) if a != b).most_common(14)]}
    by_source: dict[str, list[bool]] = defaultdict(list)
    for index, a, b in zip(counted, truth, said):
        by_source[sounds.sources[index]].append(a == b)
    found["by source"] = {name: round(float(np.mean(hits)), 3) for name, hits in sorted(by_source.items())}
    scores = defaultdict(list)
    worst = []
    similarities = read(net, vocabulary, [query["text"] for query in queries]) @ heard.T
    for query, similarity in zip(queries, similarities):
        needs = [INDEX[name] for name in query["needs"]]
        fits, nearly = relevant(sounds.truths, needs)
        if not fits.any():
            continue
        score = recall_at_ten(similarity, fits, nearly, unjudged(sounds.truths, needs))
        scores[query["by"]].append(score)
        worst.append((score[0], query["text"], "/".join(query["needs"])))
    found["queries"] = {name: [round(float(value), 4) for value in np.mean(values, 0)] for name, values in scores.items()}
    found["recall"] = float(np.mean([score[0] for values in scores.values() for score in values]))
    found["worst"] = sorted(worst)[:25]
    return found


def summary(found: dict[str, Any]) -> str:
    parts = "; ".join(f"{name} {values}" for name, values in found["queries"].items())
    parted = ", ".join(f"{name} {found[name]:.4f}" for name in ("sampled", "synthesised", "head"))
    return f"balanced {found['balanced']:.4f} ({parted}), recall@10 {found['recall']:.4f} ({parts})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("sounds", type=Path)
    parser.add_argument("thresholds", type=Path)
    parser.add_argument("--split", choices=SPLITS, default=TEST)
    parser.add_argument("--queries", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net, vocabulary = load(arguments.checkpoint)
    thresholds = load_thresholds(arguments.thresholds)
    sounds = load_sounds(arguments.sounds, arguments.split, thresholds)
    queries = attribute_queries(sounds, thresholds) + (json.loads(arguments.queries.read_text()) if arguments.queries else [])
    found = figures(net, vocabulary, sounds, queries, scale_of(arguments.checkpoint))
    for name in ("by class", "by source", "confusions", "worst"):
        print(name, json.dumps(found[name], indent=1))
    print(summary(found))


if __name__ == "__main__":
    main()
