"""Layers that train quickly on a CPU. In `eval` they are torch's own, in 32 bits, which is what is measured and exported.

Measured with torch 1.13 on one core with AVX-512: products of matrices run four times as fast in bfloat16 (456 against 112 GFLOP/s); a
depthwise convolution's way back is quicker as a handful of shifted products than as oneDNN's convolution.
"""
from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Linear16(nn.Linear):
    """A linear map whose products are taken in bfloat16 while training; weights stay in 32 bits."""

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return super().forward(values)
        return nn.functional.linear(values.bfloat16(), self.weight.bfloat16(), self.bias.bfloat16()).float()


def _shifted(taps: int, dilation: int, windows: int) -> list[tuple[int, int, int]]:
    """(tap, first target window, shift): target `t` takes source `t + shift`."""
    shifts = ((tap, (tap - taps // 2) * dilation) for tap in range(taps))
    return [(tap, max(0, -shift), shift) for tap, shift in shifts if abs(shift) < windows]


class _Depthwise(torch.autograd.Function):
    """`values` (batch, windows, channels), `weight` (channels, taps), `bias` (channels)."""

    @staticmethod
    def forward(context: Any, values: Tensor, weight: Tensor, bias: Tensor, dilation: int) -> Tensor:
        context.save_for_backward(values, weight)
        context.dilation = dilation
        rows = weight.T.contiguous()
        result = bias.expand_as(values).contiguous()
        for tap, first, shift in _shifted(len(rows), dilation, values.shape[1]):
            last = values.shape[1] - max(0, shift)
            result[:, first:last].addcmul_(values[:, first + shift:last + shift], rows[tap])
        return result

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        values, weight = context.saved_tensors
        rows = weight.T.contiguous()
        back, rows_back = torch.zeros_like(values), torch.zeros_like(rows)
        for tap, first, shift in _shifted(len(rows), context.dilation, values.shape[1]):
            last = values.shape[1] - max(0, shift)
            part = gradient[:, first:last]
            back[:, first + shift:last + shift].addcmul_(part, rows[tap])
            rows_back[tap] = (values[:, first + shift:last + shift] * part).sum((0, 1))
        return back, rows_back.T.contiguous(), gradient.sum((0, 1)), None


class DilatedDepthwise(nn.Conv1d):
    """Depthwise convolution over the windows of (batch, windows, channels)."""

    def __init__(self, channels: int, kernel: int, dilation: int):
        super().__init__(channels, channels, kernel, padding=kernel // 2 * dilation, dilation=dilation, groups=channels)

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return super().forward(values.transpose(1, 2)).transpose(1, 2).contiguous()
        return _Depthwise.apply(values, self.weight[:, 0], self.bias, self.dilation[0])
