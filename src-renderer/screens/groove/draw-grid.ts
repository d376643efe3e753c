import type { Difference } from '#shared/edit';
import type { Note, NoteId, Pattern } from '#shared/model';
import { swingOf } from '#shared/model';
import { midiVelocity } from '#shared/units';
import { laneKey, type Lane } from '#renderer/state';
import { canvasFont, colour, roleToken, signed } from '#renderer/ui';
import { baseline, bodyHeight, bodyWidth, type GridLine, RULER_HEIGHT, rowTop, xOfTicks } from './geometry';
import { GHOST_BELOW, offsetOf } from './hit-words';

export interface GridPicture {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
  readonly lines: readonly GridLine[];
  readonly stepWidth: number;
  readonly rowHeight: number;
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly selection: ReadonlySet<NoteId>;
  /** What the take that is heard would change; null when the groove itself is shown. */
  readonly difference: Difference | null;
  readonly cursorLane: string;
  /** Drawn pale: what the chosen layer, a mute or another row's solo silences. */
  readonly isSilent: (note: Note) => boolean;
  /** How much longer than true time the offset bars are. */
  readonly offsetScale: number;
  /** Position of the playhead in ticks. */
  readonly playhead: number;
  readonly isPlaying: boolean;
  /** Px of the content: a rectangle that selects. */
  readonly marquee: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

const SILENT_ALPHA = 0.34;
/** A hit is lit for this long after the playhead crossed it. */
const FLASH_TICKS = 90;
/** Numbers closer than this would run into each other, and are left to the strip. */
const LEAST_STEP_FOR_NUMBERS = 20;

export function drawGrid(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: GridPicture,
): void {
  context.save();
  context.beginPath();
  context.rect(0, RULER_HEIGHT, width, height - RULER_HEIGHT);
  context.clip();
  drawRows(context, width, picture);
  drawLines(context, width, height, picture);
  if (picture.difference) drawRemoved(context, width, picture, picture.difference.removed);
  drawHits(context, width, height, picture);
  if (picture.marquee) {
    const { left, top, width: w, height: h } = picture.marquee;
    context.fillStyle = colour('--select-wash');
    context.strokeStyle = colour('--ink-2');
    context.lineWidth = 1;
    context.fillRect(left - picture.scrollLeft, top - picture.scrollTop, w, h);
    context.strokeRect(left - picture.scrollLeft + 0.5, top - picture.scrollTop + 0.5, w, h);
  }
  context.restore();
  drawRuler(context, width, picture);
  drawPlayhead(context, height, picture);
}

function drawRows(context: CanvasRenderingContext2D, width: number, picture: GridPicture): void {
  const { lanes, rowHeight, scrollTop, cursorLane } = picture;
  for (const [row, lane] of lanes.entries()) {
    const top = rowTop(row, rowHeight) - scrollTop;
    if (row % 2 === 1) {
      context.fillStyle = colour('--lane-alt');
      context.fillRect(0, top, width, rowHeight);
    }
    if (lane.key === cursorLane) {
      context.fillStyle = colour('--select-wash');
      context.fillRect(0, top, width, rowHeight);
    }
    context.fillStyle = colour('--line');
    context.fillRect(0, top + rowHeight - 1, width, 1);
  }
}

function drawLines(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: GridPicture,
): void {
  const { lines, stepWidth, scrollLeft, lanes, rowHeight, scrollTop } = picture;
  const bottom = Math.min(height, rowTop(lanes.length, rowHeight) - scrollTop);
  for (const line of lines) {
    const x = Math.round(xOfTicks(line.swung, stepWidth) - scrollLeft);
    if (x < -1 || x > width) continue;
    context.fillStyle = colour(line.kind === 'step' ? '--grid-swung' : '--grid-beat');
    context.globalAlpha = line.kind === 'beat' ? 0.62 : 1;
    context.fillRect(x, RULER_HEIGHT, 1, bottom - RULER_HEIGHT);
    context.globalAlpha = 1;
  }
}

function drawRuler(context: CanvasRenderingContext2D, width: number, picture: GridPicture): void {
  const { lines, stepWidth, scrollLeft } = picture;
  context.fillStyle = colour('--bg-1');
  context.fillRect(0, 0, width, RULER_HEIGHT);
  context.fillStyle = colour('--line');
  context.fillRect(0, RULER_HEIGHT - 1, width, 1);
  const end = lines.at(-1)?.at ?? 0;
  const left = Math.max(0, xOfTicks(0, stepWidth) - scrollLeft);
  const right = xOfTicks(end, stepWidth) - scrollLeft;
  context.fillStyle = colour('--ink-3');
  context.fillRect(left, 1, Math.max(0, right - left), 3);
  context.textBaseline = 'middle';
  for (const line of lines) {
    const straight = Math.round(xOfTicks(line.at, stepWidth) - scrollLeft) + 0.5;
    const swung = Math.round(xOfTicks(line.swung, stepWidth) - scrollLeft) + 0.5;
    if (swung < -60 || straight > width + 60) continue;
    const isStep = line.kind === 'step';
    context.strokeStyle = colour(isStep ? '--line-2' : '--grid-beat');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(straight, isStep ? 18 : 6);
    context.lineTo(straight, 20);
    // Over 16 px the straight tick bends into its swung place.
    context.bezierCurveTo(straight, 28, swung, 28, swung, RULER_HEIGHT);
    context.stroke();
    if (line.label === '') continue;
    const isBar = line.kind === 'bar';
    context.font = canvasFont(isBar ? 600 : 500, 11);
    context.fillStyle = colour(isBar ? '--ink-1' : '--ink-3');
    context.fillText(line.label, straight + (isBar ? 8 : 4), 13);
  }
}

function drawHits(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: GridPicture,
): void {
  const { pattern, lanes, stepWidth, rowHeight, scrollLeft, scrollTop } = picture;
  const rows = new Map(lanes.map((lane, row) => [lane.key, row]));
  const swung = swingOf(pattern);
  for (const note of pattern.notes) {
    const row = rows.get(laneKey(note));
    if (row === undefined) continue;
    const top = rowTop(row, rowHeight) - scrollTop;
    const line = swung(note.at);
    const x = xOfTicks(line + note.feel, stepWidth) - scrollLeft;
    if (x < -40 || x > width + 40 || top + rowHeight < RULER_HEIGHT || top > height) continue;
    drawHit(context, picture, {
      note,
      top,
      x,
      lineX: xOfTicks(line, stepWidth) - scrollLeft,
      onset: line + note.feel,
    });
  }
}

/** The places of hits that the take leaves out: dashed outlines. */
function drawRemoved(
  context: CanvasRenderingContext2D,
  width: number,
  picture: GridPicture,
  removed: readonly Note[],
): void {
  const { pattern, lanes, stepWidth, rowHeight, scrollLeft, scrollTop } = picture;
  const rows = new Map(lanes.map((lane, row) => [lane.key, row]));
  const swung = swingOf(pattern);
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.strokeStyle = colour('--ink-3');
  for (const note of removed) {
    const row = rows.get(laneKey(note));
    const x = xOfTicks(swung(note.at) + note.feel, stepWidth) - scrollLeft;
    if (row === undefined || x < -40 || x > width + 40) continue;
    const tall = bodyHeight(note.velocity, rowHeight);
    const bottom = rowTop(row, rowHeight) - scrollTop + baseline(rowHeight);
    context.strokeRect(Math.round(x) + 0.5, bottom - tall + 0.5, bodyWidth(stepWidth) - 1, tall - 1);
  }
  context.setLineDash([]);
}

/** A mark above a hit that the take puts (filled) or plays otherwise (hollow). */
function drawNews(
  context: CanvasRenderingContext2D,
  { difference }: GridPicture,
  { note, x, top }: PlacedHit,
): void {
  if (!difference || difference.same.has(note.id)) return;
  context.beginPath();
  context.arc(x + 3.5, top + 5.5, 2.5, 0, 2 * Math.PI);
  context.lineWidth = 1;
  context.strokeStyle = colour('--ink-1');
  context.fillStyle = colour('--ink-1');
  if (difference.added.has(note.id)) context.fill();
  else context.stroke();
}

interface PlacedHit {
  readonly note: Note;
  readonly top: number;
  readonly x: number;
  readonly lineX: number;
  readonly onset: number;
}

function drawHit(context: CanvasRenderingContext2D, picture: GridPicture, hit: PlacedHit): void {
  const { pattern, rowHeight, stepWidth, selection, isSilent, offsetScale, playhead, isPlaying } = picture;
  const { note, top, x, lineX, onset } = hit;
  const velocity = midiVelocity(note.velocity) / 127;
  const wide = bodyWidth(stepWidth);
  const tall = bodyHeight(velocity, rowHeight);
  const bottom = top + baseline(rowHeight);
  const hue = colour(roleToken(note.role));
  const isSelected = selection.has(note.id);
  const silent = isSilent(note) ? SILENT_ALPHA : 1;
  const isLit = isPlaying && playhead >= onset && playhead < onset + FLASH_TICKS;
  context.fillStyle = hue;
  context.strokeStyle = hue;
  if (midiVelocity(note.velocity) < GHOST_BELOW) {
    context.globalAlpha = silent;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, bottom - tall + 0.5, wide - 1, tall - 1);
    if (isLit) context.fillRect(x, bottom - tall, wide, tall);
  } else {
    context.globalAlpha = (isLit ? 1 : 0.22 + 0.62 * velocity) * silent;
    context.beginPath();
    context.roundRect(x, bottom - tall, wide, tall, [0, 3, 1, 0]);
    context.fill();
  }
  // The square left edge is the onset, at full colour and not rounded to a pixel.
  context.globalAlpha = silent;
  context.fillRect(x, bottom - tall, 2, tall);
  if (isSelected) {
    context.globalAlpha = 1;
    context.strokeStyle = colour('--select');
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(x - 3, bottom - tall - 3, wide + 6, tall + 6, 3);
    context.stroke();
  }
  drawNews(context, picture, hit);
  const offset = offsetOf(pattern, note);
  const ink = colour(isSelected ? '--ink-1' : '--ink-2');
  context.globalAlpha = silent;
  context.fillStyle = ink;
  const barTop = top + rowHeight - 6;
  context.fillRect(Math.round(lineX), barTop - 1, 1, 5);
  const length = (x - lineX) * offsetScale;
  context.fillRect(Math.min(lineX, lineX + length), barTop, Math.abs(length), 3);
  if (stepWidth >= LEAST_STEP_FOR_NUMBERS || isSelected) {
    context.font = canvasFont(isSelected ? 600 : 500, 10);
    context.textBaseline = 'middle';
    context.fillText(signed(offset), Math.round(lineX) + 2, top + rowHeight - 13);
  }
  context.globalAlpha = 1;
}

function drawPlayhead(context: CanvasRenderingContext2D, height: number, picture: GridPicture): void {
  const x = Math.round(xOfTicks(picture.playhead, picture.stepWidth) - picture.scrollLeft);
  if (x < -8) return;
  context.fillStyle = colour('--ink-1');
  context.fillRect(x, 6, 1, height);
  context.beginPath();
  context.roundRect(x - 5, 5, 11, 8, [2, 2, 0, 0]);
  context.moveTo(x - 5, 13);
  context.lineTo(x + 6, 13);
  context.lineTo(x + 0.5, 18);
  context.fill();
}
