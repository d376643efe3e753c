"""python3 -m unittest test_drum_clap (in this folder)"""
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from captions import caption, is_reserved, relevant, roughened, unjudged, words_of_grammar
from cymbals import PLATES
from drumsynth import render_patch
from evaluate import PROMPTS, balanced_accuracy, recall_at_ten
from families import FAMILIES
from front_end import BANDS, FLOOR_DB, FRAMES, SAMPLE_RATE, WINDOWS, from_bytes, log_mel, mel_filters, prepare, to_bytes
from labels import FAMILY_SPLIT, FONT_SPLIT, GATE_CLASSES, HYDROGEN_SPLIT, INSTRUMENTS, KINDS, TEST, TRAIN
from lexicon import ADJECTIVES, NAMES, PHRASES
from measures import INDEX, MEASURES, NOUNS, PREDICATES, measure, nouns_of, tags_of, thresholds_of, truths
from model import MOST_CORRECTED, DrumClap, contrast, count_parameters
from packages import FOLDER_KITS
from render import Sources, make_sound
from shaping import recast, shape, spliced
from synthesis import MAKERS, synthesise
from text import GRAMS, UNKNOWN, WORDS, Vocabulary, fnv1a, grams_of, split_words
from train import holding, named_loss

QUERIES = json.loads((Path(__file__).resolve().parent / "queries.json").read_text())
RATE = 44100


def tone(frequency_hz: float, decay_s: float, rate: int = RATE) -> np.ndarray:
    time = np.arange(rate) / rate
    return (np.sin(2 * np.pi * frequency_hz * time) * np.exp(-time / decay_s)).astype(np.float32)


class FrontEndTest(unittest.TestCase):
    def test_a_tone_is_loudest_in_the_band_that_holds_it(self) -> None:
        pictures = log_mel(prepare(tone(100, 1, SAMPLE_RATE), SAMPLE_RATE))
        self.assertEqual(pictures.shape, (2, BANDS, FRAMES))
        for picture, (window, low, high) in zip(pictures, WINDOWS.values()):
            filters = mel_filters(window, low, high)
            self.assertTrue(np.allclose(filters.sum(0), 1, atol=1e-5))
            self.assertEqual(int(picture[:, 20].argmax()), int(filters[round(100 * window / SAMPLE_RATE)].argmax()))

    def test_level_and_silence_before_the_hit_do_not_matter(self) -> None:
        hit = tone(180, 0.05, SAMPLE_RATE)
        early, late = [log_mel(prepare(np.concatenate([np.zeros(frames, np.float32), gain * hit]), SAMPLE_RATE)) for frames, gain in ((3000, 1), (7001, 0.01))]
        self.assertLess(float(np.abs(early - late).max()), 0.01)

    def test_bytes_are_within_a_sixth_of_a_decibel(self) -> None:
        pictures = np.random.default_rng(0).uniform(FLOOR_DB, 0, (2, BANDS, FRAMES)).astype(np.float32)
        self.assertLess(float(np.abs(from_bytes(to_bytes(pictures)) - pictures).max()), 1 / 6)


class SoundTest(unittest.TestCase):
    def test_every_family_makes_every_instrument(self) -> None:
        for family in FAMILIES:
            for instrument in MAKERS:
                hit, _ = synthesise(instrument, family, np.random.default_rng([3, INSTRUMENTS.index(instrument)]))
                self.assertTrue(np.isfinite(hit).all() and abs(float(np.abs(hit).max()) - 1) < 1e-3, (family, instrument))

    def test_a_sound_is_the_same_whenever_its_number_is_rendered(self) -> None:
        sources = Sources(Path("/nowhere"), TRAIN)
        for number in range(12):
            one, other = make_sound(sources, number), make_sound(sources, number)
            self.assertTrue(np.allclose(one.audio, other.audio, atol=1e-4))
            self.assertEqual(one.sure, other.sure)

    def test_shaping_keeps_a_peak_of_one_and_tells_of_room(self) -> None:
        told = []
        for number in range(60):
            sound, treatment = shape(tone(200, 0.1), "snare", np.random.default_rng(number), None, [tone(60, 0.2)], 1.0)
            self.assertTrue(np.isfinite(sound).all() and abs(float(np.abs(sound).max()) - 1) < 1e-3)
            told.append(treatment.wet > 0)
        self.assertTrue(5 < sum(told) < 40)

    def test_no_kit_is_on_two_sides(self) -> None:
        kits = [name for names in HYDROGEN_SPLIT.values() for name in names]
        self.assertEqual(len(kits), len(set(kits)))
        self.assertEqual(set(FAMILY_SPLIT), set(FAMILIES))
        self.assertEqual(FONT_SPLIT["fluid-r3"], FONT_SPLIT["musescore-general"])
        self.assertIn(TEST, FONT_SPLIT.values())


