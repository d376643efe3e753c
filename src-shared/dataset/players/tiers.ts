import type { Dimension, Tier } from './player';

type MeanAndDeviation = readonly [mean: number, deviation: number];

/**
 * What the dimensions of each tier are drawn from. The numbers of the tiers below the top are design choices (no published values are
 * known); the seed's are taken, but for the ornaments: what tells players apart there is how much they vary, not a shorter flam,
 * so all tiers have the flam of the measured lesson (42.5 ms; DrumPtDataset, Wu & Lerch 2016) with more and more spread. The seed's professionals
 * (0.07) strike more evenly than professionals do: the top tier's velocities spread as people's backbeats (coefficient of variation 0.018 to 0.201,
 * median 0.091, Groove MIDI Dataset), and the tiers below stand above it.
 */
export const TIER_DIMENSIONS: Readonly<Record<Tier, Readonly<Record<Dimension, MeanAndDeviation>>>> = {
  beginner: {
    timing_accuracy: [50, 10],
    timing_consistency: [0.6, 0.15],
    tempo_drift: [0.025, 0.015],
    subdivision_evenness: [0.6, 0.15],
    velocity_mean: [85, 15],
    velocity_variance: [0.25, 0.05],
    accent_differentiation: [6, 2],
    accent_accuracy: [0.7, 0.1],
    lr_velocity_ratio: [0.72, 0.08],
    lr_timing_bias: [8, 5],
    lr_consistency_delta: [0.15, 0.05],
    flam_spacing: [42.5, 9],
    flam_spacing_variance: [0.42, 0.05],
    diddle_evenness: [0.75, 0.15],
    diddle_variance: [0.2, 0.05],
    roll_sustain: [0.3, 0.1],
    buzz_density_consistency: [0.5, 0.15],
  },
  intermediate: {
    timing_accuracy: [28, 8],
    timing_consistency: [0.35, 0.1],
    tempo_drift: [0.012, 0.008],
    subdivision_evenness: [0.8, 0.1],
    velocity_mean: [90, 10],
    velocity_variance: [0.18, 0.04],
    accent_differentiation: [10, 2],
    accent_accuracy: [0.88, 0.05],
    lr_velocity_ratio: [0.85, 0.05],
    lr_timing_bias: [4, 3],
    lr_consistency_delta: [0.08, 0.03],
    flam_spacing: [42.5, 6],
    flam_spacing_variance: [0.3, 0.04],
    diddle_evenness: [0.9, 0.08],
    diddle_variance: [0.1, 0.03],
    roll_sustain: [0.15, 0.05],
    buzz_density_consistency: [0.75, 0.1],
  },
  advanced: {
    timing_accuracy: [14, 4],
    timing_consistency: [0.15, 0.05],
    tempo_drift: [0.006, 0.004],
    subdivision_evenness: [0.92, 0.05],
    velocity_mean: [95, 8],
    velocity_variance: [0.135, 0.025],
    accent_differentiation: [14, 2],
    accent_accuracy: [0.96, 0.02],
    lr_velocity_ratio: [0.94, 0.03],
    lr_timing_bias: [1.5, 1.5],
    lr_consistency_delta: [0.03, 0.015],
    flam_spacing: [42.5, 4],
    flam_spacing_variance: [0.22, 0.03],
    diddle_evenness: [0.97, 0.03],
    diddle_variance: [0.05, 0.02],
    roll_sustain: [0.05, 0.03],
    buzz_density_consistency: [0.9, 0.05],
  },
  professional: {
    timing_accuracy: [7, 2],
    timing_consistency: [0.08, 0.03],
    tempo_drift: [0.002, 0.002],
    subdivision_evenness: [0.97, 0.02],
    velocity_mean: [100, 5],
    velocity_variance: [0.1, 0.02],
    accent_differentiation: [16, 1.5],
    accent_accuracy: [0.99, 0.005],
    lr_velocity_ratio: [0.98, 0.015],
    lr_timing_bias: [0.5, 0.5],
    lr_consistency_delta: [0.01, 0.005],
    flam_spacing: [42.5, 2.5],
    flam_spacing_variance: [0.17, 0.015],
    diddle_evenness: [0.99, 0.01],
    diddle_variance: [0.02, 0.01],
    roll_sustain: [0.02, 0.01],
    buzz_density_consistency: [0.96, 0.02],
  },
};

