import { INSTRUMENTS } from '../model';
import type { SearchableBook } from './book';
import type { SoundIndex } from './sound-index';
import type { TextWish } from './words';

/** How much each side of a text counts. What the ear hears counts once, and once more for each word that nothing else can answer. */
const INSTRUMENT_WEIGHT = 2;
const MEASURE_WEIGHT = 1;
/** The ear reads words for qualities too, and tells them apart better than four measures do; of what is denied it is not told. */
const MEASURE_WEIGHT_BESIDE_EAR = 0.25;
const NAME_WEIGHT = 2;
const HEARD_WEIGHT = 1;
/** Sounds by which the ear's scale for a text is set. */
const PROBES = 1024;
/** The share of them that fit a text less well than what counts as fitting it. */
const FITTING = 0.995;

/**
 * Adds to the costs of `rows` how little they are what a text asks for: `share` times the mean over its sides, weighed, of 1 less the agreement,
 * each 0..1:
 * - an instrument: how sure it is that the sound is one; of a sound that is taken for another, half of the doubt in that;
 * - a measure ("dark"): the share of hits that have more of it; among sounds of the instrument when one is asked for;
 * - a name: whether the hit's name has the word;
 * - the whole text, by the ear: how far its cosine is on the way from the mean of the library to what one sound in 200 reaches.
 *
 * @param vector what the ear makes of the text; null without an ear
 * @returns the vector whose product with a sound's is to be taken off, null when there is none
 */
export function addTextCosts(
  book: SearchableBook,
  index: SoundIndex,
  slots: Int32Array,
  wish: TextWish,
  vector: Float32Array | null,
  rows: Int32Array,
  costs: Float32Array,
  share: number,
): Float32Array | null {
  const scale = vector && index.count > 0 ? earScale(index, vector) : null;
  const isHeard = scale !== null && wish.text !== '';
  const measures = wish.measures.map(({ isDenied, weight, ...side }) => ({
    ...side,
    weight: weight * (isHeard && !isDenied ? MEASURE_WEIGHT_BESIDE_EAR : MEASURE_WEIGHT),
  }));
  const weights = {
    instrument: wish.instruments.length + wish.notInstruments.length > 0 ? INSTRUMENT_WEIGHT : 0,
    measures: measures.reduce((sum, { weight }) => sum + weight, 0),
    name: wish.names.length > 0 ? NAME_WEIGHT : 0,
    heard: isHeard ? HEARD_WEIGHT * (1 + wish.heard) : 0,
  };
  const whole = weights.instrument + weights.measures + weights.name + weights.heard;
  if (whole === 0) {
    for (let at = 0; at < rows.length; at++) costs[rows[at]!]! += share;
    return null;
  }
  const part = share / whole;
  if (weights.instrument > 0) addInstruments(book, wish, rows, costs, part * weights.instrument);
  for (const { measure, sign, weight } of measures) {
    const { ofInstrument, overall } = book.shares(measure);
    const standing = wish.instruments.length > 0 ? ofInstrument : overall;
    const factor = part * weight;
    for (let at = 0; at < rows.length; at++) {
      const standsAt = standing[rows[at]!]!;
      costs[rows[at]!]! += factor * (sign > 0 ? 1 - standsAt : standsAt);
    }
  }
  if (weights.name > 0) addNames(book, wish.names, rows, costs, part * weights.name);
  if (!scale || weights.heard === 0 || !vector) return null;
  const factor = part * weights.heard;
  const whatever = factor * (1 + scale.mean / scale.reach);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    costs[row]! += slots[row]! >= 0 ? whatever : factor;
  }
  return vector.map(value => (value * factor) / scale.reach);
}

/** Where the cosines of a text with the library's sounds lie, by an even sample of them. */
function earScale(
  index: SoundIndex,
  vector: Float32Array,
): { readonly mean: number; readonly reach: number } {
  const step = Math.max(1, Math.floor(index.count / PROBES));
  const found = new Float64Array(Math.ceil(index.count / step));
  for (let at = 0; at < found.length; at++) found[at] = index.exact(vector, at * step);
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  found.sort();
  const fitting = found[Math.min(found.length - 1, Math.floor(FITTING * found.length))]!;
  return { mean, reach: Math.max(1e-3, fitting - mean) };
}

function addInstruments(
  { book }: SearchableBook,
  { instruments, notInstruments }: TextWish,
  rows: Int32Array,
  costs: Float32Array,
  weight: number,
): void {
  const wanted = INSTRUMENTS.map(each =>
    instruments.length > 0 ? instruments.includes(each) : !notInstruments.includes(each),
  );
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const sure = (book.overridden[row] === 1 ? 255 : book.instrumentSure[row]!) / 255;
    const instrument = book.instrument[row]!;
    const agreement = wanted[instrument] === true ? 0.5 + 0.5 * sure : 0.5 * (1 - sure);
    costs[row]! += weight * (1 - (instrument < wanted.length ? agreement : 0.25));
  }
}

function addNames(
  book: SearchableBook,
  words: readonly string[],
  rows: Int32Array,
  costs: Float32Array,
  weight: number,
): void {
  const names = book.foldedNames();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const name = names[row]!;
    let found = 0;
    for (const word of words) if (name.includes(word)) found++;
    costs[row]! += weight * (1 - found / words.length);
  }
}
