import { lineBefore, STEP_TICKS } from '#shared/model';
import { ticksOfMilliseconds } from '#shared/units';
import { colour } from '#renderer/ui';
import { firstLine } from './beat-lines';
import { drawHit, LEFT_REACH_PX, LONGEST_GRACE_MS, RIGHT_REACH_PX } from './draw-hit';
import { drawRemoved } from './draw-removed';
import { LEAST_STEP_FOR_BEATS, LEAST_STEP_FOR_LINES, ticksOfX, xOfTicks } from './geometry';
import { firstFrom, type GridRow } from './grid-rows';
import type { GridScene } from './grid-scene';

/** Px that a hit is drawn to the left and right of its onset, all included. */
export function reachOf(scene: Pick<GridScene, 'stepWidth' | 'rows'>): {
  readonly left: number;
  readonly right: number;
} {
  const { stepWidth, rows } = scene;
  const { tempo, tempoChanges } = rows.frame.pattern;
  const fastest = Math.max(tempo, ...tempoChanges.map(change => change.tempo));
  const graces = (ticksOfMilliseconds(LONGEST_GRACE_MS, fastest) / STEP_TICKS) * stepWidth;
  return { left: LEFT_REACH_PX + graces, right: RIGHT_REACH_PX + 4 * stepWidth };
}

/** Draws a row between `from` and `to` px, its top left corner at 0, 0. */
export function drawRow(
  context: CanvasRenderingContext2D,
  scene: GridScene,
  index: number,
  from: number,
  to: number,
): void {
  const row = scene.rows.rows[index];
  if (!row) return;
  drawLines(context, scene, row, from, to);
  drawLoops(context, scene, row, from, to);
  const { left, right } = reachOf(scene);
  const begin = ticksOfX(from - right, scene.stepWidth);
  const end = ticksOfX(to + left, scene.stepWidth);
  const removed = scene.removed?.rows[index];
  if (removed) drawRemoved(context, scene, removed, begin, end);
  for (let at = firstFrom(row.hits, begin); at < row.hits.length; at++) {
    const hit = row.hits[at];
    if (!hit || hit.onset > end) break;
    drawHit(context, scene, row, hit, row.hits[at + 1]?.line ?? Infinity);
  }
}

function drawLines(
  context: CanvasRenderingContext2D,
  { beats, stepWidth, rowHeight }: GridScene,
  { lines }: GridRow,
  from: number,
  to: number,
): void {
  const begin = ticksOfX(from - 1, stepWidth);
  const end = ticksOfX(to + 1, stepWidth);
  if (stepWidth >= LEAST_STEP_FOR_LINES) {
    context.fillStyle = colour('--grid-swung');
    for (let at = lineBefore(lines, begin); at < lines.length; at++) {
      const line = lines[at] ?? Infinity;
      if (line > end) break;
      context.fillRect(Math.round(xOfTicks(line, stepWidth)), 0, 1, rowHeight);
    }
  }
  context.fillStyle = colour('--grid-beat');
  for (let at = firstLine(beats, begin); at < beats.length; at++) {
    const beat = beats[at];
    if (!beat || beat.line > end) break;
    if (beat.kind === 'beat' && stepWidth < LEAST_STEP_FOR_BEATS) continue;
    context.globalAlpha = beat.kind === 'beat' ? 0.62 : 1;
    const wide = beat.kind === 'group' ? 2 : 1;
    context.fillRect(Math.round(xOfTicks(beat.line, stepWidth)), 0, wide, rowHeight);
  }
  context.globalAlpha = 1;
}

/** Where the row begins again. */
function drawLoops(
  context: CanvasRenderingContext2D,
  { rows, stepWidth, rowHeight }: GridScene,
  { loop }: GridRow,
  from: number,
  to: number,
): void {
  if (loop === null) return;
  context.strokeStyle = colour('--ink-2');
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  for (let at = loop; at < rows.frame.end; at += loop) {
    const x = Math.round(xOfTicks(rows.frame.swung(at), stepWidth)) - 1.5;
    if (x < from - 2 || x > to + 2) continue;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, rowHeight);
    context.stroke();
  }
  context.setLineDash([]);
}
