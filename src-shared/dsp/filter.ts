/** Numbers of a second-order filter, `a0` divided out. */
export interface BiquadCoefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Second-order low-pass, -3 dB at `hertz` with `q` = 0.7071. @see Bristow-Johnson, "Audio EQ Cookbook" */
export function lowPass(sampleRate: number, hertz: number, q = Math.SQRT1_2): BiquadCoefficients {
  const { cosine, alpha, a0 } = prewarped(sampleRate, hertz, q);
  const b1 = (1 - cosine) / a0;
  return { b0: b1 / 2, b1, b2: b1 / 2, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

/** Second-order band-pass, 0 dB at `hertz`, -3 dB bandwidth `hertz / q`. @see Bristow-Johnson, "Audio EQ Cookbook" */
export function bandPass(sampleRate: number, hertz: number, q: number): BiquadCoefficients {
  const { cosine, alpha, a0 } = prewarped(sampleRate, hertz, q);
  return { b0: alpha / a0, b1: 0, b2: -alpha / a0, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

function prewarped(sampleRate: number, hertz: number, q: number) {
  const angle = (2 * Math.PI * hertz) / sampleRate;
  const alpha = Math.sin(angle) / (2 * q);
  return { cosine: Math.cos(angle), alpha, a0: 1 + alpha };
}

/** A second-order filter over a stream, one value at a time (transposed direct form II). */
export class Biquad {
  readonly #coefficients: BiquadCoefficients;
  #first = 0;
  #second = 0;

  constructor(coefficients: BiquadCoefficients) {
    this.#coefficients = coefficients;
  }

  next(input: number): number {
    const { b0, b1, b2, a1, a2 } = this.#coefficients;
    const output = b0 * input + this.#first;
    this.#first = b1 * input - a1 * output + this.#second;
    this.#second = b2 * input - a2 * output;
    return output;
  }
}
