import { midiVelocity } from '#shared/units';
import { canvasFont, colour, roleToken, signed } from '#renderer/ui';
import type { GridScene } from './grid-scene';
import { bodyHeight, bodyWidth, voicePlace, xOfTicks } from './geometry';
import type { GridHit, GridRow } from './grid-rows';
import { isGhost } from './hit-words';

const SILENT_ALPHA = 0.34;
const REPEAT_ALPHA = 0.5;
/** Past the end of its row: there, but never played. */
const BEYOND_ALPHA = 0.18;
/** Below this width of a step there is room for bodies only. */
const LEAST_STEP_FOR_OFFSETS = 12;
/** Px that a numeral of the offset takes. */
const NUMERAL_PX = 6.5;
/** Furthest that an offset's bar and number stand from the hit. */
const LONGEST_BAR_PX = 64;
/** Rows lower than this have no room for words above their hits. */
const LEAST_ROW_FOR_WORDS = 50;

/** Earliest grace stroke of any ornament. */
export const LONGEST_GRACE_MS = 120;
export const LEFT_REACH_PX = LONGEST_BAR_PX + 8;
export const RIGHT_REACH_PX = LONGEST_BAR_PX + 8;

interface Body {
  readonly x: number;
  /** Lowest px of it. */
  readonly bottom: number;
  readonly tall: number;
  readonly wide: number;
}

/** Draws one hit; `nextLine` is that of the hit after it in its row. */
export function drawHit(
  context: CanvasRenderingContext2D,
  scene: GridScene,
  { lane }: GridRow,
  hit: GridHit,
  nextLine: number,
): void {
  const { stepWidth, rowHeight, selection, isSilent } = scene;
  const { note, repeat } = hit;
  const place = voicePlace(rowHeight, hit.voice, lane.instruments.length);
  const bodyOf = (onset: number, velocity: number, wide: number): Body => ({
    x: xOfTicks(onset, stepWidth),
    bottom: place.bottom,
    tall: bodyHeight(midiVelocity(velocity) / 127, place.bottom - place.top),
    wide,
  });
  const body = bodyOf(hit.onset, note.velocity, bodyWidth(stepWidth));
  const isSelected = selection.has(note.id);
  const alpha =
    (repeat < 0 ? BEYOND_ALPHA : repeat > 0 ? REPEAT_ALPHA : 1) *
    (note.muted || isSilent(note) ? SILENT_ALPHA : 1);
  context.fillStyle = colour(roleToken(note.role));
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  if (hit.strokes.length === 0) {
    drawBody(context, body, hit, alpha);
  } else {
    const narrow = Math.max(2, Math.min(body.wide, (4 * stepWidth) / (hit.strokes.length * 4) - 1));
    for (const stroke of hit.strokes) {
      const isMain = note.ornament !== 'none' && stroke.onset === hit.onset;
      const wide = isMain && note.ratchet === 1 ? body.wide : isMain || note.ratchet > 1 ? narrow : 2;
      drawBody(context, bodyOf(stroke.onset, stroke.velocity, wide), hit, alpha);
    }
  }
  context.globalAlpha = 1;
  if (isSelected && repeat <= 0) drawRing(context, body, 1);
  else if (isSelected) drawRing(context, body, 0.4);
  drawNews(context, scene, hit, body);
  context.globalAlpha = alpha;
  context.textBaseline = 'middle';
  drawWords(context, scene, hit, body);
  drawOffset(context, scene, hit, body, nextLine);
  context.globalAlpha = 1;
}

function drawBody(
  context: CanvasRenderingContext2D,
  { x, bottom, tall, wide }: Body,
  { note }: GridHit,
  alpha: number,
): void {
  const top = bottom - tall;
  context.globalAlpha = alpha;
  if (note.probability < 1) {
    drawHatch(context, x, top, wide, tall);
  } else if (isGhost(note)) {
    context.strokeRect(x + 0.5, top + 0.5, wide - 1, tall - 1);
  } else {
    context.globalAlpha = (0.22 + (0.62 * midiVelocity(note.velocity)) / 127) * alpha;
    context.beginPath();
    context.roundRect(x, top, wide, tall, [0, Math.min(3, wide / 2), 1, 0]);
    context.fill();
    context.globalAlpha = alpha;
  }
  // The square left edge is the onset, at full colour and not rounded to a pixel.
  context.fillRect(x, top, Math.min(2, wide), tall);
}

