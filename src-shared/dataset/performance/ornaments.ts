import type { Random } from '../../base';
import type { Player } from '../players';
import type { Bounce } from './performance';

/** The flam and the drag of the measured lessons (DrumPtDataset): onset to onset, in ms. */
export const FLAM_MS = 42.5;
export const DRAG_MS = [58.1, 59.1] as const;
const RUFF_MS = 37;
/** A professional's spread from ornament to ornament, as `flam_spacing_variance` has it. */
const LEAST_VARIANCE = 0.17;
/** Deviation of a drag's two intervals at that spread, and what they are kept within. */
const DRAG_DEVIATION_MS = [4.7, 10.8] as const;
const DRAG_LIMITS_MS = [
  [46, 71],
  [33, 97],
] as const;
/** Below this a flam is flat, which is a mishap of its own. */
const FLAT_MS = 8;

/** How far the written graces of a stroke stand before it: the first first. */
export function writtenLeads(graces: number): number[] {
  if (graces === 1) return [FLAM_MS];
  if (graces === 2) return [DRAG_MS[0] + DRAG_MS[1], DRAG_MS[1]];
  return Array.from({ length: graces }, (_, index) => RUFF_MS * (graces - index));
}

/** How far the graces stand before their stroke as played, the first first; the whole of them within `room` ms. */
export function playedLeads(graces: number, player: Player, room: number, random: Random): number[] {
  const { flam_spacing, flam_spacing_variance } = player.dimensions;
  const wide = flam_spacing / FLAM_MS;
  const spread = flam_spacing_variance / LEAST_VARIANCE;
  if (graces === 1) {
    const drawn = random.normal(flam_spacing, flam_spacing * flam_spacing_variance);
    const shortest = FLAT_MS + 1;
    const lead = Math.min(100, shortest + Math.abs(drawn - shortest));
    return [fitted(lead, room)];
  }
  const gaps = Array.from({ length: graces }, (_, index) => {
    if (graces !== 2) return within(random.normal(RUFF_MS * wide, 5 * spread), 15, 80);
    const place = index === 0 ? 0 : 1;
    const [low, high] = DRAG_LIMITS_MS[place];
    const loose = Math.max(0, spread - 1.2) * 12;
    const gap = random.normal(DRAG_MS[place] * wide, DRAG_DEVIATION_MS[place] * spread);
    return within(gap, Math.max(12, low - loose), high + loose);
  });
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  const share = fitted(whole, room) / whole;
  let left = whole * share;
  return gaps.map(gap => {
    const lead = left;
    left -= gap * share;
    return lead;
  });
}

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** No longer than there is room for, and never flat. */
const fitted = (lead: number, room: number): number => Math.max(FLAT_MS + 0.5, Math.min(lead, room));

const BOUNCE_MS = 30;
/** What the bounces of a good buzz are kept within. */
const BOUNCE_LIMITS_MS = [20, 40] as const;
const BOUNCE_DECAY = 0.87;
const LEAST_BOUNCES = 3;

/** What follows a buzzed stroke until `slotMs` later: bounces 20 to 40 ms apart that fill the slot, three at least. */
export function buzzBounces(
  at: number,
  velocity: number,
  slotMs: number,
  player: Player,
  random: Random,
): Bounce[] {
  const loose = 1 - player.dimensions.buzz_density_consistency;
  const wanted = random.normal(BOUNCE_MS, 1.5 + 8 * loose);
  const count = Math.max(LEAST_BOUNCES, Math.round(slotMs / within(wanted, ...BOUNCE_LIMITS_MS)));
  const gap = within(slotMs / count, 12, BOUNCE_LIMITS_MS[1]);
  const bounces: Bounce[] = [];
  let time = at;
  let level = velocity;
  for (let bounce = 1; bounce < count; bounce++) {
    const slack = 12 * Math.max(0, loose - 0.12);
    const low = Math.min(gap, BOUNCE_LIMITS_MS[0] - slack);
    time += within(gap * random.normal(1, 0.03 + 0.3 * loose), low, BOUNCE_LIMITS_MS[1] + slack);
    level *= BOUNCE_DECAY;
    if (time >= at + slotMs - 4) break;
    bounces.push({ time_ms: time, velocity: Math.max(1, level) });
  }
  return bounces;
}
