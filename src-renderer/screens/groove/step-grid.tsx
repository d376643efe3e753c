import {
  memo,
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import type { Difference } from '#shared/edit';
import { sortedNotes } from '#shared/model';
import {
  type Lane,
  patternPosition,
  useDocument,
  useHeardDifference,
  usePlaying,
  useView,
} from '#renderer/state';
import { classNames, useFrames, useTheme } from '#renderer/ui';
import { beatLines } from './beat-lines';
import type { GridScene } from './grid-scene';
import type { RulerScene } from './draw-ruler';
import {
  contentHeight,
  contentWidth,
  type Geometry,
  rowHeightFor,
  rowTop,
  RULER_HEIGHT,
  xOfTicks,
} from './geometry';
import { GridOverview } from './grid-overview';
import { GridPainter } from './grid-painter';
import { type GridRows, gridRows } from './grid-rows';
import { useIsSilent } from './grid-state';
import { GridTwin } from './grid-twin';
import { useGridPointer } from './use-grid-pointer';
import { useGridScroll } from './use-grid-scroll';
import { useGridZoom } from './use-grid-zoom';

/** What the heads of the rows follow. */
export interface GridView {
  readonly scrollTop: number;
  readonly rowHeight: number;
}

export interface StepGridHandle {
  focusCursor(): void;
  scrollBy(px: number): void;
}

interface StepGridProps {
  readonly rows: GridRows;
  readonly lanes: readonly Lane[];
  readonly onView: (view: GridView) => void;
  /** Px that the content is scrolled to the right, before every frame in which that changed. */
  readonly onScroll: (left: number) => void;
  readonly handle: RefObject<StepGridHandle | null>;
  /** A menu is asked for, in px of the window, of what is selected or of the cursor's cell. */
  readonly onMenu?: (place: { readonly x: number; readonly y: number }) => void;
  /** A menu is asked for of the bar of the ruler that holds a tick. */
  readonly onRulerMenu?: (place: { readonly x: number; readonly y: number }, tick: number) => void;
}

/** Every hit at its true time, on the grid of its own row. */
export function StepGrid({ rows, lanes, onView, onScroll, handle, onMenu, onRulerMenu }: StepGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const rowsHost = useRef<HTMLDivElement>(null);
  const rulerHost = useRef<HTMLDivElement>(null);
  const playheadLine = useRef<HTMLDivElement>(null);
  const playheadHandle = useRef<HTMLDivElement>(null);
  const painter = useRef<GridPainter>(null);
  const stepWidth = useView(state => state.stepWidth);
  const cursor = useDocument(state => state.cursor);
  const selection = useDocument(state => state.selection);
  const isPlaying = usePlaying(state => state.isPlaying);
  const fromTicks = usePlaying(state => state.fromTicks);

  const end = rows.frame.end;
  const overviewed = useDeferredValue(rows);
  const { size, top, settledLeft } = useGridScroll(scroller, left => {
    painter.current?.see(left, left + (scroller.current?.clientWidth ?? 0));
    onScroll(left);
  });
  const voices = Math.max(1, ...lanes.map(lane => lane.instruments.length));
  const rowHeight = rowHeightFor(size.height, lanes.length, voices);
  const geometry: Geometry = useMemo(
    () => ({ stepWidth, rowHeight, laneCount: lanes.length, endTicks: end }),
    [stepWidth, rowHeight, lanes.length, end],
  );

  useEffect(() => {
    const hosts = [rowsHost, rulerHost, playheadLine, playheadHandle].map(ref => ref.current);
    const [rowsElement, rulerElement, ...playheads] = hosts;
    if (!rowsElement || !rulerElement) return undefined;
    const made = new GridPainter({
      rows: rowsElement,
      ruler: rulerElement,
      playheads: playheads.filter(element => element !== null),
    });
    painter.current = made;
    return () => {
      made.end();
      painter.current = null;
    };
  }, []);

  const { scene, ruler } = useScenes(rows, { stepWidth, rowHeight, cursorLane: cursor.lane });
  useEffect(() => {
    painter.current?.show(scene, ruler);
    painter.current?.playhead(patternPosition(), usePlaying.getState().isPlaying);
  }, [scene, ruler, isPlaying, fromTicks]);
  useFrames(isPlaying, () => {
    const position = patternPosition();
    painter.current?.playhead(position, true);
    if (position >= 0) keepPlayheadInSight(scroller.current, xOfTicks(position, stepWidth));
  });

  const focusCursor = useCallback(() => {
    content.current
      ?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')
      ?.focus({ preventScroll: true });
  }, []);
  useImperativeHandle(
    handle,
    () => ({ focusCursor, scrollBy: px => scroller.current?.scrollBy({ top: px }) }),
    [focusCursor],
  );
  const pointer = useGridPointer({
    rows,
    lanes,
    geometry,
    content,
    scroller,
    onCell: focusCursor,
    onMenu,
    onRulerMenu,
  });
  useGridZoom(scroller, geometry);

  useEffect(() => {
    onView({ scrollTop: top, rowHeight });
  }, [onView, top, rowHeight]);
  useScrollToCursor(scroller, lanes, geometry, cursor);

  const wide = Math.max(size.width, contentWidth(geometry));
  const high = Math.max(size.height, contentHeight(geometry));
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <div ref={scroller} role="presentation" className="min-h-0 min-w-0 flex-1 overflow-auto">
        <div
          ref={content}
          role="presentation"
          data-grid-content=""
          {...pointer.handlers}
          className="relative touch-pan-x touch-pan-y"
          style={{ width: wide, height: high }}
        >
          <div
            ref={rulerHost}
            data-ruler=""
            className="pointer-events-none sticky top-0 z-10 overflow-hidden border-b border-line bg-bg-1"
            style={{ height: RULER_HEIGHT }}
          >
            <PlayheadHandle handle={playheadHandle} />
          </div>
          <div
            className="pointer-events-none absolute inset-x-0 bottom-0 overflow-hidden"
            style={{ top: RULER_HEIGHT }}
          >
            {lanes.map((lane, row) => (
              <RowGround key={lane.key} lane={lane} row={row} height={rowHeight} />
            ))}
          </div>
          <div
            ref={rowsHost}
            className="pointer-events-none absolute inset-x-0 bottom-0 overflow-hidden"
            style={{ top: RULER_HEIGHT }}
          />
          <GridTwin
            rows={rows}
            geometry={geometry}
            cursor={cursor}
            selected={selection}
            from={settledLeft}
            width={size.width}
          />
          {pointer.marquee ? (
            <div
              className="pointer-events-none absolute border border-ink-2 bg-select-wash"
              style={{
                transform: `translate(${pointer.marquee.left}px, ${pointer.marquee.top}px)`,
                width: pointer.marquee.width,
                height: pointer.marquee.height,
              }}
            />
          ) : null}
          <div
            ref={playheadLine}
            className="pointer-events-none absolute left-0 w-px bg-ink-1 will-change-transform"
            style={{ top: RULER_HEIGHT, height: lanes.length * rowHeight }}
          />
        </div>
      </div>
      <GridOverview rows={overviewed} stepWidth={stepWidth} width={size.width} scroller={scroller} />
    </div>
  );
}

