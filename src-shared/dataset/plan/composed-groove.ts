import { Random } from '../../base';
import { composeSkeleton, SKELETON_DEFAULTS } from '../../compose';
import { COMMON_TIME, type Pattern, type SkeletonStyle } from '../../model';

/** How many grooves of a style there are to choose from. */
export const COMPOSED_GROOVES = 10_000;

/** Groove `number` (from 0) of a style: what it is follows from its name alone, so that datasets of any seed mean the same by it. */
export function composedGroove(style: SkeletonStyle, number: number, bars: number): Pattern {
  const random = Random.ofSeed('groove').fork(style, number);
  return composeSkeleton({
    ...SKELETON_DEFAULTS,
    style,
    seed: number,
    bars,
    meter: COMMON_TIME,
    tempo: 120,
    variant: random.below(4),
    motionMode: random.pick(['A', 'B']),
    motionKeep: 4 + random.below(5),
    fillProbability: random.between(0, 0.75),
    texture: false,
  });
}

const NAME = /^groove_([a-z_]+)_(\d{4})$/;

export const composedName = (style: SkeletonStyle, number: number): string =>
  `groove_${style.replaceAll('-', '_')}_${String(number).padStart(4, '0')}`;

/** The style and number that `slug` names; null where it is no composed groove's. */
export function composedOf(slug: string): { readonly style: string; readonly number: number } | null {
  const [, style, number] = NAME.exec(slug) ?? [];
  return style === undefined ? null : { style: style.replaceAll('_', '-'), number: Number(number) };
}

/** Tempos that drummers play a style at, quarter notes a minute; design choices, as broad as usage is. */
export const STYLE_TEMPOS: Readonly<Record<SkeletonStyle, readonly [number, number]>> = {
  four: [80, 150],
  rock: [70, 170],
  dense: [70, 150],
  house: [110, 132],
  techno: [120, 150],
  disco: [100, 132],
  'boom-bap': [76, 104],
  trap: [60, 90],
  breakbeat: [95, 140],
  'drum-and-bass': [150, 184],
  'half-time': [60, 95],
  funk: [80, 126],
  soul: [66, 130],
  shuffle: [80, 150],
  swing: [90, 260],
  punk: [140, 220],
  metal: [90, 220],
  ballad: [50, 90],
  country: [90, 200],
  reggae: [60, 95],
  bossa: [80, 150],
  samba: [80, 130],
  afrobeat: [90, 130],
  songo: [80, 130],
};
