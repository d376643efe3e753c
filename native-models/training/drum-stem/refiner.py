"""A second look at the masks, band by band: corrections to the logits of the first network.

The first network passes everything through one vector per window, too narrow to follow each band; here every band keeps its own
features, weights over time are shared by all bands, and bands hear one another between (dual path, as in Luo & Yu, "Music source
separation with band-split RNN", 2023, with convolutions for recurrences). The last layer begins as zeros, so that training starts
from the first network's masks.
"""
from __future__ import annotations

import torch
from torch import Tensor, nn

# Bins per band from bin 0 up; finest where kick and bass meet. Bins above the last band are not corrected.
BAND_WIDTHS = (2,) * 8 + (4,) * 4 + (8,) * 4 + (16,) * 4 + (32,) * 4 + (192,) * 4
BAND_COUNT = len(BAND_WIDTHS)
REFINED_BINS = sum(BAND_WIDTHS)
FEATURES = 32
DILATIONS = (1, 2, 4, 8, 16, 1)
KERNEL = 5
REACH_WINDOWS = sum(dilation * (KERNEL // 2) for dilation in DILATIONS)


class DualPathBlock(nn.Module):
    """(batch, bands, windows, FEATURES): a gated dilated convolution along time in each band, then a perceptron across bands."""

    def __init__(self, dilation: int):
        super().__init__()
        self.time_norm, self.band_norm = nn.LayerNorm(FEATURES), nn.LayerNorm(FEATURES)
        self.convolution = nn.Conv1d(FEATURES, FEATURES, KERNEL, padding=KERNEL // 2 * dilation, dilation=dilation, groups=FEATURES)
        self.expand, self.output = nn.Linear(FEATURES, 2 * FEATURES), nn.Linear(FEATURES, FEATURES)
        self.across = nn.Sequential(nn.Linear(BAND_COUNT, 2 * BAND_COUNT), nn.ReLU(), nn.Linear(2 * BAND_COUNT, BAND_COUNT))

    def forward(self, values: Tensor) -> Tensor:
        batch, bands, windows, features = values.shape
        rows = self.time_norm(values).reshape(batch * bands, windows, features).transpose(1, 2)
        mixed = self.convolution(rows).transpose(1, 2).contiguous()
        signal, gate = self.expand(mixed).chunk(2, -1)
        values = values + self.output(signal * torch.sigmoid(gate)).reshape(values.shape)
        crossed = self.across(self.band_norm(values).permute(0, 2, 3, 1).contiguous())
        return values + crossed.permute(0, 3, 1, 2)


class Refiner(nn.Module):
    """Corrections (batch, 2, windows, bins) from inputs (batch, channels, windows, bins) and the first network's (batch, windows, hidden)."""

    def __init__(self, channels: int, hidden: int):
        super().__init__()
        self.split = nn.ModuleList(nn.Linear(channels * width, FEATURES) for width in BAND_WIDTHS)
        self.context = nn.Linear(hidden, BAND_COUNT * FEATURES)
        self.blocks = nn.ModuleList(DualPathBlock(dilation) for dilation in DILATIONS)
        self.norm = nn.LayerNorm(FEATURES)
        self.join = nn.ModuleList(nn.Linear(FEATURES, 2 * width) for width in BAND_WIDTHS)
        for layer in self.join:
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, inputs: Tensor, hidden: Tensor) -> Tensor:
        batch, channels, windows, bins = inputs.shape
        inputs = inputs.transpose(1, 2)
        bands, first = [], 0
        for layer, width in zip(self.split, BAND_WIDTHS):
            bands.append(layer(inputs[..., first:first + width].reshape(batch, windows, channels * width)))
            first += width
        context = self.context(hidden).reshape(batch, windows, BAND_COUNT, FEATURES).transpose(1, 2)
        values = torch.stack(bands, 1) + context
        for block in self.blocks:
            values = block(values)
        values = self.norm(values)
        corrections = [layer(values[:, index]).reshape(batch, windows, 2, width) for index, (layer, width) in enumerate(zip(self.join, BAND_WIDTHS))]
        return nn.functional.pad(torch.cat(corrections, -1), (0, bins - REFINED_BINS)).transpose(1, 2)
