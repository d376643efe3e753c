"""The spectra that network, training and host agree on. Audio is 44.1 kHz mid/side: M = (L+R)/2, S = (L-R)/2.

Main spectrum: periodic Hann window of 2048 frames, hop 512, windows centred on multiples of the hop (reflected edges), as
torch.stft. Bass spectrum: the mid channel with a periodic Hann window of 8192 at the same centres, bins 0 to 63 (0-344 Hz), because a
2048 window cannot tell a kick from a bass note a third apart.
"""
from __future__ import annotations

import torch

SAMPLE_RATE = 44100
WINDOW = 2048
HOP = 512
BINS = WINDOW // 2 + 1
BASS_WINDOW = 8192
BASS_BINS = 64
_DECIMATION = 16


def stft(audio: torch.Tensor, window: int = WINDOW, hop: int = HOP) -> torch.Tensor:
    """Complex (..., bins, windows) of (..., frames)."""
    flat = audio.reshape(-1, audio.shape[-1])
    spectrum = torch.stft(flat, window, hop, window=torch.hann_window(window), pad_mode="reflect", return_complex=True)
    return spectrum.reshape(*audio.shape[:-1], *spectrum.shape[-2:])


def istft(spectrum: torch.Tensor, frames: int) -> torch.Tensor:
    return torch.istft(spectrum, WINDOW, HOP, window=torch.hann_window(WINDOW), length=frames)


def bass_stft(mid: torch.Tensor) -> torch.Tensor:
    """Complex (..., BASS_BINS, windows) of (..., frames)."""
    return stft(mid, BASS_WINDOW)[..., :BASS_BINS, :]


def fast_bass_stft(mid: torch.Tensor) -> torch.Tensor:
    """`bass_stft` by way of a sixteenth of the sample rate; equal to 1e-6, far quicker.

    `mid` (clips, frames), frames a multiple of `_DECIMATION * HOP / gcd`, here of 512.
    """
    frames = mid.shape[-1]
    padded = torch.nn.functional.pad(mid[:, None], (BASS_WINDOW // 2, BASS_WINDOW // 2), mode="reflect")[:, 0]
    length = padded.shape[-1]
    low = torch.fft.irfft(torch.fft.rfft(padded)[..., :length // _DECIMATION // 2 + 1], n=length // _DECIMATION) * 1.0
    window = torch.hann_window(BASS_WINDOW // _DECIMATION)
    spectrum = torch.stft(low, BASS_WINDOW // _DECIMATION, HOP // _DECIMATION, window=window, center=False, return_complex=True)
    return spectrum[:, :BASS_BINS, : frames // HOP + 1]


def power(spectrum: torch.Tensor) -> torch.Tensor:
    return spectrum.real ** 2 + spectrum.imag ** 2
