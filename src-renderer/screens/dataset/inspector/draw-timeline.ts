import { canvasFont, colour, type Columns, drawColumns, loudest, signed } from '#renderer/ui';
import { type Band, errorY, type Layout, xOf } from './layout';
import type { Span } from './span';
import type { Timeline, TimelineStroke } from './timeline';

export interface Picture {
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly span: Span;
  /** Of the audio in sight; null without any. */
  readonly columns: Columns | null;
  /** `index` of the stroke that is pointed at or chosen. */
  readonly shown: number | null;
}

/** Room above the highest stroke of a lane, for its number. */
const HEADROOM = 0.22;
const STROKE_PX = 9;
const GRACE_PX = 4;
/** Two numbers nearer than this would touch. */
const NUMBER_PX = 34;
/** The wave fills this share of its band at its loudest. */
const WAVE_SHARE = 0.86;
const TALLEST_GAIN = 8;

type Context = CanvasRenderingContext2D;

/** Everything but the playhead. */
export function drawTimeline(context: Context, picture: Picture): void {
  const { layout, timeline } = picture;
  const mishaps = new Set(timeline.mishaps.map(({ stroke }) => stroke));
  drawBands(context, layout);
  drawBeats(context, picture);
  if (picture.columns) drawWave(context, picture.columns, layout.audio);
  layout.lanes.forEach((band, lane) => {
    drawLane(
      context,
      picture,
      band,
      timeline.strokes.filter(stroke => stroke.lane === lane),
      mishaps,
    );
  });
  drawMishaps(context, picture);
  drawErrors(context, picture);
}

function drawBands(context: Context, { width, audio, lanes, errors }: Layout): void {
  context.fillStyle = colour('--line');
  for (const { top } of [audio, errors]) context.fillRect(0, top, width, 1);
  context.fillStyle = colour('--line-2');
  for (const { top, height } of lanes) context.fillRect(0, top + height - 1, width, 1);
}

const inSight = (x: number, width: number, margin: number): boolean => x > -margin && x < width + margin;

function drawBeats(context: Context, { timeline, layout, span }: Picture): void {
  context.font = canvasFont(500, 11);
  context.textBaseline = 'middle';
  let lastEnd = -Infinity;
  for (const { at, label, isFirst } of timeline.beats) {
    const x = Math.round(xOf(at, span, layout.width));
    if (!inSight(x, layout.width, 40)) continue;
    context.fillStyle = colour(isFirst ? '--grid-beat' : '--grid-swung');
    context.fillRect(x, 0, 1, layout.height);
    if (x + 4 < lastEnd) continue;
    context.fillStyle = colour(isFirst ? '--ink-2' : '--ink-3');
    context.fillText(label, x + 4, layout.ruler.height / 2 + 1);
    lastEnd = x + 4 + context.measureText(label).width + 8;
  }
}

function drawWave(context: Context, columns: Columns, { top, height }: Band): void {
  const peak = loudest(columns);
  const gain = peak > 0 ? Math.min(TALLEST_GAIN, 1 / peak) : 1;
  context.fillStyle = colour('--wave');
  drawColumns(context, columns, {
    left: 0,
    middle: top + height / 2,
    half: (height / 2) * WAVE_SHARE * gain,
  });
}

