import type { Random } from '../../base';
import { type Mishap, MISHAPS_PER_THOUSAND, type Tier } from '../players';
import type { Slot } from './material';

/** What goes wrong at a slot; most have nothing. */
export interface SlotMishaps {
  readonly kinds: readonly Mishap[];
  /** Its own stream, for how badly. */
  readonly random: Random;
}

/** Which mishaps happen, by slot; each slot draws from a stream of its own. */
export function drawMishaps(
  slots: readonly Slot[],
  tier: Tier,
  random: Random,
): ReadonlyMap<number, SlotMishaps> {
  const rates = MISHAPS_PER_THOUSAND[tier];
  const happened = new Map<number, SlotMishaps>();
  slots.forEach((slot, index) => {
    const drawn = random.fork(index);
    const kinds: Mishap[] = [];
    const happens = (kind: Mishap): void => {
      if (drawn.unit() * 1000 < rates[kind]) kinds.push(kind);
    };
    happens('missed_stroke');
    happens('extra_stroke');
    happens('wrong_hand');
    happens('stumble');
    happens('tempo_step');
    if (slot.diddle === 2) happens('collapsed_diddle');
    if (slot.graces === 1) {
      happens('flat_flam');
      happens('inverted_flam');
    }
    if (slot.position === 0 && index > 0) happens('hesitation');
    if (kinds.length > 0) happened.set(index, { kinds: onlyOne(kinds), random: drawn });
  });
  return happened;
}

/** A missed stroke has no other fault, and a flam is either flat or inverted. */
function onlyOne(kinds: readonly Mishap[]): readonly Mishap[] {
  if (kinds.includes('missed_stroke')) return ['missed_stroke'];
  return kinds.includes('flat_flam') ? kinds.filter(kind => kind !== 'inverted_flam') : kinds;
}

/** Shares of a stumble's delay that the stroke and those after it have. */
const RECOVERY = [1, 0.75, 0.5, 0.3, 0.15, 0.05] as const;
const HESITATION = [1, 0.5, 0.2] as const;
/** Strokes that a wrong tempo is kept for before it is caught. */
const STEP_STROKES = 8;
const STEP_CAUGHT = 0.7;

/** Adds to `late` (ms by slot) what stumbles, hesitations and tempo steps do to the strokes that follow. */
export function delayByMishaps(
  late: Float64Array,
  slots: readonly Slot[],
  beatMs: number,
  mishaps: ReadonlyMap<number, SlotMishaps>,
): void {
  for (const [index, { kinds, random }] of mishaps) {
    if (kinds.includes('stumble')) addShares(late, index, random.fork('stumble').between(60, 180), RECOVERY);
    if (kinds.includes('hesitation'))
      addShares(late, index, random.fork('hesitation').between(30, 90), HESITATION);
    if (kinds.includes('tempo_step')) {
      const drawn = random.fork('tempo_step');
      const rate = drawn.between(0.03, 0.08) * (drawn.chance(0.5) ? 1 : -1);
      const start = slots[index]?.beat ?? 0;
      let offset = 0;
      for (let n = index + 1; n < slots.length; n++) {
        if (n - index <= STEP_STROKES) offset = rate * ((slots[n]?.beat ?? 0) - start) * beatMs;
        else offset *= STEP_CAUGHT;
        late[n] = (late[n] as number) + offset;
      }
    }
  }
}

function addShares(late: Float64Array, from: number, delay: number, shares: readonly number[]): void {
  shares.forEach((share, step) => {
    if (from + step < late.length) late[from + step] = (late[from + step] as number) + delay * share;
  });
}
