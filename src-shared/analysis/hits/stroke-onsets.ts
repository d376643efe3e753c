import { clamp } from '../../units';
import {
  FLAM_REACH_SECONDS,
  footIn,
  leastStrength,
  type Onset,
  otherAttacks,
  sensitivityFor,
  type Stroke,
  type StrokeClass,
} from '../onsets';
import type { Moment } from './moments';

/** The network places a stroke to some milliseconds; its attack begins within this of there. */
const BEFORE_SECONDS = 0.015;
const AFTER_SECONDS = 0.02;
/** Feet this near are one attack. */
const SAME_ATTACK_SECONDS = 0.01;
/** Drums that players strike twice for one note. */
const FLAMMED: ReadonlySet<StrokeClass> = new Set<StrokeClass>(['snare', 'toms', 'rim']);
/** From here on a stroke is believed to be there. */
const LIKELY = 0.5;
const LEVEL_SECONDS = 0.008;

/** Audio on either side of a moment that placing it looks at. */
export const PLACING_REACH_SECONDS = BEFORE_SECONDS + AFTER_SECONDS + FLAM_REACH_SECONDS;

/** An attack of one moment and what was struck. */
export interface PlacedAttack {
  /** Frame in the audio that was looked at. */
  readonly at: number;
  readonly strokes: readonly Stroke[];
}

export interface PlacingSpace {
  readonly sampleRate: number;
  /** Brings the track to one level. */
  readonly gain: number;
  /** Frames between which the foot may lie: halfway to a neighbour that is a stroke of its own. */
  readonly from: number;
  readonly to: number;
}

/**
 * Moves a moment to the foot of its attack. Where a drum that is flammed was struck twice within 45 ms, which the network mostly hears
 * as one stroke, both attacks come back, the drum on each.
 *
 * @param centre frame of `audio` where the network heard it
 */
export function placeMoment(
  { strokes }: Moment,
  audio: Float32Array,
  centre: number,
  { sampleRate, gain, from, to }: PlacingSpace,
): PlacedAttack[] {
  const begin = Math.max(0, from, centre - Math.round(BEFORE_SECONDS * sampleRate));
  const end = Math.min(audio.length, to, centre + Math.round(AFTER_SECONDS * sampleRate));
  const foot = begin + footIn(audio.subarray(begin, end), gain, sampleRate);
  // With a kick two attacks are foot and hand, which are seldom quite together.
  const hasKick = strokes.some(stroke => stroke.class === 'kick' && stroke.probability >= LIKELY);
  const flammed = hasKick ? undefined : strokes.find(stroke => FLAMMED.has(stroke.class));
  const others = flammed ? otherAttacks(audio, foot, sampleRate).filter(at => at >= from && at < to) : [];
  const [other] = others.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre));
  if (!flammed || other === undefined) return [{ at: foot, strokes }];
  const level = (at: number): number => {
    let power = 1e-12;
    const last = Math.min(audio.length, at + Math.round(LEVEL_SECONDS * sampleRate));
    for (let frame = at; frame < last; frame++) power += audio[frame]! ** 2;
    return Math.sqrt(power);
  };
  const [first, second] = [Math.min(foot, other), Math.max(foot, other)];
  const main = level(first) > level(second) ? first : second;
  const softer = main === first ? second : first;
  // Velocity goes with the square root of amplitude.
  const velocity = flammed.velocity * Math.sqrt(clamp(level(softer) / level(main), 0, 1));
  return [
    { at: main, strokes },
    { at: softer, strokes: [{ ...flammed, velocity }] },
  ].sort((a, b) => a.at - b.at);
}

/** The likelier of both strokes of each class, the likeliest first. */
const united = (a: readonly Stroke[], b: readonly Stroke[]): Stroke[] =>
  [...a, ...b]
    .sort((x, y) => y.probability - x.probability)
    .filter((stroke, index, all) => all.findIndex(other => other.class === stroke.class) === index);

const likeliest = (strokes: readonly Stroke[]): number =>
  strokes.reduce((most, { probability }) => Math.max(most, probability), 0);

/** Onsets of placed attacks in any order, frames being the track's: those at one attack become one. */
export function onsetsOfAttacks(attacks: readonly PlacedAttack[], sampleRate: number): Onset[] {
  const near = SAME_ATTACK_SECONDS * sampleRate;
  const kept: PlacedAttack[] = [];
  for (const attack of [...attacks].sort((a, b) => a.at - b.at)) {
    const last = kept.at(-1);
    if (!last || attack.at - last.at >= near) kept.push(attack);
    else {
      const { at } = likeliest(attack.strokes) > likeliest(last.strokes) ? attack : last;
      kept[kept.length - 1] = { at, strokes: united(last.strokes, attack.strokes) };
    }
  }
  return kept.map(({ at, strokes }) => ({
    time: at / sampleRate,
    frame: at,
    strength: likeliest(strokes),
    strokes: [...strokes].sort((a, b) => b.probability - a.probability),
  }));
}

/** Sensitivity from which on attacks count that the network did not hear. */
const FINEST = 0.9;
const APART_SECONDS = 0.04;

/** Both lists as one: attacks that only the flux shows count from sensitivity 0.9 on, the clearest first. */
export function withFaintAttacks(heard: readonly Onset[], flux: readonly Onset[]): Onset[] {
  let next = 0;
  const faint = flux.flatMap((onset): Onset[] => {
    while (next < heard.length && heard[next]!.time < onset.time - APART_SECONDS) next++;
    const other = heard[next];
    if (other && other.time <= onset.time + APART_SECONDS) return [];
    const sensitivity = FINEST + (1 - FINEST) * sensitivityFor(onset.strength);
    return [{ ...onset, strength: leastStrength(sensitivity) }];
  });
  return [...heard, ...faint].sort((a, b) => a.frame - b.frame);
}
