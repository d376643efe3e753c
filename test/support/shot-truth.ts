import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { EAR_MEASURES, type Instrument } from '#shared/model';
import type { KitShot } from './unseen-kits';

/** Of a need: it is fulfilled, nobody can say or nearly, it is not. */
type Truth = 2 | 1 | 0;

/** What is known of a sound: what it may be called, what it might be called, and the eight measures. */
export interface KnownSound {
  readonly sure: ReadonlySet<string>;
  readonly doubtful: ReadonlySet<string>;
  readonly measures: Float64Array;
}

const TRAINING = resolve('native-models/training/drum-clap');
const readJson = (name: string): unknown => JSON.parse(readFileSync(resolve(TRAINING, name), 'utf8'));

const ThresholdsSchema = z.record(
  z.string(),
  z.array(z.tuple([z.number(), z.number(), z.number()])).length(EAR_MEASURES.length),
);
export type Thresholds = z.infer<typeof ThresholdsSchema>;
/** Thirds and middle of every measure among the sounds of training that a word may be said of (`measures.py`). */
export const readThresholds = (): Thresholds => ThresholdsSchema.parse(readJson('thresholds.json'));

const QueriesSchema = z.array(
  z.object({
    text: z.string(),
    needs: z.array(z.string()).min(1).readonly(),
    by: z.enum(['grammar', 'hand']),
  }),
);
export type Query = z.infer<typeof QueriesSchema>[number];
export const readQueries = (): Query[] => QueriesSchema.parse(readJson('queries.json'));

export const readTwelvePrompts = (): Readonly<Record<string, readonly string[]>> =>
  z.record(z.string(), z.array(z.string()).min(1)).parse(readJson('prompts.json'));

/** "kick:brightness-" asks for a measure, "kick" for a name. */
export const isMeasured = (need: string): boolean => need.includes(':');

/** Whether a sound fulfils a need by the training's own definitions (`measures.truths`). */
function truthOfNeed({ sure, doubtful, measures }: KnownSound, need: string, thresholds: Thresholds): Truth {
  const [noun = '', quality = ''] = need.split(':');
  if (quality === '') return sure.has(need) ? 2 : doubtful.has(need) ? 1 : 0;
  const at = EAR_MEASURES.findIndex(name => name === quality.slice(0, -1));
  const value = measures[at];
  const limits = thresholds[noun]?.[at];
  if (value === undefined || !limits) return 0;
  const [low, middle, high] = limits;
  if (quality.endsWith('+')) return value >= high && value > low ? 2 : value >= middle ? 1 : 0;
  return value <= low && value < high ? 2 : value <= middle ? 1 : 0;
}

/** `fits`: all needs hold; `unjudged`: a name is in doubt, and nothing fails. */
export function judge(
  sound: KnownSound,
  needs: readonly string[],
  thresholds: Thresholds,
): 'fits' | 'unjudged' | 'wrong' {
  const truths = needs.map(need => ({ need, truth: truthOfNeed(sound, need, thresholds) }));
  if (truths.every(({ truth }) => truth === 2)) return 'fits';
  const isInDoubt = truths.some(({ need, truth }) => truth === 1 && !isMeasured(need));
  return isInDoubt && truths.every(({ truth }) => truth > 0) ? 'unjudged' : 'wrong';
}

