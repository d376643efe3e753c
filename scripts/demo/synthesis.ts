import type { Random } from '#shared/base';

/** Everything of the demo is synthesised at this rate. */
export const SAMPLE_RATE = 44_100;

export const framesOf = (seconds: number): number => Math.round(seconds * SAMPLE_RATE);

/** `frames` samples of `wave(time in seconds)`. */
export function tone(seconds: number, wave: (time: number) => number): Float32Array {
  return Float32Array.from({ length: framesOf(seconds) }, (_, frame) => wave(frame / SAMPLE_RATE));
}

export const noise = (random: Random): (() => number) => {
  return () => random.between(-1, 1);
};

/** Falls to 1/e in `time` seconds. */
export const decay = (time: number, constant: number): number => Math.exp(-time / constant);

/** A sine whose frequency falls from `from` to `to` Hz with time constant `constant`; phase is the exact integral. */
export function sweep(time: number, from: number, to: number, constant: number): number {
  const cycles = to * time + (from - to) * constant * (1 - Math.exp(-time / constant));
  return Math.sin(2 * Math.PI * cycles);
}

export type FilterKind = 'lowpass' | 'highpass' | 'bandpass';

/** Second-order state-variable filter (Simper 2013, trapezoidal), run over `input`. */
export function filtered(
  input: Float32Array,
  kind: FilterKind,
  cutoff: number,
  resonance = 0.707,
): Float32Array {
  const g = Math.tan((Math.PI * cutoff) / SAMPLE_RATE);
  const k = 1 / resonance;
  const a1 = 1 / (1 + g * (g + k));
  const a2 = g * a1;
  const a3 = g * a2;
  let first = 0;
  let second = 0;
  return input.map(sample => {
    const v3 = sample - second;
    const v1 = a1 * first + a2 * v3;
    const v2 = second + a2 * first + a3 * v3;
    first = 2 * v1 - first;
    second = 2 * v2 - second;
    if (kind === 'lowpass') return v2;
    if (kind === 'bandpass') return v1 * k;
    return sample - k * v1 - v2;
  });
}

export const saturated = (input: Float32Array, drive: number): Float32Array =>
  input.map(sample => Math.tanh(sample * drive) / Math.tanh(drive));

export function sum(...parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(Math.max(...parts.map(part => part.length)));
  for (const part of parts) part.forEach((sample, frame) => (out[frame] = (out[frame] ?? 0) + sample));
  return out;
}

export const scaled = (input: Float32Array, gain: number): Float32Array => input.map(sample => sample * gain);

/** Peak brought to `peak`, the last 5 ms faded out so that nothing ends with a click. */
export function finished(input: Float32Array, peak: number): Float32Array {
  const loudest = input.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1e-9);
  const fade = framesOf(0.005);
  return input.map(
    (sample, frame) => (sample * peak * Math.min(1, (input.length - 1 - frame) / fade)) / loudest,
  );
}
