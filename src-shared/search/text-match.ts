import { EAR_MEASURES, INSTRUMENTS } from '../model';
import type { SearchableBook } from './book';
import type { SoundIndex } from './sound-index';
import { thirdOf } from './thirds';
import type { MeasureWish, TextWish } from './words';

/** How much each side of a text counts. */
const HEARD_WEIGHT = 1;
const INSTRUMENT_WEIGHT = 2;
const MEASURE_WEIGHT = 1;
/** The ear reads words for qualities too; of what is denied in words that it has not learnt it is not told. */
const MEASURE_WEIGHT_BESIDE_EAR = 0.3;
const NAME_WEIGHT = 2;
/** Of the ear's say, what a user's own word for a sound adds or takes. */
const OWN_WORD_FOR = 0.5;
const OWN_WORD_AGAINST = 1;

/** Sounds by which the ear's scale for a text is set. */
const PROBES = 1024;
/** The share of them that fit a text less well than what counts as fitting it. */
const FITTING = 0.995;

/** From the third that a word is for, in thirds: where agreement is a half, and over how much it turns. */
const TURN_AT = -0.05;
const TURN_OVER = 0.05;
/** Of the agreement, what goes on growing with the measure: among dark sounds the darkest come first, and among bright ones the least bright. */
const EVEN_SHARE = 0.2;

/** What a text is held against: hits, their vectors, and at which slot of both kinds of number each hit's are (negative: not heard yet). */
export interface TextGround {
  readonly book: SearchableBook;
  readonly index: SoundIndex;
  readonly slots: Int32Array;
  /** `EAR_MEASURES` of each slot, one row after the other; NaN where they are not known. */
  readonly measured: Float32Array;
}

/**
 * Adds to the costs of `rows` how little they are what a text asks for: `share` times the mean over its sides, weighed, of 1 less the agreement:
 * - the whole text, by the ear: how far its cosine is on the way from the mean of the library to what one sound in 200 reaches;
 * - a measure ("dark"): whether it lies in the third that the word is for, among all that is called as the text asks;
 * - without an ear, an instrument: how sure it is that the sound is one; of a sound that is taken for another, half of the doubt in that.
 *   With an ear, only what the user has called a sound counts, and what is denied;
 * - a name: whether the hit's name has the word.
 *
 * @param vector what the ear makes of the text; null without an ear
 * @returns the vector whose product with a sound's is to be taken off, null when there is none
 */
export function addTextCosts(
  ground: TextGround,
  wish: TextWish,
  vector: Float32Array | null,
  rows: Int32Array,
  costs: Float32Array,
  share: number,
): Float32Array | null {
  const { book, index, slots } = ground;
  const scale = vector && index.count > 0 && wish.text !== '' ? earScale(index, vector) : null;
  const measures = wish.measures.map(side => ({
    side,
    weight: scale && !side.isDenied ? MEASURE_WEIGHT_BESIDE_EAR : MEASURE_WEIGHT,
  }));
  const isNamed = wish.instruments.length > 0;
  const isJudged = wish.notInstruments.length > 0 || (isNamed && !scale);
  const weights = {
    instrument: isJudged ? INSTRUMENT_WEIGHT : 0,
    measures: measures.reduce((sum, { weight }) => sum + weight, 0),
    name: wish.names.length > 0 ? NAME_WEIGHT : 0,
    heard: scale ? HEARD_WEIGHT : 0,
  };
  const whole = weights.instrument + weights.measures + weights.name + weights.heard;
  if (whole === 0) {
    for (let at = 0; at < rows.length; at++) costs[rows[at]!]! += share;
    return null;
  }
  const part = share / whole;
  if (isJudged) addInstruments(book, wish, rows, costs, part * weights.instrument);
  for (const { side, weight } of measures) addMeasure(ground, wish.noun, side, rows, costs, part * weight);
  if (weights.name > 0) addNames(book, wish.names, rows, costs, part * weights.name);
  if (!scale || !vector) return null;
  const factor = part * weights.heard;
  if (isNamed && !isJudged) addOwnWords(ground, wish, rows, costs, factor);
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

function addMeasure(
  { slots, measured }: TextGround,
  noun: string,
  { measure, sign }: MeasureWish,
  rows: Int32Array,
  costs: Float32Array,
  weight: number,
): void {
  const { low, high } = thirdOf(noun, measure);
  const from = sign > 0 ? high : low;
  const thirds = sign / Math.max(1e-3, high - low);
  const column = EAR_MEASURES.indexOf(measure);
  const width = EAR_MEASURES.length;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const slot = slots[row]!;
    const value = slot < 0 ? Number.NaN : measured[slot * width + column]!;
    costs[row]! += weight * (Number.isNaN(value) ? 0.5 : 1 - agreement((value - from) * thirds));
  }
}

/** Of a measure that lies so many thirds beyond (0 and more) or before the third that its word is for. */
function agreement(beyond: number): number {
  const turned = 1 / (1 + Math.exp((TURN_AT - beyond) / TURN_OVER));
  const even = 0.5 + Math.atan(beyond) / Math.PI;
  return (1 - EVEN_SHARE) * turned + EVEN_SHARE * even;
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
    const agrees = wanted[instrument] === true ? 0.5 + 0.5 * sure : 0.5 * (1 - sure);
    costs[row]! += weight * (1 - (instrument < wanted.length ? agrees : 0.25));
  }
}

/** What the user has called a sound is known, whatever the ear makes of it. */
function addOwnWords(
  { book: { book } }: TextGround,
  { instruments }: TextWish,
  rows: Int32Array,
  costs: Float32Array,
  weight: number,
): void {
  const wanted = INSTRUMENTS.map(each => instruments.includes(each));
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (book.overridden[row] !== 1) continue;
    costs[row]! += weight * (wanted[book.instrument[row]!] === true ? -OWN_WORD_FOR : OWN_WORD_AGAINST);
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