/** A hit that does not always sound is striped. */
function drawHatch(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  wide: number,
  tall: number,
): void {
  context.strokeRect(x + 0.5, top + 0.5, wide - 1, tall - 1);
  context.beginPath();
  for (let along = 3; along < wide + tall; along += 4) {
    const left = Math.max(0, along - tall);
    const right = Math.min(wide, along);
    context.moveTo(x + left, top + along - left);
    context.lineTo(x + right, top + along - right);
  }
  context.stroke();
}

function drawRing(context: CanvasRenderingContext2D, { x, bottom, tall, wide }: Body, alpha: number): void {
  context.globalAlpha = alpha;
  context.strokeStyle = colour('--select');
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x - 3, bottom - tall - 3, wide + 6, tall + 6, 3);
  context.stroke();
  context.globalAlpha = 1;
}

/** A mark above a hit that the take puts (filled) or plays otherwise (hollow). */
function drawNews(
  context: CanvasRenderingContext2D,
  { difference }: GridScene,
  { note, voice }: GridHit,
  { x, bottom, tall }: Body,
): void {
  if (!difference || difference.same.has(note.id)) return;
  context.beginPath();
  context.arc(x + 3.5, voice === 0 ? 5.5 : bottom - tall, 2.5, 0, 2 * Math.PI);
  context.lineWidth = 1;
  context.strokeStyle = colour('--ink-1');
  context.fillStyle = colour('--ink-1');
  if (difference.added.has(note.id)) context.fill();
  else context.stroke();
}

/** "60 %" or "×3" above what is struck by chance or more than once. */
function drawWords(
  context: CanvasRenderingContext2D,
  { rowHeight, stepWidth }: GridScene,
  { note }: GridHit,
  { x, bottom, tall }: Body,
): void {
  if (rowHeight < LEAST_ROW_FOR_WORDS || stepWidth < LEAST_STEP_FOR_OFFSETS) return;
  const words = [
    note.ratchet > 1 ? `×${note.ratchet}` : '',
    note.probability < 1 ? `${Math.round(note.probability * 100)} %` : '',
  ];
  const text = words.join(' ').trim();
  if (text === '') return;
  context.font = canvasFont(500, 10);
  context.fillStyle = colour('--ink-2');
  context.fillText(text, x, Math.max(6, bottom - tall - 7));
}

/** How far the hit is off its line: a bar from the line, and the number of ms where there is room for it. */
function drawOffset(
  context: CanvasRenderingContext2D,
  scene: GridScene,
  hit: GridHit,
  { x }: Body,
  nextLine: number,
): void {
  const { stepWidth, rowHeight, offsetScale, selection } = scene;
  const isSelected = selection.has(hit.note.id);
  if (stepWidth < LEAST_STEP_FOR_OFFSETS && !isSelected) return;
  const lineX = Math.round(xOfTicks(hit.line, stepWidth));
  const room = xOfTicks(nextLine, stepWidth) - lineX;
  // From the line, unless the hit is so far off it that nobody would see them as one.
  const foot = Math.min(x + LONGEST_BAR_PX, Math.max(x - LONGEST_BAR_PX, lineX));
  context.fillStyle = colour(isSelected ? '--ink-1' : '--ink-2');
  const barTop = rowHeight - 6;
  context.fillRect(foot, barTop - 1, 1, 5);
  const length = Math.min(LONGEST_BAR_PX, Math.max(-LONGEST_BAR_PX, (x - lineX) * offsetScale));
  context.fillRect(Math.min(foot, foot + length), barTop, Math.abs(length), 3);
  const text = signed(hit.offset);
  // Hits at one line share one number, that of the last.
  if (!isSelected && room < 4 + text.length * NUMERAL_PX) return;
  context.font = canvasFont(isSelected ? 600 : 500, 10);
  context.fillText(text, foot + 2, rowHeight - 13);
}
