import type { Instrument } from '../../model';

/** The nine voices that the groove models know, in the order of their tensors. */
export const GROOVE_CLASSES = [
  'kick',
  'snare',
  'closed-hat',
  'open-hat',
  'low-tom',
  'mid-tom',
  'high-tom',
  'crash',
  'ride',
] as const;
export const CLASS_COUNT = GROOVE_CLASSES.length;

const CLASS_OF: Readonly<Record<Instrument, number | null>> = {
  kick: 0,
  snare: 1,
  rim: 1,
  clap: 1,
  chh: 2,
  phh: 2,
  ohh: 3,
  lt: 4,
  mt: 5,
  ht: 6,
  crash: 7,
  ride: 8,
  perc: null,
  fx: null,
};

/** The class that an instrument is played as; null for percussion and effects, which the models do not know. */
export const classOf = (instrument: Instrument): number | null => CLASS_OF[instrument];

/** What each class is written as where nothing better is known. */
export const CLASS_INSTRUMENTS: readonly Instrument[] = [
  'kick',
  'snare',
  'chh',
  'ohh',
  'lt',
  'mt',
  'ht',
  'crash',
  'ride',
];

export const KICK = 0;
export const CLOSED_HAT = 2;
export const OPEN_HAT = 3;
export const TOM_CLASSES: readonly number[] = [4, 5, 6];
