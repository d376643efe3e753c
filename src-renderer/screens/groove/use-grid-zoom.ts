import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { setView, useCommands, useView } from '#renderer/state';
import { clampStep, contentWidth, type Geometry, ticksOfX, xOfTicks } from './geometry';

/** How much one notch of a wheel, and one press of a key, zooms. */
const WHEEL_PX = 100;
const KEY_FACTOR = 1.25;

/** Mod and the wheel, two fingers, and keys: the place under them stays where it is. */
export function useGridZoom(scroller: RefObject<HTMLElement | null>, geometry: Geometry): void {
  const stepWidth = useView(state => state.stepWidth);
  /** What must be where after the next layout: a tick, and px from the window's left edge. */
  const held = useRef<{ readonly tick: number; readonly px: number } | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && held.current)
      element.scrollLeft = xOfTicks(held.current.tick, stepWidth) - held.current.px;
    held.current = null;
  }, [scroller, stepWidth]);

  const zoomTo = (wanted: number, px: number): void => {
    const element = scroller.current;
    const before = useView.getState().stepWidth;
    const after = clampStep(wanted);
    if (!element || after === before) return;
    held.current = { tick: ticksOfX(element.scrollLeft + px, before), px };
    setView({ stepWidth: after });
  };
  const zoomBy = (factor: number): void =>
    zoomTo(useView.getState().stepWidth * factor, (scroller.current?.clientWidth ?? 0) / 2);

  const latest = useRef(zoomTo);
  useLayoutEffect(() => {
    latest.current = zoomTo;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const fingers = new Map<number, PointerEvent>();
    let pinch: { readonly distance: number; readonly stepWidth: number } | null = null;
    const left = (): number => element.getBoundingClientRect().left;
    // The browser's own zoom is held back, which a passive listener may not do.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const factor = KEY_FACTOR ** (-event.deltaY / WHEEL_PX);
      latest.current(useView.getState().stepWidth * factor, event.clientX - left());
    };
    const onDown = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') return;
      fingers.set(event.pointerId, event);
      if (fingers.size === 2) pinch = { distance: apart(fingers), stepWidth: useView.getState().stepWidth };
    };
    const onMove = (event: PointerEvent): void => {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, event);
      if (!pinch || fingers.size !== 2) return;
      const middle = [...fingers.values()].reduce((sum, { clientX }) => sum + clientX / 2, 0);
      latest.current((pinch.stepWidth * apart(fingers)) / pinch.distance, middle - left());
    };
    const onUp = (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
      pinch = null;
    };
    const scope = new AbortController();
    const { signal } = scope;
    element.addEventListener('wheel', onWheel, { passive: false, signal });
    element.addEventListener('pointerdown', onDown, { signal });
    element.addEventListener('pointermove', onMove, { signal });
    element.addEventListener('pointerup', onUp, { signal });
    element.addEventListener('pointercancel', onUp, { signal });
    return () => scope.abort();
  }, [scroller]);

  useCommands({
    'zoom-in': () => zoomBy(KEY_FACTOR),
    'zoom-out': () => zoomBy(1 / KEY_FACTOR),
    'zoom-fit': () => {
      const width = scroller.current?.clientWidth ?? 0;
      const margins = contentWidth({ ...geometry, endTicks: 0 });
      const whole = contentWidth(geometry) - margins;
      zoomTo((geometry.stepWidth * (width - margins)) / whole, 0);
    },
  });
}

const apart = (fingers: ReadonlyMap<number, PointerEvent>): number => {
  const [a, b] = [...fingers.values()];
  return a && b ? Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) : 1;
};
