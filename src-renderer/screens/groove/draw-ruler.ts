import { lineBefore, STEP_TICKS } from '#shared/model';
import { canvasFont, colour } from '#renderer/ui';
import { type BeatLine, firstLine } from './beat-lines';
import { LEAST_STEP_FOR_LINES, RULER_HEIGHT, ticksOfX, xOfTicks } from './geometry';

/** Px that "128.4" takes with the room around it. */
const LABEL_PX = 34;
/** Px around a line in which its words lie. */
const REACH_PX = 120;

export interface RulerScene {
  readonly beats: readonly BeatLine[];
  /** The steps of the row that the cursor is on, where they are written and where swing bends them. */
  readonly steps: readonly number[];
  readonly lines: readonly number[];
  readonly stepWidth: number;
  /** Ticks of the pattern. */
  readonly end: number;
  /** The bars that are played round and round; null for all. */
  readonly loop: { readonly from: number; readonly to: number } | null;
  readonly theme: string;
}

/** Bars, beats and steps; every straight tick bends into the place that swing gives it. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  scene: RulerScene,
  from: number,
  to: number,
): void {
  const { beats, steps, lines, stepWidth, end, loop } = scene;
  context.fillStyle = colour('--bg-1');
  context.fillRect(from, 0, to - from, RULER_HEIGHT);
  context.fillStyle = colour('--line');
  context.fillRect(from, RULER_HEIGHT - 1, to - from, 1);
  const left = xOfTicks(0, stepWidth);
  context.fillStyle = colour(loop ? '--line-2' : '--ink-3');
  context.fillRect(left, 1, xOfTicks(end, stepWidth) - left, 3);
  if (loop) {
    const begins = xOfTicks(loop.from, stepWidth);
    context.fillStyle = colour('--ink-1');
    context.fillRect(begins, 1, xOfTicks(loop.to, stepWidth) - begins, 3);
  }
  const begin = ticksOfX(from - REACH_PX, stepWidth);
  const last = ticksOfX(to + REACH_PX, stepWidth);
  if (stepWidth >= LEAST_STEP_FOR_LINES) {
    context.strokeStyle = colour('--line-2');
    for (let at = lineBefore(lines, begin); at < lines.length; at++) {
      const line = lines[at] ?? Infinity;
      if (line > last) break;
      drawTick(context, xOfTicks(steps[at] ?? 0, stepWidth), xOfTicks(line, stepWidth), 18);
    }
  }
  context.textBaseline = 'middle';
  const every = labelEvery(beats, stepWidth);
  let taken = -Infinity;
  for (let at = firstLine(beats, begin); at < beats.length; at++) {
    const beat = beats[at];
    if (!beat || beat.line > last) break;
    taken = drawBeat(context, beat, stepWidth, every, taken);
  }
}

function drawTick(context: CanvasRenderingContext2D, straight: number, swung: number, top: number): void {
  const from = Math.round(straight) + 0.5;
  const to = Math.round(swung) + 0.5;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from, top);
  context.lineTo(from, 20);
  // Over 16 px the straight tick bends into its swung place.
  context.bezierCurveTo(from, 28, to, 28, to, RULER_HEIGHT);
  context.stroke();
}

interface LabelEvery {
  /** Bars from one number to the next. */
  readonly bars: number;
  readonly beats: boolean;
  readonly groups: boolean;
}

/** Which lines have room for their number. */
function labelEvery(beats: readonly BeatLine[], stepWidth: number): LabelEvery {
  const px = (ticks: number): number => (ticks / STEP_TICKS) * stepWidth;
  const count = beats.filter(({ kind }) => kind === 'bar').length - 1;
  const bar = px((beats.at(-1)?.at ?? 0) / Math.max(1, count));
  const beat = px((beats[1]?.at ?? 0) - (beats[0]?.at ?? 0));
  const bars = 2 ** Math.max(0, Math.ceil(Math.log2(LABEL_PX / Math.max(1, bar))));
  return { bars, beats: beat >= LABEL_PX, groups: 2 * beat >= LABEL_PX };
}

/** Draws a line and its words, unless those of another reach as far as `taken` px; answers how far they reach now. */
function drawBeat(
  context: CanvasRenderingContext2D,
  beat: BeatLine,
  stepWidth: number,
  every: LabelEvery,
  taken: number,
): number {
  const { at, line, kind, label, meter } = beat;
  const isBar = kind === 'bar';
  const isNumbered = isBar
    ? (Number(label) - 1) % every.bars === 0
    : every.beats || (kind === 'group' && every.groups);
  if (!isNumbered && !isBar && stepWidth < LEAST_STEP_FOR_LINES) return taken;
  context.strokeStyle = colour('--grid-beat');
  drawTick(context, xOfTicks(at, stepWidth), xOfTicks(line, stepWidth), isBar || isNumbered ? 6 : 14);
  let x = Math.round(xOfTicks(at, stepWidth)) + (isBar ? 8.5 : 4.5);
  if (x < taken) return taken;
  if (isNumbered) {
    context.font = canvasFont(isBar ? 600 : 500, 11);
    context.fillStyle = colour(isBar ? '--ink-1' : kind === 'group' ? '--ink-2' : '--ink-3');
    context.fillText(label, x, 13);
    x += 7 * label.length;
  }
  if (meter !== '') {
    context.font = canvasFont(500, 10);
    context.fillStyle = colour('--ink-2');
    context.fillText(meter, x + 5, 13.5);
    x += 9 + 6 * meter.length;
  }
  return x;
}
