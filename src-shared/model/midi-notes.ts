import { INSTRUMENT_FACTS, INSTRUMENTS, type Instrument } from './instrument';

/** Drums are on MIDI channel 10, counted from 0. */
export const DRUM_CHANNEL = 9;

/**
 * Other notes that mean one of our instruments: the rest of the General MIDI level 1 percussion map, and the two hi-hat edge notes
 * (22, 26) that Roland's electronic kits send.
 */
const ALSO: Readonly<Record<Instrument, readonly number[]>> = {
  kick: [35],
  snare: [40],
  rim: [31],
  clap: [],
  chh: [22],
  phh: [],
  ohh: [26],
  lt: [41, 43, 58],
  mt: [48],
  ht: [],
  crash: [52, 57],
  ride: [53, 59],
  perc: [
    54, 56, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 27, 28,
    29, 30, 32, 33, 34,
  ],
  fx: [],
};

const BY_NOTE: ReadonlyMap<number, Instrument> = new Map(
  INSTRUMENTS.flatMap(instrument =>
    [INSTRUMENT_FACTS[instrument].note, ...ALSO[instrument]].map(note => [note, instrument] as const),
  ),
);

/** What a percussion note number sounds like; null when General MIDI gives it no meaning. */
export const instrumentOfNote = (note: number): Instrument | null => BY_NOTE.get(note) ?? null;
