import type { Role } from '#shared/model';
import { canvasFont, colour, confidence, DOUBTFUL_BELOW, roleToken } from '#renderer/ui';
import { RULER_HEIGHT } from './draw-ruler';
import { rowName, rowOnset, rowRole, rowSure, type SliceRow } from './slice-rows';

/** Two rows of chips under the ruler, so that near neighbours do not cover each other. */
export const CHIP_ROWS = 2;
export const CHIP_ROW_HEIGHT = 25;
const CHIP_HEIGHT = 20;
/** Where the feet of markers stand. */
export const FOOT = 14;
/** Lines this close would be one area of colour. */
const CLOSEST = 3;

export interface Markers {
  /** In sight, in order of time. */
  readonly rows: readonly SliceRow[];
  readonly isSelected: (row: SliceRow) => boolean;
  /** The one that keys act on. */
  readonly current: SliceRow | null;
  /** Where a marker that is being dragged is. */
  readonly held: { readonly id: string; readonly seconds: number } | null;
  readonly xOf: (seconds: number) => number;
}

export function drawMarkers(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  markers: Markers,
): void {
  const { rows, isSelected, current, held, xOf } = markers;
  const placeOf = (row: SliceRow): number => xOf(held?.id === row.id ? held.seconds : rowOnset(row));
  let last = -Infinity;
  for (const row of rows) {
    const x = placeOf(row);
    const isChosen = isSelected(row);
    if (x - last < CLOSEST && !isChosen) continue;
    last = x;
    drawLine(context, height, row, { x, isChosen, isCurrent: row === current });
    drawSecondStroke(context, height, row, xOf, x);
  }
  // Over all lines, so that none runs through a name; the current one's first, so that it is always there.
  const taken = Array.from({ length: CHIP_ROWS }, (): { from: number; to: number }[] => []);
  const inOrder = current ? [current, ...rows.filter(row => row !== current)] : rows;
  for (const row of inOrder) {
    const left = placeOf(row) + 4;
    if (left < -120 || left > width) continue;
    const wide = chipWidth(context, row);
    const free = taken.findIndex(spans => spans.every(({ from, to }) => left + wide < from || left > to));
    if (free < 0) continue;
    taken[free]?.push({ from: left, to: left + wide + 2 });
    drawChip(context, row, {
      left,
      top: RULER_HEIGHT + 6 + free * CHIP_ROW_HEIGHT,
      isCurrent: row === current,
    });
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  height: number,
  row: SliceRow,
  { x, isChosen, isCurrent }: { readonly x: number; readonly isChosen: boolean; readonly isCurrent: boolean },
): void {
  const hue = colour(isChosen ? '--ink-1' : roleToken(rowRole(row)));
  const isLeftOut = row.hit === null;
  context.globalAlpha = isLeftOut && !isChosen ? 0.6 : 1;
  context.fillStyle = hue;
  context.strokeStyle = hue;
  context.lineWidth = 1;
  context.fillRect(Math.round(x), RULER_HEIGHT, isCurrent ? 2 : 1, height - RULER_HEIGHT);
  context.beginPath();
  context.roundRect(x - 4, height - 11, 9, 6, 1.5);
  context.moveTo(x - 4, height - 6);
  context.lineTo(x + 5, height - 6);
  context.lineTo(x + 0.5, height - 1);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  if (isLeftOut) context.stroke();
  else context.fill();
  context.globalAlpha = 1;
}

/** A dotted line where the second stroke of a flam begins. */
function drawSecondStroke(
  context: CanvasRenderingContext2D,
  height: number,
  { planned, sampleRate }: SliceRow,
  xOf: (seconds: number) => number,
  x: number,
): void {
  if (planned.flamFrames === null) return;
  const second = Math.round(xOf((planned.onsetFrame + planned.flamFrames) / sampleRate)) + 0.5;
  if (second - x < CLOSEST) return;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(second, RULER_HEIGHT + CHIP_ROWS * CHIP_ROW_HEIGHT + 8);
  context.lineTo(second, height - FOOT);
  context.stroke();
  context.setLineDash([]);
}

function chipWidth(context: CanvasRenderingContext2D, row: SliceRow): number {
  const sure = rowSure(row);
  context.font = canvasFont(500, 11);
  const number = sure === undefined ? 0 : 5 + context.measureText(confidence(sure)).width;
  return 26 + context.measureText(rowName(row)).width + number;
}

function drawChip(
  context: CanvasRenderingContext2D,
  row: SliceRow,
  { left, top, isCurrent }: { readonly left: number; readonly top: number; readonly isCurrent: boolean },
): void {
  const name = rowName(row);
  const sure = rowSure(row);
  const width = chipWidth(context, row);
  context.fillStyle = colour(isCurrent ? '--ink-1' : '--bg-1');
  context.strokeStyle = colour('--line-2');
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, width, CHIP_HEIGHT - 1, 3);
  context.fill();
  if (!isCurrent) context.stroke();
  context.fillStyle = colour(isCurrent ? '--ink-inv' : roleToken(rowRole(row)));
  drawGlyph(context, rowRole(row), left + 6, top + 6);
  context.textBaseline = 'middle';
  context.fillStyle = colour(isCurrent ? '--ink-inv' : row.hit ? '--ink-1' : '--ink-3');
  context.fillText(name, left + 19, top + CHIP_HEIGHT / 2 + 0.5);
  if (sure === undefined) return;
  context.fillStyle = colour(isCurrent ? '--ink-inv' : sure < DOUBTFUL_BELOW ? '--warn' : '--ink-3');
  const after = left + 24 + context.measureText(name).width;
  context.fillText(confidence(sure), after, top + CHIP_HEIGHT / 2 + 0.5);
}

const SHAPES: Readonly<Record<Role, string>> = {
  CORE: 'M0 0h8v8H0z',
  ACCENT: 'M4 0 8 8H0z',
  MOTION: 'M4 0a4 4 0 1 1 0 8a4 4 0 0 1 0-8z',
  FILL: 'M4 0 8 4 4 8 0 4z',
  TEXTURE: 'M0 0h8v1.5H0zM0 3.2h8v1.5H0zM0 6.5h8V8H0z',
};

function drawGlyph(context: CanvasRenderingContext2D, role: Role, left: number, top: number): void {
  context.save();
  context.translate(left, top);
  const shape = new Path2D(SHAPES[role]);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(shape);
  context.restore();
}
