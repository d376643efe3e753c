import type { NoteId } from '#shared/model';
import type { Lane } from '#renderer/state';
import { bodyWidth, type Geometry, isOnBody, rowTop, ticksOfX, voiceAt, xOfTicks } from './geometry';
import { firstFrom, type GridHit, type GridRow, type GridRows } from './grid-rows';

/** Px of the content. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Px around a press in which hits are looked for. */
const LOOK_PX = 16;

/** The hit whose body a press takes, `y` px below the top of its row; of several that lie over each other the one on top. */
export function hitAt(
  { hits, lane }: Pick<GridRow, 'hits' | 'lane'>,
  x: number,
  y: number,
  { stepWidth, rowHeight }: Pick<Geometry, 'stepWidth' | 'rowHeight'>,
  isTouch: boolean,
): GridHit | null {
  const voice = voiceAt(y, rowHeight, lane.instruments.length);
  const wide = bodyWidth(stepWidth) + LOOK_PX;
  let found: GridHit | null = null;
  for (let at = firstFrom(hits, ticksOfX(x - wide, stepWidth)); at < hits.length; at++) {
    const hit = hits[at];
    const left = xOfTicks(hit?.onset ?? 0, stepWidth);
    if (!hit || left > x + LOOK_PX) break;
    if (hit.voice === voice && isOnBody(x, left, stepWidth, isTouch)) found = hit;
  }
  return found;
}

/** The row of the instrument whose place a press is in. */
export function laneAt(lane: Lane, y: number, rowHeight: number): Lane {
  return lane.parts[voiceAt(y, rowHeight, lane.parts.length)] ?? lane;
}

/** The notes whose hits, or their repeats, begin within a box. */
export function notesInside({ rows }: GridRows, geometry: Geometry, box: Box): readonly NoteId[] {
  const { stepWidth, rowHeight } = geometry;
  const end = ticksOfX(box.left + box.width, stepWidth);
  const inside = new Set<NoteId>();
  for (const [index, { hits }] of rows.entries()) {
    const top = rowTop(index, rowHeight);
    if (top + rowHeight <= box.top || top >= box.top + box.height) continue;
    for (let at = firstFrom(hits, ticksOfX(box.left, stepWidth)); at < hits.length; at++) {
      const hit = hits[at];
      if (!hit || hit.onset > end) break;
      inside.add(hit.note.id);
    }
  }
  return [...inside];
}
