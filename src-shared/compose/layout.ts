import type { HitId, Instrument, Kit, Pattern, Role } from '../model';

export const HIT_CHOICES = ['round_robin', 'random', 'fixed'] as const;
export type HitChoice = (typeof HIT_CHOICES)[number];

/** A hit that can play a role; null when nobody knows what it is. */
export interface Candidate {
  readonly hit: HitId;
  readonly instrument: Instrument | null;
}
/** What can play each role, best first. */
export type HitPools = Readonly<Record<Role, readonly Candidate[]>>;
