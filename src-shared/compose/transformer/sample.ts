import type { Random } from '../../base';
import { allows, bitCount, type CellLimits, type Word, WORDS } from '../groove';

export interface Sampling {
  /** 0: always the likeliest; 1: as learnt; above: wilder. */
  readonly temperature: number;
  /** Only the likeliest words that together hold this share of the probability are drawn from. */
  readonly topP: number;
}

/** A word that is there already, and how dear it is to change a stroke of it, in nats. */
export interface Leaning {
  readonly word: Word;
  readonly cost: number;
}

/**
 * Draws one of the words that a cell may hold, from their log chances. Limits come before temperature and top-p, so what is
 * drawn always keeps them.
 */
export function sampleWord(
  logChances: Float32Array,
  limits: CellLimits,
  { temperature, topP }: Sampling,
  random: Random,
  leaning: Leaning | null = null,
): Word {
  const words: { readonly word: Word; readonly score: number }[] = [];
  for (let word = 0; word < WORDS; word++) {
    if (!allows(limits, word)) continue;
    const away = leaning ? leaning.cost * bitCount(word ^ leaning.word) : 0;
    words.push({ word, score: logChances[word]! - away });
  }
  words.sort((a, b) => b.score - a.score || a.word - b.word);
  const best = words[0];
  if (!best) return limits.fixed;
  if (temperature === 0) return best.word;
  const weights = words.map(({ score }) => Math.exp((score - best.score) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let count = 0;
  while (count < weights.length && sum < topP * total) sum += weights[count++] ?? 0;
  return words[random.weighted(weights.slice(0, Math.max(1, count)))]?.word ?? best.word;
}