class MeasureTest(unittest.TestCase):
    def test_measures_order_sounds_as_ears_do(self) -> None:
        at = {name: index for index, name in enumerate(MEASURES)}
        low, high = measure(tone(60, 0.1), RATE), measure(tone(4000, 0.1), RATE)
        for name, sign in (("brightness", 1), ("pitch", 1), ("sub", -1)):
            self.assertGreater(sign * (high - low)[at[name]], 0.5, name)
        short, long = measure(tone(200, 0.02), RATE), measure(tone(200, 0.4), RATE)
        for name, sign in (("length", 1), ("tightness", -1), ("density", 1)):
            self.assertGreater(sign * (long - short)[at[name]], 0.5, name)
        noise = np.random.default_rng(0).standard_normal(RATE).astype(np.float32) * np.exp(-np.arange(RATE) / 4000)
        self.assertGreater((measure(noise, RATE) - low)[at["noisiness"]], 1)
        swelling = tone(200, 0.3) * np.minimum(1, np.arange(RATE) / 2000)
        self.assertGreater((measure(swelling, RATE) - long)[at["softness"]], 1)

    def test_a_third_is_bright_a_third_dark_and_a_sixth_beside_each_in_doubt(self) -> None:
        values = np.random.default_rng(1).normal(size=(600, len(MEASURES))).astype(np.float32)
        thresholds = {name: np.array(limits) for name, limits in thresholds_of(values, [["all", "kick"]] * 600).items()}
        found = np.stack([truths(row, ["kick"], [], ["all", "kick"], thresholds) for row in values])
        for sign in "+-":
            column = found[:, INDEX[f"kick:brightness{sign}"]]
            self.assertAlmostEqual(float((column == 2).mean()), 1 / 3, delta=0.01)
            self.assertAlmostEqual(float((column == 1).mean()), 1 / 6, delta=0.01)
        self.assertEqual(set(found[:, INDEX["kick"]]), {2})
        self.assertEqual(set(found[:, INDEX["snare"]]), {0})

    def test_what_is_not_known_of_a_recording_is_in_doubt(self) -> None:
        sure, doubtful = tags_of("snare", "", "", 0.0, 0.0, False, False)
        self.assertEqual(sure, ["snare"])
        self.assertTrue({"electronic", "acoustic", "dry", "roomy", "clean", "distorted"} <= set(doubtful))
        self.assertIn("chh", tags_of("phh", "", "acoustic", 0, 0, False, True)[1])
        self.assertEqual(nouns_of("ohh", ""), ["all", "hat", "ohh"])


