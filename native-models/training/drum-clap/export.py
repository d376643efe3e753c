"""Exports the two networks: python3 export.py RUN/clap.pt MODEL_FOLDER: audio.onnx, text.onnx, manifest.json and reference.json."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from evaluate import PROMPTS, TEMPERATURE, load
from front_end import BANDS, FLOOR_DB, FRAMES, HOP, PRE_ROLL_SECONDS, SAMPLE_RATE, START_SHARE, WINDOWS, input_of, log_mel, prepare
from labels import INSTRUMENTS
from measures import MEASURES, measure
from model import EMBEDDING, MOST_CORRECTED, DrumClap
from onnx_export import OPSET, export_onnx, file_entry, write_manifest
from text import FIRST_WORD, GRAM_BUCKETS, GRAM_LENGTHS, GRAMS, NOTHING, UNKNOWN, WORDS, Vocabulary, split_words
from torch import Tensor, nn

PROBES = {
    "kick": "exp(-n / 6000) * sin(2 pi 55 n / 48000)", "snare": "exp(-n / 4000) * (0.5 noise(n) + 0.5 sin(2 pi 190 n / 48000))",
    "hat": "0.5 exp(-n / 1500) * (noise(n) - noise(n - 1))"}
PROBE_TEXTS = ("kick", "short dark kick", "a bright snare with reverb", "open hi-hat", "Thumpy KIK", "")


class Hearing(nn.Module):
    """Pictures in dB to an embedding, chances of instruments and measures in their own units."""

    def __init__(self, net: DrumClap, mean: Tensor, deviation: Tensor):
        super().__init__()
        self.net = net.audio
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        embedding, instruments, measures = self.net(input_of(pictures))
        return embedding, torch.softmax(instruments, 1), measures * self.deviation + self.mean


class Reading(nn.Module):
    def __init__(self, net: DrumClap):
        super().__init__()
        self.net = net.text

    def forward(self, words: Tensor, grams: Tensor) -> Tensor:
        return self.net(words.long(), grams.long())


def probe(name: str) -> np.ndarray:
    n = np.arange(-1, SAMPLE_RATE)
    noise = ((n * 1103515245 + 12345) % 2147483648) / 1073741824 - 1
    i, here, before = n[1:], noise[1:], noise[:-1]
    audio = {
        "kick": lambda: np.exp(-i / 6000) * np.sin(2 * np.pi * 55 * i / SAMPLE_RATE),
        "snare": lambda: np.exp(-i / 4000) * (0.5 * here + 0.5 * np.sin(2 * np.pi * 190 * i / SAMPLE_RATE)),
        "hat": lambda: 0.5 * np.exp(-i / 1500) * (here - before),
    }[name]()
    return audio.astype(np.float32)


def rounded(values: Tensor | np.ndarray) -> list[float]:
    return [float(f"{float(value):.6g}") for value in values]


def reference(hearing: Hearing, reading: Reading, vocabulary: Vocabulary) -> dict[str, object]:
    """What a host must reproduce: pictures and embeddings of made-up sounds, numbers and embeddings of texts."""
    sounds = []
    for name, formula in PROBES.items():
        prepared = prepare(probe(name), SAMPLE_RATE)
        pictures, measured = log_mel(prepared), torch.from_numpy(measure(prepared, SAMPLE_RATE))[None]
        with torch.no_grad():
            heard, instruments, measures = hearing(torch.from_numpy(pictures)[None])
            embedding = hearing.net.corrected(heard, (measures - hearing.mean) / hearing.deviation, (measured - hearing.mean) / hearing.deviation)
        sounds.append({"made": formula, "picturesOfFrame": {str(frame): {picture: rounded(pictures[index, ::9, frame]) for index, picture in enumerate(WINDOWS)}
                                                            for frame in (0, 1, 10, 60)},
                       "measured": rounded(measured[0]), "embedding": rounded(embedding[0]), "uncorrected": rounded(heard[0]), "instrument": rounded(instruments[0]), "measures": rounded(measures[0])})
    texts = []
    for text in PROBE_TEXTS:
        words, grams = vocabulary.encode([text])
        with torch.no_grad():
            embedding = reading(torch.from_numpy(words), torch.from_numpy(grams))
        texts.append({"text": text, "split": split_words(text), "words": words[0, :4].tolist(), "gramsOfFirst": grams[0, 0].tolist(), "embedding": rounded(embedding[0])})
    return {"sounds": {"rate": SAMPLE_RATE, "length": SAMPLE_RATE, "noise": "noise(n) = ((n * 1103515245 + 12345) mod 2147483648) / 1073741824 - 1", "bandStep": 9,
                       "pictureTolerance": "0.02 dB", "tolerance": 2e-3, "of": sounds}, "texts": {"tolerance": 2e-3, "of": texts}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net, vocabulary = load(arguments.checkpoint)
    state = torch.load(arguments.checkpoint, map_location="cpu")
    hearing = Hearing(net, state["mean"], state["deviation"]).eval()
    reading = Reading(net).eval()
    folder: Path = arguments.folder
    pictures = torch.from_numpy(np.stack([log_mel(prepare(probe(name), SAMPLE_RATE)) for name in PROBES]))
    words, grams = [torch.from_numpy(values).int() for values in vocabulary.encode(list(PROBE_TEXTS))]
    axis = {0: "count"}
    files = {}
    for name, wrapped, inputs, outputs in (("audio", hearing, {"pictures": pictures}, ["embedding", "instrument", "measures"]),
                                           ("text", reading, {"words": words, "grams": grams}, ["embedding"])):
        path = folder / f"{name}.onnx"
        difference = export_onnx(wrapped, inputs, outputs, path, {value: axis for value in (*inputs, *outputs)})
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, largest difference from torch {difference:.1e}")
        files[name] = {**file_entry(path), "inputs": {key: ["count", *value.shape[1:]] for key, value in inputs.items()}, "outputs": outputs}
    write_manifest(folder, {
        "name": folder.name, "task": "clap", "version": 2, "licence": "MIT", "opset": OPSET, "graphs": files, "embedding": {"size": EMBEDDING, "length": 1},
        "sampleRate": SAMPLE_RATE, "channels": "mono: (L + R) / 2",
        "preparation": {"startShare": START_SHARE, "preRollSeconds": PRE_ROLL_SECONDS,
                        "rule": "as prepareHit: from the first sample above startShare of the peak less the pre-roll (before resampling), peak 1; then resampled"},
        "pictures": {
            "order": list(WINDOWS), "bands": BANDS, "frames": FRAMES, "hop": HOP, "layout": "picture, band, frame", "centre": f"sample {HOP} * frame of the prepared hit",
            "edges": "zeros beyond the audio", "window": "periodic Hann: 0.5 - 0.5 cos(2 pi n / N)", "power": "squared magnitude of the DFT / (sum of the window)^2",
            "scale": "Slaney: 200/3 Hz a mel below 1 kHz, above it 15 + 27 ln(f / 1000) / ln 6.4",
            "filters": "triangles between bands + 2 edges evenly spaced in mel, straight in Hz, each divided by the sum of its weights over the bins",
            "values": "10 log10(max(power, 1e-8)) dB", "floorDb": FLOOR_DB,
            **{name: {"windowFrames": window, "lowHz": low, "highHz": high} for name, (window, low, high) in WINDOWS.items()}},
        "instruments": list(INSTRUMENTS), "measures": list(MEASURES),
        "correction": {
            "rule": "what the host measures on the prepared hit before it is resampled, less what the network guessed, in deviations, at most `limit` either way, "
                    "times the measure's row, is added to the embedding, whose length is made 1 again; definitions in training/drum-clap/measures.py",
            "measures": list(MEASURES), "deviations": rounded(state["deviation"]), "limit": MOST_CORRECTED, "rows": [rounded(row) for row in net.audio.correct.weight.t()]},
        "text": {
            "split": "NFKD, combining marks left out, lower case; runs of a-z and 0-9", "words": WORDS, "grams": GRAMS, "nothing": NOTHING, "unknown": UNKNOWN,
            "firstWord": FIRST_WORD, "empty": "one unknown word of no letters", "gramLengths": list(GRAM_LENGTHS), "gramBuckets": GRAM_BUCKETS,
            "gramRule": "groups of letters of <word>, by length, then from left to right, the first `grams`; number 1 + FNV-1a (32 bit) mod gramBuckets; 0 is none",
            "vocabulary": vocabulary.words},
        "prompts": {"rule": "a class is as likely as all its prompts together: the sum of exp(cosine / temperature)", "temperature": TEMPERATURE, "of": json.loads(PROMPTS.read_text())},
    })
    (folder / "reference.json").write_text(json.dumps(reference(hearing, reading, vocabulary), indent=1) + "\n")


if __name__ == "__main__":
    main()
