import {
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type WheelEvent,
} from 'react';
import { barStarts, type Pattern, STEP_TICKS } from '#shared/model';
import {
  type Lane,
  patternPosition,
  setView,
  useDocument,
  useHeardDifference,
  usePlaying,
  useView,
} from '#renderer/state';
import { Canvas, type CanvasHandle, useFrames } from '#renderer/ui';
import { drawGrid } from './draw-grid';
import {
  contentHeight,
  contentWidth,
  type Geometry,
  gridLines,
  rowHeightFor,
  rowTop,
  RULER_HEIGHT,
  xOfTicks,
} from './geometry';
import { GridTwin } from './grid-twin';
import { useIsSilent } from './grid-state';
import { useGridPointer } from './use-grid-pointer';

export const NARROWEST_STEP = 10;
export const WIDEST_STEP = 96;

/** What the head of the lanes and the velocity lane follow. */
export interface GridView {
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly width: number;
  readonly rowHeight: number;
}

export interface StepGridHandle {
  focusCursor(): void;
  scrollBy(px: number): void;
}

interface StepGridProps {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly onView: (view: GridView) => void;
  readonly handle: RefObject<StepGridHandle | null>;
}

/** Rows are instruments, columns steps; each hit stands at its true time. */
export function StepGrid({ pattern, lanes, onView, handle }: StepGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const canvas = useRef<CanvasHandle>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const stepWidth = useView(state => state.stepWidth);
  const offsetScale = Number(useView(state => state.offsetScale));
  const selection = useDocument(state => state.selection);
  const cursor = useDocument(state => state.cursor);
  const isPlaying = usePlaying(state => state.isPlaying);
  const fromTicks = usePlaying(state => state.fromTicks);
  const isSilent = useIsSilent();
  const difference = useHeardDifference();

  const { bars, swing } = pattern;
  const lines = useMemo(() => gridLines({ bars, swing }), [bars, swing]);
  const rowHeight = rowHeightFor(size.height, lanes.length);
  const geometry: Geometry = useMemo(
    () => ({ stepWidth, rowHeight, laneCount: lanes.length, steps: lines.length - 1 }),
    [stepWidth, rowHeight, lanes.length, lines.length],
  );

  const focusCursor = useCallback(() => {
    const { lane, tick } = useDocument.getState().cursor;
    const step = Math.floor(tick / STEP_TICKS);
    content.current
      ?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(lane)}:${step}"]`)
      ?.focus({ preventScroll: true });
  }, []);
  const pointer = useGridPointer(pattern, lanes, geometry, content, focusCursor);
  useImperativeHandle(
    handle,
    () => ({ focusCursor, scrollBy: px => scroller.current?.scrollBy({ top: px }) }),
    [focusCursor],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    onView({ scrollLeft: scroll.left, scrollTop: scroll.top, width: size.width, rowHeight });
  }, [onView, scroll, size.width, rowHeight]);

  useScrollToCursor(scroller, lanes, geometry, cursor);

  // The focus follows the cursor while it is in the grid.
  useLayoutEffect(() => {
    if (content.current?.querySelector('[data-keys="grid"]')?.contains(document.activeElement)) focusCursor();
  }, [cursor, focusCursor]);

  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) =>
      drawGrid(context, width, height, {
        pattern,
        lanes,
        lines,
        stepWidth,
        rowHeight,
        scrollLeft: scroll.left,
        scrollTop: scroll.top,
        selection,
        difference,
        cursorLane: cursor.lane,
        isSilent,
        offsetScale,
        playhead: patternPosition(),
        isPlaying,
        marquee: pointer.marquee,
      }),
    [
      pattern,
      lanes,
      lines,
      stepWidth,
      rowHeight,
      scroll,
      selection,
      difference,
      cursor.lane,
      isSilent,
      offsetScale,
      isPlaying,
      pointer.marquee,
    ],
  );

  useEffect(() => canvas.current?.redraw(), [fromTicks]);
  useFrames(isPlaying, () => {
    canvas.current?.redraw();
    keepPlayheadInSight(scroller.current, xOfTicks(patternPosition(), stepWidth));
  });

  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    const factor = event.deltaY < 0 ? 1.15 : 1 / 1.15;
    setView({ stepWidth: Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, stepWidth * factor)) });
  };

  const [firstStep, lastStep] = stepsInSight(
    pattern,
    geometry,
    scroll.left,
    size.width,
    cursor.tick / STEP_TICKS,
  );
  const wide = Math.max(size.width, contentWidth(geometry));
  const high = Math.max(size.height, contentHeight(geometry));
  return (
    <div
      ref={scroller}
      role="presentation"
      onScroll={event =>
        setScroll({ left: event.currentTarget.scrollLeft, top: event.currentTarget.scrollTop })
      }
      onWheel={onWheel}
      className="min-h-0 min-w-0 flex-1 overflow-auto"
    >
      <div
        ref={content}
        role="presentation"
        data-grid-content=""
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerUp}
        onPointerCancel={pointer.onPointerCancel}
        className="relative touch-pan-x touch-pan-y"
        style={{ width: wide, height: high }}
      >
        <div className="sticky top-0 left-0" style={{ width: size.width, height: size.height }}>
          <Canvas draw={draw} handle={canvas} />
        </div>
        <GridTwin
          pattern={pattern}
          lanes={lanes}
          lines={lines}
          geometry={geometry}
          firstStep={firstStep}
          lastStep={lastStep}
          cursor={cursor}
          selected={selection}
        />
      </div>
    </div>
  );
}