class TextTest(unittest.TestCase):
    def test_words_are_split_plainly(self) -> None:
        self.assertEqual(split_words("Open Hi-Hat, très DARK!"), ["open", "hi", "hat", "tres", "dark"])
        self.assertEqual(fnv1a("a"), 0xE40C292C)

    def test_a_misspelt_word_shares_groups_of_letters(self) -> None:
        self.assertGreater(len(set(grams_of("thumpy")) & set(grams_of("thump"))), 4)
        words, grams = Vocabulary(["kick"]).encode(["kick thumpy " + "very " * 30, ""])
        self.assertEqual((words.shape, grams.shape), ((2, WORDS), (2, WORDS, GRAMS)))
        self.assertEqual((words[0, 0], words[0, 1], words[1, 0], words[1, 1]), (2, UNKNOWN, UNKNOWN, 0))

    def test_everything_has_words(self) -> None:
        self.assertEqual(set(NOUNS), set(NAMES))
        qualities = {measure + sign for measure in MEASURES for sign in "+-"}
        self.assertTrue(qualities <= set(ADJECTIVES) and qualities <= set(PHRASES))
        self.assertEqual(set(json.loads(PROMPTS.read_text())), set(GATE_CLASSES))

    def test_captions_of_training_are_true_and_never_of_reserved_needs(self) -> None:
        rng = np.random.default_rng(2)
        values = rng.normal(size=(100, len(MEASURES))).astype(np.float32)
        thresholds = {name: np.array(limits) for name, limits in thresholds_of(values, [["all", "tom", "lt"]] * 100).items()}
        texts = set()
        for row in values:
            truth = truths(row, ["tom", "lt", "electronic", "roomy"], [], ["all", "tom", "lt"], thresholds)
            made = caption(truth, thresholds, rng, "lt", "")
            self.assertTrue((truth[made.needs] == 2).all())
            self.assertFalse(is_reserved(made.needs))
            texts.add(made.text)
        self.assertGreater(len(texts), 90)
        self.assertNotEqual(len({roughened("short dark kick", rng) for _ in range(50)}), 1)


class QueryTest(unittest.TestCase):
    def test_two_hundred_queries_ask_for_what_can_be_known(self) -> None:
        self.assertEqual((len(QUERIES), sum(query["by"] == "hand" for query in QUERIES)), (200, 50))
        for query in QUERIES:
            self.assertTrue(query["needs"] and set(query["needs"]) <= set(PREDICATES), query)

    def test_queries_by_grammar_are_never_said_in_training(self) -> None:
        for query in QUERIES:
            if query["by"] == "grammar":
                self.assertTrue(is_reserved([INDEX[name] for name in query["needs"]]), query)

    def test_queries_by_hand_hold_words_outside_the_grammar(self) -> None:
        known = set(words_of_grammar())
        for query in QUERIES:
            if query["by"] == "hand":
                self.assertTrue(set(split_words(query["text"])) - known, query)


class NetTest(unittest.TestCase):
    def test_sizes_and_lengths(self) -> None:
        torch.manual_seed(0)
        net = DrumClap(50, WORDS).eval()
        self.assertLess(count_parameters(net.audio), 1_500_000)
        words, grams = Vocabulary(["kick"]).encode(["kick", "a kick", ""])
        with torch.no_grad():
            heard, _, _ = net.audio(torch.randn(3, 2, BANDS, FRAMES))
            said = net.text(torch.from_numpy(words), torch.from_numpy(grams))
        for vectors in (heard, said):
            self.assertTrue(torch.allclose(vectors.norm(dim=1), torch.ones(3), atol=1e-5))

    def test_padding_says_nothing(self) -> None:
        torch.manual_seed(0)
        net = DrumClap(50, WORDS).eval()
        words, grams = [torch.from_numpy(values) for values in Vocabulary(["kick"]).encode(["kick", "one two three four"])]
        with torch.no_grad():
            together = net.text(words, grams)[0]
            alone = net.text(words[:1], grams[:1])[0]
        self.assertTrue(torch.allclose(together, alone, atol=1e-5))

    def test_contrast_is_low_when_true_pairs_are_near_and_ignores_doubt(self) -> None:
        audio = torch.eye(3)
        truth = torch.tensor([[2, 0, 1], [0, 2, 0], [1, 0, 2]])
        scale = torch.tensor(3.0)
        good, bad = contrast(audio, audio, scale, truth), contrast(audio, audio.roll(1, 0), scale, truth)
        self.assertLess(float(good), 0.01)
        self.assertGreater(float(bad), 5)
        near = audio.clone()
        near[2] = torch.tensor([0.7071, 0, 0.7071])
        self.assertLess(float(contrast(audio, near, scale, truth)), 0.05)


