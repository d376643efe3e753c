"""The separator: power spectra of mid and side in, one mask for each out.

Band-split (narrow bands at low frequencies, as in Luo & Yu, "Music source separation with band-split RNN", 2023) with a gated
dilated convolution over time in place of the recurrence (van den Oord et al., "WaveNet", 2016), and fixed local-contrast inputs:
a bin louder than its neighbours in time is percussive, louder than its neighbours in frequency is tonal (Fitzgerald, DAFx 2010).
"""
from __future__ import annotations

import torch
from layers import DilatedDepthwise, Linear16
from spectra import BASS_BINS, BINS
from torch import Tensor, nn

# Groups of equal bands: (bins per band, features per band, first bin after the group).
BAND_GROUPS = ((16, 128, 48), (16, 48, 112), (32, 48, 240), (64, 48, 496), (128, 24, 1008), (BINS - 1008, 24, BINS))
# Gates act on finer bands, down to single bins where kick and bass meet: (bins per band, first bin after the group).
GATE_GROUPS = ((1, 16), (2, 48), (4, 112), (8, 240), (16, 496), (64, 1008), (BINS - 1008, BINS))
TIME_CONTRAST_WINDOWS = 8
BIN_CONTRAST_BINS = 12
DILATIONS = (1, 2, 4, 8, 16, 1, 2, 4, 8, 16)
KERNEL = 5
CONTEXT_WINDOWS = sum(dilation * (KERNEL // 2) for dilation in DILATIONS) + TIME_CONTRAST_WINDOWS
"""Windows on either side on which a mask depends: 132, or 1.53 s."""
FLOOR = 1e-6


def slices(groups: tuple[tuple[int, ...], ...]) -> list[tuple[int, int, int]]:
    """(first bin, bins per band, bands) of each group; a group's first number is its band width, its last the bin after it."""
    found, first = [], 0
    for group in groups:
        found.append((first, group[0], (group[-1] - first) // group[0]))
        first = group[-1]
    return found


GATE_COUNT = sum(count for _, _, count in slices(GATE_GROUPS))
# (first bin, bins, features) of each band.
BANDS = [(first + index * width, width, group[1])
         for group, (first, width, count) in zip(BAND_GROUPS, slices(BAND_GROUPS)) for index in range(count)]
FEATURE_COUNTS = [features for _, _, features in BANDS]
FEATURES = sum(FEATURE_COUNTS)


def _moving_mean(values: Tensor, reach: int, kernel: Tensor) -> Tensor:
    """Mean over `2 * reach + 1` neighbours in the last dimension, of those that exist. `values` (N, 1, length)."""
    total = nn.functional.conv1d(values, kernel, padding=reach)
    count = nn.functional.conv1d(torch.ones_like(values[:1]), kernel, padding=reach)
    return total / count


class BandSplit(nn.Module):
    """A linear map of its own for every band: (batch, channels, windows, bins) to (batch, windows, FEATURES)."""

    def __init__(self, channels: int):
        super().__init__()
        self.maps = nn.ModuleList(Linear16(channels * width, features) for _, width, features in BANDS)

    def forward(self, values: Tensor) -> Tensor:
        batch, channels, windows, _ = values.shape
        values = values.transpose(1, 2)
        return torch.cat([map_(values[..., first:first + width].reshape(batch, windows, channels * width))
                          for map_, (first, width, _) in zip(self.maps, BANDS)], -1)


class BandJoin(nn.Module):
    """The way back: (batch, windows, FEATURES), twice, to (batch, channels, windows, bins)."""

    def __init__(self, channels: int):
        super().__init__()
        self.channels = channels
        self.maps = nn.ModuleList(Linear16(2 * features, channels * width) for _, width, features in BANDS)

    def forward(self, first_values: Tensor, second_values: Tensor) -> Tensor:
        batch, windows, _ = first_values.shape
        parts = []
        splits = zip(first_values.split(FEATURE_COUNTS, -1), second_values.split(FEATURE_COUNTS, -1))
        for map_, (_, width, _), both in zip(self.maps, BANDS, splits):
            parts.append(map_(torch.cat(both, -1)).reshape(batch, windows, self.channels, width))
        return torch.cat(parts, -1).transpose(1, 2)


class GatedBlock(nn.Module):
    """Residual block: layer norm, depthwise dilated convolution over time, gated linear unit."""

    def __init__(self, hidden: int, dilation: int):
        super().__init__()
        self.norm = nn.LayerNorm(hidden)
        self.convolution = DilatedDepthwise(hidden, KERNEL, dilation)
        self.expand = Linear16(hidden, 2 * hidden)
        self.output = Linear16(hidden, hidden)

    def forward(self, values: Tensor) -> Tensor:
        signal, gate = self.expand(self.convolution(self.norm(values))).chunk(2, -1)
        return values + self.output(signal * torch.sigmoid(gate))


class DrumStemNet(nn.Module):
    """`power` (batch, 2, windows, BINS) and `bass` (batch, windows, BASS_BINS) of audio with unit mean power; masks like `power`.

    `mean` and `deviation` standardise the log spectra bin by bin; `train.py` measures them on its first batches.
    """

    def __init__(self, hidden: int = 256):
        super().__init__()
        self.register_buffer("mean", torch.zeros(2, 1, BINS))
        self.register_buffer("deviation", torch.ones(2, 1, BINS))
        self.register_buffer("bass_mean", torch.zeros(BASS_BINS))
        self.register_buffer("bass_deviation", torch.ones(BASS_BINS))
        self.register_buffer("time_kernel", torch.ones(1, 1, 2 * TIME_CONTRAST_WINDOWS + 1))
        self.register_buffer("bin_kernel", torch.ones(1, 1, 2 * BIN_CONTRAST_BINS + 1))
        self.split = BandSplit(6)
        self.bass = Linear16(2 * BASS_BINS, 128)
        self.enter = Linear16(FEATURES + 128, hidden)
        self.enter_norm = nn.LayerNorm(hidden)
        self.blocks = nn.ModuleList(GatedBlock(hidden, dilation) for dilation in DILATIONS)
        self.leave = Linear16(hidden, FEATURES)
        self.join = BandJoin(2)
        self.gate = Linear16(hidden, 4 * GATE_COUNT)
        nn.init.normal_(self.gate.weight, 0, 0.01)
        nn.init.zeros_(self.gate.bias)

    @staticmethod
    def log_spectrum(power: Tensor, window: int) -> Tensor:
        """log10 of the power relative to white noise of the same mean power; the Hann window's energy is 3/8 of its length."""
        return torch.log10(power / (0.375 * window) + FLOOR)

    def _time_contrast(self, values: Tensor) -> Tensor:
        batch, channels, windows, bins = values.shape
        rows = values.transpose(2, 3).reshape(-1, 1, windows)
        smooth = _moving_mean(rows, TIME_CONTRAST_WINDOWS, self.time_kernel)
        return values - smooth.reshape(batch, channels, bins, windows).transpose(2, 3)

    def _bin_contrast(self, values: Tensor) -> Tensor:
        smooth = _moving_mean(values.reshape(-1, 1, values.shape[-1]), BIN_CONTRAST_BINS, self.bin_kernel)
        return values - smooth.reshape(values.shape)

    def forward(self, power: Tensor, bass: Tensor) -> Tensor:
        with torch.no_grad():
            spectrum = (self.log_spectrum(power, 2048) - self.mean) / self.deviation
            low = (self.log_spectrum(bass, 8192) - self.bass_mean) / self.bass_deviation
            contrast = torch.cat([self._time_contrast(spectrum), self._bin_contrast(spectrum)], 1)
            low = torch.cat([low, self._time_contrast(low[:, None])[:, 0]], -1)
        bands = self.split(torch.cat([spectrum, contrast], 1))
        hidden = torch.cat([torch.relu(bands), torch.relu(self.bass(low))], -1)
        hidden = self.enter_norm(torch.relu(self.enter(hidden)))
        for block in self.blocks:
            hidden = block(hidden)
        logits = self.join(torch.tanh(bands), torch.relu(self.leave(hidden)))
        return torch.sigmoid(logits + self._gated_contrast(contrast, self.gate(hidden)))

    def _gated_contrast(self, contrast: Tensor, gates: Tensor) -> Tensor:
        """The contrasts weighted per band and moment: a harmonic-percussive separation that the network steers."""
        batch, _, windows, _ = contrast.shape
        gates = gates.reshape(batch, windows, 4, GATE_COUNT).permute(0, 2, 1, 3)
        parts, band = [], 0
        for first, width, count in slices(GATE_GROUPS):
            part = contrast[..., first:first + width * count].reshape(batch, 4, windows, count, width)
            part = part * gates[..., band:band + count, None]
            parts.append((part[:, :2] + part[:, 2:]).reshape(batch, 2, windows, count * width))
            band += count
        return torch.cat(parts, -1)
