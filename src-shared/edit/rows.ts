import {
  type Division,
  type Instrument,
  laneSetting,
  type LaneSetting,
  type Note,
  type Pattern,
  type Role,
} from '../model';
import { ticks } from '../units';
import { type Edit, NOTHING } from './edit';

/** An instrument in a role. */
export interface Row {
  readonly role: Role;
  readonly instrument: Instrument;
}

export const isOfRow =
  ({ role, instrument }: Row) =>
  (one: Row): boolean =>
    one.role === role && one.instrument === instrument;

const isPlain = ({ grid, length }: LaneSetting): boolean =>
  length === null && grid.every(division => division === '16');

/** The pattern's settings of rows with those of one row changed; a row on sixteenths and as long as the pattern needs none. */
function withSetting(pattern: Pattern, row: Row, change: (setting: LaneSetting) => LaneSetting): Edit {
  const is = isOfRow(row);
  const setting = change({ ...laneSetting(pattern, row) });
  const others = pattern.lanes.filter(lane => !is(lane));
  const wasAt = pattern.lanes.findIndex(is);
  if (isPlain(setting)) return wasAt < 0 ? NOTHING : { kind: 'frame', frame: { lanes: others } };
  const lanes = wasAt < 0 ? [...others, setting] : pattern.lanes.with(wasAt, setting);
  return { kind: 'frame', frame: { lanes } };
}

/** How a row's quarters are divided in turn; its notes stay where they are written. */
export const withGrid = (pattern: Pattern, row: Row, grid: readonly Division[]): Edit =>
  grid.length === 0 ? NOTHING : withSetting(pattern, row, setting => ({ ...setting, grid: [...grid] }));

/** Ticks after which a row begins again; null for the whole pattern. Notes behind its end stay, and are silent. */
export const withRowLength = (pattern: Pattern, row: Row, length: number | null): Edit =>
  length !== null && length <= 0
    ? NOTHING
    : withSetting(pattern, row, setting => ({
        ...setting,
        length: length === null ? null : ticks(Math.round(length)),
      }));

/** A row's hits and settings as another row's; where that one has settings of its own they stay. */
export function asRow(pattern: Pattern, from: Row, to: Row, hitOf: (note: Note) => Note['hit']): Edit {
  const isFrom = isOfRow(from);
  const isTo = isOfRow(to);
  if (isFrom(to)) return NOTHING;
  const setting = pattern.lanes.find(isFrom);
  const isTaken = pattern.lanes.some(isTo);
  const lanes = pattern.lanes.flatMap(lane =>
    isFrom(lane)
      ? isTaken || !setting
        ? []
        : [{ ...lane, role: to.role, instrument: to.instrument }]
      : [lane],
  );
  const notes = pattern.notes
    .filter(isFrom)
    .map((note): Note => ({ ...note, role: to.role, instrument: to.instrument, hit: hitOf(note) }));
  return {
    kind: 'all',
    edits: [
      { kind: 'frame', frame: { lanes } },
      { kind: 'put', notes },
    ],
  };
}
