"""Signal-to-distortion ratio by frequency band: python3 bands.py ESTIMATES REFERENCES

Whole-song SDR hardly hears cymbals; this prints 10 log10(sum |s|^2 / sum |s - e|^2) within each band (2048-point spectra of all channels)
for every track and the mean over tracks. Names as the project's sep_eval.py: <track>_drums.wav against <track>_Drum.flac.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import stft

BANDS_HZ = ((0, 130), (130, 500), (500, 2000), (2000, 6000), (6000, 22050))


def band_sdr(estimate: np.ndarray, reference: np.ndarray, rate: int) -> list[float]:
    """Both (frames, channels)."""
    frequency, _, true = stft(reference.T, rate, nperseg=2048)
    error = true - stft(estimate.T, rate, nperseg=2048)[2]
    inside = [(frequency >= low) & (frequency < high) for low, high in BANDS_HZ]
    return [10 * np.log10((np.abs(true[:, bins]) ** 2).sum() / ((np.abs(error[:, bins]) ** 2).sum() + 1e-12) + 1e-12) for bins in inside]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("estimates", type=Path)
    parser.add_argument("references", type=Path)
    arguments = parser.parse_args()
    print("track".ljust(24), *(f"{low}-{high} Hz".rjust(14) for low, high in BANDS_HZ))
    rows = []
    for path in sorted(arguments.references.iterdir()):
        track = path.stem.replace("_Drum", "")
        reference, rate = soundfile.read(path, always_2d=True)
        estimate, _ = soundfile.read(arguments.estimates / f"{track}_drums.wav", always_2d=True)
        rows.append(band_sdr(estimate[:len(reference)], reference, rate))
        print(track.ljust(24), *(f"{value:14.2f}" for value in rows[-1]))
    print("mean".ljust(24), *(f"{value:14.2f}" for value in np.mean(rows, 0)))


if __name__ == "__main__":
    main()
