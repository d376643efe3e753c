import type { EarMeasure, Instrument } from '../model';

/** What a word says of a sound. */
export type Meaning =
  | {
      readonly kind: 'instruments';
      readonly instruments: readonly Instrument[];
      /** By which the usual values of its kind are found (`thirds.ts`): an instrument, a group, a finer name. */
      readonly noun: string;
      /** One of many things that the instrument stands for (a shaker, of percussion). */
      readonly isOneOfMany: boolean;
    }
  /** More (1) or less (-1) of a measure than most of its kind have. */
  | { readonly kind: 'measure'; readonly measure: EarMeasure; readonly sign: 1 | -1 }
  /** What no measure tells: the ear's words answer. */
  | { readonly kind: 'heard' }
  /** "a sound of", "please": says nothing. */
  | { readonly kind: 'nothing' }
  /** Turns what follows around; `isHeard` where the ear has learnt to read it so ("without reverb"). */
  | { readonly kind: 'not'; readonly isHeard: boolean };

const split = (words: string): string[] => words.split(',').map(word => word.trim());

type Words = readonly [readonly Instrument[], string, string];

/** Instruments, the name of their usual values, words. */
const INSTRUMENT_WORDS: readonly Words[] = [
  [['kick'], 'kick', 'kick, kicks, kick drum, kickdrum, bass drum, bassdrum, bd'],
  [['snare'], 'snare', 'snare, snares, snare drum, sd'],
  [['rim'], 'rim', 'rim, rims, rim click, side stick, sidestick, cross stick, stick click'],
  [['clap'], 'clap', 'clap, claps, hand clap, handclap, handclaps, clapping'],
  [
    ['chh'],
    'chh',
    'closed hat, closed hats, closed hi hat, closed hihat, closed hihats, closed hi hats, hat closed, chh, ch, hi hat closed',
  ],
  [
    ['phh'],
    'phh',
    'pedal hat, pedal hats, pedal hi hat, pedal hihat, foot hat, phh, hi hat pedal, hihat pedal, hat pedal, hat with the foot',
  ],
  [
    ['ohh'],
    'ohh',
    'open hat, open hats, open hi hat, open hihat, hat open, ohh, oh, hi hat open, open hihats, open hi hats, ohat, opened hat, opened hihat',
  ],
  [['chh', 'phh', 'ohh'], 'hat', 'hat, hats, hi hat, hi hats, hihat, hihats, hh'],
  [['lt'], 'lt', 'low tom, low toms, floor tom, floor toms, bass tom, deep tom, lt'],
  [['mt'], 'mt', 'mid tom, middle tom, medium tom, mt'],
  [['ht'], 'ht', 'high tom, high toms, hi tom, rack tom, small tom, ht'],
  [['lt', 'mt', 'ht'], 'tom', 'tom, toms, tom tom'],
  [['crash'], 'crash', 'crash, crashes, crash cymbal, cymbal crash, cc'],
  [['ride'], 'ride', 'ride, rides, ride cymbal, cymbal ride, rc'],
  [['crash', 'ride'], 'cymbal', 'cymbal, cymbals'],
  [['perc'], 'perc', 'perc, percussion, hand percussion, percussive hit, percussive sound'],
  [['fx'], 'fx', 'fx, sfx, effect, effects, sound effect'],
];

/** One of many things that an instrument stands for. */
const KIND_WORDS: readonly Words[] = [
  [['snare'], 'rimshot', 'rimshot, rim shot'],
  [['snare'], 'brush', 'brushed snare'],
  [['crash'], 'splash', 'splash, splash cymbal'],
  [['crash'], 'china', 'china, china cymbal, trash cymbal'],
  [['ride'], 'bell of a ride', 'ride bell, ride cup, bell of a ride'],
  [['perc'], 'conga', 'conga, congas'],
  [['perc'], 'bongo', 'bongo, bongos'],
  [['perc'], 'timbale', 'timbale, timbales'],
  [['perc'], 'cowbell', 'cowbell, cow bell, cowbells'],
  [['perc'], 'shaker', 'shaker, shakers'],
  [['perc'], 'tambourine', 'tambourine'],
  [['perc'], 'maracas', 'maracas, maraca'],
  [['perc'], 'claves', 'claves, clave'],
  [['perc'], 'woodblock', 'woodblock, wood block, temple block'],
  [['perc'], 'snap', 'snap, snaps, finger snap'],
  [['perc'], 'triangle', 'triangle'],
  [['perc'], 'guiro', 'guiro'],
  [['perc'], 'cabasa', 'cabasa'],
  [['perc'], 'agogo', 'agogo'],
  [['perc'], 'djembe', 'djembe, cajon, hand drum'],
  [['perc'], 'bell', 'bell, bells'],
  [['perc'], 'castanets', 'castanets'],
  [['perc'], 'vibraslap', 'vibraslap'],
  [['perc'], 'cuica', 'cuica'],
  [['perc'], 'whistle', 'whistle'],
  [['perc'], 'taiko', 'taiko'],
  [['perc'], 'timpani', 'timpani, kettle drum'],
  [['fx'], 'riser', 'riser'],
  [['fx'], 'fall', 'downlifter'],
  [['fx'], 'sweep', 'sweep, whoosh, noise'],
  [['fx'], 'zap', 'zap, laser'],
  [['fx'], 'glitch', 'glitch'],
  [['fx'], 'scratch', 'scratch'],
  [['fx'], 'impact', 'impact, explosion'],
  [['fx'], 'vinyl', 'vinyl, crackle'],
  [['fx'], 'reverse', 'reverse, reversed, backwards'],
  [['fx'], 'drop', 'sub drop, bass drop'],
  [['fx'], 'blip', 'blip, beep, bleep'],
  [['fx'], 'stab', 'stab'],
  [['fx'], 'applause', 'applause'],
];