function drawLane(
  context: Context,
  { layout, span, shown }: Picture,
  band: Band,
  strokes: readonly TimelineStroke[],
  failed: ReadonlySet<number | null>,
): void {
  const [bottom, full] = [band.top + band.height - 1, band.height * (1 - HEADROOM)];
  let lastNumber = -Infinity;
  for (const stroke of strokes) {
    const [intended, actual] = [
      xOf(stroke.intended, span, layout.width),
      xOf(stroke.actual, span, layout.width),
    ];
    if (!inSight(actual, layout.width, 40) && !inSight(intended, layout.width, 40)) continue;
    const width = stroke.isGrace ? GRACE_PX : STROKE_PX;
    const [high, meant] = [stroke.actualVelocity * full, stroke.intendedVelocity * full];
    context.fillStyle = colour(failed.has(stroke.index) ? '--warn' : '--info');
    context.globalAlpha = stroke.index === shown || stroke.isAccent ? 1 : 0.62;
    context.fillRect(actual, bottom - high, width, high);
    context.globalAlpha = 1;
    context.strokeStyle = colour(stroke.index === shown ? '--ink-1' : '--ink-3');
    context.lineWidth = 1;
    context.strokeRect(
      Math.round(intended) + 0.5,
      Math.round(bottom - meant) + 0.5,
      width - 1,
      Math.round(meant),
    );
    if (stroke.isGrace || intended - lastNumber < NUMBER_PX) continue;
    context.font = canvasFont(500, 11);
    context.textBaseline = 'middle';
    context.fillStyle = colour(stroke.index === shown ? '--ink-1' : '--ink-3');
    const top = bottom - Math.max(high, meant) - 7;
    context.fillText(signed(stroke.errorMs), Math.min(intended, actual), Math.max(band.top + 7, top));
    lastNumber = intended;
  }
}

/** A triangle at each failure, and its name where there is room. */
function drawMishaps(context: Context, { timeline, layout, span }: Picture): void {
  const { mishaps: band, lanes, width } = layout;
  const bottom = (lanes.at(-1)?.top ?? 0) + (lanes.at(-1)?.height ?? 0);
  const middle = band.top + band.height / 2;
  context.font = canvasFont(500, 11);
  context.textBaseline = 'middle';
  let lastEnd = -Infinity;
  for (const { at, name, stroke } of timeline.mishaps) {
    const x = Math.round(xOf(at, span, width));
    if (!inSight(x, width, 80)) continue;
    context.fillStyle = colour('--warn');
    context.beginPath();
    context.moveTo(x - 4, middle - 3);
    context.lineTo(x + 4, middle - 3);
    context.lineTo(x, middle + 4);
    context.fill();
    // Nothing sounded there, so nothing else shows it.
    if (stroke === null) {
      context.globalAlpha = 0.5;
      for (let y = band.top + band.height; y < bottom; y += 6) context.fillRect(x, y, 1, 3);
      context.globalAlpha = 1;
    }
    if (x + 8 < lastEnd) continue;
    context.fillText(name, x + 8, middle + 1);
    lastEnd = x + 8 + context.measureText(name).width + 12;
  }
}

function drawErrors(context: Context, { timeline, layout, span, shown }: Picture): void {
  const { errors: band, width } = layout;
  const { meanMs, deviationMs, errorLimitMs } = timeline;
  const y = (ms: number): number =>
    errorY(Math.max(-errorLimitMs, Math.min(errorLimitMs, ms)), errorLimitMs, band);
  context.fillStyle = colour('--select-wash');
  const [above, below] = [y(meanMs + deviationMs), y(meanMs - deviationMs)];
  context.fillRect(0, above, width, below - above);
  context.fillStyle = colour('--line');
  for (const ms of [errorLimitMs, 0, -errorLimitMs]) context.fillRect(0, Math.round(y(ms)), width, 1);
  const points = timeline.strokes
    .filter(({ isGrace }) => !isGrace)
    .map(stroke => ({ stroke, x: xOf(stroke.intended, span, width), y: y(stroke.errorMs) }));
  context.strokeStyle = colour('--edge');
  context.lineWidth = 1;
  context.beginPath();
  for (const point of points) context.lineTo(point.x, point.y);
  context.stroke();
  for (const { stroke, x, y: at } of points) {
    if (!inSight(x, width, 8)) continue;
    const ink = colour(stroke.mishaps.length > 0 ? '--warn' : '--info');
    context.beginPath();
    context.arc(x, at, stroke.index === shown ? 5 : 3.5, 0, 2 * Math.PI);
    context.fillStyle = stroke.hand === 'R' ? ink : colour('--bg-0');
    context.fill();
    context.strokeStyle = stroke.index === shown ? colour('--ink-1') : ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
}
