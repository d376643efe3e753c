import { COMMON_TIME, type Meter } from '../../model';
import type { Accent } from './accents';

/** What sounds at each beat. */
export interface BeatSound {
  readonly low: number;
  readonly middle: number;
}

/** Beats and onsets this far apart, in shares of the beat, belong together. */
const NEAR_BEAT = 0.2;
/** How much better three beats to the bar must explain the kicks and snares before 4/4 is given up. */
const WALTZ_ADVANTAGE = 1.5;

/** Phases whose scores differ by less, as a share of their spread, are alike: the recording then begins with a bar. */
const TIE = 0.01;

/** The loudest kick and snare near each beat. */
export function soundsAtBeats(
  beats: readonly number[],
  period: number,
  accents: readonly Accent[],
): BeatSound[] {
  let first = 0;
  return beats.map(beat => {
    while (first < accents.length && accents[first]!.time < beat - NEAR_BEAT * period) first++;
    let low = 0;
    let middle = 0;
    for (let at = first; at < accents.length && accents[at]!.time <= beat + NEAR_BEAT * period; at++) {
      low = Math.max(low, accents[at]!.low);
      middle = Math.max(middle, accents[at]!.middle);
    }
    return { low, middle };
  });
}

/**
 * The meter and which of the first beats is the first of a bar. A bar begins with a kick; in 4/4 the snare has beats two
 * and four (the backbeat), in 3/4 two and three.
 */
export function guessBars(sounds: readonly BeatSound[]): {
  readonly meter: Meter;
  readonly firstBar: number;
} {
  const common = bestPhase(sounds, [1, -0.6, 0.5, -0.6], [-1, 1, -1, 1]);
  const waltz = bestPhase(sounds, [1, -0.5, -0.5], [-1, 0.5, 0.5]);
  const isWaltz = common.score > 0 ? waltz.score > WALTZ_ADVANTAGE * common.score : waltz.score > 0.1;
  return isWaltz
    ? { meter: { numerator: 3, denominator: 4 }, firstBar: waltz.phase }
    : { meter: COMMON_TIME, firstBar: common.phase };
}

function bestPhase(sounds: readonly BeatSound[], kick: readonly number[], snare: readonly number[]) {
  const meanLow = sounds.reduce((sum, { low }) => sum + low, 0) / Math.max(1, sounds.length);
  const meanMiddle = sounds.reduce((sum, { middle }) => sum + middle, 0) / Math.max(1, sounds.length);
  const scores = kick.map((_, phase) => {
    let score = 0;
    sounds.forEach(({ low, middle }, beat) => {
      const place = (beat - phase + kick.length) % kick.length;
      score += kick[place]! * (low - meanLow) + snare[place]! * (middle - meanMiddle);
    });
    return score / Math.max(1, sounds.length);
  });
  const best = Math.max(...scores);
  const enough = best - TIE * (best - Math.min(...scores));
  const phase = scores.findIndex(score => score >= enough);
  return { phase, score: best };
}