/** What each dimension is kept within. */
export const LIMITS: Readonly<Record<Dimension, readonly [low: number, high: number]>> = {
  timing_accuracy: [0, 100],
  timing_consistency: [0, 1],
  tempo_drift: [-0.5, 0.5],
  subdivision_evenness: [0, 1],
  velocity_mean: [30, 127],
  velocity_variance: [0, 0.5],
  accent_differentiation: [0, 20],
  accent_accuracy: [0, 1],
  lr_velocity_ratio: [0.5, 1],
  lr_timing_bias: [-20, 20],
  lr_consistency_delta: [0, 0.3],
  flam_spacing: [10, 80],
  flam_spacing_variance: [0, 0.5],
  diddle_evenness: [0.6, 1.4],
  diddle_variance: [0, 0.3],
  roll_sustain: [0, 0.5],
  buzz_density_consistency: [0, 1],
};

export const FATIGUE: Readonly<Record<Tier, MeanAndDeviation>> = {
  beginner: [0.15, 0.05],
  intermediate: [0.08, 0.03],
  advanced: [0.03, 0.02],
  professional: [0.01, 0.005],
};
export const MOST_FATIGUE = 0.3;

/** Quarter notes per minute. */
export const COMFORT: Readonly<Record<Tier, readonly [number, number]>> = {
  beginner: [60, 100],
  intermediate: [70, 150],
  advanced: [60, 180],
  professional: [50, 220],
};

/** Ahead of the click by 7 to 11 ms on average, -15 to 14 from drummer to drummer (Groove MIDI Dataset); the same in all tiers. */
export const MEAN_OFFSET_MS = { mean: -7, deviation: 6, low: -15, high: 14 };

export const LEFT_HANDED_SHARE = 0.1;

const STRONG = 0.7;
const MODERATE = 0.4;
const WEAK = 0.2;

/** How dimensions go together within a tier: a player who is poor at one is likely to be poor at its neighbours. */
export const CORRELATIONS: readonly (readonly [Dimension, Dimension, number])[] = [
  ['timing_accuracy', 'timing_consistency', STRONG],
  ['timing_accuracy', 'subdivision_evenness', -MODERATE],
  ['timing_consistency', 'subdivision_evenness', -MODERATE],
  ['tempo_drift', 'timing_accuracy', WEAK],
  ['accent_accuracy', 'accent_differentiation', MODERATE],
  ['velocity_variance', 'accent_accuracy', -MODERATE],
  ['lr_velocity_ratio', 'lr_timing_bias', -MODERATE],
  ['lr_velocity_ratio', 'lr_consistency_delta', -MODERATE],
  ['flam_spacing_variance', 'diddle_variance', MODERATE],
  ['diddle_evenness', 'buzz_density_consistency', MODERATE],
  ['timing_accuracy', 'accent_accuracy', -MODERATE],
  ['timing_consistency', 'accent_accuracy', -WEAK],
  ['timing_accuracy', 'diddle_evenness', -MODERATE],
  ['timing_consistency', 'diddle_evenness', -MODERATE],
  ['subdivision_evenness', 'diddle_evenness', STRONG],
  ['lr_velocity_ratio', 'velocity_variance', -WEAK],
  ['lr_velocity_ratio', 'timing_accuracy', -WEAK],
  ['lr_consistency_delta', 'timing_consistency', MODERATE],
  ['lr_velocity_ratio', 'flam_spacing', WEAK],
  ['lr_velocity_ratio', 'diddle_evenness', WEAK],
  ['velocity_variance', 'roll_sustain', MODERATE],
];