const MEASURE_WORDS: readonly (readonly [EarMeasure, 1 | -1, string])[] = [
  [
    'brightness',
    1,
    'bright, brighter, brilliant, shiny, shimmery, sizzling, sizzle, crisp, airy, sharp, trebly, sparkling, silvery, treble, highs, high frequencies, sparkle, top end',
  ],
  [
    'brightness',
    -1,
    'dark, darker, dull, duller, muffled, mellow, warm, muted, murky, dim, woolly, darkest, little treble, behind a curtain',
  ],
  [
    'length',
    1,
    'long, longer, longest, ringing, sustained, sustain, lingering, resonant, drawn out, slow, long tail, slow decay, rings out, goes on and on',
  ],
  [
    'length',
    -1,
    'short, shorter, shortest, brief, quick, clipped, choked, staccato, abrupt, short tail, fast decay, cut off, stops at once',
  ],
  [
    'sub',
    1,
    'boomy, booming, thumpy, thumping, bassy, subby, deep, deeper, rumbling, low end, big low end, sub heavy, sub, bass, heavy bass, shakes the floor',
  ],
  ['sub', -1, 'thin, thinner, bassless, tinny, lightweight'],
  [
    'noisiness',
    1,
    'noisy, noisier, white noise, full of noise, made of noise, hissy, hissing, sandy, rough, breathy',
  ],
  [
    'noisiness',
    -1,
    'tonal, pitched, musical, tuned, pure, sine, sine wave, sine like, melodic, clear pitch, clear note',
  ],
  [
    'tightness',
    1,
    'tight, tighter, damped, dampened, dampening, compact, snappy, controlled, under control, nothing after the hit',
  ],
  ['tightness', -1, 'loose, looser, washy, sloppy, undamped, spreads out, washes over'],
  [
    'softness',
    1,
    'soft, softer, gentle, smooth, rounded, round, swelling, swelled, fades in, soft attack, slow attack',
  ],
  [
    'softness',
    -1,
    'punchy, hard, harder, clicky, click, hitting hard, hard attack, fast attack, attacking, snapping, percussive, transient, sharp transient, strong transient, lot of attack',
  ],
  ['pitch', 1, 'high, higher, high pitched, high pitch, tuned high, high tuned, tiny, small, little'],
  [
    'pitch',
    -1,
    'low, lower, low pitched, low pitch, tuned low, low tuned, tuned down, detuned, detuned down',
  ],
  [
    'density',
    1,
    'loud, louder, fat, fatter, full, thick, heavy, massive, powerful, dense, big, huge, lot of body, much power',
  ],
  ['density', -1, 'quiet, quieter, weak, weaker, spiky, sparse, lean, faint, delicate, little body'],
];

const HEARD =
  'attack, roomy, reverberant, ambient, ambience, spacious, echoing, wet, distant, reverb, room, hall, dry, drier, close, dead, distorted, distortion, overdriven, saturated, saturation, crunchy, gritty, dirty, fuzzy, aggressive, clean, undistorted, pristine, polished, lofi, lo fi, crushed, bitcrushed, degraded, electronic, synthetic, synthesised, synthesized, drum machine, machine, analog, analogue, synth, digital, acoustic, real, natural, live, recorded, organic, 808, 909, brush, brushes, sticks, decay, tail, pitch, body, power, low quality, white, clear, tr, amp, sampler, drummer, bit depth, bits, miked, eight oh eight, nine oh nine, jazz, techno';
const NOTHING =
  'a, an, the, this, that, is, it, of, and, with, very, really, some, any, i, want, me, find, please, sound, sounds, hit, hits, sample, samples, one shot, one, shot, drum, drums, something, like, in, on, to, from, for, more, lots, lot, much, most, quite, rather, style, but, has, its, my, than, then, that, hand, hands, other, others, note, shake, shakes, shaking, closed, open, foot, tone, like, recording, played, by, time, kit';
const NOT = 'not, non, never, less, isnt, nothing';
const WITHOUT = 'no, without';

function meaningsOf([instruments, noun, words]: Words, isOneOfMany: boolean): [string, Meaning][] {
  return split(words).map(word => [word, { kind: 'instruments', instruments, noun, isOneOfMany }]);
}

/** Words and groups of up to four of them, in lower case without accents. */
export const LEXICON: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...split(NOTHING).map((word): [string, Meaning] => [word, { kind: 'nothing' }]),
  ...split(HEARD).map((word): [string, Meaning] => [word, { kind: 'heard' }]),
  ...split(NOT).map((word): [string, Meaning] => [word, { kind: 'not', isHeard: false }]),
  ...split(WITHOUT).map((word): [string, Meaning] => [word, { kind: 'not', isHeard: true }]),
  ...MEASURE_WORDS.flatMap(([measure, sign, words]) =>
    split(words).map((word): [string, Meaning] => [word, { kind: 'measure', measure, sign }]),
  ),
  ...INSTRUMENT_WORDS.flatMap(words => meaningsOf(words, false)),
  ...KIND_WORDS.flatMap(words => meaningsOf(words, true)),
]);

/** Phrases run together, "floortom", by what is written. */
export const JOINED: ReadonlyMap<string, string> = new Map(
  [...LEXICON.keys()]
    .filter(phrase => phrase.includes(' '))
    .map(phrase => [phrase.replaceAll(' ', ''), phrase] as const)
    .filter(([joined]) => !LEXICON.has(joined)),
);

export const LONGEST_PHRASE = 4;
