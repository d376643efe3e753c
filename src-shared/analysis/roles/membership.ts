import { clamp } from '../../units';
import type { Evidence } from '../evidence';
import type { Membership, Weights } from './config';

export type Memberships = Readonly<Record<string, number>>;

/** How far each fuzzy property holds for a hit, 0..1. */
export const membershipsOf = (evidence: Evidence, rules: Readonly<Record<string, Membership>>): Memberships =>
  Object.fromEntries(
    Object.entries(rules).map(([name, [feature, a, b]]) => [
      name,
      clamp((evidence[feature] - a) / (b - a), 0, 1),
    ]),
  );

/** Weighted sum of memberships; `~NAME` counts as 1 - membership. */
export function weightedSum(weights: Weights, memberships: Memberships): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(weights)) {
    const value = memberships[name.replace('~', '')] ?? 0;
    sum += weight * (name.startsWith('~') ? 1 - value : value);
  }
  return sum;
}

export const weightTotal = (weights: Weights): number =>
  Object.values(weights).reduce((sum, weight) => sum + Math.abs(weight), 0);

/** Probabilities proportional to `exp(score / temperature)`. */
export function softmax<Name extends string>(
  scores: Readonly<Record<Name, number>>,
  temperature: number,
): Record<Name, number> {
  const entries = Object.entries(scores) as [Name, number][];
  const best = Math.max(...entries.map(([, score]) => score));
  const powers = entries.map(([name, score]) => [name, Math.exp((score - best) / temperature)] as const);
  return normalised(Object.fromEntries(powers) as Record<Name, number>);
}

/** The same proportions with sum 1. */
export function normalised<Name extends string>(
  values: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const entries = Object.entries(values) as [Name, number][];
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, sum > 0 ? value / sum : 1 / entries.length]),
  ) as Record<Name, number>;
}

/** Names by falling value; equal ones stay in the order of `values`. */
export const ranked = <Name extends string>(values: Readonly<Partial<Record<Name, number>>>): Name[] =>
  (Object.entries(values) as [Name, number][]).sort((a, b) => b[1] - a[1]).map(([name]) => name);