class FigureTest(unittest.TestCase):
    def test_recall_and_balance_are_counted_as_they_are_described(self) -> None:
        fits = np.zeros(50, bool)
        fits[:4] = True
        similarity = -np.arange(50.0)
        everything = np.zeros(50, bool)
        self.assertEqual(recall_at_ten(similarity, fits, fits, everything), (1.0, 1.0, 1.0))
        self.assertEqual(recall_at_ten(-similarity, fits, fits, everything), (0.0, 0.0, 0.0))
        best_unknown = np.arange(50) < 12
        fits = (np.arange(50) >= 12) & (np.arange(50) < 17)
        self.assertEqual(recall_at_ten(similarity, fits, fits, everything), (0.0, 0.0, 0.0))
        self.assertEqual(recall_at_ten(similarity, fits, fits, best_unknown), (1.0, 0.0, 0.0))
        self.assertAlmostEqual(balanced_accuracy(["kick"] * 8 + ["snare"] * 2, ["kick"] * 8 + ["clap"] * 2)[0], 0.5)
        truth = np.full((3, len(PREDICATES)), 2, np.uint8)
        truth[1, 0], truth[2, 0] = 1, 0
        strict, nearly = relevant(truth, [0, 1])
        self.assertEqual((strict.tolist(), nearly.tolist()), ([True, False, False], [True, True, False]))

    def test_only_names_in_doubt_make_a_sound_unjudged(self) -> None:
        acoustic, bright = INDEX["acoustic"], INDEX["kick:brightness+"]
        truth = np.full((4, len(PREDICATES)), 2, np.uint8)
        truth[1, acoustic], truth[2, bright] = 1, 1
        truth[3, acoustic], truth[3, bright] = 1, 0
        self.assertEqual(unjudged(truth, [acoustic, bright]).tolist(), [False, True, False, False])


class CorrectionTest(unittest.TestCase):
    def test_a_vector_stays_where_what_is_measured_was_guessed_and_moves_to_a_limit(self) -> None:
        audio = DrumClap(10, WORDS).audio
        torch.nn.init.normal_(audio.correct.weight)
        vector, guessed = torch.nn.functional.normalize(torch.randn(3, 128), dim=1), torch.randn(3, len(MEASURES))
        self.assertLess(float((audio.corrected(vector, guessed, guessed) - vector).abs().max()), 1e-6)
        far, farther = (audio.corrected(vector, guessed, guessed + apart) for apart in (MOST_CORRECTED, 50))
        self.assertLess(float((far - farther).abs().max()), 1e-6)
        self.assertAlmostEqual(float(far.norm(dim=1)[0]), 1, places=5)