/** What is drawn, as the same objects while they say the same. */
function useScenes(
  rows: GridRows,
  { stepWidth, rowHeight, cursorLane }: { stepWidth: number; rowHeight: number; cursorLane: string },
): { readonly scene: GridScene; readonly ruler: RulerScene } {
  const selection = useDocument(state => state.selection);
  const offsetScale = Number(useView(state => state.offsetScale));
  const theme = useTheme();
  const isSilent = useIsSilent();
  const difference = useHeardDifference();
  const { frame } = rows;
  const beats = useMemo(() => beatLines(frame.pattern), [frame]);
  const lanes = rows.rows.map(row => row.lane);
  const removed = useRemoved(rows, difference);
  const scene = useMemo(
    () => ({
      rows,
      removed,
      difference,
      beats,
      stepWidth,
      rowHeight,
      selection,
      isSilent,
      offsetScale,
      theme,
    }),
    [rows, removed, difference, beats, stepWidth, rowHeight, selection, isSilent, offsetScale, theme],
  );
  const row =
    rows.rows[
      Math.max(
        0,
        lanes.findIndex(lane => lane.key === cursorLane),
      )
    ];
  const steps = row?.steps ?? NO_STEPS;
  const lines = row?.lines ?? NO_STEPS;
  const { end } = frame;
  const loop = usePlaying(state => state.loop);
  const ruler = useMemo(
    () => ({ beats, steps, lines, stepWidth, end, loop, theme }),
    [beats, steps, lines, stepWidth, end, loop, theme],
  );
  return { scene, ruler };
}

const NO_STEPS: readonly number[] = [];

/** What the take that is heard leaves out, in the rows of the grid. */
function useRemoved(rows: GridRows, difference: Difference | null): GridRows | null {
  return useMemo(() => {
    if (!difference) return null;
    const { pattern } = rows.frame;
    const lanes = rows.rows.map(row => row.lane);
    return gridRows({ ...pattern, notes: sortedNotes(difference.removed) }, lanes, null);
  }, [rows, difference]);
}

function PlayheadHandle({ handle }: { readonly handle: RefObject<HTMLDivElement | null> }) {
  return (
    <div
      ref={handle}
      className="absolute top-0 left-0 z-10 h-full w-px bg-ink-1 will-change-transform"
      style={{ clipPath: 'none' }}
    >
      <svg
        width="11"
        height="14"
        viewBox="0 0 11 14"
        className="absolute top-[5px] -left-[5px] fill-ink-1"
        aria-hidden="true"
      >
        <path d="M2 0h7a2 2 0 0 1 2 2v6l-5.5 5.5L0 8V2a2 2 0 0 1 2-2Z" />
      </svg>
    </div>
  );
}

/** A row's ground: every other one a shade apart, the cursor's lit. */
const RowGround = memo(function RowGround(props: {
  readonly lane: Lane;
  readonly row: number;
  readonly height: number;
}) {
  const { lane, row, height } = props;
  const isCursor = useDocument(state => state.cursor.lane === lane.key);
  return (
    <div
      style={{ top: row * height, height }}
      className={classNames('absolute inset-x-0 border-b border-line', row % 2 === 1 && 'bg-lane-alt')}
    >
      {isCursor ? <div className="absolute inset-0 bg-select-wash" /> : null}
    </div>
  );
});

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
