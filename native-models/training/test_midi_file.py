"""python3 -m unittest test_midi_file (in this folder)"""
import unittest

from midi_file import Note, encode_midi, parse_midi


class MidiFileTest(unittest.TestCase):
    def test_reads_back_what_it_wrote(self) -> None:
        notes = [Note(0.0, 0.5, 36, 100), Note(0.25, 0.25, 38, 1), Note(1.5, 2.0, 127, 127)]
        midi = parse_midi(encode_midi(notes, program=0, channel=9))
        self.assertEqual(midi.tempos, [(0.0, 60.0)])
        self.assertEqual(midi.tracks[0][1], notes)

    def test_repeated_pitch_ends_before_it_begins_again(self) -> None:
        notes = [Note(0.0, 1.0, 40, 90), Note(1.0, 1.0, 40, 90)]
        self.assertEqual(parse_midi(encode_midi(notes, program=33)).tracks[0][1], notes)

    def test_refuses_other_files(self) -> None:
        with self.assertRaises(ValueError):
            parse_midi(b"RIFF0000WAVE")


if __name__ == "__main__":
    unittest.main()
