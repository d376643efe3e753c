import type { Instrument } from '../model';
import { fold } from './book';
import { JOINED, LEXICON, LONGEST_PHRASE, type Meaning, type MeasureWish } from './lexicon';

/** What a text asks for. */
export interface TextWish {
  readonly instruments: readonly Instrument[];
  readonly notInstruments: readonly Instrument[];
  /** `isDenied`: the ear is not told of it. */
  readonly measures: readonly (MeasureWish & { readonly isDenied: boolean })[];
  /** Words that nobody knows: of names, perhaps. */
  readonly names: readonly string[];
  /** Number of words that only the ear can answer. */
  readonly heard: number;
  /** What the ear is to read: all that is not denied, spelt as the lexicon has it. */
  readonly text: string;
}

/** Words shorter than this are taken as they are; a slip more is forgiven from `LONG_WORD` letters on. */
const SLIPPERY_WORD = 4;
const LONG_WORD = 8;

export function readText(text: string): TextWish {
  const words = fold(text).match(/[a-z0-9]+/g) ?? [];
  const instruments: (readonly Instrument[])[] = [];
  const notInstruments: Instrument[] = [];
  const measures: TextWish['measures'][number][] = [];
  const names: string[] = [];
  const said: string[] = [];
  let heard = 0;
  let isDenied = false;
  for (let at = 0; at < words.length; ) {
    const { meaning, length, spelt } = meaningAt(words, at);
    at += length;
    if (meaning?.kind === 'not') {
      isDenied = true;
      continue;
    }
    if (meaning?.kind === 'nothing') {
      if (!isDenied) said.push(spelt);
      continue;
    }
    if (!isDenied) said.push(spelt);
    if (meaning?.kind === 'instruments') {
      if (isDenied) notInstruments.push(...meaning.instruments);
      else instruments.push(meaning.instruments);
      heard += meaning.isOneOfMany && !isDenied ? 1 : 0;
    } else if (meaning?.kind === 'measures')
      measures.push(
        ...meaning.wants.map(want => ({
          ...want,
          sign: (isDenied ? -want.sign : want.sign) as 1 | -1,
          isDenied,
        })),
      );
    else if (meaning?.kind === 'heard') heard += isDenied ? 0 : 1;
    else if (!isDenied) names.push(spelt);
    isDenied = false;
  }
  const wanted = [...new Set(narrowed(instruments).flat())].filter(each => !notInstruments.includes(each));
  return {
    instruments: wanted,
    // Where some are wanted, the rest is not anyway.
    notInstruments: wanted.length > 0 ? [] : [...new Set(notInstruments)],
    measures,
    names,
    heard,
    text: said.join(' '),
  };
}

/** "Ride cymbal": a word for several instruments says nothing beside one for fewer of them. */
const narrowed = (named: readonly (readonly Instrument[])[]): (readonly Instrument[])[] =>
  named.filter(
    wide =>
      !named.some(few => few.length < wide.length && few.every(instrument => wide.includes(instrument))),
  );

/** The longest group of words from `at` on that means something; failing that the nearest word, failing that the word itself. */
function meaningAt(
  words: readonly string[],
  at: number,
): { readonly meaning: Meaning | null; readonly length: number; readonly spelt: string } {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    const spelt = words.slice(at, at + length).join(' ');
    const meaning = LEXICON.get(spelt);
    if (meaning) return { meaning, length, spelt };
  }
  const word = words[at] ?? '';
  const plain = plainWord(word);
  if (plain !== null) return { meaning: LEXICON.get(plain) ?? null, length: 1, spelt: word };
  const spelt = nearestWord(word);
  return { meaning: spelt === null ? null : (LEXICON.get(spelt) ?? null), length: 1, spelt: spelt ?? word };
}

/** Of "darkish", "clickier", "shortened", "roominess"; the longest first. */
const ENDINGS = [
  'iness',
  'ness',
  'ened',
  'iest',
  'ier',
  'ily',
  'ish',
  'est',
  'ing',
  'er',
  'ed',
  'ly',
  's',
  'y',
] as const;
const SHORTEST_STEM = 3;

/** The known word or phrase that a word is another form of, or that it runs together; null when there is none. */
function plainWord(word: string): string | null {
  for (const ending of ['', ...ENDINGS]) {
    if (!word.endsWith(ending) || word.length - ending.length < SHORTEST_STEM) continue;
    const stem = word.slice(0, word.length - ending.length);
    const undoubled = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
    for (const form of [stem, `${stem}y`, `${stem}e`, undoubled]) {
      const known = JOINED.get(form) ?? form;
      const kind = LEXICON.get(known)?.kind;
      if (kind !== undefined && kind !== 'nothing' && kind !== 'not') return known;
    }
  }
  return null;
}

/** The known word with the fewest slips, one that begins alike first; null when all are too far. */
function nearestWord(word: string): string | null {
  if (word.length < SLIPPERY_WORD || /\d/.test(word)) return null;
  const most = word.length >= LONG_WORD ? 2 : 1;
  let best: string | null = null;
  let fewest = most + 0.75;
  for (const [known, { kind }] of LEXICON) {
    if (kind === 'nothing' || kind === 'not' || known.length < SLIPPERY_WORD || known.includes(' ')) continue;
    if (Math.abs(known.length - word.length) > most) continue;
    const slips = slipsBetween(word, known) + (known[0] === word[0] ? 0 : 0.5);
    if (slips < fewest) {
      fewest = slips;
      best = known;
    }
  }
  return best;
}

/** Letters put in, left out, taken for others or swapped with their neighbours (Damerau 1964, optimal alignment). */
function slipsBetween(left: string, right: string): number {
  let [twoBefore, before]: [number[], number[]] = [
    [],
    Array.from({ length: right.length + 1 }, (_, at) => at),
  ];
  for (let row = 1; row <= left.length; row++) {
    const now = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      let slips = Math.min(before[column]! + 1, now[column - 1]! + 1, before[column - 1]! + (isSame ? 0 : 1));
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && isSwapped) slips = Math.min(slips, twoBefore[column - 2]! + 1);
      now.push(slips);
    }
    [twoBefore, before] = [before, now];
  }
  return before[right.length]!;
}
