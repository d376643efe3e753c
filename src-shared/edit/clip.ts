import { z } from 'zod';
import {
  barAt,
  barStarts,
  laneLines,
  nearestLine,
  type Note,
  NoteSchema,
  type Pattern,
  patternTicks,
  PLAIN,
  STEP_TICKS,
} from '../model';
import { ticks } from '../units';
import type { Edit } from './edit';
import { freshNames } from './put-hit';
import { isOfRow, type Row } from './rows';

/** Hits that were copied, with their groove. Places are in ticks. */
export const ClipSchema = z.object({
  /** Ascending; the first is written at 0. */
  notes: z.array(NoteSchema).min(1),
  /** From the start of the bar of the first hit to that hit. */
  lead: z.number().int().min(0),
  /** From the start of the bar of the first hit to the end of that of the last. */
  span: z.number().int().positive(),
});
export type Clip = z.infer<typeof ClipSchema>;

/** Null for no notes. */
export function clipOf(pattern: Pattern, notes: readonly Note[]): Clip | null {
  const first = notes.reduce((least, note) => Math.min(least, note.at), Infinity);
  const last = notes.reduce((most, note) => Math.max(most, note.at), 0);
  if (first === Infinity) return null;
  const starts = barStarts(pattern.bars);
  const { within: lead } = barAt(starts, first);
  const end = starts[barAt(starts, last).bar + 1] ?? last + 1;
  return {
    notes: notes.map(note => ({ ...note, at: ticks(note.at - first) })),
    lead,
    span: end - (first - lead),
  };
}

/** How hits are pasted: as they were, or their places only, straight and at one velocity. */
export type Pasting = { readonly kind: 'hits' } | { readonly kind: 'places'; readonly velocity: number };

/**
 * The clip's hits with the first at tick `at`. Those of a clip of one row go to `row` where one is said. A hit that is written where a
 * pasted one comes is replaced; what would lie past the pattern's end is left out.
 */
export function pasted(
  pattern: Pattern,
  clip: Clip,
  at: number,
  pasting: Pasting,
  row: (Row & Pick<Note, 'hit'>) | null = null,
): Edit {
  const end = patternTicks(pattern);
  const name = freshNames(pattern);
  const isOneRow = clip.notes.every(isOfRow(clip.notes[0] ?? { role: 'CORE', instrument: 'kick' }));
  const notes = clip.notes
    .filter(note => at + note.at < end)
    .map((note): Note => {
      const onto = row && isOneRow && !isOfRow(row)(note) ? row : note;
      const { role, instrument } = onto;
      const full = { ...note, role, instrument, hit: onto.hit, at: ticks(at + note.at) };
      const id = name(`${full.at}.${role}.${instrument}`);
      return pasting.kind === 'hits' ? { ...full, id } : { ...placed(pattern, full, pasting), id };
    });
  const taken = new Set(notes.map(placeKey));
  const gone = pattern.notes.filter(note => taken.has(placeKey(note))).map(note => note.id);
  return {
    kind: 'all',
    edits: [
      { kind: 'remove', ids: gone },
      { kind: 'put', notes: firstOfEachPlace(notes) },
    ],
  };
}

const placeKey = ({ role, instrument, at }: Note): string => `${role} ${instrument} ${at}`;

/** Places that were kept apart by a groove may fall on one line when they are straight. */
function firstOfEachPlace(notes: readonly Note[]): Note[] {
  return [...new Map(notes.toReversed().map(note => [placeKey(note), note])).values()].toReversed();
}

/** A hit on the line that it is written nearest to, and nothing else of how it was played. */
function placed(pattern: Pattern, note: Note, { velocity }: Extract<Pasting, { kind: 'places' }>): Note {
  const lines = laneLines(pattern, note);
  const line = lines[nearestLine(lines, note.at)] ?? note.at;
  return { ...note, ...PLAIN, at: line, feel: 0, velocity, muted: note.muted };
}

/** Further from a hit than this, a groove's place is another one: half a sixteenth, in ticks. */
const SAME_PLACE = STEP_TICKS / 2;

/**
 * The clip's groove on hits that are there: each takes the feel and the velocity of the clip's hit at its place, of its own row where
 * there is one, else of any. The clip begins with the bar of the first of `notes`, and again when it is over; hits at whose place it
 * has none stay as they are.
 */
export function grooved(pattern: Pattern, clip: Clip, notes: readonly Note[]): Edit {
  const first = notes.reduce((least, note) => Math.min(least, note.at), Infinity);
  if (first === Infinity) return { kind: 'put', notes: [] };
  const origin = first - barAt(barStarts(pattern.bars), first).within;
  const places = clip.notes.map(note => ({ note, at: clip.lead + note.at }));
  const distance = (a: number, b: number): number => {
    const apart = Math.abs(a - b);
    return Math.min(apart, clip.span - apart);
  };
  const likeness = (wanted: number, target: Note) => {
    const near = places.filter(({ at }) => distance(at, wanted) <= SAME_PLACE);
    const own = near.filter(({ note }) => isOfRow(target)(note));
    return (own.length > 0 ? own : near).reduce<(typeof places)[number] | null>(
      (best, one) => (best && distance(best.at, wanted) <= distance(one.at, wanted) ? best : one),
      null,
    );
  };
  return {
    kind: 'put',
    notes: notes.flatMap(note => {
      const found = likeness((note.at - origin) % clip.span, note);
      return found ? [{ ...note, feel: found.note.feel, velocity: found.note.velocity }] : [];
    }),
  };
}
