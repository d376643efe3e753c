import { memo, type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { Canvas, colour, roleToken } from '#renderer/ui';
import { MARGIN, xOfTicks } from './geometry';
import type { GridRows } from './grid-rows';

const HEIGHT_PX = 22;

interface GridOverviewProps {
  readonly rows: GridRows;
  readonly stepWidth: number;
  /** Px of the window onto the grid. */
  readonly width: number;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** The whole pattern at a glance, and what of it is in sight; press or drag to go there. Keys go by bars in the grid itself. */
export const GridOverview = memo(function GridOverview(props: GridOverviewProps) {
  const { rows, stepWidth, width, scroller } = props;
  const strip = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const whole = xOfTicks(rows.frame.end, stepWidth) + MARGIN;
  const isNeeded = width > 0 && whole > width + 1;

  useEffect(() => {
    const element = scroller.current;
    if (!element || !isNeeded) return undefined;
    const follow = (): void => {
      const shown = frame.current;
      if (!shown) return;
      shown.style.left = `${(100 * element.scrollLeft) / whole}%`;
      shown.style.width = `${(100 * element.clientWidth) / whole}%`;
    };
    follow();
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [scroller, whole, isNeeded, width]);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) =>
      drawOverview(context, width, height, rows),
    [rows],
  );
  const go = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const element = scroller.current;
    if (!element) return;
    const middle = ((event.clientX - box.left) / box.width) * whole;
    element.scrollLeft = middle - element.clientWidth / 2;
  };
  if (!isNeeded) return null;
  return (
    <div
      ref={strip}
      role="presentation"
      data-overview=""
      className="relative shrink-0 cursor-pointer touch-none border-t border-line bg-bg-1"
      style={{ height: HEIGHT_PX }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={event => {
        if (event.buttons > 0) go(event);
      }}
    >
      <Canvas draw={draw} />
      <div
        ref={frame}
        className="pointer-events-none absolute inset-y-0 min-w-2 rounded-r1 border border-ink-2 bg-select-wash"
      />
    </div>
  );
});

/** Every hit as a dot in its row, bars as faint lines where there is room for them. */
function drawOverview(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { rows, frame }: GridRows,
): void {
  const xOf = (ticks: number): number => (ticks / frame.end) * width;
  const each = (height - 4) / Math.max(1, rows.length);
  const tall = Math.max(1, Math.min(3, each - 0.5));
  const wide = Math.max(1, Math.min(3, xOf(120)));
  for (const [index, { lane, hits }] of rows.entries()) {
    context.fillStyle = colour(roleToken(lane.role));
    const y = Math.round(2 + index * each);
    let last = -1;
    for (const { onset, repeat, note } of hits) {
      const x = Math.round(xOf(onset));
      // Hits that fall on one px are one dot.
      if (x === last || repeat < 0) continue;
      last = x;
      context.globalAlpha = note.muted ? 0.25 : 0.75;
      context.fillRect(x, y, wide, tall);
    }
  }
  context.globalAlpha = 1;
}
