import {
  type Instrument,
  InstrumentSchema,
  type Meter,
  type Note,
  noteId,
  type Pattern,
  type Role,
  RoleSchema,
  STEP_TICKS,
  sortedNotes,
  stepsOf,
  stepsPerBar,
  PLAIN,
  PLAIN_FRAME,
} from '../model';
import { clamp, ticks } from '../units';

/**
 * What starts on one step, as text: its hits in order, each "role.instrument.loudness.steps" with loudness in sixteenths of full velocity;
 * empty for a rest. Feel is not told, and of two hits of one role and instrument only the louder is.
 */
export type Token = string;

const LOUDNESS_LEVELS = 16;

/** A bar's tokens, one a step. */
export type BarTokens = readonly Token[];

/** The tokens of each bar of `pattern`. Muted notes are left out. */
export function tokensOf(pattern: Pattern): BarTokens[] {
  const stepAt = stepsOf(pattern.bars);
  const bars = pattern.bars.map(meter =>
    Array.from({ length: stepsPerBar(meter) }, () => new Map<string, Note>()),
  );
  for (const note of pattern.notes) {
    const { bar, step } = stepAt(note.at);
    const hits = bars[bar]?.[step];
    const name = `${note.role} ${note.instrument}`;
    const other = hits?.get(name);
    if (!note.muted && note.velocity > (other?.velocity ?? 0)) hits?.set(name, note);
  }
  return bars.map(steps => steps.map(hits => [...hits.values()].map(wordOf).sort().join(' ')));
}

const wordOf = ({ role, instrument, velocity, length }: Note): string =>
  [
    role,
    instrument,
    clamp(Math.round(velocity * LOUDNESS_LEVELS), 1, LOUDNESS_LEVELS),
    Math.max(1, Math.round(length / STEP_TICKS)),
  ].join('.');

/** The pattern that `bars` of tokens say, straight and without feel. */
export function patternOfTokens(
  bars: readonly BarTokens[],
  frame: { readonly tempo: number; readonly meters: Meter[] },
): Pattern {
  let step = 0;
  const notes: Note[] = [];
  for (const tokens of bars) {
    for (const token of tokens) {
      for (const word of token === '' ? [] : token.split(' ')) notes.push(noteOf(word, step));
      step++;
    }
  }
  return { ...PLAIN_FRAME, tempo: frame.tempo, bars: frame.meters, notes: sortedNotes(notes) };
}

function noteOf(word: string, step: number): Note {
  const [role, instrument, loudness, steps] = word.split('.');
  const parsedRole: Role = RoleSchema.parse(role);
  const parsedInstrument: Instrument = InstrumentSchema.parse(instrument);
  return {
    id: noteId(`t${step}.${parsedRole}.${parsedInstrument}`),
    role: parsedRole,
    instrument: parsedInstrument,
    at: ticks(step * STEP_TICKS),
    feel: 0,
    velocity: Number(loudness) / LOUDNESS_LEVELS,
    length: ticks(Number(steps) * STEP_TICKS),
    ...PLAIN,
    hit: null,
    source: 'transformer',
  };
}