/** Whole bars in sight, and the bar of the cursor, which may hold the focus. */
function stepsInSight(
  pattern: Pattern,
  { stepWidth, steps }: Geometry,
  scrollLeft: number,
  width: number,
  cursorStep: number,
): readonly [number, number] {
  const starts = barStarts(pattern.bars).map(start => start / STEP_TICKS);
  const from = Math.min(scrollLeft / stepWidth, cursorStep);
  const to = Math.max((scrollLeft + width) / stepWidth, cursorStep);
  const first = starts.findLast(start => start <= from) ?? 0;
  const last = starts.find(start => start > to) ?? steps;
  return [first, Math.min(steps, last) - 1];
}

/** Pages on when the playhead leaves the picture, so that what sounds is in sight. */
function keepPlayheadInSight(scroller: HTMLElement | null, x: number): void {
  if (!scroller || scroller.scrollWidth <= scroller.clientWidth) return;
  const { scrollLeft, clientWidth } = scroller;
  if (x < scrollLeft || x > scrollLeft + clientWidth - 4) scroller.scrollLeft = Math.max(0, x - 24);
}

function useScrollToCursor(
  scroller: RefObject<HTMLDivElement | null>,
  lanes: readonly Lane[],
  geometry: Geometry,
  cursor: { readonly lane: string; readonly tick: number },
): void {
  const latest = useRef({ lanes, geometry });
  useEffect(() => {
    latest.current = { lanes, geometry };
  });
  useEffect(() => {
    const element = scroller.current;
    const { lanes, geometry } = latest.current;
    const row = lanes.findIndex(lane => lane.key === cursor.lane);
    if (!element || row < 0) return;
    const left = xOfTicks(cursor.tick, geometry.stepWidth);
    const top = rowTop(row, geometry.rowHeight);
    if (left < element.scrollLeft) element.scrollLeft = left - geometry.stepWidth;
    const right = left + geometry.stepWidth;
    if (right > element.scrollLeft + element.clientWidth)
      element.scrollLeft = right - element.clientWidth + geometry.stepWidth;
    if (top - RULER_HEIGHT < element.scrollTop) element.scrollTop = top - RULER_HEIGHT;
    const bottom = top + geometry.rowHeight;
    if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  }, [scroller, cursor]);
}
