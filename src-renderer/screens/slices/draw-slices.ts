import { type Hit, TempoMap, type Track, type Twin } from '#shared/model';
import { instrumentName, instrumentSure, onsetSeconds, roleOf, sliceSeconds } from '#renderer/state';
import {
  canvasFont,
  type Columns,
  colour,
  columnsOfPeaks,
  columnsOfSamples,
  confidence,
  DOUBTFUL_BELOW,
  drawColumns,
  preciseClock,
  roleToken,
} from '#renderer/ui';
import type { StemDetail } from './use-stem-detail';
import { spanOf, type TimeWindow } from './window-of-time';

export const RULER_HEIGHT = 24;
/** Two rows of chips under the ruler, so that near neighbours do not cover each other. */
const CHIP_ROWS = 2;
const CHIP_ROW_HEIGHT = 25;
const CHIP_HEIGHT = 20;
const FOOT = 14;
const TWIN_ALPHA = 0.35;
/** Height of the line over a left-out hit's foot. */
const TWIN_MARK = 24;

export interface SlicesPicture {
  readonly track: Track;
  readonly hits: readonly Hit[];
  readonly window: TimeWindow;
  readonly selected: Hit | null;
  readonly peaks: Float32Array | null;
  /** Seconds that one pair of the peaks covers. */
  readonly peakSeconds: number;
  readonly detail: StemDetail | null;
  /** Loudest of the whole stem: the scale does not jump while scrolling. */
  readonly scale: number;
  readonly cursorSeconds: number;
}

export function drawSlices(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: SlicesPicture,
): void {
  const { window, hits, selected, scale } = picture;
  const span = spanOf(window);
  const xOf = (seconds: number): number => ((seconds - window.from) / span) * width;
  const top = RULER_HEIGHT + CHIP_ROWS * CHIP_ROW_HEIGHT + 8;
  const middle = (top + height - FOOT) / 2;
  const half = (height - FOOT - top) / 2 / Math.max(0.02, scale);
  drawRuler(context, width, height, picture);
  if (selected) {
    context.fillStyle = colour('--select-wash');
    const left = xOf(onsetSeconds(selected));
    context.fillRect(left, RULER_HEIGHT, xOf(onsetSeconds(selected) + sliceSeconds(selected)) - left, height);
  }
  const columns = columnsOf(picture, Math.floor(width));
  if (columns) {
    context.fillStyle = colour('--wave-2');
    drawColumns(context, columns, { left: 0, middle, half });
    drawBodies(context, width, height, { picture, columns, middle, half, xOf });
  } else {
    context.fillStyle = colour('--wave-2');
    context.fillRect(0, middle, width, 1);
  }
  drawMarkers(context, width, height, { hits, selected, xOf });
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
  readonly picture: SlicesPicture;
  readonly columns: Columns;
  readonly middle: number;
  readonly half: number;
  readonly xOf: (seconds: number) => number;
}

/** Onset and end, in seconds, of a hit that was left out. */
const twinSpan = ({ sampleRate }: Hit, { onsetFrame, frames }: Twin): readonly [number, number] => [
  onsetFrame / sampleRate,
  (onsetFrame + frames) / sampleRate,
];

/** Each slice's part of the waveform in its role's hue; what sounds like it, and was left out, in a hint of it. */
function drawBodies(context: CanvasRenderingContext2D, width: number, height: number, bodies: Bodies): void {
  const { picture, columns, middle, half, xOf } = bodies;
  const { hits, selected, window } = picture;
  for (const [index, hit] of hits.entries()) {
    const onset = onsetSeconds(hit);
    const next = hits[index + 1];
    const end = Math.min(onset + sliceSeconds(hit), next ? onsetSeconds(next) : Infinity);
    const drawBody = (from: number, to: number, alpha: number): void => {
      if (to < window.from || from > window.to) return;
      const left = Math.max(0, xOf(from));
      context.save();
      context.beginPath();
      context.rect(left, 0, Math.min(width, xOf(to)) - left, height);
      context.clip();
      context.globalAlpha = alpha;
      context.fillStyle = colour(roleToken(roleOf(hit)));
      drawColumns(context, columns, { left: 0, middle, half });
      context.restore();
    };
    for (const twin of hit.duplicates) drawBody(...twinSpan(hit, twin), TWIN_ALPHA);
    drawBody(onset, end, hit.id === selected?.id ? 1 : 0.8);
  }
}

interface Markers {
  readonly hits: readonly Hit[];
  readonly selected: Hit | null;
  readonly xOf: (seconds: number) => number;
}

function drawMarkers(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  markers: Markers,
): void {
  const { hits, selected, xOf } = markers;
  for (const hit of hits) drawTwins(context, width, height, hit, xOf);
  for (const hit of hits) {
    const x = xOf(onsetSeconds(hit));
    if (x < -120 || x > width + 2) continue;
    const isSelected = hit.id === selected?.id;
    const hue = colour(isSelected ? '--ink-1' : roleToken(roleOf(hit)));
    context.fillStyle = hue;
    context.fillRect(Math.round(x), RULER_HEIGHT, isSelected ? 2 : 1, height - RULER_HEIGHT);
    context.beginPath();
    context.roundRect(x - 4, height - 11, 9, 6, 1.5);
    context.moveTo(x - 4, height - 6);
    context.lineTo(x + 5, height - 6);
    context.lineTo(x + 0.5, height - 1);
    context.fill();
    if (hit.flamFrames !== null) {
      const second = Math.round(xOf(onsetSeconds(hit) + hit.flamFrames / hit.sampleRate)) + 0.5;
      context.strokeStyle = hue;
      context.lineWidth = 1;
      context.setLineDash([2, 2]);
      context.beginPath();
      context.moveTo(second, RULER_HEIGHT + CHIP_ROWS * CHIP_ROW_HEIGHT + 8);
      context.lineTo(second, height - FOOT);
      context.stroke();
      context.setLineDash([]);
    }
  }
  // Over all lines, so that none runs through a name.
  const rowEnds = Array.from({ length: CHIP_ROWS }, () => -Infinity);
  for (const hit of hits) {
    const x = xOf(onsetSeconds(hit));
    if (x < -120 || x > width + 2) continue;
    const isSelected = hit.id === selected?.id;
    const row = rowEnds.findIndex(end => end <= x + 2);
    if (row >= 0)
      rowEnds[row] = drawChip(context, hit, x + 4, RULER_HEIGHT + 6 + row * CHIP_ROW_HEIGHT, isSelected);
  }
}

