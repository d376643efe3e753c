"""python3 -m unittest test_drum_hits (in this folder)"""
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import find
import numpy as np
import torch
from clips import CLIP_FRAMES, MARGIN, OTHER, add_flams, make_targets, spectra
from find import FAMILIES, Hit, activations, normalising_gain, onsets_of, pick
from model import CONTEXT_FRAMES, HOP, INSTRUMENTS, LONG_WINDOW, SHORT_HOP, SHORT_WINDOW, DrumHitsNet

SNARE = INSTRUMENTS.index("snare")


def chances_of(values: list[float], instrument: str = "snare") -> np.ndarray:
    chances = np.zeros((len(values), len(INSTRUMENTS)), np.float32)
    chances[:, INSTRUMENTS.index(instrument)] = values
    return chances


def picked(chances: np.ndarray) -> list[Hit]:
    return pick(chances, np.full_like(chances, 0.5), np.zeros_like(chances), dict.fromkeys(FAMILIES, 0.4))


class DrumHitsTest(unittest.TestCase):
    def test_a_click_is_loudest_in_the_windows_centred_on_it(self) -> None:
        audio = torch.zeros(1, 2 * MARGIN + 50 * HOP)
        audio[0, MARGIN + 20 * HOP] = 1
        long, short = spectra(audio)
        self.assertEqual((long.shape, short.shape), ((1, 50, LONG_WINDOW // 2 + 1), (1, 150, SHORT_WINDOW // 2 + 1)))
        self.assertEqual(int(long.sum(-1).argmax()), 20)
        self.assertEqual(int(short.sum(-1).argmax()), 20 * HOP // SHORT_HOP + 1)

    def test_segments_join_without_a_seam(self) -> None:
        torch.manual_seed(0)
        net = DrumHitsNet().eval()
        audio = np.random.default_rng(0).normal(0, 0.1, 500 * HOP + 17).astype(np.float32)
        whole = activations(net, audio)
        usual, find.SEGMENT_FRAMES = find.SEGMENT_FRAMES, CONTEXT_FRAMES + 40
        pieces = activations(net, audio)
        find.SEGMENT_FRAMES = usual
        for expected, found in zip(whole, pieces):
            self.assertLess(float(np.abs(expected - found).max()), 1e-4)

    def test_level_of_a_recording_is_taken_out(self) -> None:
        audio = np.random.default_rng(1).normal(0, 0.1, 44100)
        self.assertAlmostEqual(normalising_gain(audio * 0.01) / normalising_gain(audio), 100, places=3)
        with_silence = np.concatenate([audio, np.zeros(441000)])
        self.assertAlmostEqual(normalising_gain(with_silence) / normalising_gain(audio), 1, places=3)

    def test_targets_are_at_the_nearest_frame_and_offsets_lead_to_the_stroke(self) -> None:
        targets, weights, velocities, offsets = make_targets(np.array([[50.3, SNARE, 0.8], [70.0, OTHER, 0.6], [-1.0, SNARE, 1.0]]))
        self.assertEqual(targets[50, SNARE], 1)
        self.assertTrue(0 < targets[49, SNARE] < 1 and 0 < targets[51, SNARE] < 1)
        for frame in (49, 50, 51):
            self.assertAlmostEqual(frame + float(offsets[frame, SNARE]), 50.3, places=4)
        self.assertEqual(targets[70, :OTHER].max(), 0)
        self.assertEqual((targets[70, OTHER], targets[50, OTHER], float(velocities[50, SNARE])), (1, 1, np.float32(0.8)))
        self.assertEqual(len(targets), CLIP_FRAMES)

    def test_flams_are_two_hits_and_a_hesitant_peak_is_one(self) -> None:
        self.assertEqual(len(picked(chances_of([0, 0.2, 0.9, 0.3, 0.3, 0.8, 0.1, 0]))), 2)
        self.assertEqual([round(hit.seconds, 3) for hit in picked(chances_of([0, 0.2, 0.7, 0.65, 0.9, 0.1, 0]))], [0.04])

    def test_doubt_between_hats_is_no_doubt_that_one_was_struck(self) -> None:
        chances = chances_of([0, 0.3, 0], "closed-hat") + chances_of([0, 0.35, 0], "open-hat")
        self.assertEqual([hit.instrument for hit in picked(chances)], ["open-hat"])

    def test_instruments_struck_together_are_one_onset_and_flams_two(self) -> None:
        hits = [Hit(1.0, "kick", 1, 1), Hit(1.01, "closed-hat", 1, 1), Hit(2.0, "snare", 1, 1), Hit(2.025, "snare", 1, 1)]
        self.assertEqual([round(time, 3) for time in onsets_of(hits)], [1.005, 2.0, 2.025])

    def test_added_flams_sound_before_their_strokes(self) -> None:
        rng = np.random.default_rng(3)
        audio = np.zeros(2 * MARGIN + CLIP_FRAMES * HOP, np.float32)
        foot = MARGIN + 100 * HOP
        audio[foot:foot + 2000] = np.exp(-np.arange(2000) / 400)
        added = np.zeros((0, 3))
        while len(added) < 2:
            heard = audio.copy()
            added = add_flams(heard, np.array([[100.0, SNARE, 0.9]]), rng)
        grace = added[1, 0]
        self.assertTrue(94 < grace < 99)
        self.assertTrue(added[1, 2] <= 0.9)
        self.assertGreater(float(np.abs(heard[int(MARGIN + grace * HOP):foot - 40]).max()), 0.1)
        self.assertEqual(float(np.abs(heard[:int(MARGIN + grace * HOP) - 60]).max()), 0)


if __name__ == "__main__":
    unittest.main()
