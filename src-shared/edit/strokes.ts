import { extentOf } from '../base';
import { lineBefore, MOST_RATCHETS, type Note, type Pattern, patternTicks, swingOf, timeOf } from '../model';
import { clamp, midiVelocity, ticks } from '../units';
import { type Edit, NOTHING } from './edit';
import { linesByRow, snapped } from './operate';

/** One value for all notes, or each its own. */
export type Values = number | ((note: Note) => number);

/** Furthest a hit may be off its line, in ms. */
export const MOST_OFFSET_MS = 500;

const valueFor = (values: Values): ((note: Note) => number) =>
  typeof values === 'number' ? () => values : values;

const each = (notes: readonly Note[], change: (note: Note) => Note): Edit => ({
  kind: 'put',
  notes: notes.map(change),
});

/** How far a pattern's notes are off their lines in ms, positive is late; by the tempo where they stand. */
export function offsetsOf(pattern: Pattern): {
  readonly of: (note: Note) => number;
  readonly set: (note: Note, milliseconds: number) => Note;
} {
  const time = timeOf(pattern);
  const swung = swingOf(pattern);
  return {
    of: note => time.offsetMilliseconds(swung(note.at), note.feel),
    set: (note, milliseconds) => ({
      ...note,
      feel: time.feelOf(swung(note.at), clamp(milliseconds, -MOST_OFFSET_MS, MOST_OFFSET_MS)),
    }),
  };
}

/** Offsets from the line in ms; where the notes are written stays. */
export function offset(pattern: Pattern, notes: readonly Note[], milliseconds: Values): Edit {
  const wanted = valueFor(milliseconds);
  const { set } = offsetsOf(pattern);
  return each(notes, note => set(note, wanted(note)));
}

/** Plays notes earlier (negative) or later than they are. */
export function nudged(pattern: Pattern, notes: readonly Note[], milliseconds: number): Edit {
  const { of } = offsetsOf(pattern);
  return offset(pattern, notes, note => of(note) + milliseconds);
}

/** Velocities in MIDI's 1..127; a share of one is kept. */
export function struck(notes: readonly Note[], velocities: Values): Edit {
  const wanted = valueFor(velocities);
  return each(notes, note => ({ ...note, velocity: clamp(wanted(note), 1, 127) / 127 }));
}

export const struckHarder = (notes: readonly Note[], by: number): Edit =>
  struck(notes, note => midiVelocity(note.velocity) + by);

/** Velocities multiplied; 1 leaves them, 0.5 makes them half as hard. */
export const struckInProportion = (notes: readonly Note[], factor: number): Edit =>
  struck(notes, note => note.velocity * 127 * factor);

/** Velocities on a straight line from that of the first place to that of the last; notes written together are struck alike. */
export function struckAlongLine(notes: readonly Note[], first: number, last: number): Edit {
  const { least: start, most: end } = extentOf(notes.map(note => note.at)) ?? { least: 0, most: 0 };
  const span = end - start;
  return struck(notes, ({ at }) =>
    Math.round(span === 0 ? first : first + ((at - start) / span) * (last - first)),
  );
}

/** How often notes sound, 0..1. */
export function chanced(notes: readonly Note[], chances: Values): Edit {
  const wanted = valueFor(chances);
  return each(notes, note => ({ ...note, probability: clamp(wanted(note), 0, 1) }));
}

export const ornamented = (notes: readonly Note[], ornament: Note['ornament']): Edit =>
  each(notes, note => ({ ...note, ornament }));

/** The ornament, or none where all of the notes have it already. */
export const ornamentToggled = (notes: readonly Note[], ornament: Note['ornament']): Edit =>
  ornamented(notes, notes.every(note => note.ornament === ornament) ? 'none' : ornament);

/** Strokes that share a note's step, 1..8. */
export function ratcheted(notes: readonly Note[], strokes: Values): Edit {
  const wanted = valueFor(strokes);
  return each(notes, note => ({ ...note, ratchet: clamp(Math.round(wanted(note)), 1, MOST_RATCHETS) }));
}

export const muted = (notes: readonly Note[], isMuted: boolean): Edit =>
  each(notes, note => ({ ...note, muted: isMuted }));

/** What a note becomes on another row: its role, its instrument and what sounds. */
export type RowOf = (note: Note) => Pick<Note, 'role' | 'instrument' | 'hit'>;

/** The notes on other rows; all else of them stays. */
export const onRows = (notes: readonly Note[], rowOf: RowOf): Edit =>
  each(notes, note => {
    const { role, instrument, hit } = rowOf(note);
    return { ...note, role, instrument, hit };
  });

/**
 * Writes notes `by` ticks later, on the rows that `rowOf` says; their feel stays. The pattern's ends stop them all together, so that
 * their shape is kept.
 */
export function moved(pattern: Pattern, notes: readonly Note[], by: number, rowOf: RowOf): Edit {
  const places = extentOf(notes.map(note => note.at));
  if (!places) return NOTHING;
  const ticksBy = clamp(Math.round(by), -places.least, patternTicks(pattern) - 1 - places.most);
  return each(notes, note => {
    const { role, instrument, hit } = rowOf(note);
    return { ...note, role, instrument, hit, at: ticks(note.at + ticksBy) };
  });
}

/**
 * Writes notes `steps` steps of their own rows later, as far into the step as before. The pattern's ends stop them all together.
 */
export function stepped(pattern: Pattern, notes: readonly Note[], steps: number): Edit {
  const linesOf = linesByRow(pattern);
  const places = notes.map(note => {
    const { lines } = linesOf(note);
    return { note, lines, step: lineBefore(lines, note.at) };
  });
  const before = extentOf(places.map(({ step }) => step));
  const after = extentOf(places.map(({ lines, step }) => lines.length - 1 - step));
  if (!before || !after) return NOTHING;
  const by = clamp(steps, -before.least, after.least);
  if (by === 0) return NOTHING;
  return {
    kind: 'put',
    notes: places.map(({ note, lines, step }) => {
      const to = lines[step + by] ?? note.at;
      const room = (lines[step + by + 1] ?? patternTicks(pattern)) - to;
      return { ...note, at: ticks(to + Math.min(note.at - (lines[step] ?? 0), room - 1)) };
    }),
  };
}

/**
 * Moves notes towards the line of their row that is nearest to where they sound: `strength` 0 leaves their sound, 1 puts them onto it.
 * Each is written on that line.
 */
export function quantised(pattern: Pattern, notes: readonly Note[], strength: number): Edit {
  if (strength <= 0) return { kind: 'put', notes: [] };
  const snap = snapped(pattern);
  return each(notes, note => {
    const written = snap(note);
    // 1 - strength may be as good as zero, and -0 is none that a file holds.
    return { ...written, feel: strength >= 1 ? 0 : written.feel * (1 - strength) };
  });
}
