"""Every hit in a drum recording: for each of nine instruments when it is struck and how hard, 100 moments a second.

Inputs are power spectra of mono audio at 44.1 kHz with unit mean power while it sounds, centred periodic Hann windows: 2048 samples
every 441 (fine in frequency) and 512 every 147 (fine in time, three to a moment). Mel bands and logarithms are part of the network.
"""
from __future__ import annotations

import torch
from torch import Tensor, nn

SAMPLE_RATE = 44100
HOP = 441
SHORTS = 3
"""Short windows to a moment; the middle one is centred where the long one is."""
SHORT_HOP = HOP // SHORTS
LONG_WINDOW, SHORT_WINDOW = 2048, 512
LONG_BANDS, SHORT_BANDS = 96, 40
INSTRUMENTS = ("kick", "snare", "rim", "clap", "closed-hat", "open-hat", "tom", "crash", "ride")
HIDDEN = 144
DILATIONS = (1, 2, 4, 8, 16, 1, 2, 4)
KERNEL = 5
IMAGE_REACH = 4
CONTEXT_FRAMES = sum(dilation * (KERNEL // 2) for dilation in DILATIONS) + IMAGE_REACH
FLOOR = 1e-7
OFFSET_REACH = 1.5


def mel_filters(bands: int, window: int, low_hz: float, high_hz: float) -> Tensor:
    """Triangles of unit sum (window / 2 + 1, bands), evenly spaced on the scale of O'Shaughnessy (1987)."""
    def mel(hz: Tensor) -> Tensor:
        return 2595 * torch.log10(1 + hz / 700)

    edges = 700 * (10 ** (torch.linspace(float(mel(torch.tensor(low_hz))), float(mel(torch.tensor(high_hz))), bands + 2) / 2595) - 1)
    frequency = torch.arange(window // 2 + 1) * SAMPLE_RATE / window
    spacing = SAMPLE_RATE / window
    rising = (frequency[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2]).clamp(min=spacing)
    falling = (edges[2:] - frequency[:, None]) / (edges[2:] - edges[1:-1]).clamp(min=spacing)
    filters = torch.minimum(rising, falling).clamp(min=0)
    return filters / filters.sum(0).clamp(min=1e-3)


def image_block(channels_in: int, channels_out: int, pool: int) -> nn.Sequential:
    """Two 3 x 3 convolutions over (frames, bands), then the greatest of every `pool` bands."""
    return nn.Sequential(nn.Conv2d(channels_in, channels_out, 3, padding=1), nn.ReLU(),
                         nn.Conv2d(channels_out, channels_out, 3, padding=1), nn.ReLU(), nn.MaxPool2d((1, pool)))


class GatedBlock(nn.Module):
    def __init__(self, dilation: int, dropout: float):
        super().__init__()
        self.norm = nn.LayerNorm(HIDDEN)
        self.convolution = nn.Conv1d(HIDDEN, HIDDEN, KERNEL, padding=KERNEL // 2 * dilation, dilation=dilation)
        self.expand = nn.Linear(HIDDEN, 2 * HIDDEN)
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.dropout = nn.Dropout(dropout)

    def forward(self, values: Tensor) -> Tensor:
        mixed = self.convolution(self.norm(values.float()).transpose(1, 2)).transpose(1, 2).contiguous()
        signal, gate = self.expand(torch.relu(mixed)).chunk(2, -1)
        return values + self.dropout(self.output(signal * torch.sigmoid(gate)))


class DrumHitsNet(nn.Module):
    """`long` (batch, frames, 1025) and `short` (batch, 3 * frames, 257) power spectra to what is struck.

    Logits of hits, velocities 0..1 and offsets, each (batch, frames, 9), and logits of onsets of anything (batch, frames, 1).
    The offset says where the stroke begins, in frames from this one.
    """

    def __init__(self, dropout: float = 0.0):
        super().__init__()
        self.register_buffer("long_mel", mel_filters(LONG_BANDS, LONG_WINDOW, 25, 17000))
        self.register_buffer("short_mel", mel_filters(SHORT_BANDS, SHORT_WINDOW, 60, 18000))
        self.long_image = nn.Sequential(image_block(1, 12, 3), image_block(12, 24, 2))
        self.short_image = nn.Sequential(image_block(SHORTS, 12, 2), image_block(12, 20, 2))
        self.enter = nn.Linear(24 * (LONG_BANDS // 6) + 20 * (SHORT_BANDS // 4), HIDDEN)
        self.blocks = nn.ModuleList(GatedBlock(dilation, dropout) for dilation in DILATIONS)
        self.norm = nn.LayerNorm(HIDDEN)
        self.head = nn.Linear(HIDDEN, 3 * len(INSTRUMENTS) + 1)

    def forward(self, long: Tensor, short: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        batch, frames, _ = long.shape
        long_bands = torch.log10(torch.matmul(long, self.long_mel) / (0.375 * LONG_WINDOW) + FLOOR)
        short_bands = torch.log10(torch.matmul(short, self.short_mel) / (0.375 * SHORT_WINDOW) + FLOOR)
        long_image = (long_bands[:, None] + 3) / 2
        short_image = (short_bands.reshape(batch, -1, SHORTS, SHORT_BANDS).permute(0, 2, 1, 3) + 3) / 2
        image = torch.cat([part.permute(0, 2, 1, 3).flatten(2) for part in (self.long_image(long_image), self.short_image(short_image))], -1)
        values = torch.relu(self.enter(image))
        for block in self.blocks:
            values = block(values)
        hits, velocities, offsets, onsets = self.head(self.norm(values.float())).split([len(INSTRUMENTS)] * 3 + [1], -1)
        return hits, torch.sigmoid(velocities), OFFSET_REACH * torch.tanh(offsets), onsets
