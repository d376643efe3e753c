import type { Span } from './span';
import type { Timeline, TimelineStroke } from './timeline';

/** A band of the picture, px from its top. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** Where everything lies in a picture of a size. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly ruler: Band;
  readonly mishaps: Band;
  readonly audio: Band;
  readonly lanes: readonly Band[];
  readonly errors: Band;
}

const RULER_PX = 22;
const MISHAPS_PX = 18;
/** Of what is left, and of which the lanes take the rest. */
const AUDIO_SHARE = 0.2;
const ERRORS_SHARE = 0.24;

/** Without audio the lanes take its place. */
export function layoutOf(width: number, height: number, laneCount: number, hasAudio: boolean): Layout {
  const left = Math.max(0, height - RULER_PX - MISHAPS_PX);
  const audio = hasAudio ? Math.round(left * AUDIO_SHARE) : 0;
  const errors = Math.round(left * ERRORS_SHARE);
  const laneTop = RULER_PX + MISHAPS_PX + audio;
  const lane = Math.floor((left - audio - errors) / Math.max(1, laneCount));
  return {
    width,
    height,
    ruler: { top: 0, height: RULER_PX },
    mishaps: { top: RULER_PX, height: MISHAPS_PX },
    audio: { top: RULER_PX + MISHAPS_PX, height: audio },
    lanes: Array.from({ length: laneCount }, (_, index) => ({ top: laneTop + index * lane, height: lane })),
    errors: { top: height - errors, height: errors },
  };
}

export const xOf = (seconds: number, span: Span, width: number): number =>
  ((seconds - span.from) / (span.to - span.from)) * width;

export const secondsAt = (x: number, span: Span, width: number): number =>
  span.from + (x / width) * (span.to - span.from);

/** Height of an error in its band; late is up. */
export const errorY = (ms: number, limitMs: number, { top, height }: Band): number =>
  top + height / 2 - (ms / limitMs) * (height / 2 - 8);

/** How far beside a stroke one may point. */
const REACH_PX = 12;

/** The stroke that is pointed at: of its lane's, or of the curve's, the nearest in reach. */
export function strokeAt(
  { strokes }: Timeline,
  layout: Layout,
  span: Span,
  point: { readonly x: number; readonly y: number },
): TimelineStroke | null {
  const inside = ({ top, height }: Band): boolean => point.y >= top && point.y < top + height;
  const lane = layout.lanes.findIndex(inside);
  const isCurve = inside(layout.errors);
  if (lane < 0 && !isCurve) return null;
  let nearest: TimelineStroke | null = null;
  let least = REACH_PX;
  for (const stroke of strokes) {
    if (isCurve ? stroke.isGrace : stroke.lane !== lane) continue;
    const [actual, intended] = [stroke.actual, stroke.intended].map(at => xOf(at, span, layout.width)) as [
      number,
      number,
    ];
    const distance = isCurve
      ? Math.abs(intended - point.x)
      : Math.min(Math.abs(actual - point.x), Math.abs(intended - point.x));
    if (distance >= least) continue;
    least = distance;
    nearest = stroke;
  }
  return nearest;
}
