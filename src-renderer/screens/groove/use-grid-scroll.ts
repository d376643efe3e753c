import { type RefObject, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** What has stood still for this long has come to rest. */
const AT_REST_MS = 140;

interface GridScroll {
  /** Px of the window onto the grid. */
  readonly size: { readonly width: number; readonly height: number };
  readonly top: number;
  /** Px to the left of it, when scrolling has come to rest. */
  readonly settledLeft: number;
}

/**
 * Where the grid is scrolled to and how much of it is seen. `onLeft` hears every scroll at once; React hears of it at rest, so that
 * scrolling is no business of its own.
 */
export function useGridScroll(
  scroller: RefObject<HTMLElement | null>,
  onLeft: (left: number) => void,
): GridScroll {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [top, setTop] = useState(0);
  const [settledLeft, setSettledLeft] = useState(0);
  const latest = useRef(onLeft);
  useLayoutEffect(() => {
    latest.current = onLeft;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      latest.current(element.scrollLeft);
      setTop(element.scrollTop);
      clearTimeout(rest);
      rest = setTimeout(() => startTransition(() => setSettledLeft(element.scrollLeft)), AT_REST_MS);
    };
    const measure = (): void => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
      tell();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', tell, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', tell);
      clearTimeout(rest);
    };
  }, [scroller]);
  return { size, top, settledLeft };
}
