import type { Track } from '#shared/model';
import { type Columns, colour, columnsOfPeaks, columnsOfSamples, drawColumns, roleToken } from '#renderer/ui';
import { CHIP_ROW_HEIGHT, CHIP_ROWS, drawMarkers, FOOT, type Markers } from './draw-markers';
import { drawRuler, RULER_HEIGHT } from './draw-ruler';
import { MUCH_BLEED, rowBleed, rowOnset, rowRole, rowSeconds, type SliceRow } from './slice-rows';
import type { StemDetail } from './use-stem-detail';
import { lastBefore, spanOf, type TimeWindow } from './window-of-time';

/** Height of the lane that shows what bleeds in, over the feet of the markers. */
const BLEED_HEIGHT = 22;
/** What is not cut, or left out, is drawn in a hint of its hue. */
const LEFT_OUT_ALPHA = 0.5;

export interface SlicesPicture {
  readonly track: Track;
  /** All slices, in order of time. */
  readonly rows: readonly SliceRow[];
  /** Their onsets, in seconds. */
  readonly onsets: readonly number[];
  readonly window: TimeWindow;
  readonly current: SliceRow | null;
  readonly selection: ReadonlySet<string>;
  readonly held: Markers['held'];
  readonly peaks: Float32Array | null;
  /** Seconds that one pair of the peaks covers. */
  readonly peakSeconds: number;
  /** The stem's bleed, 0..1, over its whole length. */
  readonly bleed: Float32Array | null;
  readonly detail: StemDetail | null;
  /** Loudest of the whole stem: the scale does not jump while scrolling. */
  readonly scale: number;
  readonly cursorSeconds: number;
}

/** Rows whose slices are in sight, one more on both sides: of any number, only these are drawn. */
export function rowsInSight(
  rows: readonly SliceRow[],
  onsets: readonly number[],
  { from, to }: TimeWindow,
): readonly SliceRow[] {
  const first = Math.max(0, lastBefore(onsets, from) - 1);
  return rows.slice(first, lastBefore(onsets, to) + 2);
}

export function drawSlices(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: SlicesPicture,
): void {
  const { track, window, current, selection, scale, held } = picture;
  const rows = rowsInSight(picture.rows, picture.onsets, window);
  const xOf = (seconds: number): number => ((seconds - window.from) / spanOf(window)) * width;
  const top = RULER_HEIGHT + CHIP_ROWS * CHIP_ROW_HEIGHT + 8;
  const foot = height - FOOT - BLEED_HEIGHT;
  const middle = (top + foot) / 2;
  const half = (foot - top) / 2 / Math.max(0.02, scale);
  drawRuler(context, width, height, { track, window });
  context.fillStyle = colour('--select-wash');
  for (const row of rows) {
    if (!selection.has(row.id) && row !== current) continue;
    const left = xOf(rowOnset(row));
    context.fillRect(left, RULER_HEIGHT, xOf(rowOnset(row) + rowSeconds(row)) - left, height);
  }
  const columns = columnsOf(picture, Math.floor(width));
  context.fillStyle = colour('--wave-2');
  if (columns) {
    drawColumns(context, columns, { left: 0, middle, half });
    drawBodies(context, rows, columns, { current, middle, half, xOf });
  } else {
    context.fillRect(0, middle, width, 1);
  }
  drawBleed(context, width, { top: foot + 2, height: BLEED_HEIGHT - 4 }, { rows, picture, xOf });
  const isSelected = (row: SliceRow): boolean => row === current || selection.has(row.id);
  drawMarkers(context, width, height, { rows, isSelected, current, held, xOf });
  const cursor = Math.round(xOf(picture.cursorSeconds));
  if (cursor >= 0 && cursor <= width) {
    context.fillStyle = colour('--ink-1');
    context.fillRect(cursor, RULER_HEIGHT, 1, height);
  }
}

function columnsOf({ detail, peaks, peakSeconds, window }: SlicesPicture, count: number): Columns | null {
  if (detail) {
    const first = window.from * detail.sampleRate - detail.startFrame;
    const last = window.to * detail.sampleRate - detail.startFrame;
    const has = last <= (detail.channels[0]?.length ?? 0) + 1 && first >= -1;
    if (has) return columnsOfSamples(detail.channels, first, last, count);
  }
  return peaks ? columnsOfPeaks(peaks, window.from / peakSeconds, window.to / peakSeconds, count) : null;
}

interface Bodies {
  readonly current: SliceRow | null;
  readonly middle: number;
  readonly half: number;
  readonly xOf: (seconds: number) => number;
}

/** Each slice's part of the waveform in its role's hue. */
function drawBodies(
  context: CanvasRenderingContext2D,
  rows: readonly SliceRow[],
  columns: Columns,
  { current, middle, half, xOf }: Bodies,
): void {
  const count = columns.length / 2;
  for (const [index, row] of rows.entries()) {
    const onset = rowOnset(row);
    const next = rows[index + 1];
    const end = Math.min(onset + rowSeconds(row), next ? rowOnset(next) : Infinity);
    const left = Math.max(0, Math.round(xOf(onset)));
    const right = Math.min(count, Math.round(xOf(end)));
    if (right <= left) continue;
    context.globalAlpha = row.hit ? (row === current ? 1 : 0.8) : LEFT_OUT_ALPHA;
    context.fillStyle = colour(roleToken(rowRole(row)));
    drawColumns(context, columns.subarray(2 * left, 2 * right), { left, middle, half });
  }
  context.globalAlpha = 1;
}

/** How much of the rest still sounds, moment by moment, and each slice's share of what is not its own as a bar. */
function drawBleed(
  context: CanvasRenderingContext2D,
  width: number,
  { top, height }: { readonly top: number; readonly height: number },
  lane: {
    readonly rows: readonly SliceRow[];
    readonly picture: SlicesPicture;
    readonly xOf: (seconds: number) => number;
  },
): void {
  const { rows, picture, xOf } = lane;
  const { bleed, track, window } = picture;
  context.fillStyle = colour('--line');
  context.fillRect(0, top + height, width, 1);
  if (bleed && bleed.length > 0) {
    const perPixel = (spanOf(window) / width / track.seconds) * bleed.length;
    const first = (window.from / track.seconds) * bleed.length;
    context.fillStyle = colour('--wave-2');
    for (let x = 0; x < width; x++) {
      const from = Math.floor(first + x * perPixel);
      let most = 0;
      for (let at = from; at < Math.max(from + 1, first + (x + 1) * perPixel); at++)
        most = Math.max(most, bleed[at] ?? 0);
      context.fillRect(x, top + height * (1 - Math.min(1, most)), 1, height * Math.min(1, most));
    }
  }
  for (const row of rows) {
    const share = rowBleed(row);
    if (share === null) continue;
    const left = xOf(rowOnset(row));
    const right = xOf(rowOnset(row) + rowSeconds(row));
    context.fillStyle = colour(share >= MUCH_BLEED ? '--warn' : '--ink-3');
    context.fillRect(left, top + height * (1 - share), Math.max(1, right - left - 1), 2);
  }
}
