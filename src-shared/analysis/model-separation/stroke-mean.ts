import { AFTER, BEFORE, findStrokes, type Stroke, strokeBand } from './strokes';

/** Frames of a stroke that are compared with another's (0.1 s), and how far either way (4 ms). */
const COMPARED = 276;
const MOST_SHIFT = 11;
/** Frames over which a stroke's begin and end are faded. */
const FADE_IN = BEFORE >> 1;
const FADE_OUT = BEFORE;
const LEAST_LIKENESS = 0.7;
/** Strokes that are averaged, and strokes in order of time, on each side, that are looked at. */
const MOST_LIKE = 20;
const NEAREST = 100;
/** Variances in units of a stroke's own: of an estimate that is not in doubt, and of a stroke by how unlike another it is. */
const LEAST_VARIANCE = 0.002;
const UNLIKENESS_VARIANCE = 8;
/** What a stroke's own estimate weighs more than another's of the same variance. */
const OWN_WEIGHT = 1.5;
/** Of the mix in the other strokes: what the model always takes away from a kick is in the mix, and what it is not averages out. */
const MIX_SHARE = 0.2;
const GAIN_RANGE = [0.2, 5] as const;

/** Both at the low rate, of the same length. */
export interface LowBand {
  readonly mix: Float32Array;
  readonly drums: Float32Array;
}

interface Likeness {
  readonly stroke: Stroke;
  readonly likeness: number;
  /** Frames by which it is late against the other. */
  readonly shift: number;
  /** Its amplitude over the other's. */
  readonly gain: number;
}

/**
 * What is to be added to `drums` for the strokes whose onsets lie from `from` to `to`; its first frame is `from - BEFORE`.
 *
 * A drummer plays the same drum again and again, and what a separation leaves of the bass, or takes from the kick, differs
 * each time. So each stroke becomes the mean of the strokes most like it, weighted by the inverse of their variance.
 * @see Buades, Coll & Morel, "A non-local algorithm for image denoising", 2005, for the idea
 */
export function strokeMeanCorrection({ mix, drums }: LowBand, from: number, to: number): Float32Array {
  const band = strokeBand(drums);
  const strokes = findStrokes(band, strokeBand(mix.map((value, at) => value - drums[at]!)));
  const energies = energySums(band);
  const correction = new Float32Array(BEFORE + to - from + AFTER);
  strokes.forEach((stroke, index) => {
    if (stroke.at < from || stroke.at >= to) return;
    const near = strokes
      .slice(Math.max(0, index - NEAREST), index + NEAREST + 1)
      .filter(other => other !== stroke && other.length >= Math.min(stroke.length, BEFORE + COMPARED / 2));
    const alike = near
      .map(other => compare(band, energies, stroke, other))
      .filter(({ likeness }) => likeness > LEAST_LIKENESS)
      .sort((a, b) => b.likeness - a.likeness || a.stroke.at - b.stroke.at)
      .slice(0, MOST_LIKE);
    if (alike.length > 0) addCorrection(correction, stroke.at - from, { mix, drums }, stroke, alike);
  });
  return correction;
}

/** Sums of the squares before each frame. */
function energySums(values: Float32Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]! ** 2;
  return sums;
}

/** The highest correlation of two strokes' begins over small shifts. */
function compare(band: Float32Array, energies: Float64Array, stroke: Stroke, other: Stroke): Likeness {
  const count = Math.min(COMPARED, stroke.length);
  let best = { likeness: -1, shift: 0, gain: 0 };
  const begin = stroke.at - BEFORE;
  for (let shift = -MOST_SHIFT; shift <= MOST_SHIFT; shift++) {
    const otherBegin = other.at + shift - BEFORE;
    // What would lie outside of the song is left out of both.
    const first = Math.max(0, -begin, -otherBegin);
    const last = Math.min(count, band.length - begin, band.length - otherBegin);
    let product = 0;
    for (let at = first; at < last; at++) product += band[begin + at]! * band[otherBegin + at]!;
    const own = energies[begin + last]! - energies[begin + first]!;
    const theirs = energies[otherBegin + last]! - energies[otherBegin + first]!;
    const likeness = product / Math.sqrt(own * theirs + 1e-20);
    if (likeness > best.likeness) best = { likeness, shift, gain: product / (own + 1e-20) };
  }
  return { stroke: other, ...best };
}

function addCorrection(
  correction: Float32Array,
  start: number,
  { mix, drums }: LowBand,
  stroke: Stroke,
  alike: readonly Likeness[],
): void {
  const { length } = stroke;
  const own = OWN_WEIGHT / (stroke.doubt + LEAST_VARIANCE);
  const sum = new Float64Array(length);
  const weights = new Float64Array(length).fill(own);
  for (const { stroke: other, likeness, shift, gain: found } of alike) {
    const gain = Math.min(GAIN_RANGE[1], Math.max(GAIN_RANGE[0], found));
    const variance = other.doubt + LEAST_VARIANCE + UNLIKENESS_VARIANCE * (1 - likeness ** 2);
    const count = Math.min(length, other.length - MOST_SHIFT);
    for (let at = 0; at < count; at++) {
      const place = other.at + shift - BEFORE + at;
      if (place < 0 || place >= drums.length) continue;
      const weight = Math.min(1, (count - 1 - at) / FADE_OUT) / variance;
      const value = drums[place]! + MIX_SHARE * (mix[place]! - drums[place]!);
      sum[at]! += weight * gain * value;
      weights[at]! += weight * gain ** 2;
    }
  }
  for (let at = 0; at < length; at++) {
    const place = stroke.at - BEFORE + at;
    if (place < 0 || place >= drums.length) continue;
    const fade = Math.min(1, at / FADE_IN, (length - 1 - at) / FADE_OUT);
    const mean = (sum[at]! + own * drums[place]!) / weights[at]!;
    correction[start + at]! += fade * (mean - drums[place]!);
  }
}
