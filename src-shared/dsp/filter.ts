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

/** Second-order high-pass, -3 dB at `hertz` with `q` = 0.7071. @see Bristow-Johnson, "Audio EQ Cookbook" */
export function highPass(sampleRate: number, hertz: number, q = Math.SQRT1_2): BiquadCoefficients {
  const { cosine, alpha, a0 } = prewarped(sampleRate, hertz, q);
  const b1 = -(1 + cosine) / a0;
  return { b0: -b1 / 2, b1, b2: -b1 / 2, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

/** Second-order band-pass, 0 dB at `hertz`, -3 dB bandwidth `hertz / q`. @see Bristow-Johnson, "Audio EQ Cookbook" */
export function bandPass(sampleRate: number, hertz: number, q: number): BiquadCoefficients {
  const { cosine, alpha, a0 } = prewarped(sampleRate, hertz, q);
  return { b0: alpha / a0, b1: 0, b2: -alpha / a0, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 };
}

/** Slope 1: as steep as a shelf can be without a bump. */
const SHELF_Q = Math.SQRT1_2;

/** Shelf of `decibels` below `hertz`, half of it there. @see Bristow-Johnson, "Audio EQ Cookbook", slope 1 */
export function lowShelf(sampleRate: number, hertz: number, decibels: number): BiquadCoefficients {
  return shelf(sampleRate, hertz, decibels, 1);
}

/** Shelf of `decibels` above `hertz`, half of it there. @see Bristow-Johnson, "Audio EQ Cookbook", slope 1 */
export function highShelf(sampleRate: number, hertz: number, decibels: number): BiquadCoefficients {
  return shelf(sampleRate, hertz, decibels, -1);
}

/** The low shelf; with `side` -1 its mirror about a quarter of the sample rate, which is the high one. */
function shelf(sampleRate: number, hertz: number, decibels: number, side: 1 | -1): BiquadCoefficients {
  const a = 10 ** (decibels / 40);
  const { cosine, alpha } = prewarped(sampleRate, hertz, SHELF_Q);
  const c = side * cosine;
  const root = 2 * Math.sqrt(a) * alpha;
  const a0 = a + 1 + (a - 1) * c + root;
  return {
    b0: (a * (a + 1 - (a - 1) * c + root)) / a0,
    b1: (side * 2 * a * (a - 1 - (a + 1) * c)) / a0,
    b2: (a * (a + 1 - (a - 1) * c - root)) / a0,
    a1: (side * -2 * (a - 1 + (a + 1) * c)) / a0,
    a2: (a + 1 + (a - 1) * c - root) / a0,
  };
}

/** Bell of `decibels` at `hertz`, `octaves` wide between the points of half its decibels. @see Bristow-Johnson, "Audio EQ Cookbook" */
export function bell(
  sampleRate: number,
  hertz: number,
  octaves: number,
  decibels: number,
): BiquadCoefficients {
  const a = 10 ** (decibels / 40);
  const angle = (2 * Math.PI * hertz) / sampleRate;
  const alpha = Math.sin(angle) * Math.sinh(((Math.LN2 / 2) * octaves * angle) / Math.sin(angle));
  const cosine = Math.cos(angle);
  const a0 = 1 + alpha / a;
  return {
    b0: (1 + alpha * a) / a0,
    b1: (-2 * cosine) / a0,
    b2: (1 - alpha * a) / a0,
    a1: (-2 * cosine) / a0,
    a2: (1 - alpha / a) / a0,
  };
}

/** Gain of a filter at `hertz`, in dB. */
export function responseDecibels(
  { b0, b1, b2, a1, a2 }: BiquadCoefficients,
  sampleRate: number,
  hertz: number,
): number {
  const angle = (2 * Math.PI * hertz) / sampleRate;
  const power = (c0: number, c1: number, c2: number): number =>
    (c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle)) ** 2 +
    (c1 * Math.sin(angle) + c2 * Math.sin(2 * angle)) ** 2;
  return 10 * Math.log10(power(b0, b1, b2) / power(1, a1, a2));
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