class PackagesTest(unittest.TestCase):
    def test_every_kit_of_a_package_names_instruments_and_kinds_that_there_are(self) -> None:
        for kit in FOLDER_KITS:
            for label, _ in kit.names:
                if label is not None:
                    self.assertIn(label[0], INSTRUMENTS)
                    self.assertIn(label[1], ("", *KINDS))

    def test_nothing_share_alike_trains(self) -> None:
        self.assertEqual([kit.name for kit in FOLDER_KITS if "SA" in kit.licence and kit.split == TRAIN], [])

    def test_a_patch_is_heard(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "kick.ds"
            path.write_text("[General]\nStretch=100.0\n[Tone]\nOn=1\nLevel=128\nF1=180\nF2=50\nDroop=30\nEnvelope=0,100 8820,40 17640,0\n[Noise]\nOn=0\n")
            hit = render_patch(path)
            assert hit is not None
            self.assertAlmostEqual(float(np.abs(hit).max()), 1, places=5)
            self.assertAlmostEqual(len(hit) / 44100, 0.4, places=2)
            late = np.abs(np.fft.rfft(hit[8820:17640]))
            self.assertAlmostEqual(float(late.argmax() * 44100 / 8820), 50, delta=10)
            path.write_text("[Tone]\nOn=0\n")
            self.assertIsNone(render_patch(path))

    def test_a_splice_begins_as_the_stroke_and_ends_as_the_tail(self) -> None:
        time = np.arange(22050) / 44100
        stroke, tail = (np.sin(2 * np.pi * hertz * time).astype(np.float32) for hertz in (1000, 200))
        joined = spliced(stroke, tail, np.random.default_rng(3))
        loudest = [float(np.abs(np.fft.rfft(part)).argmax() * 44100 / len(part)) for part in (joined[:256], joined[-4410:])]
        self.assertAlmostEqual(loudest[0], 1000, delta=180)
        self.assertAlmostEqual(loudest[1], 200, delta=20)

    def test_a_recast_hit_is_another_of_its_kind(self) -> None:
        hit = tone(400, 0.1)
        for number in range(10):
            other = recast(hit, np.random.default_rng(number), 1.5)
            self.assertTrue(np.isfinite(other).all() and abs(float(np.abs(other).max()) - 1) < 1e-3)
            spectrum = np.abs(np.fft.rfft(other[:RATE]))
            self.assertTrue(400 / 1.6 < float(spectrum.argmax() * RATE / len(other[:RATE])) < 400 * 1.6)
            self.assertFalse(np.array_equal(other[:1000], hit[:1000]))


class PlateTest(unittest.TestCase):
    @staticmethod
    def highs_lost_db(name: str) -> float:
        """Median over hits: what is left of the highs 100 ms after the stroke, against its beginning."""
        lost = []
        for number in range(12):
            highs = log_mel(prepare(PLATES[name](np.random.default_rng(number))[0].astype(np.float32), RATE))[0, 45:]
            power = 10 ** (highs / 10)
            lost.append(10 * np.log10(power[:, 10:15].mean() / power[:, :5].mean()))
        return float(np.median(lost))

    def test_a_crash_rises_a_ride_falls_and_an_open_hat_is_between(self) -> None:
        crash, open_hat, ride = self.highs_lost_db("crash"), self.highs_lost_db("ohh"), self.highs_lost_db("ride")
        self.assertGreater(crash, open_hat + 2)
        self.assertGreater(open_hat, ride)

    def test_an_open_hat_rings_longer_than_a_closed_one(self) -> None:
        lengths = [np.median([measure(PLATES[name](np.random.default_rng(number))[0].astype(np.float32), RATE)[1] for number in range(12)]) for name in ("chh", "ohh")]
        self.assertGreater(lengths[1], lengths[0] + 2)


class BatchTest(unittest.TestCase):
    def test_a_known_measure_that_is_not_enough_does_not_hold(self) -> None:
        kick, dark, doubt = INDEX["kick"], INDEX["kick:brightness-"], INDEX["acoustic"]
        truth = np.full((4, len(PREDICATES)), 2, np.uint8)
        truth[1, dark], truth[2, kick], truth[3, doubt] = 1, 0, 1
        strict, lax = np.full(4, True), np.full(4, False)
        self.assertEqual(holding(truth, [kick, dark], strict).tolist(), [2, 0, 0, 2])
        self.assertEqual(holding(truth, [kick, dark], lax).tolist(), [2, 1, 0, 2])
        self.assertEqual(holding(truth, [kick, doubt], strict).tolist(), [2, 2, 0, 1])
        self.assertEqual(holding(truth, [], strict).tolist(), [1, 1, 1, 1])

    def test_names_in_doubt_are_neither_right_nor_wrong(self) -> None:
        classes, doubt = torch.tensor([0]), torch.zeros(1, 3, dtype=torch.bool)
        right, wrong = torch.tensor([[9.0, 0.0, 0.0]]), torch.tensor([[0.0, 0.0, 9.0]])
        self.assertLess(float(named_loss(right, classes, doubt)), float(named_loss(wrong, classes, doubt)))
        doubt[0, 2] = True
        self.assertLess(float(named_loss(wrong, classes, doubt)), 1)


if __name__ == "__main__":
    unittest.main()
