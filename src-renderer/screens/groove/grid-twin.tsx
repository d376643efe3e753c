import { memo, useMemo } from 'react';
import { type Note, type Pattern, STEP_TICKS } from '#shared/model';
import { type Lane, laneKey } from '#renderer/state';
import { type Geometry, type GridLine, rowTop, xOfTicks } from './geometry';
import { spokenCell } from './hit-words';

interface GridTwinProps {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly lines: readonly GridLine[];
  readonly geometry: Geometry;
  /** Steps that exist as elements: what is in sight and the cursor's bar. */
  readonly firstStep: number;
  readonly lastStep: number;
  readonly cursor: { readonly lane: string; readonly tick: number };
  readonly selected: ReadonlySet<string>;
}

const NONE: readonly Note[] = [];

/**
 * The grid in words: a cell for every step, where the picture has it, with what it holds as its name. It takes the
 * focus; the picture under it takes the mouse.
 */
export function GridTwin(props: GridTwinProps) {
  const { pattern, lanes, lines, geometry, firstStep, lastStep, cursor, selected } = props;
  const byLane = useMemo(() => {
    const groups = new Map<string, Note[]>();
    for (const note of pattern.notes) {
      const key = laneKey(note);
      const group = groups.get(key);
      if (group) group.push(note);
      else groups.set(key, [note]);
    }
    return groups;
  }, [pattern]);
  // What a row's words depend on beside its own notes; edits of other rows leave it alone.
  const { tempo, tempoChanges, bars, swing, lanes: settings, mix } = pattern;
  const frame = useMemo(
    () => ({ tempo, tempoChanges, bars, swing, lanes: settings, mix, notes: [] }),
    [tempo, tempoChanges, bars, swing, settings, mix],
  );
  const columns = useMemo(
    () =>
      Array.from({ length: Math.max(0, lastStep - firstStep + 1) }, (_, index) => {
        const step = firstStep + index;
        const here = lines[step]?.swung ?? 0;
        const next = lines[step + 1]?.swung ?? here + STEP_TICKS;
        const left = xOfTicks(here, geometry.stepWidth);
        return { step, left, width: xOfTicks(next, geometry.stepWidth) - left };
      }),
    [firstStep, lastStep, lines, geometry.stepWidth],
  );
  return (
    <div
      role="grid"
      aria-label="Groove"
      aria-rowcount={lanes.length}
      aria-colcount={geometry.steps}
      aria-multiselectable="true"
      data-keys="grid"
      className="pointer-events-none absolute inset-0"
    >
      {lanes.map((lane, row) => (
        <TwinRow
          key={lane.key}
          lane={lane}
          row={row}
          top={rowTop(row, geometry.rowHeight)}
          height={geometry.rowHeight}
          frame={frame}
          notes={byLane.get(lane.key) ?? NONE}
          columns={columns}
          cursorStep={cursor.lane === lane.key ? Math.floor(cursor.tick / STEP_TICKS) : -1}
          selected={selected}
        />
      ))}
    </div>
  );
}

interface TwinRowProps {
  readonly lane: Lane;
  readonly row: number;
  readonly top: number;
  readonly height: number;
  readonly frame: Pattern;
  readonly notes: readonly Note[];
  readonly columns: readonly { readonly step: number; readonly left: number; readonly width: number }[];
  readonly cursorStep: number;
  readonly selected: ReadonlySet<string>;
}

const TwinRow = memo(function TwinRow(props: TwinRowProps) {
  const { lane, row, top, height, frame, notes, columns, cursorStep, selected } = props;
  const byStep = new Map<number, Note[]>();
  for (const note of notes) {
    const step = Math.floor(note.at / STEP_TICKS);
    byStep.set(step, [...(byStep.get(step) ?? []), note]);
  }
  return (
    <div role="row" aria-rowindex={row + 1} aria-label={lane.spokenName}>
      {columns.map(({ step, left, width }) => {
        const held = byStep.get(step) ?? NONE;
        return (
          <div
            key={step}
            role="gridcell"
            aria-colindex={step + 1}
            aria-selected={held.some(note => selected.has(note.id))}
            aria-label={spokenCell(frame, lane, step * STEP_TICKS, held)}
            tabIndex={step === cursorStep ? 0 : -1}
            data-cell={`${lane.key}:${step}`}
            data-filled={held.length > 0}
            style={{ left, top, width, height }}
            className="absolute rounded-r1 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
          />
        );
      })}
    </div>
  );
});
