"""Two networks that meet in one space: the audio of a one-shot and words about it, each a vector of `EMBEDDING` numbers and length 1."""
from __future__ import annotations

import torch
import torch.nn.functional as F
from front_end import BANDS
from labels import INSTRUMENTS
from measures import MEASURES
from text import GRAM_BUCKETS
from torch import Tensor, nn

EMBEDDING = 128
STEM, CHANNELS = 16, (32, 64, 112, 176)
WIDTH, HEADS, LAYERS = 128, 4, 2
MOST_CORRECTED = 2.0
"""Standard deviations of a measure that a correction counts at most."""
TIME_PARTS = 3
"""After the last block time is summed up by its mean, by its maximum and by its first frame: the stroke itself."""


def _convolution(channels_in: int, channels_out: int, stride: int, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels_in, channels_out, 3, stride, 1, groups=groups, bias=False), nn.BatchNorm2d(channels_out), nn.ReLU())


class Block(nn.Module):
    """Halves bands and frames; then a residual convolution."""

    def __init__(self, channels_in: int, channels_out: int):
        super().__init__()
        self.enter = _convolution(channels_in, channels_out, 2)
        self.inner = _convolution(channels_out, channels_out, 1)

    def forward(self, values: Tensor) -> Tensor:
        values = self.enter(values)
        return values + self.inner(values)


class AudioNet(nn.Module):
    """`pictures` (batch, 2, BANDS, FRAMES) as `front_end.input_of` scales them; gives embedding, logits of instruments, measures in standard deviations."""

    def __init__(self, dropout: float = 0.0):
        super().__init__()
        # Each picture has filters of its own at first: their bands are not the same.
        self.stem = _convolution(2, 2 * STEM, 1, groups=2)
        self.blocks = nn.Sequential(*[Block(a, b) for a, b in zip((2 * STEM, *CHANNELS[:-1]), CHANNELS)])
        rows = BANDS // 2 ** len(CHANNELS)
        self.middle = nn.Sequential(nn.Linear(CHANNELS[-1] * rows * TIME_PARTS, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(dropout))
        self.embed = nn.Linear(256, EMBEDDING)
        self.instrument = nn.Linear(256, len(INSTRUMENTS))
        self.measure = nn.Linear(256, len(MEASURES))
        # How far the embedding moves where a host has measured more exactly than could be guessed from pictures.
        self.correct = nn.Linear(len(MEASURES), EMBEDDING, bias=False)
        nn.init.zeros_(self.correct.weight)
        # A quarter less time on a CPU.
        self.to(memory_format=torch.channels_last)

    def summed(self, pictures: Tensor) -> Tensor:
        """What the filters find, time summed up."""
        # While training, convolutions are taken in bfloat16 (0.37 s a step in place of 0.6 where the processor has it).
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            values = self.blocks(self.stem(pictures.contiguous(memory_format=torch.channels_last) if self.training else pictures))
        values = values.float()
        return torch.cat([values.mean(3), values.amax(3), values[:, :, :, 0]], 1).flatten(1)

    def told(self, summed: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        middle = self.middle(summed)
        return F.normalize(self.embed(middle), dim=1), self.instrument(middle), self.measure(middle)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.told(self.summed(pictures))


    def corrected(self, embedding: Tensor, guessed: Tensor, measured: Tensor) -> Tensor:
        """Both measures in standard deviations."""
        return F.normalize(embedding + self.correct((measured - guessed).clamp(-MOST_CORRECTED, MOST_CORRECTED)), dim=1)


class Attention(nn.Module):
    """A layer of a transformer, norms first."""

    def __init__(self, dropout: float):
        super().__init__()
        self.norm, self.norm_after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.ask = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.inner = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.ReLU(), nn.Linear(2 * WIDTH, WIDTH))
        self.dropout = nn.Dropout(dropout)

    def forward(self, values: Tensor, shut: Tensor) -> Tensor:
        batch, length, _ = values.shape
        query, key, value = self.ask(self.norm(values)).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + shut[:, None, None, :], -1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        values = values + self.dropout(self.output(mixed))
        return values + self.dropout(self.inner(self.norm_after(values)))


class TextNet(nn.Module):
    """`words` (batch, words) and `grams` (batch, words, grams) of `text.Vocabulary.encode` to embeddings."""

    def __init__(self, word_count: int, length: int, dropout: float = 0.0):
        super().__init__()
        self.word = nn.Embedding(word_count, WIDTH, padding_idx=0)
        self.gram = nn.Embedding(GRAM_BUCKETS + 1, WIDTH, padding_idx=0)
        self.place = nn.Parameter(torch.zeros(length, WIDTH))
        nn.init.normal_(self.word.weight, std=0.3)
        nn.init.normal_(self.gram.weight, std=0.3)
        self.layers = nn.ModuleList(Attention(dropout) for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.embed = nn.Linear(WIDTH, EMBEDDING)

    def forward(self, words: Tensor, grams: Tensor) -> Tensor:
        present = (words > 0).float()
        counts = (grams > 0).float()
        spelt = (self.gram(grams) * counts[..., None]).sum(2) / counts.sum(2).clamp(min=1)[..., None]
        values = self.word(words) + spelt + self.place
        shut = (present - 1) * 1e4
        for layer in self.layers:
            values = layer(values, shut)
        pooled = (self.norm(values) * present[..., None]).sum(1) / present.sum(1, keepdim=True).clamp(min=1)
        return F.normalize(self.embed(pooled), dim=1)


class DrumClap(nn.Module):
    def __init__(self, word_count: int, length: int, dropout: float = 0.0):
        super().__init__()
        self.audio = AudioNet(dropout)
        self.text = TextNet(word_count, length, dropout)
        self.scale = nn.Parameter(torch.tensor(2.7))
        """Natural logarithm of what similarities are multiplied by."""


def contrast(audio: Tensor, text: Tensor, scale: Tensor, truth: Tensor) -> Tensor:
    """Symmetric InfoNCE where a caption may be true of several sounds.

    `truth` (sounds, captions): 2 holds, 0 does not, 1 in doubt and left out. Every true pair is held against all false ones of its row
    and of its column.
    """
    logits = scale.exp().clamp(max=60) * audio @ text.t()
    holds, is_false = truth == 2, truth == 0
    losses = []
    for axis in (1, 0):
        against = torch.logsumexp(logits.masked_fill(~is_false, -1e4), axis, keepdim=True)
        pairs = F.softplus(against - logits)
        weight = holds.float() / holds.sum(axis, keepdim=True).clamp(min=1)
        losses.append((pairs * weight).sum() / (weight.sum(axis) > 0).sum())
    return (losses[0] + losses[1]) / 2


def count_parameters(net: nn.Module) -> int:
    return sum(value.numel() for value in net.parameters())
