import { ROLES_IN_ORDER, type RoleScores } from '../../model';
import { clamp } from '../../units';
import type { RoleConfig } from './config';
import { normalised, ranked } from './membership';

/** Distance between the best and the second best probability. */
export function marginOf(scores: RoleScores): number {
  const [first, second] = ranked(scores);
  return first && second ? scores[first] - scores[second] : 0;
}

/**
 * `alpha * pRule + (1 - alpha) * pClap`. The less decided the rules are, the more the audio-text model counts; without its answer
 * alpha is 1.
 */
export function fuse(
  pRule: RoleScores,
  pClap: RoleScores | null,
  { alpha, alpha_when_close, close_margin }: RoleConfig['fusion'],
): { readonly alpha: number; readonly scores: RoleScores } {
  if (!pClap) return { alpha: 1, scores: pRule };
  const decided = close_margin > 0 ? clamp(marginOf(pRule) / close_margin, 0, 1) : 1;
  const share = alpha_when_close + (alpha - alpha_when_close) * decided;
  const mixed = Object.fromEntries(
    ROLES_IN_ORDER.map(role => [role, share * pRule[role] + (1 - share) * pClap[role]]),
  ) as Record<(typeof ROLES_IN_ORDER)[number], number>;
  return { alpha: share, scores: normalised(mixed) };
}
