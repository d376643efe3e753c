import type { NoteId } from '#shared/model';
import type { GridHit, GridRow, GridRows } from './grid-rows';

interface Marked {
  readonly rows: GridRows;
  readonly selection: ReadonlySet<NoteId>;
}

interface ChangedPlace {
  /** Of the row. */
  readonly band: number;
  /** Ticks. */
  readonly onset: number;
}

/** Where two pictures of the same rows differ: hits that came, went or moved, and those that were selected or are no more. */
export function* changedPlaces(before: Marked, after: Marked): Iterable<ChangedPlace> {
  const marked = differing(before.selection, after.selection);
  for (const [band, row] of after.rows.rows.entries()) {
    const former = before.rows.rows[band];
    if (former && former !== row) for (const { onset } of changedHits(former, row)) yield { band, onset };
    if (marked.size === 0) continue;
    for (const { note, onset } of row.hits) if (marked.has(note.id)) yield { band, onset };
  }
}

function differing(before: ReadonlySet<NoteId>, after: ReadonlySet<NoteId>): ReadonlySet<NoteId> {
  if (before === after) return NONE;
  return new Set([...[...before].filter(id => !after.has(id)), ...[...after].filter(id => !before.has(id))]);
}

const NONE: ReadonlySet<NoteId> = new Set();

/** Every hit that one row had and the other has not. */
function changedHits(before: GridRow, after: GridRow): readonly GridHit[] {
  const was = new Set(before.hits);
  const is = new Set(after.hits);
  return [...before.hits.filter(hit => !is.has(hit)), ...after.hits.filter(hit => !was.has(hit))];
}
