import type { WordsContract } from './contract';

/** Lower-case words of a text, accents left out: runs of a-z and 0-9. */
export function splitWords(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.match(/[a-z0-9]+/g) ?? [];
}

/** 32-bit FNV-1a of ASCII letters. @see Fowler, Noll, Vo */
function fnv1a(text: string): number {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619) >>> 0;
  return value;
}

/** Numbers 1 ... `gramBuckets` of the groups of letters of `<word>`, by length, then from left to right. */
function gramsOf(word: string, { grams, gramLengths, gramBuckets }: WordsContract): number[] {
  const marked = `<${word}>`;
  const groups = gramLengths.flatMap(length =>
    Array.from({ length: Math.max(0, marked.length - length + 1) }, (_, start) =>
      marked.slice(start, start + length),
    ),
  );
  return groups.slice(0, grams).map(group => 1 + (fnv1a(group) % gramBuckets));
}

/** Texts as a text network takes them: `words` numbers a text, and `grams` numbers for each of those. Zeros are nothing. */
export interface WordNumbers {
  readonly count: number;
  readonly words: Float32Array;
  readonly grams: Float32Array;
}

/** Known words by number, and every word by the groups of letters in it, so that unknown and misspelt ones say something. */
export class WordCounter {
  readonly #contract: WordsContract;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(contract: WordsContract) {
    this.#contract = contract;
    this.#numbers = new Map(contract.vocabulary.map((word, index) => [word, contract.firstWord + index]));
  }

  /** An empty text is one unknown word of no letters. */
  numbersOf(texts: readonly string[]): WordNumbers {
    const { words: width, grams: depth, unknown } = this.#contract;
    const words = new Float32Array(texts.length * width);
    const grams = new Float32Array(texts.length * width * depth);
    for (const [row, text] of texts.entries()) {
      const split = splitWords(text).slice(0, width);
      for (const [place, word] of (split.length > 0 ? split : ['']).entries()) {
        const at = row * width + place;
        words[at] = this.#numbers.get(word) ?? unknown;
        grams.set(gramsOf(word, this.#contract), at * depth);
      }
    }
    return { count: texts.length, words, grams };
  }
}
