/** Amplitude of the sine that makes `cycles` whole turns over `samples`. */
export function amplitudeOf(samples: Float64Array, cycles: number): number {
  const { length } = samples;
  let real = 0;
  let imaginary = 0;
  for (const [frame, value] of samples.entries()) {
    const angle = (2 * Math.PI * ((cycles * frame) % length)) / length;
    real += value * Math.cos(angle);
    imaginary -= value * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / length;
}

/** `count` frames of a sine of `amplitude` that turns `cycles` times in `period` frames. */
export const sineOf = (
  cycles: number,
  period: number,
  count: number,
  amplitude: number,
  phase = 0,
): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, frame) =>
      // The remainder first: the angle stays small, and so exact.
      amplitude * Math.sin((2 * Math.PI * ((cycles * frame) % period)) / period + phase),
  );

export const decibelsOf = (amplitude: number): number => 20 * Math.log10(amplitude);
