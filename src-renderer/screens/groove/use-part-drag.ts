import { type PointerEvent, useRef, useState } from 'react';
import { choosePart, movePart } from '#renderer/state';
import type { SongPart } from '#shared/model';

/** A hand that has moved less only pressed. */
const DRAG_PX = 5;

interface Drag {
  readonly part: SongPart;
  readonly x: number;
  /** The place among all parts where it would come down, in front of the one that is there. */
  readonly to: number | null;
}

/** Parts are put elsewhere by dragging them. */
export function usePartDrag(parts: readonly SongPart[]) {
  const held = useRef<Drag | null>(null);
  const [to, setTo] = useState<number | null>(null);

  const gapAt = (event: PointerEvent): number => {
    const list = event.currentTarget.closest('ol');
    const boxes = [...(list?.children ?? [])].map(element => element.getBoundingClientRect());
    const gap = boxes.findIndex(box => event.clientX < box.left + box.width / 2);
    return gap < 0 ? boxes.length : gap;
  };

  return {
    markerOf: (at: number): 'before' | 'after' | null =>
      to === at ? 'before' : to === parts.length && at === parts.length - 1 ? 'after' : null,
    handlers: {
      onPointerDown: (event: PointerEvent, part: SongPart): void => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        choosePart(part.id);
        held.current = { part, x: event.clientX, to: null };
      },
      onPointerMove: (event: PointerEvent): void => {
        const drag = held.current;
        if (!drag || (drag.to === null && Math.abs(event.clientX - drag.x) < DRAG_PX)) return;
        held.current = { ...drag, to: gapAt(event) };
        setTo(gapAt(event));
      },
      onPointerUp: (): boolean => {
        const drag = held.current;
        held.current = null;
        setTo(null);
        if (!drag || drag.to === null) return drag === null;
        const from = parts.findIndex(({ id }) => id === drag.part.id);
        movePart(drag.part, drag.to > from ? drag.to - 1 : drag.to);
        return true;
      },
    },
  };
}
