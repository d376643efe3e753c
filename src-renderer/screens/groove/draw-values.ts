import { lineBefore, type NoteId } from '#shared/model';
import { canvasFont, colour, roleToken } from '#renderer/ui';
import { type BeatLine, firstLine } from './beat-lines';
import { LEAST_STEP_FOR_LINES, ticksOfX, xOfTicks } from './geometry';
import { firstFrom, type GridRow, type GridRows } from './grid-rows';
import { isGhost } from './hit-words';
import { type ValueKind, yOfValue } from './value-kinds';

export interface ValueScene {
  readonly rows: GridRows;
  readonly beats: readonly BeatLine[];
  /** The row whose hits have stems; the others' are seen as faint marks. */
  readonly lane: string;
  readonly kind: ValueKind;
  readonly selection: ReadonlySet<NoteId>;
  readonly stepWidth: number;
  readonly height: number;
  readonly theme: string;
}

/** Px to the right of a stem in which its number stands. */
export const VALUE_REACH_PX = 40;
const LEAST_STEP_FOR_NUMBERS = 18;
const STEM_PX = 4;

/** Draws the lane between `from` and `to` px. */
export function drawValues(
  context: CanvasRenderingContext2D,
  scene: ValueScene,
  from: number,
  to: number,
): void {
  const { rows, kind, height, stepWidth, lane } = scene;
  const own = rows.rows.find(row => row.lane.key === lane);
  drawLines(context, scene, own, from, to);
  context.fillStyle = colour('--grid-swung');
  for (const value of kind.lines)
    context.fillRect(from, Math.round(yOfValue(kind, value, height)), to - from, 1);
  const begin = ticksOfX(from - VALUE_REACH_PX, stepWidth);
  const end = ticksOfX(to + STEM_PX, stepWidth);
  context.fillStyle = colour('--wave-2');
  for (const { lane: other, hits } of rows.rows) {
    if (other.key === lane) continue;
    for (let at = firstFrom(hits, begin); at < hits.length; at++) {
      const hit = hits[at];
      if (!hit || hit.onset > end) break;
      context.fillRect(xOfTicks(hit.onset, stepWidth) - 1, yOfValue(kind, kind.of(hit.note), height), 5, 1);
    }
  }
  if (own) drawStems(context, scene, own, begin, end);
}

function drawLines(
  context: CanvasRenderingContext2D,
  { beats, stepWidth, height }: ValueScene,
  own: GridRow | undefined,
  from: number,
  to: number,
): void {
  const [begin, end] = [ticksOfX(from - 1, stepWidth), ticksOfX(to + 1, stepWidth)];
  const lines = stepWidth >= LEAST_STEP_FOR_LINES ? (own?.lines ?? []) : [];
  context.fillStyle = colour('--grid-line');
  for (let at = lineBefore(lines, begin); at < lines.length; at++) {
    const line = lines[at] ?? Infinity;
    if (line > end) break;
    context.fillRect(Math.round(xOfTicks(line, stepWidth)), 0, 1, height);
  }
  context.fillStyle = colour('--grid-swung');
  for (let at = firstLine(beats, begin); at < beats.length; at++) {
    const beat = beats[at];
    if (!beat || beat.line > end) break;
    if (beat.kind === 'beat' && stepWidth < LEAST_STEP_FOR_LINES) continue;
    context.fillRect(Math.round(xOfTicks(beat.line, stepWidth)), 0, 1, height);
  }
}

function drawStems(
  context: CanvasRenderingContext2D,
  { kind, height, stepWidth, selection }: ValueScene,
  { hits }: GridRow,
  begin: number,
  end: number,
): void {
  const foot = yOfValue(kind, kind.least, height);
  context.textBaseline = 'middle';
  for (let at = firstFrom(hits, begin); at < hits.length; at++) {
    const hit = hits[at];
    if (!hit || hit.onset > end) break;
    const { note, repeat } = hit;
    const value = kind.of(note);
    const x = xOfTicks(hit.onset, stepWidth);
    const y = yOfValue(kind, value, height);
    const hue = colour(roleToken(note.role));
    const isSelected = selection.has(note.id);
    const alpha = repeat > 0 ? 0.45 : repeat < 0 ? 0.2 : 1;
    context.globalAlpha = (isGhost(note) ? 0.6 : 1) * alpha;
    context.fillStyle = hue;
    context.fillRect(x - 1, y, 3, foot - y);
    context.globalAlpha = alpha;
    context.beginPath();
    context.arc(x + 0.5, y, Math.min(STEM_PX, Math.max(2, stepWidth / 5)), 0, 2 * Math.PI);
    context.fillStyle = isSelected ? colour('--ink-1') : isGhost(note) ? colour('--bg-0') : hue;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = hue;
    context.stroke();
    if (stepWidth >= LEAST_STEP_FOR_NUMBERS || isSelected) {
      context.font = canvasFont(isSelected ? 600 : 500, 10);
      context.fillStyle = colour(isSelected ? '--ink-1' : '--ink-3');
      context.fillText(`${value}${kind.unit}`, x + 8, y);
    }
    context.globalAlpha = 1;
  }
}
