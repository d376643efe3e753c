import { Random } from '../../base';
import type { HitId, Instrument, Kit, Pad, Role } from '../../model';

/** A hit that may come onto a pad. */
export interface ShuffleHit {
  readonly id: HitId;
  readonly role: Role | null;
  readonly instrument: Instrument | null;
  /** How sure that is, 0..1. */
  readonly roleSure: number;
  readonly instrumentSure: number;
  /** What it sounds like, in units of one another; null where it was not measured. */
  readonly sound: readonly number[] | null;
}

/** A hit as far from the pad's own as this is half as likely, all else alike. */
const HALF_AS_LIKELY = 0.5;
/** Hits that are surely of another role than the pad's are this much as likely. */
const OTHER_ROLE = 0.15;

/**
 * New hits for the pads that are not locked, drawn by `seed` among the hits of their instruments: likelier the surer a hit is of instrument and role
 * and the more it is like what the pad has. Pads draw without each other's streams, and no hit twice; a pad that nothing fits keeps what it has.
 */
export function shuffledPads(
  kit: Kit,
  hits: readonly ShuffleHit[],
  seed: number,
): ReadonlyMap<string, HitId> {
  const byInstrument = Map.groupBy(hits, hit => hit.instrument);
  const known = new Map(hits.map(hit => [hit.id, hit]));
  const taken = new Set(kit.pads.flatMap(pad => (pad.locked ? [] : (chosenOf(pad) ?? []))));
  const drawn = new Map<string, HitId>();
  for (const pad of kit.pads) {
    if (pad.locked) continue;
    const own = chosenOf(pad);
    const former = own === undefined ? null : (known.get(own)?.sound ?? null);
    const fitting = (byInstrument.get(pad.instrument) ?? []).filter(hit => !taken.has(hit.id));
    const weights = fitting.map(hit => likelihood(hit, pad, former));
    if (!weights.some(weight => weight > 0)) continue;
    const hit = fitting[Random.ofSeed(seed).fork('shuffle', pad.id).weighted(weights)];
    if (!hit) continue;
    taken.add(hit.id);
    drawn.set(pad.id, hit.id);
  }
  return drawn;
}

const chosenOf = (pad: Pad): HitId | undefined =>
  pad.layers.at(-1)?.hits[0] ?? pad.hits[pad.chosen] ?? pad.hits[0];

function likelihood(hit: ShuffleHit, { role }: Pad, former: readonly number[] | null): number {
  const place = hit.role === role ? Math.max(OTHER_ROLE, hit.roleSure) : OTHER_ROLE * (1 - hit.roleSure);
  const distance = former && hit.sound ? distanceOf(former, hit.sound) : HALF_AS_LIKELY;
  return place * Math.max(0.02, hit.instrumentSure) * 2 ** (-distance / HALF_AS_LIKELY);
}

/** Root mean square over what both have. */
function distanceOf(one: readonly number[], other: readonly number[]): number {
  const squares = one.flatMap((value, at) => {
    const difference = value - (other[at] ?? NaN);
    return Number.isFinite(difference) ? [difference ** 2] : [];
  });
  if (squares.length === 0) return HALF_AS_LIKELY;
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
