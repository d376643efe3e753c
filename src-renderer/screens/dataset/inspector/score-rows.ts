import type { DatasetRows } from '#shared/dataset';

type Scores = DatasetRows['exercises'][number];

/** A score 0..100 by our formulas and by the seed's. */
export interface ScoreRow {
  readonly name: string;
  readonly ours: number;
  readonly seeds: number;
}

const NAMES = [
  ['timing_accuracy', 'Timing accuracy'],
  ['timing_consistency', 'Timing steadiness'],
  ['tempo_stability', 'Tempo stability'],
  ['subdivision_evenness', 'Even subdivision'],
  ['velocity_control', 'Velocity control'],
  ['accent_differentiation', 'Accent clarity'],
  ['accent_accuracy', 'Accents in place'],
  ['hand_balance', 'Hand balance'],
  ['weak_hand_index', 'Left hand errs'],
  ['flam_quality', 'Flam quality'],
  ['diddle_quality', 'Diddle quality'],
  ['roll_sustain', 'Roll sustain'],
] as const;

/** Every score that the material has. */
export const scoreRows = (scores: Scores): readonly ScoreRow[] =>
  NAMES.flatMap(([key, name]) => {
    const [seeds, ours] = [scores[key], scores[`${key}_v2`]];
    return seeds === null || ours === null ? [] : [{ name, ours, seeds }];
  });

/** Figures of a performance that are no scores. */
export interface Means {
  readonly meanMs: number;
  readonly deviationMs: number;
  /** Mean and deviation of the gaps of its flams, ms; null without any. */
  readonly flam: { readonly mean: number; readonly deviation: number } | null;
  /** Softer hand to louder hand, 0..1; null where one plays. */
  readonly balance: number | null;
  /** How much later the left hand is, ms; null where one plays. */
  readonly leftLaterMs: number | null;
}

export function meansOf({ strokes }: DatasetRows): Means {
  const primary = strokes.filter(({ is_grace_note }) => !is_grace_note);
  const errors = primary.map(({ timing_error_ms }) => timing_error_ms);
  const gaps = strokes
    .filter(({ is_grace_note, flam_spacing_ms }) => is_grace_note && flam_spacing_ms !== null)
    .map(({ flam_spacing_ms }) => flam_spacing_ms ?? 0);
  const ofHand = (hand: string): DatasetRows['strokes'] => primary.filter(stroke => stroke.hand === hand);
  const [right, left] = [ofHand('R'), ofHand('L')];
  const loudness = [right, left].map(own => mean(own.map(({ actual_velocity }) => actual_velocity)));
  const error = (own: DatasetRows['strokes']): number =>
    mean(own.map(({ timing_error_ms }) => timing_error_ms));
  const hasBoth = right.length > 0 && left.length > 0;
  return {
    meanMs: mean(errors),
    deviationMs: deviation(errors),
    flam: gaps.length === 0 ? null : { mean: mean(gaps), deviation: deviation(gaps) },
    balance: hasBoth ? Math.min(...loudness) / Math.max(...loudness) : null,
    leftLaterMs: hasBoth ? error(left) - error(right) : null,
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map(value => (value - middle) ** 2)));
}

const ORDINALS = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const ENDINGS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };

/** "68th percentile". */
export function percentileWords(share: number): string {
  const value = Math.round(share * 100);
  return `${value}${ENDINGS[ORDINALS.select(value)] ?? 'th'} percentile`;
}