/** A hollow foot where each hit begins that was left out. */
function drawTwins(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  hit: Hit,
  xOf: (seconds: number) => number,
): void {
  context.strokeStyle = colour(roleToken(roleOf(hit)));
  context.lineWidth = 1;
  for (const twin of hit.duplicates) {
    const x = Math.round(xOf(twinSpan(hit, twin)[0])) + 0.5;
    if (x < -5 || x > width + 5) continue;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.moveTo(x, height - FOOT - TWIN_MARK);
    context.lineTo(x, height - 11);
    context.roundRect(x - 3.5, height - 10.5, 7, 5, 1.5);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Draws the chip of a slice; answers where it ends. */
function drawChip(
  context: CanvasRenderingContext2D,
  hit: Hit,
  left: number,
  top: number,
  isSelected: boolean,
): number {
  const name = instrumentName(hit);
  const sure = instrumentSure(hit);
  const number = sure === undefined ? '' : confidence(sure);
  context.font = canvasFont(500, 11);
  const nameWidth = context.measureText(name).width;
  const width = 20 + nameWidth + (number ? 5 + context.measureText(number).width : 0) + 6;
  context.fillStyle = colour(isSelected ? '--ink-1' : '--bg-1');
  context.strokeStyle = colour('--line-2');
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left + 0.5, top + 0.5, width, CHIP_HEIGHT - 1, 3);
  context.fill();
  if (!isSelected) context.stroke();
  context.fillStyle = colour(isSelected ? '--ink-inv' : roleToken(roleOf(hit)));
  drawGlyph(context, roleOf(hit), left + 6, top + 6);
  context.textBaseline = 'middle';
  context.fillStyle = colour(isSelected ? '--ink-inv' : '--ink-1');
  context.fillText(name, left + 19, top + CHIP_HEIGHT / 2 + 0.5);
  const doubtful = sure !== undefined && sure < DOUBTFUL_BELOW;
  context.fillStyle = colour(isSelected ? '--ink-inv' : doubtful ? '--warn' : '--ink-3');
  context.fillText(number, left + 24 + nameWidth, top + CHIP_HEIGHT / 2 + 0.5);
  return left + width + 2;
}

function drawGlyph(
  context: CanvasRenderingContext2D,
  role: ReturnType<typeof roleOf>,
  left: number,
  top: number,
): void {
  const shapes: Readonly<Record<typeof role, string>> = {
    CORE: 'M0 0h8v8H0z',
    ACCENT: 'M4 0 8 8H0z',
    MOTION: 'M4 0a4 4 0 1 1 0 8a4 4 0 0 1 0-8z',
    FILL: 'M4 0 8 4 4 8 0 4z',
    TEXTURE: 'M0 0h8v1.5H0zM0 3.2h8v1.5H0zM0 6.5h8V8H0z',
  };
  context.save();
  context.translate(left, top);
  const shape = new Path2D(shapes[role]);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(shape);
  context.restore();
}

function drawRuler(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: SlicesPicture,
): void {
  const { track, window } = picture;
  context.fillStyle = colour('--bg-1');
  context.fillRect(0, 0, width, RULER_HEIGHT);
  context.fillStyle = colour('--line');
  context.fillRect(0, RULER_HEIGHT - 1, width, 1);
  const span = spanOf(window);
  const { tempo } = track;
  const beat = tempo ? ((60 / tempo.bpm) * 4) / tempo.meter.denominator : 1;
  const map = tempo && new TempoMap(tempo);
  const secondsOf = (beats: number): number => (map ? map.secondsAt(beats) : beats);
  const perBar = tempo?.meter.numerator ?? 4;
  const every =
    [1, perBar, perBar * 4, perBar * 16, perBar * 64].find(beats => (beats * beat * width) / span >= 56) ??
    perBar * 256;
  context.font = canvasFont(500, 11);
  context.textBaseline = 'middle';
  const first = Math.ceil((map ? map.beatAt(window.from) : window.from) / every) - 1;
  for (let index = first; secondsOf(index * every) <= window.to; index++) {
    const seconds = secondsOf(index * every);
    const x = Math.round(((seconds - window.from) / span) * width);
    const isBar = (index * every) % perBar === 0;
    context.fillStyle = colour(isBar ? '--grid-beat' : '--grid-swung');
    context.fillRect(x, RULER_HEIGHT - 6, 1, height);
    context.fillStyle = colour(isBar ? '--ink-1' : '--ink-3');
    if (seconds < 0) continue;
    const beats = index * every;
    const bar = Math.floor(beats / perBar) + 1;
    const inBar = (((beats % perBar) + perBar) % perBar) + 1;
    const words = !tempo ? preciseClock(seconds) : bar < 1 ? '' : inBar === 1 ? `${bar}` : `${bar}.${inBar}`;
    context.fillText(words, x + 4, RULER_HEIGHT / 2);
  }
}
