import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { nearestLine, type NoteId, type Pattern } from '#shared/model';
import { type Lane, previewChange, select, useDocument } from '#renderer/state';
import { edgeScroll } from './edge-scroll';
import { type Geometry, rowOfY, rowTop, ticksOfX } from './geometry';
import { dragged, type Gesture, moveHits, putHit, removeHits } from './gestures';
import { type GridHit, type GridRows, stepUnder } from './grid-rows';
import { addToSelection, carryOut, notesOnCell } from './grid-state';
import { hitAt, laneAt, notesInside, type Box } from './press';
import { useRulerPointer } from './use-ruler-pointer';

/** Px that a press may stray and still be a click. */
const CLICK_PX = { mouse: 3, touch: 8 } as const;

/** Clicks this close together are one double click. */
const DOUBLE_CLICK_MS = 500;

interface Press {
  /** Px of the content. */
  readonly x: number;
  readonly y: number;
  readonly hit: GridHit | null;
  readonly row: number;
  /** The instrument's row that a new hit goes to, and the step it is put on. */
  readonly lane: Lane;
  readonly tick: number;
  readonly isAdding: boolean;
  readonly isTouch: boolean;
  /** What was chosen before, which a rubber band with Shift or Mod adds to. */
  readonly before: ReadonlySet<NoteId>;
  isDrag: boolean;
}

interface GridPointer {
  readonly marquee: Box | null;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onDoubleClick: (event: React.MouseEvent<HTMLElement>) => void;
    readonly onContextMenu: (event: React.MouseEvent<HTMLElement>) => void;
  };
}

export interface GridPointerPlace {
  readonly rows: GridRows;
  readonly lanes: readonly Lane[];
  readonly geometry: Geometry;
  readonly content: RefObject<HTMLElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  /** The cursor has been put on a cell by hand. */
  readonly onCell: () => void;
  /** A menu is asked for, in px of the window, of what is selected or of the cursor's cell. */
  readonly onMenu: ((place: { readonly x: number; readonly y: number }) => void) | undefined;
  /** A menu is asked for of the bar of the ruler that holds a tick. */
  readonly onRulerMenu:
    | ((place: { readonly x: number; readonly y: number }, tick: number) => void)
    | undefined;
}

