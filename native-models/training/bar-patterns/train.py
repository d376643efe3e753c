"""Bars as the tempo analysis knows them: a mixture of patterns fitted to Groove's 4/4 beats (train split).

    BACKBEAT_DATA=... python3 native-models/training/bar-patterns/train.py

writes src-shared/analysis/tempo/bar-patterns.json. Fitted by expectation maximisation; seeded; under a minute.
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from groove_midi import CLASS_NAMES, CLASS_OF_PITCH, load_performances  # noqa: E402

VOICES = ("kick", "snare", "toms", "hat", "crash")
VOICE_OF_CLASS = {"kick": 0, "snare": 1, "low-tom": 2, "mid-tom": 2, "high-tom": 2, "closed-hat": 3, "open-hat": 3, "ride": 3, "crash": 4}
SLOTS = 16
PATTERNS = 24
ROUNDS = 60
# Pseudo-counts that pull every pattern towards the mean of all bars.
SMOOTHING = 4.0
OUT = Path(__file__).parents[3] / "src-shared/analysis/tempo/bar-patterns.json"


def bars_of(performance) -> np.ndarray:
    """[bars, slots, voices]: the loudest stroke of each voice near each sixteenth, 0..1."""
    last = max((stroke.at for stroke in performance.strokes), default=0.0)
    bars = np.zeros((int(last // 4) + 1, SLOTS, len(VOICES)))
    for at, pitch, velocity in performance.strokes:
        if pitch not in CLASS_OF_PITCH:
            continue
        slot = int(round(at * 4))
        bar, place = divmod(max(0, slot), SLOTS)
        if bar >= len(bars):
            continue
        voice = VOICE_OF_CLASS[CLASS_NAMES[CLASS_OF_PITCH[pitch]]]
        bars[bar, place, voice] = max(bars[bar, place, voice], velocity / 127)
    return bars


def main() -> None:
    rows, weights = [], []
    for performance in load_performances(("train",)):
        if performance.time_signature != "4-4" or performance.beat_type != "beat":
            continue
        bars = bars_of(performance)
        rows.append(bars.reshape(len(bars), -1))
        # A long performance repeats itself: it counts by the root of its length.
        weights.append(np.full(len(bars), len(bars) ** -0.5))
    data, weight = np.concatenate(rows), np.concatenate(weights)
    weight *= len(weight) / weight.sum()
    generator = np.random.default_rng(11)
    mean = (weight @ data) / weight.sum()
    centres = data[generator.choice(len(data), PATTERNS, replace=False, p=weight / weight.sum())]
    share = np.full(PATTERNS, 1 / PATTERNS)
    patterns = np.clip(0.5 * centres + 0.5 * mean, 0.01, 0.99)
    for _ in range(ROUNDS):
        likelihood = data @ np.log(patterns).T + (1 - data) @ np.log(1 - patterns).T + np.log(share)
        top = likelihood.max(1, keepdims=True)
        belongs = np.exp(likelihood - top)
        total = top[:, 0] + np.log(belongs.sum(1))
        belongs *= (weight / belongs.sum(1))[:, None]
        counts = belongs.sum(0)
        share = (counts + 1) / (counts + 1).sum()
        patterns = np.clip((belongs.T @ data + SMOOTHING * mean) / (counts + SMOOTHING)[:, None], 0.004, 0.996)
    order = np.argsort(-share)
    print(f"{len(rows)} performances, {len(data)} bars, {weight @ total / weight.sum():.3f} nats a bar")
    lines = [
        '    { "share": %.4f, "levels": [%s] }' % (share[k], ", ".join(f"{value:.3f}".rstrip("0") for value in patterns[k]))
        for k in order
    ]
    OUT.write_text(
        '{\n  "source": "Fitted to the train split of the Groove MIDI Dataset by Google LLC (Gillick et al., 2019), CC BY 4.0",\n'
        + f'  "voices": {json.dumps(VOICES)},\n  "slots": {SLOTS},\n  "patterns": [\n' + ",\n".join(lines) + "\n  ]\n}\n"
    )


if __name__ == "__main__":
    main()
