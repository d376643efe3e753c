import { STEP_TICKS } from '#shared/model';

export const RULER_HEIGHT = 36;
/** The ruler's upper edge, along which a loop is drawn. */
export const LOOP_HEIGHT = 8;
/** Room before the first line and after the last, so that early and late hits are seen whole. */
export const MARGIN = 14;
const TALLEST_ROW = 54;
const SHORTEST_ROW = 43;
/** What each further instrument of a row adds to the least it takes, and to the most. */
const TALLER_BY = { least: 8, most: 18 } as const;
/** Px around a hit's body that still take it: more for a finger than for a pointer. */
const GRAB = { fine: 3, coarse: 10 } as const;

const NARROWEST_STEP = 2;
const WIDEST_STEP = 128;
/** Below this width of a sixteenth its line is left out, and below that the beat's. */
export const LEAST_STEP_FOR_LINES = 6;
export const LEAST_STEP_FOR_BEATS = 2.5;

/** Where things are on the grid, in px from the content's top left corner. */
export interface Geometry {
  /** Px of a sixteenth. */
  readonly stepWidth: number;
  readonly rowHeight: number;
  readonly laneCount: number;
  /** Length of the pattern. */
  readonly endTicks: number;
}

export const contentWidth = ({ endTicks, stepWidth }: Geometry): number =>
  xOfTicks(endTicks, stepWidth) + MARGIN;
export const contentHeight = ({ laneCount, rowHeight }: Geometry): number =>
  RULER_HEIGHT + laneCount * rowHeight;

/** As tall as fits, within limits; below the least the grid scrolls. Rows of several instruments are taller. */
export function rowHeightFor(available: number, laneCount: number, voices = 1): number {
  const fair = Math.floor((available - RULER_HEIGHT) / Math.max(1, laneCount));
  const more = voices - 1;
  return Math.min(TALLEST_ROW + more * TALLER_BY.most, Math.max(SHORTEST_ROW + more * TALLER_BY.least, fair));
}

export const xOfTicks = (ticks: number, stepWidth: number): number =>
  MARGIN + (ticks / STEP_TICKS) * stepWidth;
export const ticksOfX = (x: number, stepWidth: number): number => ((x - MARGIN) / stepWidth) * STEP_TICKS;
export const rowOfY = (y: number, { rowHeight, laneCount }: Geometry): number =>
  Math.min(laneCount - 1, Math.max(0, Math.floor((y - RULER_HEIGHT) / rowHeight)));
export const rowTop = (row: number, rowHeight: number): number => RULER_HEIGHT + row * rowHeight;

export const clampStep = (stepWidth: number): number =>
  Math.min(WIDEST_STEP, Math.max(NARROWEST_STEP, stepWidth));

export const bodyWidth = (stepWidth: number): number => Math.max(2, Math.min(17, stepWidth * 0.6));

/** Top and bottom of the place of one of a row's `voices` instruments, the first lowest, below the row's top. */
export function voicePlace(
  rowHeight: number,
  voice: number,
  voices: number,
): { readonly top: number; readonly bottom: number } {
  const [top, bottom] = [3, rowHeight - 20];
  const each = (bottom - top) / voices;
  return { top: bottom - (voice + 1) * each, bottom: bottom - voice * each };
}

/** Which instrument's place a press `y` px below a row's top is in. */
export function voiceAt(y: number, rowHeight: number, voices: number): number {
  const { bottom, top } = voicePlace(rowHeight, 0, voices);
  return Math.min(voices - 1, Math.max(0, Math.floor((bottom - y) / (bottom - top))));
}

/** By velocity (0..1), from 6 px, or what there is of them, to the whole place. */
export function bodyHeight(velocity: number, place: number): number {
  const least = Math.min(6, place / 2);
  return least + velocity * (place - least);
}

/** Whether a press `x` px along takes the hit whose onset lies at `onset`. */
export const isOnBody = (x: number, onset: number, stepWidth: number, isCoarse = false): boolean => {
  const grab = isCoarse ? GRAB.coarse : GRAB.fine;
  return x >= onset - grab && x <= onset + bodyWidth(stepWidth) + grab;
};
