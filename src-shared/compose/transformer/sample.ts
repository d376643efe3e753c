import type { Random } from '../../base';
import { allows, bitCount, type CellLimits, type Word, WORDS } from '../groove';

export interface Sampling {
  /** 0: always the likeliest; 1: as learnt; above: wilder. */
  readonly temperature: number;
  /** Only the likeliest words that together hold this share of the probability are drawn from. */
  readonly topP: number;
}

/** What draws the choice one way or the other, in nats. */
export interface Bias {
  /** A word that is there already, and how dear it is to change a stroke of it. */
  readonly towards: { readonly word: Word; readonly cost: number } | null;
  /** What every stroke is worth: above 0 there will be more of them. */
  readonly perStroke: number;
}

export const NO_BIAS: Bias = { towards: null, perStroke: 0 };

/** Words less likely than the best one by more than this many nats, at temperature 1, are not looked at. */
const NEGLIGIBLE = 16;

/**
 * Draws one of the words that a cell may hold, from their log chances. Limits come before temperature and top-p, so what is
 * drawn always keeps them.
 */
export function sampleWord(
  logChances: Float32Array,
  limits: CellLimits,
  { temperature, topP }: Sampling,
  random: Random,
  { towards, perStroke }: Bias = NO_BIAS,
): Word {
  const scores = new Float64Array(WORDS).fill(-Infinity);
  let best = limits.fixed;
  for (let word = 0; word < WORDS; word++) {
    if (!allows(limits, word)) continue;
    const away = towards ? towards.cost * bitCount(word ^ towards.word) : 0;
    scores[word] = logChances[word]! - away + perStroke * bitCount(word);
    if (scores[word]! > scores[best]!) best = word;
  }
  if (temperature === 0) return best;
  const top = scores[best]!;
  const least = top - NEGLIGIBLE * Math.max(1, temperature);
  const words: { readonly word: Word; readonly weight: number }[] = [];
  for (let word = 0; word < WORDS; word++) {
    if (scores[word]! >= least) words.push({ word, weight: Math.exp((scores[word]! - top) / temperature) });
  }
  words.sort((a, b) => b.weight - a.weight || a.word - b.word);
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  let held = 0;
  let count = 0;
  while (count < words.length && held < topP * total) held += words[count++]!.weight;
  const chosen = random.weighted(words.slice(0, Math.max(1, count)).map(({ weight }) => weight));
  return words[chosen]?.word ?? best;
}
