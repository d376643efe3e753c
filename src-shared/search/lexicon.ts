import type { Instrument } from '../model';
import type { Measure } from './book';

/** What a word says of a sound. */
export type Meaning =
  | {
      readonly kind: 'instruments';
      readonly instruments: readonly Instrument[];
      /** One of many things that the instrument stands for (a shaker, of percussion): which of them only the ear tells. */
      readonly isOneOfMany: boolean;
    }
  /** More (1) or less (-1) of a measure than its kind has, by half where the word means more than that. */
  | { readonly kind: 'measures'; readonly wants: readonly MeasureWish[] }
  /** What no measure of the book tells: the ear's words answer. */
  | { readonly kind: 'heard' }
  /** "a sound of", "please": says nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'not' };

export interface MeasureWish {
  readonly measure: Measure;
  readonly sign: 1 | -1;
  readonly weight: number;
}

const PERCUSSION =
  'conga, congas, bongo, bongos, timbale, timbales, cowbell, cow bell, shaker, shakers, tambourine, maracas, claves, clave, woodblock, wood block, snap, snaps, finger snap, triangle, guiro, cabasa, agogo, djembe, cajon, bell, bells';
const EFFECTS = 'riser, sweep, zap, laser, glitch, scratch, impact, noise, whoosh, vinyl, crackle';
const OTHERS = 'rimshot, rim shot, splash, china, ride bell, ride cup, bell of a ride';

const split = (words: string): string[] => words.split(',').map(word => word.trim());
const ONE_OF_MANY: ReadonlySet<string> = new Set([PERCUSSION, EFFECTS, OTHERS].flatMap(split));

const INSTRUMENT_WORDS: readonly (readonly [readonly Instrument[], string])[] = [
  [['kick'], 'kick, kicks, kick drum, kickdrum, bass drum, bassdrum, bd'],
  [['snare'], 'snare, snares, snare drum, sd, rimshot, rim shot'],
  [['rim'], 'rim, rims, rim click, side stick, sidestick, cross stick, stick click'],
  [['clap'], 'clap, claps, hand clap, handclap, handclaps, clapping'],
  [
    ['chh'],
    'closed hat, closed hats, closed hi hat, closed hihat, closed hihats, closed hi hats, hat closed, chh, ch, hi hat closed',
  ],
  [
    ['phh'],
    'pedal hat, pedal hats, pedal hi hat, pedal hihat, foot hat, phh, hi hat pedal, hihat pedal, hat pedal, hat with the foot',
  ],
  [
    ['ohh'],
    'open hat, open hats, open hi hat, open hihat, hat open, ohh, oh, hi hat open, open hihats, open hi hats',
  ],
  [['chh', 'phh', 'ohh'], 'hat, hats, hi hat, hi hats, hihat, hihats, hh'],
  [['lt'], 'low tom, low toms, floor tom, floor toms, bass tom, deep tom, lt'],
  [['mt'], 'mid tom, mid toms, middle tom, medium tom, mt'],
  [['ht'], 'high tom, high toms, hi tom, rack tom, small tom, ht'],
  [['lt', 'mt', 'ht'], 'tom, toms, tom tom'],
  [['crash'], 'crash, crashes, crash cymbal, cymbal crash, splash, china'],
  [['ride'], 'ride, rides, ride cymbal, cymbal ride, ride bell, ride cup, bell of a ride'],
  [['crash', 'ride'], 'cymbal, cymbals'],
  [['perc'], `perc, percussion, hand percussion, percussive hit, percussive sound, ${PERCUSSION}`],
  [['fx'], `fx, sfx, effect, effects, sound effect, ${EFFECTS}`],
];

const MEASURE_WORDS: readonly (readonly [string, string])[] = [
  [
    'brightness+',
    'bright, brighter, brilliant, shiny, sizzling, crisp, airy, sharp, trebly, sparkling, silvery, treble, highs, sparkle, top end',
  ],
  [
    'brightness-',
    'dark, darker, dull, duller, muffled, mellow, warm, muted, murky, dim, woolly, darkest, little treble',
  ],
  [
    'length+',
    'long, longer, longest, ringing, sustained, sustain, lingering, resonant, drawn out, slow, long tail, slow decay, rings out',
  ],
  [
    'length-',
    'short, shorter, shortest, brief, quick, clipped, choked, staccato, abrupt, short tail, fast decay, cut off',
  ],
  ['length- brightness-', 'tight, tighter, damped, dampened, compact, controlled'],
  ['length+ brightness+', 'loose, looser, washy, undamped'],
  [
    'brightness- pitch- length+',
    'boomy, booming, bassy, subby, deep, deeper, rumbling, low end, sub heavy, sub, bass, heavy bass',
  ],
  ['brightness+ pitch+', 'thin, thinner, bassless, tinny, lightweight'],
  ['pitch+', 'high, higher, high pitched, high pitch, tuned high, high tuned, tiny, small, little'],
  ['pitch-', 'low, lower, low pitched, low pitch, tuned low, low tuned, tuned down, detuned, detuned down'],
  ['loudness+', 'loud, louder, fat, fatter, full, thick, heavy, massive, powerful, dense, big, huge'],
  ['loudness-', 'quiet, quieter, weak, weaker, spiky, sparse, lean, faint, delicate'],
];

const HEARD =
  'noisy, white noise, noisier, hissy, hissing, sandy, rough, breathy, white, tonal, pitched, musical, tuned, pure, sine, melodic, snappy, sloppy, soft, softer, gentle, smooth, rounded, round, swelling, punchy, hard, harder, clicky, click, attack, attacking, snapping, transient, roomy, reverberant, ambient, spacious, echoing, wet, distant, reverb, room, hall, dry, drier, close, dead, distorted, distortion, overdriven, saturated, saturation, crunchy, gritty, dirty, fuzzy, aggressive, clean, undistorted, pristine, polished, lofi, lo fi, crushed, bitcrushed, degraded, electronic, synthetic, synthesised, synthesized, drum machine, machine, analog, analogue, synth, digital, acoustic, real, natural, live, recorded, organic, 808, 909, brush, brushes, brushed, reversed, reverse, sticks, decay, tail, pitch, body, little body, power, attack time, slow attack, fast attack, low quality, percussive, clear, tr';
const NOTHING =
  'a, an, the, this, that, is, it, of, and, with, very, really, some, any, i, want, me, find, please, sound, sounds, hit, hits, sample, samples, one shot, one, shot, drum, drums, something, like, in, on, to, from, for, more, lots, lot, much, most, quite, rather, style, but, has, its, my, than, then, that, hand, hands, other, others, note, shake, shakes, shaking, closed, open, foot, tone, like';
const NOT = 'not, no, non, without, never, less, isnt, nothing';

function wishesOf(text: string): readonly MeasureWish[] {
  const parts = text.split(' ');
  return parts.map(part => ({
    measure: part.slice(0, -1) as Measure,
    sign: part.endsWith('+') ? 1 : -1,
    weight: 1 / parts.length,
  }));
}

/** Words and groups of up to four of them, in lower case without accents. */
export const LEXICON: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...split(NOTHING).map((word): [string, Meaning] => [word, { kind: 'nothing' }]),
  ...split(HEARD).map((word): [string, Meaning] => [word, { kind: 'heard' }]),
  ...split(NOT).map((word): [string, Meaning] => [word, { kind: 'not' }]),
  ...MEASURE_WORDS.flatMap(([wishes, words]) =>
    split(words).map((word): [string, Meaning] => [word, { kind: 'measures', wants: wishesOf(wishes) }]),
  ),
  ...INSTRUMENT_WORDS.flatMap(([instruments, words]) =>
    split(words).map((word): [string, Meaning] => [
      word,
      { kind: 'instruments', instruments, isOneOfMany: ONE_OF_MANY.has(word) },
    ]),
  ),
]);

/** Phrases run together, "floortom", by what is written. */
export const JOINED: ReadonlyMap<string, string> = new Map(
  [...LEXICON.keys()]
    .filter(phrase => phrase.includes(' '))
    .map(phrase => [phrase.replaceAll(' ', ''), phrase] as const)
    .filter(([joined]) => !LEXICON.has(joined)),
);

export const LONGEST_PHRASE = 4;
