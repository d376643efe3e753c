/** Closer strokes are one to the ear, and farther ones are peaks of the flux of their own. */
const NEAREST_SECONDS = 0.02;
const FARTHEST_SECONDS = 0.045;
/** The power of an attack is taken over this, that of what it rises from over the second. */
const ATTACK_SECONDS = 0.003;
const BEFORE_SECONDS = 0.006;
const STEP_SECONDS = 0.0005;
/** Rise of an attack over what sounds just before it. The noise of one snare stroke varies by less. */
const LEAST_RISE_DECIBELS = 9;
/** A stroke of a flam is at most this much fainter than the other. */
const LEAST_LEVEL_DECIBELS = -12;

/**
 * Frames of further attacks near the one at `foot`: the other stroke of a flam, which the 46 ms windows of the flux do
 * not tell apart. They look at the second difference of the audio, in which clicks stand and the swing of a drum's
 * body does not.
 *
 * @param audio at least `FLAM_REACH_SECONDS` on both sides of `foot`, as far as there is a track
 */
export function otherAttacks(audio: Float32Array, foot: number, sampleRate: number): number[] {
  const inFrames = (time: number): number => Math.round(time * sampleRate);
  const sums = powerSums(audio);
  const power = (from: number, to: number): number => {
    const first = Math.max(0, from);
    const last = Math.min(audio.length, to);
    return last > first ? (sums[last]! - sums[first]!) / (last - first) : 0;
  };
  const attack = inFrames(ATTACK_SECONDS);
  const before = inFrames(BEFORE_SECONDS);
  const step = Math.max(1, inFrames(STEP_SECONDS));
  const own = power(foot, foot + attack);
  const leastPower = Math.max(1e-14, own * 10 ** (LEAST_LEVEL_DECIBELS / 10));
  const leastRise = 10 ** (LEAST_RISE_DECIBELS / 10);
  const search = (from: number, to: number): number[] => {
    let best = leastRise;
    let place: number | null = null;
    for (let at = from; at <= to; at += step) {
      const level = power(at, at + attack);
      const rise = level / (power(at - before, at) + 1e-15);
      if (level >= leastPower && rise > best) {
        best = rise;
        place = at;
      }
    }
    return place === null ? [] : [place];
  };
  const near = inFrames(NEAREST_SECONDS);
  const far = inFrames(FARTHEST_SECONDS);
  return [...search(Math.max(before, foot - far), foot - near), ...search(foot + near, foot + far)];
}

/** Audio on either side of a foot that `otherAttacks` looks at. */
export const FLAM_REACH_SECONDS = FARTHEST_SECONDS + BEFORE_SECONDS + ATTACK_SECONDS;

/** Sums of the squared second difference up to each place. */
function powerSums(audio: Float32Array): Float64Array {
  const sums = new Float64Array(audio.length + 1);
  for (let at = 0; at < audio.length; at++) {
    const bend = at < 2 ? 0 : audio[at]! - 2 * audio[at - 1]! + audio[at - 2]!;
    sums[at + 1] = sums[at]! + bend * bend;
  }
  return sums;
}
