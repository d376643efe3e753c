import { INSTRUMENTS, type Instrument, ROLES_IN_ORDER, type Role } from '../../model';
import type { Evidence } from '../evidence';
import { holds } from './conditions';
import type { RoleConfig } from './config';
import { type Memberships, normalised, softmax, weightedSum, weightTotal } from './membership';

interface Guard {
  readonly when: Parameters<typeof holds>[0];
  readonly multiply: Readonly<Partial<Record<string, number>>>;
  readonly why: string;
}

/** Applies the guards in turn, each followed by scaling to sum 1; `fired` are the reasons of those whose condition held. */
function guarded<Name extends string>(
  probabilities: Record<Name, number>,
  guards: readonly Guard[],
  values: Readonly<Record<string, number>>,
): { readonly probabilities: Record<Name, number>; readonly fired: readonly string[] } {
  let current = probabilities;
  const fired: string[] = [];
  for (const guard of guards) {
    if (!holds(guard.when, values)) continue;
    fired.push(guard.why);
    const scaled = { ...current };
    for (const name of Object.keys(current) as Name[]) scaled[name] *= guard.multiply[name] ?? 1;
    current = normalised(scaled);
  }
  return { probabilities: current, fired };
}

export interface RuleScores {
  /** Weighted mean of the memberships, before softmax and guards. */
  readonly raw: Readonly<Record<Role, number>>;
  readonly probabilities: Readonly<Record<Role, number>>;
  /** Reasons of the guards that fired. */
  readonly guards: readonly string[];
}

/** Probability of each role by the rules: `softmax(sum(w * m) / sum(|w|))`, then guards. */
export function scoreRoles(
  evidence: Evidence,
  memberships: Memberships,
  rules: RoleConfig['roles'],
): RuleScores {
  const raw = Object.fromEntries(
    ROLES_IN_ORDER.map(role => {
      const weights = rules.weights[role];
      return [role, weightedSum(weights, memberships) / (weightTotal(weights) || 1)];
    }),
  ) as Record<Role, number>;
  const { probabilities, fired } = guarded(softmax(raw, rules.temperature), rules.guards, {
    ...evidence,
    ...memberships,
  });
  return { raw, probabilities, guards: fired };
}

/** Probability of each instrument by the rules: `softmax(bias + sum(w * m))`, then guards; those without weights are left out. */
export function scoreInstruments(
  evidence: Evidence,
  memberships: Memberships,
  rules: RoleConfig['instruments'],
): {
  readonly probabilities: Readonly<Partial<Record<Instrument, number>>>;
  readonly guards: readonly string[];
} {
  const raw: Partial<Record<Instrument, number>> = {};
  for (const instrument of INSTRUMENTS) {
    const weights = rules.weights[instrument];
    if (weights) raw[instrument] = (rules.bias[instrument] ?? 0) + weightedSum(weights, memberships);
  }
  const { probabilities, fired } = guarded(
    softmax(raw as Record<Instrument, number>, rules.temperature),
    rules.guards,
    { ...evidence, ...memberships },
  );
  return { probabilities, guards: fired };
}
