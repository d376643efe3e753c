import { z } from 'zod';
import { type Seconds, type Ticks, ticks } from '../units';
import { ArticulationSchema } from './drum-map';
import { barStarts, MeterSchema } from './grid';
import { HitIdSchema } from './hit';
import { InstrumentSchema } from './instrument';
import { LaneSettingSchema } from './lane';
import { MixSchema, PLAIN_MIX } from './mix';
import { BpmSchema, TempoChangeSchema, timeOf } from './pattern-time';
import { RoleSchema } from './role';

export const NoteIdSchema = z.string().min(1).brand<'NoteId'>();
export type NoteId = z.infer<typeof NoteIdSchema>;
export const noteId = (value: string): NoteId => value as NoteId;

export const NOTE_SOURCES = ['skeleton', 'transformer', 'groovae', 'layout', 'editor', 'import'] as const;
export const ORNAMENTS = ['none', 'flam', 'drag', 'ruff'] as const;

export const MOST_RATCHETS = 8;
/** Longer than any performance of the Groove MIDI Dataset; a grid shows what fits its window. */
export const MOST_BARS = 1024;

const ticksSchema = z.number().transform(value => ticks(value));

/** One event in a pattern. */
export const NoteSchema = z.object({
  id: NoteIdSchema,
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** How it is struck, or which drum of its instrument it is, as drum maps call it (`edge`); null for the plain one. */
  articulation: ArticulationSchema.nullable().default(null),
  /** Written position from the pattern's start, before feel, an integer: 0 <= at < pattern length. */
  at: ticksSchema,
  /** Played minus written in ticks, a real number; negative pushes, positive drags. Kept apart so quantising is lossless. */
  feel: z.number(),
  /** 0 (silent) ... 1 (hardest stroke in the kit). */
  velocity: z.number().min(0).max(1),
  /** Written length in ticks, > 0; drums ring on unless choked. */
  length: ticksSchema,
  ornament: z.enum(ORNAMENTS),
  /** How often it sounds, 0 (never) ... 1 (in every pass). */
  probability: z.number().min(0).max(1).default(1),
  /** Strokes that share the note's step evenly. */
  ratchet: z.number().int().min(1).max(MOST_RATCHETS).default(1),
  muted: z.boolean(),
  /** The hit that sounds; null until layout has chosen one. */
  hit: HitIdSchema.nullable(),
  source: z.enum(NOTE_SOURCES),
});
export type Note = z.infer<typeof NoteSchema>;

/** Where the off-beat lies in its pair: 50 straight, 66.7 triplet. */
export const SwingSchema = z.object({ percent: z.number().min(50).max(75), base: z.enum(['8th', '16th']) });
export type Swing = z.infer<typeof SwingSchema>;

export const PatternSchema = z.object({
  /** Quarter notes per minute, at the start. */
  tempo: BpmSchema,
  /** Later tempos, ascending. */
  tempoChanges: z.array(TempoChangeSchema).default([]),
  /** The meter of each bar; its length is the number of bars. */
  bars: z.array(MeterSchema).min(1).max(MOST_BARS),
  swing: SwingSchema,
  /** What is said of single rows; those without an entry are on sixteenths and as long as the pattern. */
  lanes: z.array(LaneSettingSchema).default([]),
  mix: MixSchema.default(PLAIN_MIX),
  /** Sorted by `compareNotes`. */
  notes: z.array(NoteSchema),
});
export type Pattern = z.infer<typeof PatternSchema>;

export const STRAIGHT: Swing = { percent: 50, base: '16th' };

export const patternTicks = (pattern: Pick<Pattern, 'bars'>): Ticks =>
  barStarts(pattern.bars).at(-1) ?? ticks(0);

export const patternSeconds = (pattern: Pick<Pattern, 'bars' | 'tempo' | 'tempoChanges'>): Seconds =>
  timeOf(pattern).secondsAt(patternTicks(pattern));

/** What a note is that nothing is said of. */
export const PLAIN = {
  articulation: null,
  ornament: 'none',
  probability: 1,
  ratchet: 1,
  muted: false,
} as const;

/** What a pattern is beside its bars and notes when nothing else is said. */
export const PLAIN_FRAME = {
  tempoChanges: [],
  swing: STRAIGHT,
  lanes: [],
  mix: PLAIN_MIX,
} as const satisfies Partial<Pattern>;

/** A total order, so that equal sets of notes are equal lists. */
export function compareNotes(a: Note, b: Note): number {
  return (
    a.at - b.at ||
    compareText(a.role, b.role) ||
    compareText(a.instrument, b.instrument) ||
    compareText(a.id, b.id)
  );
}

export const sortedNotes = (notes: readonly Note[]): Note[] => [...notes].sort(compareNotes);

/** Code-unit order: the same on every machine, unlike a locale's. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
