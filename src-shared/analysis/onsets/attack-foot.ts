/**
 * The frame where `samples` changes from one noise level to another: the change point that leaves both sides most
 * alike in themselves, by Akaike's criterion on their variances. Seismology finds the first motion of a quake so, and a
 * drum's attack is the same picture. Exact to a few frames where an envelope's threshold is exact to its smoothing.
 *
 * @param samples the attack with what sounds before it; begins before and ends at about the attack's loudest place
 * @param margin least number of frames on either side
 * @returns position and by how many decibels the power after it exceeds that before
 * @see Maeda, "A method for reading and checking phase times in auto-processing system of seismic wave data", 1985
 */
export function attackFoot(
  samples: Float32Array,
  margin: number,
): { readonly at: number; readonly riseDecibels: number } {
  const { length } = samples;
  // What digital silence has beside an attack: keeps the logarithm finite without moving real attacks.
  const floor = 1e-12;
  let after = 0;
  for (let frame = 0; frame < length; frame++) after += samples[frame]! ** 2;
  let before = 0;
  let best = Infinity;
  let at = 0;
  let riseDecibels = 0;
  for (let frame = 0; frame < length - margin; frame++) {
    if (frame >= margin) {
      const powerBefore = before / frame + floor;
      const powerAfter = Math.max(0, after) / (length - frame) + floor;
      const cost = frame * Math.log(powerBefore) + (length - frame) * Math.log(powerAfter);
      if (cost < best && powerAfter > powerBefore) {
        best = cost;
        at = frame;
        riseDecibels = 10 * Math.log10(powerAfter / powerBefore);
      }
    }
    const power = samples[frame]! ** 2;
    before += power;
    after -= power;
  }
  return { at, riseDecibels };
}

/** No attack is sought nearer to the ends of what is looked at. */
const MARGIN_SECONDS = 0.001;
const LOUDEST_SECONDS = 0.002;
/** First difference weight: lets the click of a stroke stand out of the boom of the one before. */
const PRE_EMPHASIS = 0.95;

/**
 * Frame of `audio` at which the stroke begins that is loudest in it.
 *
 * @param gain brings the track to one level, so that gain moves no onset
 */
export function footIn(audio: Float32Array, gain: number, sampleRate: number): number {
  const click = new Float32Array(audio.length);
  for (let at = 1; at < audio.length; at++) click[at] = gain * (audio[at]! - PRE_EMPHASIS * audio[at - 1]!);
  const loudest = loudestPlace(click, Math.round(LOUDEST_SECONDS * sampleRate));
  const margin = Math.round(MARGIN_SECONDS * sampleRate);
  return attackFoot(click.subarray(0, Math.max(loudest, 3 * margin)), margin).at;
}

/** End of the `width` values with the most power. */
function loudestPlace(samples: Float32Array, width: number): number {
  let sum = 0;
  let best = -1;
  let place = samples.length;
  for (let at = 0; at < samples.length; at++) {
    sum += samples[at]! ** 2;
    if (at >= width) sum -= samples[at - width]! ** 2;
    if (sum > best) {
      best = sum;
      place = at + 1;
    }
  }
  return place;
}
