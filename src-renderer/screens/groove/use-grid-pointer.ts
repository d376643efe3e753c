import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import { apply } from '#shared/edit';
import { type Note, type NoteId, type Pattern, STEP_TICKS, swingOf } from '#shared/model';
import { millisecondsOfTicks } from '#shared/units';
import { type Lane, laneKey, seekPattern, select, setPreview, useDocument } from '#renderer/state';
import {
  type Geometry,
  isOnBody,
  RULER_HEIGHT,
  rowOfY,
  rowTop,
  stepOfTicks,
  ticksOfX,
  xOfTicks,
} from './geometry';
import { dragged, putHit, removeHits } from './gestures';
import { addToSelection, carryOut, notesOnCell } from './grid-state';

/** Px that a press may stray and still be a click. */
const CLICK_PX = 3;

interface Marquee {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Press {
  readonly x: number;
  readonly y: number;
  readonly hit: Note | null;
  readonly wasSelected: boolean;
  readonly lane: Lane;
  readonly tick: number;
  isDrag: boolean;
}

interface GridPointer {
  readonly marquee: Marquee | null;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
}

/** Mouse, pen and touch on the grid. Positions are px of the content. */
export function useGridPointer(
  pattern: Pattern,
  lanes: readonly Lane[],
  geometry: Geometry,
  content: RefObject<HTMLElement | null>,
  onCell: () => void,
): GridPointer {
  const press = useRef<Press | null>(null);
  const isSeeking = useRef(false);
  const [marquee, setMarquee] = useState<Marquee | null>(null);

  const placeOf = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = content.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const hitAt = (x: number, lane: Lane): Note | null => {
    const swung = swingOf(pattern);
    const onsetX = (note: Note): number => xOfTicks(swung(note.at) + note.feel, geometry.stepWidth);
    return (
      pattern.notes.findLast(
        note => laneKey(note) === lane.key && isOnBody(x, onsetX(note), geometry.stepWidth),
      ) ?? null
    );
  };
  const seek = (x: number): void => seekPattern(Math.max(0, ticksOfX(x, geometry.stepWidth)));

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    // The ruler stays in place while the rows scroll under it.
    const viewTop = content.current?.parentElement?.getBoundingClientRect().top ?? 0;
    if (event.clientY - viewTop < RULER_HEIGHT) {
      isSeeking.current = true;
      seek(x);
      return;
    }
    const lane = lanes[rowOfY(y, geometry)];
    if (!lane) return;
    const hit = hitAt(x, lane);
    const tick = stepOfTicks(pattern, hit ? hit.at : ticksOfX(x, geometry.stepWidth)) * STEP_TICKS;
    const { selection } = useDocument.getState();
    const wasSelected = hit !== null && selection.has(hit.id);
    press.current = { x, y, hit, wasSelected, lane, tick, isDrag: false };
    useDocument.setState({ cursor: { lane: lane.key, tick } });
    if (hit && event.shiftKey) addToSelection(hit.id);
    else if (hit && !wasSelected) select([hit.id]);
    onCell();
    event.preventDefault();
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const { x, y } = placeOf(event);
    if (isSeeking.current) {
      seek(x);
      return;
    }
    const held = press.current;
    if (!held) return;
    if (!held.isDrag && Math.hypot(x - held.x, y - held.y) < CLICK_PX) return;
    held.isDrag = true;
    if (held.hit) {
      const move = moveBy(x - held.x, event.altKey);
      if (move) setPreview(apply(pattern0(), move.edit).pattern);
    } else setMarquee(boxOf(held, x, y));
  };

  const pattern0 = (): Pattern => useDocument.getState().history?.pattern ?? pattern;
  const moveBy = (px: number, isFine: boolean): ReturnType<typeof dragged> => {
    const milliseconds = millisecondsOfTicks((px / geometry.stepWidth) * STEP_TICKS, pattern.tempo);
    const { selection } = useDocument.getState();
    return dragged(pattern0(), selection, isFine ? milliseconds / 10 : milliseconds, isFine ? 0.1 : 1, lanes);
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    isSeeking.current = false;
    const held = press.current;
    press.current = null;
    if (!held) return;
    const { x, y } = placeOf(event);
    if (held.isDrag && held.hit) {
      setPreview(null);
      carryOut(moveBy(x - held.x, event.altKey));
    } else if (held.isDrag) {
      const inside = notesInside(pattern, lanes, geometry, boxOf(held, x, y));
      select(event.shiftKey ? [...useDocument.getState().selection, ...inside] : inside);
    } else if (!event.shiftKey) {
      click(held);
    }
    setMarquee(null);
  };

  const click = ({ hit, wasSelected, lane, tick }: Press): void => {
    if (hit && wasSelected && useDocument.getState().selection.size === 1) {
      carryOut(removeHits([hit], lanes));
    } else if (hit) {
      select([hit.id]);
    } else {
      carryOut(putHit(pattern0(), lane, tick));
      select(notesOnCell(pattern0(), lane, tick).map(note => note.id));
    }
  };

  const onPointerCancel = (): void => {
    press.current = null;
    isSeeking.current = false;
    setPreview(null);
    setMarquee(null);
  };

  return { marquee, onPointerDown, onPointerMove, onPointerUp, onPointerCancel };
}

const boxOf = (from: { readonly x: number; readonly y: number }, x: number, y: number): Marquee => ({
  left: Math.min(from.x, x),
  top: Math.min(from.y, y),
  width: Math.abs(x - from.x),
  height: Math.abs(y - from.y),
});

function notesInside(pattern: Pattern, lanes: readonly Lane[], geometry: Geometry, box: Marquee): NoteId[] {
  const swung = swingOf(pattern);
  const rows = new Map(lanes.map((lane, row) => [lane.key, row]));
  return pattern.notes
    .filter(note => {
      const row = rows.get(laneKey(note));
      if (row === undefined) return false;
      const x = xOfTicks(swung(note.at) + note.feel, geometry.stepWidth);
      const top = rowTop(row, geometry.rowHeight);
      const isAcross = x >= box.left && x <= box.left + box.width;
      return isAcross && top + geometry.rowHeight > box.top && top < box.top + box.height;
    })
    .map(note => note.id);
}
