import type { Random } from '../../base';
import { type Player, weakHand } from '../players';
import type { StrokeType } from '../rudiments';
import type { Slot } from './material';
import { strokeTypeOf } from './slot-type';

/** What the exercise asks for, by type of stroke. */
export const INTENDED_VELOCITY: Readonly<Record<StrokeType, number>> = {
  accent: 120,
  tap: 65,
  diddle: 75,
  grace: 40,
  buzz: 70,
};

export const intendedVelocity = (slot: Slot): number => slot.level ?? INTENDED_VELOCITY[strokeTypeOf(slot)];

/** Where nothing is accented, strokes are played at this share of the player's mean. */
const PLAIN_SHARE = 0.72;
const ACCENT_SHARE = 1.15;
const BUZZ_SHARE = 1.05;
/** The second stroke of a diddle, by rebound. */
const SECOND_SHARE = 0.94;
/** A missed accent is a louder tap; a false one a softer accent. */
const MISSED_ACCENT = 1.2;
const FALSE_ACCENT = 0.8;
const FALSE_ACCENT_RATE = 0.3;
/** How much of a stroke's deviation the next keeps. */
const KEEP = 0.5;
const FRESH = Math.sqrt(1 - KEEP * KEEP);
/**
 * How much more evenly a player strikes in one performance than in another: the natural logarithm's deviation. Of people's performances the tenth
 * that is least even spreads eleven times as much as the tenth that is most (Groove MIDI Dataset, backbeats).
 */
const FORM = 0.35;
const MOST_FORM = 2;
const FATIGUE_SHARE = 0.3;
const SUSTAIN_STEP = 0.05;
const SOFTEST_SUSTAIN = 0.5;

/** Velocities 1..127, real numbers, as the player strikes; accents stand above taps by `accent_differentiation` dB of sound (40 log10). */
export function strokeVelocities(
  slots: readonly Slot[],
  player: Player,
  beats: number,
  random: Random,
): Float64Array {
  const { dimensions, fatigue_coefficient } = player;
  const hasAccents = slots.some(({ accent }) => accent);
  const loud = Math.min(127, dimensions.velocity_mean * ACCENT_SHARE);
  const soft = hasAccents
    ? loud / 10 ** (dimensions.accent_differentiation / 40)
    : dimensions.velocity_mean * PLAIN_SHARE;
  const weak = weakHand(player);
  const form = Math.max(-MOST_FORM, Math.min(MOST_FORM, random.fork('form').normal()));
  const spread = dimensions.velocity_variance * Math.exp(FORM * form);
  const result = new Float64Array(slots.length);
  let deviation = 0;
  let rolled = 0;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as Slot;
    const drawn = random.fork(index);
    deviation = KEEP * deviation + FRESH * drawn.normal();
    rolled = slot.diddle > 0 || slot.buzz ? rolled + 1 : 0;
    const isRight = drawn.unit() < dimensions.accent_accuracy;
    const isFalse = drawn.unit() < (1 - dimensions.accent_accuracy) * FALSE_ACCENT_RATE;
    let velocity = slot.level ?? (slot.accent ? loud : slot.buzz ? soft * BUZZ_SHARE : soft);
    if (slot.accent && !isRight) velocity = soft * MISSED_ACCENT;
    else if (!slot.accent && hasAccents && isFalse) velocity = loud * FALSE_ACCENT;
    if (slot.diddle === 2) velocity *= SECOND_SHARE;
    velocity *= 1 + spread * deviation;
    if (slot.hand === weak && slot.limb.length === 1)
      velocity *= dimensions.lr_velocity_ratio * (1 + 0.5 * dimensions.lr_consistency_delta * drawn.normal());
    velocity *= 1 - FATIGUE_SHARE * fatigue_coefficient * (slot.beat / Math.max(beats, 1));
    velocity *= Math.max(SOFTEST_SUSTAIN, 1 - rolled * dimensions.roll_sustain * SUSTAIN_STEP);
    result[index] = Math.max(1, Math.min(127, velocity));
  }
  return result;
}

const GRACE_SHARE = 0.5;

/** A grace lies between the softest stroke and its own one: 0.3 to 0.8 of that, as in grooves (median 0.57, Groove MIDI Dataset). */
export function graceVelocity(primary: number, softest: number, random: Random): number {
  const base = Math.sqrt(primary * Math.min(primary, softest) * GRACE_SHARE);
  return Math.max(1, Math.min(0.85 * primary, base * random.normal(1, 0.12)));
}

/** What `graceVelocity` calls softest: the player's plain stroke. */
export const softestStroke = ({ dimensions }: Player): number =>
  Math.min(
    dimensions.velocity_mean * PLAIN_SHARE,
    (dimensions.velocity_mean * ACCENT_SHARE) / 10 ** (dimensions.accent_differentiation / 40),
  );
