"""python3 -m unittest test_drum_stem (in this folder)"""
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import separate
import torch
from model import BANDS, CONTEXT_WINDOWS, GATE_GROUPS, DrumStemNet, slices
from spectra import BINS, bass_stft, fast_bass_stft, power
from strings import pluck, random_tone


class DrumStemTest(unittest.TestCase):
    def test_bands_and_gates_cover_every_bin_once(self) -> None:
        bands = [bin_ for first, width, _ in BANDS for bin_ in range(first, first + width)]
        gates = [bin_ for first, width, count in slices(GATE_GROUPS) for bin_ in range(first, first + width * count)]
        self.assertEqual(bands, list(range(BINS)))
        self.assertEqual(gates, list(range(BINS)))

    def test_fast_bass_spectrum_equals_the_slow_one(self) -> None:
        audio = torch.randn(2, 255 * 512, generator=torch.Generator().manual_seed(0))
        slow, fast = power(bass_stft(audio)), power(fast_bass_stft(audio))
        self.assertLess(float((slow - fast).abs().mean() / slow.mean()), 1e-5)

    def test_segments_join_without_a_seam(self) -> None:
        torch.manual_seed(0)
        net = DrumStemNet(hidden=32).eval()
        audio = np.random.default_rng(0).normal(0, 0.1, (900 * 512, 2))
        whole = separate.separate(net, audio)
        usual, separate.SEGMENT_WINDOWS = separate.SEGMENT_WINDOWS, 2 * CONTEXT_WINDOWS + 100
        pieces = separate.separate(net, audio)
        separate.SEGMENT_WINDOWS = usual
        self.assertLess(float(np.abs(whole - pieces).max()), 1e-5)

    def test_loudness_of_a_song_does_not_change_its_masks(self) -> None:
        torch.manual_seed(0)
        net = DrumStemNet(hidden=32).eval()
        audio = np.random.default_rng(0).normal(0, 0.1, (100 * 512, 2))
        self.assertLess(float(np.abs(separate.separate(net, audio) * 0.1 - separate.separate(net, audio * 0.1)).max()), 1e-5)

    def test_a_plucked_string_is_in_tune(self) -> None:
        rng = np.random.default_rng(0)
        for pitch in (33, 45, 57, 69):
            tone = random_tone(rng, bass=False)._replace(detune_cents=0, position=0.13)
            wave = pluck(pitch, 2.0, 1.0, tone, False, rng)
            spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 19))
            expected = 440 * 2 ** ((pitch - 69) / 12)
            frequency = np.fft.rfftfreq(1 << 19, 1 / 44100)
            near = (frequency > expected * 0.9) & (frequency < expected * 1.1)
            found = frequency[near][np.argmax(spectrum[near])]
            self.assertLess(abs(1200 * np.log2(found / expected)), 12)


if __name__ == "__main__":
    unittest.main()
