import { type RefObject, useEffect, useRef } from 'react';

interface WheelActs {
  /** `x`: px from the element's left. */
  readonly onZoom: (factor: number, x: number) => void;
  readonly onPan: (px: number) => void;
}

const ZOOM_PER_PX = 0.002;

/** The wheel zooms with Ctrl (as a pinch does) or upwards and downwards, and moves sideways with Shift. */
export function useWheel(element: RefObject<HTMLElement | null>, acts: WheelActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const watched = element.current;
    if (!watched) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways) latest.current.onPan(event.deltaX || event.deltaY);
      else
        latest.current.onZoom(
          Math.exp(-event.deltaY * ZOOM_PER_PX),
          event.clientX - watched.getBoundingClientRect().left,
        );
    };
    // React's own listener may not prevent the page from scrolling.
    watched.addEventListener('wheel', onWheel, { passive: false });
    return () => watched.removeEventListener('wheel', onWheel);
  }, [element]);
}
