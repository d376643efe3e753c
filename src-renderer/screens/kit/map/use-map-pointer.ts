import { type RefObject, useEffect, useRef } from 'react';
import { type MapView, panned, type Size, zoomedAt } from './map-view';

/** How much one notch of a wheel zooms. */
const WHEEL_PX = 100;
const WHEEL_FACTOR = 1.22;
/** A press that moves less is a click. */
const CLICK_PX = 4;
/** Px between the corners of a lasso. */
const LASSO_STEP_PX = 4;

export interface Held {
  readonly shiftKey: boolean;
  readonly isMore: boolean;
}

export interface MapPointer {
  readonly size: () => Size;
  readonly view: () => MapView;
  readonly whole: () => MapView;
  readonly isLassoing: () => boolean;
  readonly onView: (view: MapView) => void;
  readonly onHover: (px: number, py: number) => void;
  readonly onLeave: () => void;
  readonly onClick: (px: number, py: number, held: Held) => void;
  readonly onDouble: (px: number, py: number) => void;
  readonly onMenu: (px: number, py: number, event: MouseEvent) => void;
  /** Corners in px, x and y in turn; null when it was given up. */
  readonly onLasso: (points: readonly number[] | null) => void;
  readonly onLassoed: (points: readonly number[], held: Held) => void;
}

/** Wheel, pinch, drag, click and lasso on the map. */
export function useMapPointer(target: RefObject<HTMLElement | null>, pointer: MapPointer): void {
  const latest = useRef(pointer);
  useEffect(() => {
    latest.current = pointer;
  });
  useEffect(() => {
    const element = target.current;
    return element ? listen(element, () => latest.current) : undefined;
  }, [target]);
}

const heldOf = (event: MouseEvent): Held => ({
  shiftKey: event.shiftKey,
  isMore: event.ctrlKey || event.metaKey,
});

function listen(element: HTMLElement, pointer: () => MapPointer): () => void {
  const fingers = new Map<number, readonly [number, number]>();
  let drag: { x: number; y: number; isMoved: boolean; lasso: number[] | null } | null = null;
  let pinch: number | null = null;
  const at = (event: MouseEvent): readonly [number, number] => {
    const { left, top } = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const zoom = (factor: number, x: number, y: number): void => {
    const { view, size, whole, onView } = pointer();
    onView(zoomedAt(view(), size(), factor, x, y, whole()));
  };
  // The browser's own zoom is held back, which a passive listener may not do.
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { view, onView } = pointer();
    if (event.shiftKey) onView(panned(view(), -(event.deltaX || event.deltaY), 0));
    else {
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
      const strength = event.ctrlKey ? 4 : 1;
      zoom(WHEEL_FACTOR ** ((-pixels * strength) / WHEEL_PX), ...at(event));
    }
  };
  const spread = (): { distance: number; x: number; y: number } => {
    const [a = [0, 0], b = [0, 0]] = [...fingers.values()];
    return {
      distance: Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1])),
      x: (a[0] + b[0]) / 2,
      y: (a[1] + b[1]) / 2,
    };
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 && event.button !== 1) return;
    const [x, y] = at(event);
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [x, y]);
    if (fingers.size === 2) {
      pinch = spread().distance;
      drag = null;
      return;
    }
    const isLasso = event.button === 0 && (event.shiftKey || pointer().isLassoing());
    drag = { x, y, isMoved: false, lasso: isLasso ? [x, y] : null };
  };
  const onMove = (event: PointerEvent): void => {
    const [x, y] = at(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, [x, y]);
    if (pinch !== null && fingers.size === 2) {
      const now = spread();
      zoom(now.distance / pinch, now.x, now.y);
      pinch = now.distance;
      return;
    }
    if (!drag) {
      pointer().onHover(x, y);
      return;
    }
    if (!drag.isMoved && Math.hypot(x - drag.x, y - drag.y) < CLICK_PX) return;
    drag.isMoved = true;
    if (drag.lasso) {
      const [lastX = 0, lastY = 0] = drag.lasso.slice(-2);
      if (Math.hypot(x - lastX, y - lastY) < LASSO_STEP_PX) return;
      drag.lasso.push(x, y);
      pointer().onLasso([...drag.lasso]);
      return;
    }
    const { view, onView } = pointer();
    onView(panned(view(), x - drag.x, y - drag.y));
    drag.x = x;
    drag.y = y;
    element.dataset['dragging'] = 'true';
  };
  const onUp = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    const ended = drag;
    drag = null;
    delete element.dataset['dragging'];
    if (!ended || event.type === 'pointercancel') {
      pointer().onLasso(null);
      return;
    }
    if (!ended.isMoved) {
      if (event.button === 0) pointer().onClick(...at(event), heldOf(event));
    } else if (ended.lasso) pointer().onLassoed(ended.lasso, heldOf(event));
    pointer().onLasso(null);
  };
  const scope = new AbortController();
  const { signal } = scope;
  element.addEventListener('wheel', onWheel, { passive: false, signal });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onUp, { signal });
  element.addEventListener('pointerleave', () => pointer().onLeave(), { signal });
  element.addEventListener('dblclick', event => pointer().onDouble(...at(event)), { signal });
  element.addEventListener(
    'contextmenu',
    event => {
      event.preventDefault();
      pointer().onMenu(...at(event), event);
    },
    { signal },
  );
  return () => scope.abort();
}
