import type { Note, NoteId } from '#shared/model';
import { xOfTicks } from './geometry';
import { firstFrom, type GridHit, type GridRow } from './grid-rows';
import { type ValueKind, valueOfY, yOfValue } from './value-kinds';

/** Px around a stem that take it, and around its head that take all that is selected with it. */
const GRAB_PX = 9;

interface Point {
  /** Px of the content and of the lane. */
  readonly x: number;
  readonly y: number;
}

/** A drag in a lane of values: over stems to draw them anew, or from the head of a selected one to move them all. */
export type ValueDrag =
  | { readonly kind: 'all'; readonly from: Point }
  | {
      readonly kind: 'draw';
      readonly from: Point;
      readonly last: Point;
      readonly drawn: Map<NoteId, number>;
    };

interface Lane {
  readonly row: GridRow;
  readonly values: ValueKind;
  readonly stepWidth: number;
  readonly height: number;
}

function nearestHit({ row, stepWidth }: Lane, { x }: Point): GridHit | null {
  const distance = (hit: GridHit): number => Math.abs(xOfTicks(hit.onset, stepWidth) - x);
  const [nearest] = row.hits
    .filter(hit => distance(hit) <= GRAB_PX)
    .sort((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

/** Begins a drag, and says which hit it took. */
export function beginDrag(
  lane: Lane,
  from: Point,
  selection: ReadonlySet<NoteId>,
): { readonly drag: ValueDrag; readonly hit: GridHit | null } {
  const hit = nearestHit(lane, from);
  const head = hit ? yOfValue(lane.values, lane.values.of(hit.note), lane.height) : Infinity;
  if (hit && selection.size > 1 && selection.has(hit.note.id) && Math.abs(head - from.y) <= GRAB_PX)
    return { drag: { kind: 'all', from }, hit };
  const drawn = new Map<NoteId, number>();
  if (hit) drawn.set(hit.note.id, valueOfY(lane.values, from.y, lane.height));
  return { drag: { kind: 'draw', from, last: from, drawn }, hit };
}

/** Goes on with a drag; with Shift what is drawn is one straight line from where it began. */
export function goOn(lane: Lane, drag: ValueDrag, to: Point, isStraight: boolean): ValueDrag {
  if (drag.kind === 'all') return drag;
  const from = isStraight ? drag.from : drag.last;
  const drawn = isStraight ? new Map<NoteId, number>() : new Map(drag.drawn);
  const [left, right] = from.x <= to.x ? [from, to] : [to, from];
  const { hits } = lane.row;
  for (let at = firstFrom(hits, -Infinity); at < hits.length; at++) {
    const hit = hits[at];
    if (!hit) break;
    const x = xOfTicks(hit.onset, lane.stepWidth);
    if (x < left.x - GRAB_PX / 2 || x > right.x + GRAB_PX / 2) continue;
    const share = right.x === left.x ? 1 : Math.min(1, Math.max(0, (x - left.x) / (right.x - left.x)));
    const y = right.x === left.x ? to.y : left.y + share * (right.y - left.y);
    drawn.set(hit.note.id, valueOfY(lane.values, y, lane.height));
  }
  return { ...drag, last: to, drawn };
}

/** The notes that a drag changes, and each one's value. */
export function dragValues(
  lane: Lane,
  drag: ValueDrag,
  to: Point,
  notes: readonly Note[],
  selection: ReadonlySet<NoteId>,
): { readonly notes: readonly Note[]; readonly value: (note: Note) => number } {
  const { values, height } = lane;
  if (drag.kind === 'draw')
    return {
      notes: notes.filter(note => drag.drawn.has(note.id)),
      value: note => drag.drawn.get(note.id) ?? values.of(note),
    };
  const by = valueOfY(values, to.y, height) - valueOfY(values, drag.from.y, height);
  return {
    notes: notes.filter(note => selection.has(note.id)),
    value: note => Math.min(values.most, Math.max(values.least, values.of(note) + by)),
  };
}
