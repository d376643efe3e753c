import type { Hand } from '../rudiments';

/** From least to most skilled; names and order are the seed's. */
export const TIERS = ['beginner', 'intermediate', 'advanced', 'professional'] as const;
export type Tier = (typeof TIERS)[number];

/** The dimensions of a player in the seed's order and units (ms, MIDI velocities, dB, shares). */
export const DIMENSIONS = [
  'timing_accuracy',
  'timing_consistency',
  'tempo_drift',
  'subdivision_evenness',
  'velocity_mean',
  'velocity_variance',
  'accent_differentiation',
  'accent_accuracy',
  'lr_velocity_ratio',
  'lr_timing_bias',
  'lr_consistency_delta',
  'flam_spacing',
  'flam_spacing_variance',
  'diddle_evenness',
  'diddle_variance',
  'roll_sustain',
  'buzz_density_consistency',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How the seed groups the dimensions in a profile. */
const GROUPS = {
  timing: DIMENSIONS.slice(0, 4),
  dynamics: DIMENSIONS.slice(4, 8),
  hand_balance: DIMENSIONS.slice(8, 11),
  rudiment_specific: DIMENSIONS.slice(11),
} as const;

/** A player as drawn from a tier; the same seed and index give the same player on every machine. */
export interface Player {
  /** 16 hexadecimal digits that follow from seed, tier and index. */
  readonly id: string;
  /** Its number within its tier, from 0. */
  readonly number: number;
  readonly skill_tier: Tier;
  readonly dimensions: Readonly<Record<Dimension, number>>;
  readonly dominant_hand: 'right' | 'left';
  /** 0..0.3. */
  readonly fatigue_coefficient: number;
  /** Quarter notes per minute. */
  readonly tempo_comfort_range: readonly [number, number];
  /** Where the player stands to the click, in ms; negative is ahead. Not one of the seed's dimensions. */
  readonly mean_offset: number;
}

export const weakHand = ({ dominant_hand }: Pick<Player, 'dominant_hand'>): Hand =>
  dominant_hand === 'right' ? 'L' : 'R';

/** 1 within the comfortable tempos, 1 % more for each BPM outside. */
export function tempoPenalty({ tempo_comfort_range: [low, high] }: Player, tempo: number): number {
  const outside = Math.max(0, low - tempo, tempo - high);
  return 1 + 0.01 * outside;
}

/** Novices are the two lower tiers. */
export const binaryTier = (tier: Tier): 'novice' | 'skilled' =>
  tier === 'beginner' || tier === 'intermediate' ? 'novice' : 'skilled';

/** A player as the seed's files write a profile: dimensions in groups, and our place to the click beside them. */
export function profileRecord(player: Player) {
  const group = (names: readonly Dimension[]): Partial<Record<Dimension, number>> =>
    Object.fromEntries(names.map(name => [name, player.dimensions[name]]));
  const { id, skill_tier, dominant_hand, fatigue_coefficient, tempo_comfort_range, mean_offset } = player;
  return {
    id,
    skill_tier,
    dimensions: {
      timing: group(GROUPS.timing),
      dynamics: group(GROUPS.dynamics),
      hand_balance: group(GROUPS.hand_balance),
      rudiment_specific: group(GROUPS.rudiment_specific),
    },
    dominant_hand,
    fatigue_coefficient,
    tempo_comfort_range,
    mean_offset,
  };
}