/** General MIDI percussion keys that have a finer name. */
const KINDS: Readonly<Record<number, string>> = {
  52: 'china',
  53: 'bell of a ride',
  54: 'tambourine',
  55: 'splash',
  56: 'cowbell',
  58: 'vibraslap',
  60: 'bongo',
  61: 'bongo',
  62: 'conga',
  63: 'conga',
  64: 'conga',
  65: 'timbale',
  66: 'timbale',
  67: 'agogo',
  68: 'agogo',
  69: 'cabasa',
  70: 'maracas',
  73: 'guiro',
  75: 'claves',
  76: 'woodblock',
  77: 'woodblock',
  80: 'triangle',
  81: 'triangle',
};
/** In the names of Hydrogen's instruments and files, first match first. */
const NAMED_KINDS: readonly (readonly [RegExp, string])[] = [
  [/ride.?cup|ride.*bell|paiste bell/, 'bell of a ride'],
  [/rim ?shot/, 'rimshot'],
  [/china/, 'china'],
  [/splash/, 'splash'],
  [/tambourine/, 'tambourine'],
  [/agogo/, 'agogo'],
  [/cowbell/, 'cowbell'],
  [/conga/, 'conga'],
  [/bongo/, 'bongo'],
  [/maraca/, 'maracas'],
  [/snap/, 'snap'],
  [/clave/, 'claves'],
  [/wood ?block/, 'woodblock'],
  [/shaker/, 'shaker'],
  [/djembe|cajon/, 'djembe'],
  [/waterglass|(sangban|dununba|kenkeni).*bell/, 'bell'],
  [/zap/, 'zap'],
];
const GROUPS: Readonly<Record<string, readonly Instrument[]>> = {
  hat: ['chh', 'phh', 'ohh'],
  tom: ['lt', 'mt', 'ht'],
  cymbal: ['crash', 'ride'],
};
/** Words that one would not call wrong of an instrument, nor right. */
const DOUBTFUL: Readonly<Partial<Record<Instrument, readonly string[]>>> = {
  phh: ['chh'],
  mt: ['lt', 'ht'],
  lt: ['mt'],
  ht: ['mt'],
};
const ELECTRONIC_KITS: ReadonlySet<string> = new Set(['ElectricEmpireKit', 'HardElectro1']);
const FONTS: ReadonlySet<string> = new Set(['TimGM6mb', 'FluidR3']);
const [ELECTRONIC, DRUM_MACHINE, BRUSH] = [24, 25, 40];
/** Of the drum machine's program, those that are one. */
const isOfMachine = (key: number): boolean =>
  (key >= 35 && key <= 38) || (key >= 40 && key <= 50) || [56, 62, 63, 64, 70, 75].includes(key);
const OF_ELECTRONIC_KIT: ReadonlySet<Instrument> = new Set(['kick', 'snare', 'lt', 'mt', 'ht']);

/** Instrument, finer name and origin of a kit's hit; '' for what the kit does not tell. */
function labelsOf({ kit, name, instrument }: KitShot): {
  readonly instrument: Instrument;
  readonly kind: string;
  readonly origin: string;
} {
  if (!FONTS.has(kit)) {
    const plain = name.toLowerCase();
    const kind = NAMED_KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? '';
    return { instrument, kind, origin: ELECTRONIC_KITS.has(kit) ? 'electronic' : 'acoustic' };
  }
  const key = Number(/^(?:kit \d+ )?key (\d+)/.exec(name)?.[1] ?? 0);
  const program = Number(/^kit (\d+)/.exec(name)?.[1] ?? 0);
  // Roland's kits, which the fonts follow, differ from General MIDI here.
  if (program === BRUSH && key >= 38 && key <= 40) return { instrument: 'snare', kind: 'brush', origin: '' };
  if (program === ELECTRONIC && key === 52) return { instrument: 'fx', kind: 'reverse', origin: '' };
  const kind = KINDS[key] ?? '';
  if (program === DRUM_MACHINE) return { instrument, kind, origin: isOfMachine(key) ? '808' : '' };
  const isElectronic = program === ELECTRONIC && OF_ELECTRONIC_KIT.has(instrument);
  const isPlain = key === 0 || program === ELECTRONIC;
  return { instrument, kind, origin: isElectronic ? 'electronic' : isPlain ? '' : 'acoustic' };
}

/** As `measures.tags_of` for recordings and soundfonts: of rooms and drive nobody knows. */
export function knownSound(
  shot: KitShot,
  measures: Float64Array,
): KnownSound & { readonly instrument: Instrument } {
  const { instrument, kind, origin } = labelsOf(shot);
  const groups = Object.keys(GROUPS).filter(group => GROUPS[group]?.includes(instrument));
  const sure = [...groups, instrument, kind];
  const doubtful = [...(DOUBTFUL[instrument] ?? []), 'dry', 'roomy', 'clean', 'distorted'];
  if (origin === '808') sure.push('electronic', '808');
  else if (origin !== '') sure.push(origin);
  if (origin === '') doubtful.push('electronic', 'acoustic');
  if (origin !== 'acoustic') doubtful.push('808', '909');
  return { instrument, sure: new Set(sure), doubtful: new Set(doubtful), measures };
}
