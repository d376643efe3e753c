import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { lineBefore, type Meter, STEP_TICKS } from '#shared/model';
import { spokenStep } from './cell-words';
import { type Geometry, rowTop, ticksOfX, xOfTicks } from './geometry';
import type { GridHit, GridRow, GridRows } from './grid-rows';
import { columnsOf, type Span, stepsWithin, twinSpans } from './twin-window';

interface GridTwinProps {
  readonly rows: GridRows;
  readonly geometry: Geometry;
  readonly cursor: { readonly lane: string; readonly tick: number };
  readonly selected: ReadonlySet<string>;
  /** Px of the content that are in sight. */
  readonly from: number;
  readonly width: number;
}

const NONE: readonly GridHit[] = [];

/**
 * The grid in words: a cell for every step of every row, where the picture has it, with what it holds as its name. It takes the focus;
 * the picture under it takes the pointer. Of a long pattern only what is in sight and the cursor's bar exist; every cell says which row and
 * column of the whole it is. A column is a place where any row has a step; a cell of a coarser row spans several.
 */
export function GridTwin({ rows, geometry, cursor, selected, from, width }: GridTwinProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { pattern, end } = rows.frame;
  const { stepWidth, rowHeight } = geometry;
  const columns = useMemo(() => columnsOf(rows.rows), [rows.rows]);
  const spans = useSpans(
    pattern.bars,
    ticksOfX(from, stepWidth),
    ticksOfX(from + width, stepWidth),
    cursor.tick,
  );

  // The cell that has the focus may be gone after a move; React says nothing of that.
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (hasFocus.current)
      grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [cursor]);

  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Groove"
      aria-rowcount={rows.rows.length}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      data-keys="grid"
      onFocus={() => {
        hasFocus.current = true;
      }}
      onBlur={event => {
        hasFocus.current = event.currentTarget.contains(event.relatedTarget);
      }}
      className="pointer-events-none absolute inset-0"
    >
      {rows.rows.map((row, index) => (
        <TwinRow
          key={row.lane.key}
          frame={rows.frame}
          row={row}
          index={index}
          top={rowTop(index, rowHeight)}
          height={rowHeight}
          stepWidth={stepWidth}
          columns={columns}
          spans={spans}
          end={end}
          cursorTick={cursor.lane === row.lane.key ? cursor.tick : -1}
          selected={selectedIn(row, selected)}
        />
      ))}
    </div>
  );
}

/** Names of a row's selected notes, in one string, so that rows without a change in it stay as they are. */
const selectedIn = ({ hits }: GridRow, selected: ReadonlySet<string>): string =>
  selected.size === 0
    ? ''
    : hits
        .filter(({ note }) => selected.has(note.id))
        .map(({ note }) => note.id)
        .join(' ');

/** The same spans as long as the same bars are meant. */
function useSpans(bars: readonly Meter[], from: number, to: number, cursor: number): readonly Span[] {
  const words = twinSpans(bars, { from, to }, cursor)
    .map(span => `${span.from} ${span.to}`)
    .join(',');
  return useMemo(
    () =>
      words.split(',').map(span => {
        const [first = 0, end = 0] = span.split(' ').map(Number);
        return { from: first, to: end };
      }),
    [words],
  );
}

interface TwinRowProps {
  readonly frame: GridRows['frame'];
  readonly row: GridRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly stepWidth: number;
  readonly columns: readonly number[];
  readonly spans: readonly Span[];
  readonly end: number;
  /** -1 when the cursor is on another row. */
  readonly cursorTick: number;
  readonly selected: string;
}

const TwinRow = memo(function TwinRow(props: TwinRowProps) {
  const { frame, row, index, top, height, stepWidth, columns, spans, end, cursorTick, selected } = props;
  const { steps, lines, lane, hits } = row;
  const cells = useMemo(() => {
    const held = new Map<number, GridHit[]>();
    for (const hit of hits) {
      const step = lineBefore(steps, hit.at);
      const group = held.get(step);
      if (group) group.push(hit);
      else held.set(step, [hit]);
    }
    return held;
  }, [hits, steps]);
  const chosen = new Set(selected.split(' '));
  const cursorStep = cursorTick < 0 ? -1 : lineBefore(steps, cursorTick);
  const columnOf = (tick: number): number => (tick >= end ? columns.length : lineBefore(columns, tick));
  return (
    <div role="row" aria-rowindex={index + 1} aria-label={lane.spokenName}>
      {stepsWithin(row, spans).map(step => {
        const held = cells.get(step) ?? NONE;
        const at = steps[step] ?? 0;
        const column = columnOf(at);
        const span = columnOf(steps[step + 1] ?? end) - column;
        const left = xOfTicks(lines[step] ?? 0, stepWidth);
        const right = xOfTicks(lines[step + 1] ?? Math.max(end, (lines[step] ?? 0) + STEP_TICKS), stepWidth);
        return (
          <div
            key={at}
            role="gridcell"
            aria-colindex={column + 1}
            aria-colspan={span > 1 ? span : undefined}
            aria-selected={held.some(({ note }) => chosen.has(note.id))}
            aria-label={spokenStep({ frame }, row, at, held)}
            tabIndex={step === cursorStep ? 0 : -1}
            data-cell={`${lane.key}:${at}`}
            data-filled={held.length > 0}
            style={{ left, top, width: right - left, height }}
            className="absolute rounded-r1 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
          />
        );
      })}
    </div>
  );
});
