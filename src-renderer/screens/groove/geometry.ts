import { barStarts, type Pattern, STEP_TICKS, swingOf } from '#shared/model';
import { beatTicks, stepCount } from '#renderer/state';

export const RULER_HEIGHT = 36;
/** Room before the first line and after the last, so that early and late hits are seen whole. */
export const MARGIN = 14;
const TALLEST_ROW = 54;
const SHORTEST_ROW = 43;
/** Px around a hit's body that still take it. */
const GRAB = 3;

/** Where things are on the grid, in px from the content's top left corner. */
export interface Geometry {
  readonly stepWidth: number;
  readonly rowHeight: number;
  readonly laneCount: number;
  readonly steps: number;
}

export const contentWidth = ({ steps, stepWidth }: Geometry): number => 2 * MARGIN + steps * stepWidth;
export const contentHeight = ({ laneCount, rowHeight }: Geometry): number =>
  RULER_HEIGHT + laneCount * rowHeight;

/** As tall as fits, within limits; below the least the grid scrolls. */
export function rowHeightFor(available: number, laneCount: number): number {
  const fair = Math.floor((available - RULER_HEIGHT) / Math.max(1, laneCount));
  return Math.min(TALLEST_ROW, Math.max(SHORTEST_ROW, fair));
}

export const xOfTicks = (ticks: number, stepWidth: number): number =>
  MARGIN + (ticks / STEP_TICKS) * stepWidth;
export const ticksOfX = (x: number, stepWidth: number): number => ((x - MARGIN) / stepWidth) * STEP_TICKS;
export const rowOfY = (y: number, { rowHeight, laneCount }: Geometry): number =>
  Math.min(laneCount - 1, Math.max(0, Math.floor((y - RULER_HEIGHT) / rowHeight)));
export const rowTop = (row: number, rowHeight: number): number => RULER_HEIGHT + row * rowHeight;

export const bodyWidth = (stepWidth: number): number => Math.min(17, stepWidth * 0.6);
/** From 6 px to the row less the offset's place, by velocity. */
export const bodyHeight = (velocity: number, rowHeight: number): number => 6 + velocity * (rowHeight - 29);
/** Bottom edge of a body below the row's top. */
export const baseline = (rowHeight: number): number => rowHeight - 20;

/** Whether a press `x` px along takes the hit whose onset lies at `onset`. */
export const isOnBody = (x: number, onset: number, stepWidth: number): boolean =>
  x >= onset - GRAB && x <= onset + bodyWidth(stepWidth) + GRAB;

/** The step whose swung line is nearest at or before `ticks`. */
export function stepOfTicks(pattern: Pick<Pattern, 'bars' | 'swing'>, ticks: number): number {
  const swung = swingOf(pattern);
  const last = stepCount(pattern) - 1;
  let step = Math.min(last, Math.max(0, Math.floor(ticks / STEP_TICKS)));
  while (step > 0 && swung(step * STEP_TICKS) > ticks) step--;
  while (step < last && swung((step + 1) * STEP_TICKS) <= ticks) step++;
  return step;
}

export interface GridLine {
  /** Written and sounding position, in ticks. */
  readonly at: number;
  readonly swung: number;
  readonly kind: 'bar' | 'beat' | 'step';
  /** "2" at a bar, "2.3" at a beat. */
  readonly label: string;
}

/** Every line of the grid, the end included. */
export function gridLines(pattern: Pick<Pattern, 'bars' | 'swing'>): readonly GridLine[] {
  const swung = swingOf(pattern);
  const starts = barStarts(pattern.bars);
  const lines: GridLine[] = [];
  for (const [bar, meter] of pattern.bars.entries()) {
    const start = starts[bar] ?? 0;
    const beat = beatTicks(meter);
    for (let at = start; at < (starts[bar + 1] ?? 0); at += STEP_TICKS) {
      const within = at - start;
      const kind = within === 0 ? 'bar' : within % beat === 0 ? 'beat' : 'step';
      const label = kind === 'bar' ? `${bar + 1}` : kind === 'beat' ? `${bar + 1}.${within / beat + 1}` : '';
      lines.push({ at, swung: swung(at), kind, label });
    }
  }
  const end = starts.at(-1) ?? 0;
  return [...lines, { at: end, swung: end, kind: 'bar', label: '' }];
}
