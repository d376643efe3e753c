import { clamp } from '../../units';
import {
  attackRise,
  FLAM_REACH_SECONDS,
  footIn,
  type Onset,
  otherAttacks,
  type StrokeClass,
} from '../onsets';
import type { Moment } from './moments';
import type { FoundStroke } from './stroke-picker';

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
  readonly strokes: readonly FoundStroke[];
  /** How far it stands out of what sounds before it. */
  readonly riseDecibels: number;
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
  if (!flammed || other === undefined)
    return [{ at: foot, strokes, riseDecibels: attackRise(audio, foot, sampleRate) }];
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
  const time = flammed.time + (softer - main) / sampleRate;
  return [
    { at: main, strokes, riseDecibels: Infinity },
    { at: softer, strokes: [{ ...flammed, velocity, time }], riseDecibels: Infinity },
  ].sort((a, b) => a.at - b.at);
}

/** The likelier of both strokes of each class, the likeliest first. */
const united = (a: readonly FoundStroke[], b: readonly FoundStroke[]): FoundStroke[] =>
  [...a, ...b]
    .sort((x, y) => y.probability - x.probability)
    .filter((stroke, index, all) => all.findIndex(other => other.class === stroke.class) === index);

const likeliest = (strokes: readonly FoundStroke[]): number =>
  strokes.reduce((most, { probability }) => Math.max(most, probability), 0);

/** Nearer than this, a drum's second peak is the room's answer or the network's stutter, not a stroke... */
const ECHO_SECONDS = 0.02;
/**
 * ...unless it is a drum that is flammed and was heard so far apart: a hat 6 ms ahead of the second stroke takes the foot of both to 18 ms
 * from the first;
 */
const HEARD_APART_SECONDS = 0.018;
/** ...and up to here, unless it stands out like an attack. */
const DOUBTFUL_SECONDS = 0.05;
const LEAST_RISE_DECIBELS = 5;

/** Attacks without the strokes that are the same drum's likelier stroke beside them, heard again. */
function withoutEchoes(attacks: readonly PlacedAttack[], sampleRate: number): PlacedAttack[] {
  return attacks.flatMap((attack, index): PlacedAttack[] => {
    const isRepeated = (stroke: FoundStroke, other: PlacedAttack): boolean => {
      const seconds = Math.abs(attack.at - other.at) / sampleRate;
      const isDoubtful = seconds < DOUBTFUL_SECONDS && attack.riseDecibels < LEAST_RISE_DECIBELS;
      return other.strokes.some(rival => {
        if (rival.class !== stroke.class) return false;
        const isFlam = FLAMMED.has(stroke.class) && Math.abs(stroke.time - rival.time) >= HEARD_APART_SECONDS;
        if (!isDoubtful && (seconds >= ECHO_SECONDS || isFlam)) return false;
        return (
          rival.probability > stroke.probability ||
          (rival.probability === stroke.probability && other.at < attack.at)
        );
      });
    };
    const near: PlacedAttack[] = [];
    for (const step of [-1, 1]) {
      for (let at = index + step; at >= 0 && at < attacks.length; at += step) {
        const other = attacks[at]!;
        if (Math.abs(other.at - attack.at) >= DOUBTFUL_SECONDS * sampleRate) break;
        near.push(other);
      }
    }
    const strokes = attack.strokes.filter(stroke => !near.some(other => isRepeated(stroke, other)));
    return strokes.length > 0 ? [{ ...attack, strokes }] : [];
  });
}

/** Onsets of placed attacks in any order, frames being the track's: those at one attack become one, and echoes none. */
export function onsetsOfAttacks(attacks: readonly PlacedAttack[], sampleRate: number): Onset[] {
  const near = SAME_ATTACK_SECONDS * sampleRate;
  const kept: PlacedAttack[] = [];
  for (const attack of [...attacks].sort((a, b) => a.at - b.at)) {
    const last = kept.at(-1);
    if (!last || attack.at - last.at >= near) kept.push(attack);
    else {
      const likelier = likeliest(attack.strokes) > likeliest(last.strokes) ? attack : last;
      kept[kept.length - 1] = { ...likelier, strokes: united(last.strokes, attack.strokes) };
    }
  }
  return withoutEchoes(kept, sampleRate).map(({ at, strokes }) => ({
    time: at / sampleRate,
    frame: at,
    strength: likeliest(strokes),
    strokes: [...strokes]
      .sort((a, b) => b.probability - a.probability)
      .map(({ time: _time, ...stroke }) => stroke),
  }));
}

const APART_SECONDS = 0.04;

/** Both lists as one: attacks that only the flux shows have no strokes, and count as they would without the network. */
export function withOtherAttacks(heard: readonly Onset[], flux: readonly Onset[]): Onset[] {
  let next = 0;
  const others = flux.filter(onset => {
    while (next < heard.length && heard[next]!.time < onset.time - APART_SECONDS) next++;
    const other = heard[next];
    return !other || other.time > onset.time + APART_SECONDS;
  });
  return [...heard, ...others].sort((a, b) => a.frame - b.frame);
}
