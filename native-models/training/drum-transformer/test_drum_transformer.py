"""python3 -m unittest test_drum_transformer (in this folder)"""
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from generate import choose_word
from model import DrumTransformer, Ensemble, Walker
from words import FEATURES, LEADS, WORDS, Controls, bits_of, features_of, words_of


class WordsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.words = np.random.default_rng(0).integers(0, WORDS, 100)

    def test_words_and_bits_are_inverse(self) -> None:
        self.assertTrue((words_of(bits_of(self.words)) == self.words).all())

    def test_a_step_sees_nothing_of_itself_or_later(self) -> None:
        changed = self.words.copy()
        changed[40:] = 0
        before, after = features_of(self.words, Controls()), features_of(changed, Controls())
        self.assertEqual(before.shape, (100, FEATURES))
        self.assertTrue((before[:41] == after[:41]).all())

    def test_an_infilled_step_sees_only_what_is_written_after_the_gap(self) -> None:
        changed = self.words.copy()
        changed[40:60] = 0
        before = features_of(self.words, Controls(), known_from=60)
        after = features_of(changed, Controls(), known_from=60)
        self.assertTrue((before[:41] == after[:41]).all())
        self.assertTrue(before[60 - LEADS[0], 60:69].tolist() == bits_of(self.words[60:61])[0].tolist())

    def test_the_network_is_causal(self) -> None:
        torch.manual_seed(0)
        net = DrumTransformer(width=32, heads=2, layers=2).eval()
        features = torch.from_numpy(features_of(self.words, Controls()))[None]
        changed = features.clone()
        changed[:, 50:] = 1
        with torch.no_grad():
            self.assertLess(float((net(features)[:, :50] - net(changed)[:, :50]).abs().max()), 1e-4)

    def test_going_on_from_memory_is_reading_at_once(self) -> None:
        torch.manual_seed(0)
        ensemble = Ensemble([DrumTransformer(width=32, heads=2, layers=2) for _ in range(2)]).eval()
        walker = Walker(ensemble).eval()
        features = torch.from_numpy(features_of(self.words, Controls()))
        memory, found = torch.zeros(0, walker.memory_width()), []
        with torch.no_grad():
            for part in features.split([32, 1, 1, 66]):
                answer, remembered = walker(part, memory)
                memory = torch.cat([memory, remembered])
                found.append(answer)
            self.assertLess(float((torch.cat(found) - ensemble(features[None])[0]).abs().max()), 1e-4)

    def test_top_p_never_chooses_an_unlikely_word(self) -> None:
        chances = np.log(np.array([0.5, 0.3, 0.15, 0.05]))
        drawn = {choose_word(chances, 1.0, 0.75, np.random.default_rng(seed)) for seed in range(100)}
        self.assertEqual(drawn, {0, 1})


if __name__ == "__main__":
    unittest.main()
