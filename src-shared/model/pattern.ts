import { z } from 'zod';
import { type Seconds, secondsOfTicks, type Ticks, ticks } from '../units';
import { barStarts, MeterSchema } from './grid';
import { HitIdSchema } from './hit';
import { InstrumentSchema } from './instrument';
import { RoleSchema } from './role';

export const NoteIdSchema = z.string().min(1).brand<'NoteId'>();
export type NoteId = z.infer<typeof NoteIdSchema>;
export const noteId = (value: string): NoteId => value as NoteId;

export const NOTE_SOURCES = ['skeleton', 'transformer', 'groovae', 'layout', 'editor', 'import'] as const;
export const ORNAMENTS = ['none', 'flam', 'drag', 'ruff'] as const;

const ticksSchema = z.number().transform(value => ticks(value));

/** One event in a pattern. */
export const NoteSchema = z.object({
  id: NoteIdSchema,
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** Written position from the pattern's start, before feel, an integer: 0 <= at < pattern length. */
  at: ticksSchema,
  /** Played minus written in ticks, a real number; negative pushes, positive drags. Kept apart so quantising is lossless. */
  feel: z.number(),
  /** 0 (silent) ... 1 (hardest stroke in the kit). */
  velocity: z.number().min(0).max(1),
  /** Written length in ticks, > 0; drums ring on unless choked. */
  length: ticksSchema,
  ornament: z.enum(ORNAMENTS),
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
  /** Quarter notes per minute. */
  tempo: z.number().min(20).max(400),
  /** The meter of each bar; its length is the number of bars. */
  bars: z.array(MeterSchema).min(1).max(128),
  swing: SwingSchema,
  /** Sorted by `compareNotes`. */
  notes: z.array(NoteSchema),
});
export type Pattern = z.infer<typeof PatternSchema>;

export const STRAIGHT: Swing = { percent: 50, base: '16th' };

export const patternTicks = (pattern: Pick<Pattern, 'bars'>): Ticks =>
  barStarts(pattern.bars).at(-1) ?? ticks(0);

export const patternSeconds = (pattern: Pick<Pattern, 'bars' | 'tempo'>): Seconds =>
  secondsOfTicks(patternTicks(pattern), pattern.tempo);

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
