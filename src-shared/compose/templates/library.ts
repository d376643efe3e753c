import {
  DIVISION_TICKS,
  type Division,
  type GrooveTemplate,
  type Instrument,
  type TemplateSlot,
} from '../../model';
import { ticksOfMilliseconds } from '../../units';

/** Offsets in ms below are meant at this tempo; as feel in ticks they follow the groove's own. */
const TEMPO = 100;

interface Recipe {
  readonly name: string;
  readonly base: Division;
  /** Steps of the cycle. */
  readonly count: number;
  /** Per cent of its pair at which every second step stands; 50 is straight. */
  readonly swing?: number;
  /** Loudness of the steps of a beat or bar in turn, over and over. */
  readonly accents: readonly number[];
  /** Ms by which all strokes are late, and those of single voices beside that. */
  readonly late?: number;
  readonly voices?: Partial<Readonly<Record<Instrument, (step: number) => number>>>;
}

const SIXTEENTHS = { base: '16', count: 16 } as const;
const always = (milliseconds: number) => (): number => milliseconds;
/** Steps 4 and 12: the backbeats of a bar of 4/4. */
const onBackbeats = (milliseconds: number) => (step: number) => (step % 8 === 4 ? milliseconds : 0);

const swung = (percent: number): Recipe => ({
  ...SIXTEENTHS,
  name: `Swing 16ths ${percent} %`,
  swing: percent,
  accents: [1.12, 0.84, 1.04, 0.84],
});

const shuffled = (percent: number): Recipe => ({
  name: `Swing 8ths ${percent} %`,
  base: '8',
  count: 8,
  swing: percent,
  accents: [1.1, 0.9],
});

/** Our own, by rule: what producers call these feels, in numbers. */
const RECIPES: readonly Recipe[] = [
  swung(54),
  swung(57),
  swung(60),
  swung(63),
  swung(66),
  shuffled(58),
  shuffled(62),
  shuffled(66.7),
  {
    ...SIXTEENTHS,
    name: 'Laid back',
    accents: [1.1, 0.8, 1, 0.8],
    late: 6,
    voices: { kick: always(2), snare: onBackbeats(16), clap: onBackbeats(16) },
  },
  {
    ...SIXTEENTHS,
    name: 'On top',
    accents: [1.08, 0.88, 1.02, 0.88],
    late: -5,
    voices: { kick: always(-2), snare: onBackbeats(-8), chh: always(-9), ohh: always(-9), ride: always(-9) },
  },
  {
    ...SIXTEENTHS,
    name: 'Drunk',
    accents: [1.05, 0.8, 1.1, 0.76],
    swing: 55,
    voices: {
      kick: step => [0, -14, 22, 9][step % 4] ?? 0,
      snare: onBackbeats(-12),
      chh: step => [12, 20, 14, 26][step % 4] ?? 0,
    },
  },
  {
    ...SIXTEENTHS,
    name: 'Pushed pick-ups',
    accents: [1.1, 0.75, 0.95, 1],
    voices: { kick: step => (step % 4 === 3 ? -14 : 0), chh: step => (step % 2 === 1 ? -7 : 0) },
  },
  {
    ...SIXTEENTHS,
    name: 'Samba',
    accents: [1.2, 0.82, 0.88, 1.1],
    // The four sixteenths of a samba beat: the second and third come early, the fourth a little late.
    voices: { chh: step => [0, -18, -22, 8][step % 4] ?? 0, perc: step => [0, -18, -22, 8][step % 4] ?? 0 },
  },
  { ...SIXTEENTHS, name: 'Machine, accented', accents: [1.25, 0.75, 1, 0.75] },
];

const swingOffset = ({ base, swing = 50 }: Recipe, step: number): number =>
  step % 2 === 1 ? (2 * DIVISION_TICKS[base] * (swing - 50)) / 100 : 0;

function slotsOf(recipe: Recipe, milliseconds: (step: number) => number): TemplateSlot[] {
  return Array.from({ length: recipe.count }, (_, step) => ({
    offset: Math.round(swingOffset(recipe, step) + ticksOfMilliseconds(milliseconds(step), TEMPO)),
    accent: recipe.accents[step % recipe.accents.length] ?? 1,
  }));
}

/** The templates that Backbeat comes with. */
export const BUNDLED_TEMPLATES: readonly GrooveTemplate[] = RECIPES.map(recipe => {
  const late = recipe.late ?? 0;
  const voices = Object.entries(recipe.voices ?? {}).map(([instrument, offset]) => [
    instrument,
    slotsOf(recipe, step => late + offset(step)),
  ]);
  return {
    version: 1,
    name: recipe.name,
    base: recipe.base,
    slots: slotsOf(recipe, () => late),
    voices: Object.fromEntries(voices),
    source: 'Backbeat',
  };
});
