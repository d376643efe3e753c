import { type PointerEvent, type RefObject, useRef } from 'react';
import { seekPattern, setLoop } from '#renderer/state';
import { LOOP_HEIGHT, RULER_HEIGHT, ticksOfX } from './geometry';

/** Px that a press may stray and still be a click. */
const CLICK_PX = 3;

/** What is held on the ruler: the cursor, or a loop that is being drawn from a tick. */
type Held = { readonly kind: 'cursor' } | { readonly kind: 'loop'; readonly x: number };

interface RulerPlace {
  /** Ticks of the pattern. */
  readonly end: number;
  readonly stepWidth: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Px of the content. */
  readonly xOf: (event: { readonly clientX: number; readonly clientY: number }) => number;
}

/**
 * The ruler under the pointer: a press goes there; a drag along its upper edge, or with Shift anywhere on it, draws the bars that are played
 * round and round; a click on that edge plays all of them again. Each answers whether the event was the ruler's.
 */
export function useRulerPointer({ end, stepWidth, scroller, xOf }: RulerPlace) {
  const held = useRef<Held | null>(null);
  const below = (event: { readonly clientY: number }): number =>
    event.clientY - (scroller.current?.getBoundingClientRect().top ?? 0);
  const isOn = (event: { readonly clientY: number }): boolean => below(event) < RULER_HEIGHT;
  const seek = (x: number): void => seekPattern(Math.min(end - 1, Math.max(0, ticksOfX(x, stepWidth))));
  return {
    isOn,
    down(event: PointerEvent<HTMLElement>): boolean {
      if (!isOn(event)) return false;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = xOf(event);
      const isLoop = event.shiftKey || below(event) < LOOP_HEIGHT;
      held.current = isLoop ? { kind: 'loop', x } : { kind: 'cursor' };
      if (!isLoop) seek(x);
      return true;
    },
    move(event: PointerEvent<HTMLElement>): boolean {
      if (!held.current) return false;
      const x = xOf(event);
      if (held.current.kind === 'cursor') seek(x);
      else if (Math.abs(x - held.current.x) >= CLICK_PX) {
        const [from, to] = [Math.min(x, held.current.x), Math.max(x, held.current.x)];
        setLoop({ from: ticksOfX(from, stepWidth), to: ticksOfX(to, stepWidth) });
      }
      return true;
    },
    up(event: PointerEvent<HTMLElement>): void {
      const { current } = held;
      held.current = null;
      if (current?.kind === 'loop' && Math.abs(xOf(event) - current.x) < CLICK_PX) setLoop(null);
    },
    cancel(): void {
      held.current = null;
    },
  };
}
