import {
  COMMON_TIME,
  hitId,
  INSTRUMENT_FACTS,
  type Instrument,
  type Meter,
  type Note,
  noteId,
  type Pattern,
  STEP_TICKS,
  sortedNotes,
  PLAIN,
  PLAIN_FRAME,
} from '#shared/model';
import { ticks, ticksOfMilliseconds } from '#shared/units';

let count = 0;

/** A note of `instrument` on a sixteenth counted from the pattern's start. */
export const aNote = (instrument: Instrument, step: number, more: Partial<Note> = {}): Note => ({
  id: noteId(`n${count++}`),
  role: INSTRUMENT_FACTS[instrument].role,
  instrument,
  at: ticks(step * STEP_TICKS),
  feel: 0,
  velocity: 0.8,
  length: ticks(STEP_TICKS),
  ...PLAIN,
  hit: hitId(`${instrument}-1`),
  source: 'skeleton',
  ...more,
});

/** Feel of `milliseconds` at 120 BPM. */
export const late = (milliseconds: number): { readonly feel: number } => ({
  feel: ticksOfMilliseconds(milliseconds, 120),
});

/** 4/4 at 120 BPM unless said otherwise. */
export const aPattern = (notes: readonly Note[], more: Partial<Pattern> = {}): Pattern => ({
  ...PLAIN_FRAME,
  tempo: 120,
  bars: [COMMON_TIME],
  ...more,
  notes: sortedNotes(notes),
});

export const meter = (numerator: number, denominator: Meter['denominator']): Meter => ({
  numerator,
  denominator,
});
