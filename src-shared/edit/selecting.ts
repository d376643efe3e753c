import { barAt, barStarts, type Note, type NoteId, type Pattern } from '../model';
import { midiVelocity } from '../units';
import type { Row } from './rows';

export type Chosen = ReadonlySet<NoteId>;

const rowKey = ({ role, instrument }: Row): string => `${role} ${instrument}`;

const namesOf = (notes: readonly Note[]): Set<NoteId> => new Set(notes.map(note => note.id));

/** Notes written from tick `from` up to `to`, on `rows`; on every row when none are said. */
export function inRange(
  pattern: Pattern,
  from: number,
  to: number,
  rows: readonly Row[] | null = null,
): Set<NoteId> {
  const keys = rows && new Set(rows.map(rowKey));
  return namesOf(
    pattern.notes.filter(note => note.at >= from && note.at < to && (!keys || keys.has(rowKey(note)))),
  );
}

/** Every `n`-th of `notes` on each row, from the first (`first` 0) or a later one on. */
export function everyNth(notes: readonly Note[], n: number, first = 0): Set<NoteId> {
  const rows = Map.groupBy(notes, rowKey);
  return namesOf([...rows.values()].flatMap(row => row.filter((_, index) => index % n === first % n)));
}

/** Where in its bar a note is written: the step, or the beat, and the meter in which that means the same. */
function placeIn(pattern: Pattern, unit: 'step' | 'beat'): (note: Note) => string {
  const starts = barStarts(pattern.bars);
  return ({ at }) => {
    const { bar, within } = barAt(starts, at);
    const meter = pattern.bars[bar];
    const beat = 3840 / (meter?.denominator ?? 4);
    return String(unit === 'step' ? within : Math.floor(within / beat));
  };
}

/** What stands on the same step, or beat, of any bar as one of the chosen notes of its row. */
export function alikePlaced(pattern: Pattern, chosen: Chosen, unit: 'step' | 'beat'): Set<NoteId> {
  const place = placeIn(pattern, unit);
  const keyOf = (note: Note): string => `${rowKey(note)} ${place(note)}`;
  const wanted = new Set(pattern.notes.filter(note => chosen.has(note.id)).map(keyOf));
  return namesOf(pattern.notes.filter(note => wanted.has(keyOf(note))));
}

/** The notes struck harder than MIDI velocity `velocity`, or softer. */
export const struckBeyond = (
  notes: readonly Note[],
  side: 'louder' | 'softer',
  velocity: number,
): Set<NoteId> =>
  namesOf(
    notes.filter(note =>
      side === 'louder' ? midiVelocity(note.velocity) > velocity : midiVelocity(note.velocity) < velocity,
    ),
  );

/** All of `notes` but the chosen ones. */
export const inverted = (notes: readonly Note[], chosen: Chosen): Set<NoteId> =>
  namesOf(notes.filter(note => !chosen.has(note.id)));

/** The chosen notes and, on their rows, those right before and after them. */
export function grown(pattern: Pattern, chosen: Chosen): Set<NoteId> {
  return alongRows(pattern, (row, index) =>
    [row[index - 1], row[index], row[index + 1]].some(note => note !== undefined && chosen.has(note.id)),
  );
}

/** The chosen notes without those at the ends of each run on a row; a run reaches to where a note is not chosen. */
export function shrunk(pattern: Pattern, chosen: Chosen): Set<NoteId> {
  return alongRows(pattern, (row, index) =>
    [row[index - 1], row[index], row[index + 1]].every(note => note !== undefined && chosen.has(note.id)),
  );
}

function alongRows(
  pattern: Pattern,
  isWanted: (row: readonly Note[], index: number) => boolean,
): Set<NoteId> {
  const rows = Map.groupBy(pattern.notes, rowKey);
  return namesOf([...rows.values()].flatMap(row => row.filter((_, index) => isWanted(row, index))));
}
