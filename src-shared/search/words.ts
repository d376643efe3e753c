import type { EarMeasure, Instrument } from '../model';
import { fold } from './book';
import { JOINED, LEXICON, LONGEST_PHRASE, type Meaning } from './lexicon';
import { ANY_SOUND, hasThirds } from './thirds';

/** What a text asks for. */
export interface TextWish {
  readonly instruments: readonly Instrument[];
  readonly notInstruments: readonly Instrument[];
  /** Among what its qualities are meant: a dark kick is dark for a kick. */
  readonly noun: string;
  readonly measures: readonly MeasureWish[];
  /** Words that nobody knows: of names, perhaps. */
  readonly names: readonly string[];
  /** What the ear is to read: all but what is denied in words that it has not learnt. '' where nothing is said. */
  readonly text: string;
}

export interface MeasureWish {
  readonly measure: EarMeasure;
  readonly sign: 1 | -1;
  /** The ear is not told of it. */
  readonly isDenied: boolean;
}

/** Words shorter than this are taken as they are; a slip more is forgiven from `LONG_WORD` letters on. */
const SLIPPERY_WORD = 4;
const LONG_WORD = 8;

type Named = Extract<Meaning, { kind: 'instruments' }>;

export function readText(text: string): TextWish {
  const words = fold(text).match(/[a-z0-9]+/g) ?? [];
  const named: Named[] = [];
  const notInstruments: Instrument[] = [];
  const measures: MeasureWish[] = [];
  const names: string[] = [];
  const said: string[] = [];
  let denial: { readonly isHeard: boolean; readonly word: string } | null = null;
  for (let at = 0; at < words.length; ) {
    const { meaning, length, spelt } = meaningAt(words, at);
    const own = words.slice(at, at + length);
    at += length;
    if (meaning?.kind === 'not') {
      denial = { isHeard: meaning.isHeard, word: own.join(' ') };
      continue;
    }
    if (meaning?.kind === 'nothing') {
      if (!denial) said.push(...own);
      continue;
    }
    const isDenied = denial !== null;
    const isToldWithDenial = denial?.isHeard === true && meaning !== null && meaning.kind !== 'instruments';
    if (!denial) said.push(...own);
    else if (isToldWithDenial) said.push(denial.word, ...own);
    if (meaning?.kind === 'instruments') {
      if (isDenied) notInstruments.push(...meaning.instruments);
      else named.push(meaning);
    } else if (meaning?.kind === 'measure') {
      const sign: 1 | -1 = isDenied && meaning.sign > 0 ? -1 : isDenied ? 1 : meaning.sign;
      measures.push({ measure: meaning.measure, sign, isDenied: isDenied && !isToldWithDenial });
    } else if (meaning === null && !isDenied) names.push(spelt);
    denial = null;
  }
  const kept = narrowed(named);
  const wanted = [...new Set(kept.flatMap(({ instruments }) => instruments))];
  return {
    instruments: wanted.filter(each => !notInstruments.includes(each)),
    notInstruments: [...new Set(notInstruments)],
    noun: nounOf(kept),
    measures,
    names,
    text: said.some(word => LEXICON.get(word)?.kind !== 'nothing') ? said.join(' ') : '',
  };
}

/** "Ride cymbal": a word for several instruments says nothing beside one for fewer of them. */
const narrowed = (named: readonly Named[]): readonly Named[] =>
  named.filter(
    ({ instruments: wide }) =>
      !named.some(
        ({ instruments: few }) =>
          few.length < wide.length && few.every(instrument => wide.includes(instrument)),
      ),
  );

/** One of many things before what they all are; several things are sounds of no particular name. */
function nounOf(named: readonly Named[]): string {
  const kinds = named.filter(({ isOneOfMany, noun }) => isOneOfMany && hasThirds(noun));
  const nouns = new Set(
    (kinds.length > 0 ? kinds : named).map(({ instruments: [first], noun }) =>
      hasThirds(noun) ? noun : (first ?? ''),
    ),
  );
  const [only = ANY_SOUND] = nouns;
  return nouns.size === 1 ? only : ANY_SOUND;
}

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
