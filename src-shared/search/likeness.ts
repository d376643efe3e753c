import { Random } from '../base';
import type { Aspect } from '../model';
import { MEASURES, type Measure, type SearchableBook } from './book';
import type { SoundIndex } from './sound-index';

/**
 * How far two hits drawn by lot are apart, by side: what counts as 1. Of timbre 1 less the cosine, else on the scale of its column. A
 * library of one kind of sound has no smaller steps than an ear has.
 */
export type Scales = Readonly<Record<Aspect, number>>;

/** Half an octave of brightness and of length, three semitones, 3 dB; a cosine of .95. */
const FINEST: Scales = { timbre: 0.05, brightness: 0.5, length: 0.5, pitch: 0.25, loudness: 3 };
/** Where there is nothing to measure: two octaves of brightness and of length, an octave, 9 dB, unrelated vectors. */
const USUAL: Scales = { timbre: 1, brightness: 2, length: 2, pitch: 1, loudness: 9 };

const PAIRS = 4096;
const LEAST_PAIRS = 16;

/** Medians over pairs of hits that are drawn by lot (seeded): a few strange sounds do not stretch them. */
export function scalesOf(book: SearchableBook, index: SoundIndex, slots: Int32Array): Scales {
  const random = Random.ofSeed('pairs of hits');
  const apart: Record<Aspect, number[]> = { timbre: [], brightness: [], length: [], pitch: [], loudness: [] };
  for (let pair = 0; pair < PAIRS && book.count > 1; pair++) {
    const [left, right] = [random.below(book.count), random.below(book.count)];
    if (left === right) continue;
    for (const measure of MEASURES) {
      const column = book.column(measure);
      const step = Math.abs(column[left]! - column[right]!);
      if (!Number.isNaN(step)) apart[measure].push(step);
    }
    const [from, to] = [slots[left] ?? -1, slots[right] ?? -1];
    if (from < 0 || to < 0) continue;
    const vector = index.vectors.subarray(from * index.size, (from + 1) * index.size);
    apart.timbre.push(1 - index.exact(vector, to));
  }
  const scale = (aspect: Aspect): number => {
    const steps = apart[aspect].sort((a, b) => a - b);
    if (steps.length < LEAST_PAIRS) return USUAL[aspect];
    return Math.max(FINEST[aspect], steps[steps.length >> 1] ?? 0);
  };
  return {
    timbre: scale('timbre'),
    brightness: scale('brightness'),
    length: scale('length'),
    pitch: scale('pitch'),
    loudness: scale('loudness'),
  };
}

/**
 * Adds to the costs of `rows` what separates them from `like`: `share` times the mean over the sides, weighed, of (step / scale) squared;
 * for timbre (1 - cosine) / scale, which is half a squared distance already. 0 is the same sound, 1 as far as two hits drawn by lot.
 * Two sounds without a pitch are alike in it; one with and one without are 1 apart. Sides of weight 0 do not count.
 *
 * Answers how much of the vector of `like` is to be taken off the costs; 0 when timbre does not count.
 */
export function addLikeness(
  book: SearchableBook,
  slots: Int32Array,
  scales: Scales,
  like: number,
  aspects: Readonly<Record<Aspect, number>>,
  rows: Int32Array,
  costs: Float32Array,
  share: number,
): number {
  const whole = aspects.timbre + MEASURES.reduce((sum, measure) => sum + aspects[measure], 0);
  if (whole === 0) return 0;
  for (const measure of MEASURES) {
    const weight = (share * aspects[measure]) / whole;
    if (weight > 0) addMeasure(book, measure, like, rows, costs, weight, scales[measure]);
  }
  const weight = (share * aspects.timbre) / whole;
  if (weight === 0) return 0;
  // A sound that was not heard yet is unrelated to all; nor is anything like what was not heard.
  const isHeard = slots[like]! >= 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    costs[row]! += weight * (isHeard && slots[row]! >= 0 ? 1 / scales.timbre : 1);
  }
  return isHeard ? weight / scales.timbre : 0;
}

function addMeasure(
  book: SearchableBook,
  measure: Measure,
  like: number,
  rows: Int32Array,
  costs: Float32Array,
  weight: number,
  scale: number,
): void {
  const column = book.column(measure);
  const own = column[like]!;
  const isOwnMissing = Number.isNaN(own);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const other = column[row]!;
    const isMissing = Number.isNaN(other);
    const isKnown = !isMissing && !isOwnMissing;
    const step = isKnown ? (other - own) / scale : isMissing === isOwnMissing ? 0 : 1;
    costs[row]! += weight * step * step;
  }
}
