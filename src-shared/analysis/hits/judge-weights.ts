import type { StrokeClass } from '../onsets';
import type { SongEvidence } from './song-evidence';

/** Log odds of a stroke: sum of evidence times weight, and a constant. */
type Weights = Readonly<SongEvidence & { readonly constant: number }>;

/**
 * By the first class of each family; of claps too few are rendered. Fitted by native-models/training/drum-hits/judge.py on rendered
 * songs, takes and separated drums.
 */
export const JUDGE_WEIGHTS: Readonly<Partial<Record<StrokeClass, Weights>>> = {
  kick: {
    own: 0.739,
    repeated: 0.39,
    alike: 0.654,
    alikeAll: 0.111,
    alone: -0.035,
    share: -1.35,
    clearest: 0.001,
    beside: 0.005,
    constant: -1.239,
  },
  snare: {
    own: 0.794,
    repeated: 0.086,
    alike: 0.537,
    alikeAll: 0.211,
    alone: 0.01,
    share: -0.041,
    clearest: 0.126,
    beside: 0.028,
    constant: -0.728,
  },
  rim: {
    own: 1.209,
    repeated: 0.059,
    alike: 0.175,
    alikeAll: 0.098,
    alone: 0.572,
    share: -0.187,
    clearest: 0.568,
    beside: 0.065,
    constant: 0.597,
  },
  chh: {
    own: 0.398,
    repeated: 0.809,
    alike: 0.346,
    alikeAll: 0.192,
    alone: 0.952,
    share: -0.38,
    clearest: -0.032,
    beside: -0.011,
    constant: 0.366,
  },
  toms: {
    own: 1.017,
    repeated: 0.232,
    alike: 0.482,
    alikeAll: 0.289,
    alone: 0.974,
    share: -0.334,
    clearest: -0.268,
    beside: 0.176,
    constant: 1.813,
  },
  crash: {
    own: 0.51,
    repeated: 0.669,
    alike: 0.373,
    alikeAll: 0.292,
    alone: -0.004,
    share: -0.386,
    clearest: 0.092,
    beside: -0.011,
    constant: -0.746,
  },
};
