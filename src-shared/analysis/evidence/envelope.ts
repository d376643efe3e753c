/** Window of the envelope: short enough to see a stick's attack, as long as a period of 500 Hz. */
const WINDOW_SECONDS = 0.002;
const HOPS_PER_WINDOW = 8;

/** RMS of `samples` over 2 ms, one value per `hopSeconds`; value `n` looks at the 2 ms that begin at `n * hopSeconds`. */
export function rmsEnvelope(
  samples: Float32Array,
  sampleRate: number,
): { readonly values: Float64Array; readonly hopSeconds: number } {
  const hop = Math.max(1, Math.round((WINDOW_SECONDS * sampleRate) / HOPS_PER_WINDOW));
  const window = hop * HOPS_PER_WINDOW;
  const values = new Float64Array(Math.max(1, Math.ceil(samples.length / hop)));
  const sums = squareSums(samples);
  for (let index = 0; index < values.length; index++) {
    const start = Math.min(index * hop, samples.length);
    const end = Math.min(start + window, samples.length);
    values[index] = Math.sqrt((sums[end]! - sums[start]!) / window);
  }
  return { values, hopSeconds: hop / sampleRate };
}

/** `squareSums(x)[n]` is the energy of the first `n` frames. */
export function squareSums(samples: Float32Array): Float64Array {
  const sums = new Float64Array(samples.length + 1);
  for (let frame = 0; frame < samples.length; frame++) sums[frame + 1] = sums[frame]! + samples[frame]! ** 2;
  return sums;
}

/** Milliseconds from 10 % to 90 % of the envelope's peak. */
export function attackMilliseconds(envelope: { values: Float64Array; hopSeconds: number }): number {
  const { values, hopSeconds } = envelope;
  let peak = 0;
  for (const value of values) peak = Math.max(peak, value);
  const low = values.findIndex(value => value >= 0.1 * peak);
  const high = values.findIndex(value => value >= 0.9 * peak);
  return Math.max(0, high - low) * hopSeconds * 1000;
}

/**
 * Milliseconds from the envelope's peak until the energy still to come has fallen by 20 dB (Schroeder's backward integral): steady
 * against noise and beating, unlike a threshold on the envelope.
 */
export function decayMilliseconds(envelope: { values: Float64Array; hopSeconds: number }): number {
  const { values, hopSeconds } = envelope;
  let peakAt = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[peakAt]!) peakAt = index;
  let total = 0;
  for (let index = peakAt; index < values.length; index++) total += values[index]! ** 2;
  let left = total;
  for (let index = peakAt; index < values.length; index++) {
    if (left <= total / 100) return (index - peakAt) * hopSeconds * 1000;
    left -= values[index]! ** 2;
  }
  return (values.length - peakAt) * hopSeconds * 1000;
}
