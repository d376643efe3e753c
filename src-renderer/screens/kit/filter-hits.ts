import type { Hit, Role } from '#shared/model';
import { hitName, roleOf, sliceSeconds } from '#renderer/state';

/** Slices up to this are short, from that on long. */
const SHORT_SECONDS = 0.15;
const LONG_SECONDS = 0.5;

/** Hits of the roles (all when none is chosen) that every word of `text` fits: a name, "short", "long", "loud", "soft". */
export function filterHits(hits: readonly Hit[], roles: ReadonlySet<Role>, text: string): readonly Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return hits.filter(
    hit => (roles.size === 0 || roles.has(roleOf(hit))) && words.every(word => fits(hit, word)),
  );
}

function fits(hit: Hit, word: string): boolean {
  if (hitName(hit).toLowerCase().includes(word)) return true;
  const seconds = sliceSeconds(hit);
  switch (word) {
    case 'short':
      return seconds <= SHORT_SECONDS;
    case 'long':
      return seconds >= LONG_SECONDS;
    case 'loud':
      return hit.velocity >= 0.7;
    case 'soft':
      return hit.velocity <= 0.4;
    default:
      return false;
  }
}