/** Mouse, pen and touch on the grid. */
export function useGridPointer(place: GridPointerPlace): GridPointer {
  const { rows, lanes, geometry, content, scroller, onCell, onMenu, onRulerMenu } = place;
  const { stepWidth } = geometry;
  const press = useRef<Press | null>(null);
  /** The hit that the last click put, and when: a second click right after that is no wish to take it away. */
  const fresh = useRef<{ readonly id: NoteId; readonly time: number } | null>(null);
  const [marquee, setMarquee] = useState<Box | null>(null);
  const edge = useRef(edgeScroll());
  useEffect(() => {
    const { current } = edge;
    return () => current.stop();
  }, []);

  const placeOf = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = content.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const ruler = useRulerPointer({ end: rows.frame.end, stepWidth, scroller, xOf: event => placeOf(event).x });
  const pattern = (): Pattern =>
    useDocument.getState().audition?.pattern ?? useDocument.getState().history?.pattern ?? rows.frame.pattern;

  /** Where a press is: the row, the hit under it, the step and the instrument that a new hit would be. */
  const pressAt = (event: React.MouseEvent, isTouch: boolean): Omit<Press, 'isAdding' | 'before'> | null => {
    const { x, y } = placeOf(event);
    const row = rowOfY(y, geometry);
    const one = rows.rows[row];
    if (!one || y > rowTop(lanes.length, geometry.rowHeight)) return null;
    const within = y - rowTop(row, geometry.rowHeight);
    const hit = hitAt(one, x, within, geometry, isTouch);
    const lane = laneAt(one.lane, within, geometry.rowHeight);
    const step = stepUnder(one, hit ? hit.line : ticksOfX(x, stepWidth));
    return { x, y, hit, row, lane, tick: one.steps[step] ?? 0, isTouch, isDrag: false };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (!event.isPrimary) {
      // A second finger: a pinch, not a press.
      onPointerCancel();
      return;
    }
    if (event.button !== 0) return;
    if (ruler.down(event)) return;
    const at = pressAt(event, event.pointerType === 'touch');
    if (!at) return;
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const before = useDocument.getState().selection;
    press.current = { ...at, isAdding, before };
    const { hit } = at;
    const cursorLane = rows.rows[at.row]?.lane.key ?? '';
    useDocument.setState({ cursor: { lane: cursorLane, tick: at.tick } });
    if (hit && isAdding) addToSelection(hit.note.id);
    else if (hit && !before.has(hit.note.id)) select([hit.note.id]);
    // A finger that moves an empty place scrolls; the browser then takes the pointer.
    if (hit || !at.isTouch) event.currentTarget.setPointerCapture(event.pointerId);
    onCell();
    if (!at.isTouch) event.preventDefault();
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (ruler.move(event)) return;
    const held = press.current;
    if (!held) {
      if (event.pointerType === 'mouse' && event.buttons === 0) hover(event);
      return;
    }
    const { x, y } = placeOf(event);
    const stray = CLICK_PX[held.isTouch ? 'touch' : 'mouse'];
    if (!held.isDrag && Math.hypot(x - held.x, y - held.y) < stray) return;
    held.isDrag = true;
    const keys = { altKey: event.altKey, shiftKey: event.shiftKey };
    const follow = (place: { readonly clientX: number; readonly clientY: number }): void => {
      const to = placeOf(place);
      if (held.hit) {
        const gesture = moveTo(held, to, keys);
        previewChange(gesture?.edit ?? null);
      } else if (!held.isTouch) {
        const box = boxOf(held, to.x, to.y);
        setMarquee(box);
        const inside = notesInside(rows, geometry, box);
        select(held.isAdding ? [...held.before, ...inside] : inside);
      }
    };
    follow(event);
    edge.current.follow(scroller.current, event, follow);
  };

  const hover = (event: PointerEvent<HTMLElement>): void => {
    const hit = ruler.isOn(event) ? null : pressAt(event, false)?.hit;
    event.currentTarget.style.cursor = hit ? 'grab' : '';
  };

  /** Whole steps of the row that is under the pointer, with the hit's offset kept; with Alt in true time, to the ms or its tenth. */
  const moveTo = (
    held: Press,
    to: { readonly x: number; readonly y: number },
    { altKey, shiftKey }: { readonly altKey: boolean; readonly shiftKey: boolean },
  ): Gesture | null => {
    const { hit } = held;
    if (!hit) return null;
    const { selection } = useDocument.getState();
    const base = pattern();
    const notes = base.notes.filter(note => selection.has(note.id));
    const row = rowOfY(to.y, geometry);
    const deltaRows = row - held.row;
    if (altKey) {
      const onset = hit.onset + ticksOfX(to.x, stepWidth) - ticksOfX(held.x, stepWidth);
      const { time } = rows.frame;
      const milliseconds = (time.secondsAt(onset) - time.secondsAt(hit.onset)) * 1000;
      return dragged(base, selection, milliseconds, shiftKey ? 0.1 : 1, lanes, deltaRows);
    }
    const target = rows.rows[row];
    const from = rows.rows[held.row];
    if (!target || !from) return null;
    const line = hit.line + ticksOfX(to.x, stepWidth) - ticksOfX(held.x, stepWidth);
    const step = target.steps[nearestLine(target.lines, line)] ?? 0;
    const own = from.steps[nearestLine(from.steps, hit.at)] ?? 0;
    const isStill = deltaRows === 0 && step === own;
    return isStill
      ? null
      : moveHits(base, notes, deltaRows === 0 ? step - own : step - hit.at, deltaRows, lanes);
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    edge.current.stop();
    ruler.up(event);
    const held = press.current;
    press.current = null;
    setMarquee(null);
    if (!held) return;
    if (held.isDrag && held.hit) {
      previewChange(null);
      carryOut(moveTo(held, placeOf(event), event));
    } else if (!held.isDrag) {
      click(held, event.timeStamp);
    }
  };

  const click = ({ hit, isAdding, lane, tick }: Press, time: number): void => {
    if (isAdding) return;
    if (hit) {
      select([hit.note.id]);
      return;
    }
    carryOut(putHit(pattern(), lane, tick));
    const put = notesOnCell(pattern(), lane, tick).find(note => note.instrument === lane.instrument);
    fresh.current = put ? { id: put.id, time } : null;
    select(put ? [put.id] : []);
  };

  const onDoubleClick = (event: React.MouseEvent<HTMLElement>): void => {
    if (ruler.isOn(event) || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const hit = pressAt(event, false)?.hit;
    const isFresh =
      hit?.note.id === fresh.current?.id && event.timeStamp - (fresh.current?.time ?? 0) < DOUBLE_CLICK_MS;
    if (!hit || isFresh) return;
    carryOut(removeHits([hit.note], lanes));
  };

  const onContextMenu = (event: React.MouseEvent<HTMLElement>): void => {
    if (ruler.isOn(event)) {
      event.preventDefault();
      const tick = ticksOfX(placeOf(event).x, stepWidth);
      onRulerMenu?.({ x: event.clientX, y: event.clientY }, Math.max(0, tick));
      return;
    }
    if (!onMenu) return;
    event.preventDefault();
    // From the keyboard it is the focused cell's, and the cursor is there already.
    const at = event.button === 2 || event.detail > 0 ? pressAt(event, false) : null;
    if (at) {
      useDocument.setState({ cursor: { lane: rows.rows[at.row]?.lane.key ?? '', tick: at.tick } });
      if (!at.hit) select([]);
      else if (!useDocument.getState().selection.has(at.hit.note.id)) select([at.hit.note.id]);
      onCell();
    }
    onMenu({ x: event.clientX, y: event.clientY });
  };

  const onPointerCancel = (): void => {
    edge.current.stop();
    press.current = null;
    ruler.cancel();
    previewChange(null);
    setMarquee(null);
  };

  // The browser would scroll with a finger that holds a hit; only a listener that may hold it back can say no.
  const holdsHit = useRef<(x: number, y: number) => boolean>(() => false);
  useEffect(() => {
    holdsHit.current = (clientX, clientY) => {
      const box = content.current?.getBoundingClientRect();
      const [x, y] = [clientX - (box?.left ?? 0), clientY - (box?.top ?? 0)];
      const row = rowOfY(y, geometry);
      const one = rows.rows[row];
      return one !== undefined && hitAt(one, x, y - rowTop(row, geometry.rowHeight), geometry, true) !== null;
    };
  });
  useEffect(() => {
    const element = content.current;
    if (!element) return undefined;
    const onTouch = (event: TouchEvent): void => {
      const [touch] = event.touches;
      if (touch && event.touches.length === 1 && holdsHit.current(touch.clientX, touch.clientY))
        event.preventDefault();
    };
    element.addEventListener('touchstart', onTouch, { passive: false });
    return () => element.removeEventListener('touchstart', onTouch);
  }, [content]);

  const handlers = {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel,
    onDoubleClick,
    onContextMenu,
  };
  return { marquee, handlers };
}

const boxOf = (from: { readonly x: number; readonly y: number }, x: number, y: number): Box => ({
  left: Math.min(from.x, x),
  top: Math.min(from.y, y),
  width: Math.abs(x - from.x),
  height: Math.abs(y - from.y),
});
