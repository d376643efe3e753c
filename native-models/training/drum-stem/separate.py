"""Separates files as the app does: python3 separate.py MODEL... MIX_FOLDER OUT

MODEL is one or more checkpoints of train.py, whose masks are averaged, or the exported drum-stem.onnx (needs onnxruntime).
Reads every audio file of MIX_FOLDER (44.1 kHz) and writes OUT/<track>_drums.wav (32-bit float, unclipped), ready for the project's
separation measure.
"""
from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import soundfile
import torch
from model import CONTEXT_WINDOWS, DrumStemNet
from spectra import bass_stft, istft, power, stft
from strokes import average_strokes

SEGMENT_WINDOWS = 1024
Masks = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class MaskMean(torch.nn.Module):
    """Several networks as one: the mean of their masks."""

    def __init__(self, checkpoints: list[Path]):
        super().__init__()
        nets = []
        for checkpoint in checkpoints:
            saved = torch.load(checkpoint)
            nets.append(DrumStemNet(saved["hidden"]))
            nets[-1].load_state_dict(saved["average"])
        self.nets = torch.nn.ModuleList(nets)
        self.eval()

    def forward(self, mix: torch.Tensor, bass: torch.Tensor) -> torch.Tensor:
        masks = self.nets[0](mix, bass)
        for net in self.nets[1:]:
            masks = masks + net(mix, bass)
        return masks / len(self.nets)


def load_onnx(path: Path) -> Masks:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def masks(mix: torch.Tensor, bass: torch.Tensor) -> torch.Tensor:
        return torch.from_numpy(session.run(["mask"], {"power": mix.contiguous().numpy(), "bass": bass.contiguous().numpy()})[0])

    return masks


@torch.no_grad()
def separate(masks: Masks, audio: np.ndarray) -> np.ndarray:
    """Masked drums of a mix, both (frames, 2). Segments carry `CONTEXT_WINDOWS` of their neighbours, so that joins are exact."""
    sides = torch.from_numpy(np.stack([audio[:, 0] + audio[:, 1], audio[:, 0] - audio[:, 1]]).astype(np.float32) / 2)
    scale = 1 / ((sides ** 2).sum(0).mean().sqrt() + 1e-9)
    spectrum, low = stft(sides), bass_stft(sides[0])
    mix, bass = power(spectrum * scale).transpose(1, 2)[None].contiguous(), power(low * scale).T[None].contiguous()
    windows, step = mix.shape[2], SEGMENT_WINDOWS - 2 * CONTEXT_WINDOWS
    found = []
    for first in range(0, windows, step):
        begin, end = max(0, first - CONTEXT_WINDOWS), min(windows, first + step + CONTEXT_WINDOWS)
        mask = masks(mix[:, :, begin:end], bass[:, begin:end])
        found.append(mask[:, :, first - begin:first - begin + step])
    drums = istft(spectrum * torch.cat(found, 2)[0].transpose(1, 2), len(audio)).numpy()
    return np.stack([drums[0] + drums[1], drums[0] - drums[1]], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("mixes", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--masked-only", action="store_true", help="without the averaging of strokes")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    masks = load_onnx(arguments.models[0]) if arguments.models[0].suffix == ".onnx" else MaskMean(arguments.models)
    arguments.out.mkdir(parents=True, exist_ok=True)
    seconds, started = 0.0, time.time()
    for path in sorted(arguments.mixes.iterdir()):
        audio, rate = soundfile.read(path, always_2d=True)
        if rate != 44100:
            raise SystemExit(f"{path.name}: 44.1 kHz expected, not {rate}")
        audio = np.repeat(audio, 2, 1) if audio.shape[1] == 1 else audio[:, :2]
        drums = separate(masks, audio)
        if not arguments.masked_only:
            drums = average_strokes(audio, drums)
        soundfile.write(arguments.out / f"{path.stem.replace('_MIX', '')}_drums.wav", drums, rate, subtype="FLOAT")
        seconds += len(audio) / rate
    print(f"{seconds:.0f} s of audio, {seconds / (time.time() - started):.0f}x real time")


if __name__ == "__main__":
    main()
