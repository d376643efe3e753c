/** How one channel of a frame is foretold; what remains is written in Rice codes. */
export type Prediction =
  | { readonly kind: 'constant' }
  | { readonly kind: 'fixed'; readonly order: number; readonly residual: Float64Array }
  | {
      readonly kind: 'linear';
      readonly order: number;
      /** Integers of `precision` bits, the nearest past value's first. */
      readonly coefficients: Float64Array;
      readonly precision: number;
      readonly shift: number;
      readonly residual: Float64Array;
    };

const HIGHEST_FIXED_ORDER = 4;
/** Beyond it files shrink by less than a percent. */
const LINEAR_ORDER = 8;
const PRECISION = 14;
const HIGHEST_SHIFT = 15;

/**
 * The prediction of integer `samples` that leaves least. Residuals keep one entry a sample; those of the first `order` are unused.
 * @see RFC 9639, section 9.2
 */
export function bestPrediction(samples: Float64Array): Prediction {
  const first = samples[0] ?? 0;
  if (samples.every(sample => sample === first)) return { kind: 'constant' };
  const fixed = bestFixed(samples);
  const linear = linearPrediction(samples);
  if (linear && sizeOf(linear.residual, linear.order) + LINEAR_ORDER * PRECISION < fixed.size) return linear;
  return { kind: 'fixed', order: fixed.order, residual: fixedResidual(samples, fixed.order) };
}

/** About the bits that the Rice codes of `count` residuals take, whose sizes sum to `sum`. */
const bitsOf = (count: number, sum: number): number => count * Math.log2(1 + (2 * sum) / count);

function sizeOf(residual: Float64Array, order: number): number {
  let sum = 0;
  for (let index = order; index < residual.length; index++) sum += Math.abs(residual[index]!);
  return bitsOf(residual.length - order, sum);
}

/** All orders are tried on the same samples, in one pass. */
function bestFixed(samples: Float64Array): { readonly order: number; readonly size: number } {
  if (samples.length <= HIGHEST_FIXED_ORDER) return { order: 0, size: Infinity };
  let [sum0, sum1, sum2, sum3, sum4] = [0, 0, 0, 0, 0];
  let before0 = samples[3]!;
  let before1 = before0 - samples[2]!;
  let before2 = before1 - (samples[2]! - samples[1]!);
  let before3 = before2 - (samples[2]! - 2 * samples[1]! + samples[0]!);
  for (let index = HIGHEST_FIXED_ORDER; index < samples.length; index++) {
    const error0 = samples[index]!;
    const error1 = error0 - before0;
    const error2 = error1 - before1;
    const error3 = error2 - before2;
    const error4 = error3 - before3;
    sum0 += Math.abs(error0);
    sum1 += Math.abs(error1);
    sum2 += Math.abs(error2);
    sum3 += Math.abs(error3);
    sum4 += Math.abs(error4);
    before0 = error0;
    before1 = error1;
    before2 = error2;
    before3 = error3;
  }
  const sums = [sum0, sum1, sum2, sum3, sum4];
  const least = Math.min(...sums);
  return { order: sums.indexOf(least), size: bitsOf(samples.length - HIGHEST_FIXED_ORDER, least) };
}

function fixedResidual(samples: Float64Array, order: number): Float64Array {
  const residual = samples.slice();
  for (let step = 1; step <= order; step++)
    for (let index = samples.length - 1; index >= step; index--) residual[index]! -= residual[index - 1]!;
  return residual;
}

/** Null where the samples have no shape that past values foretell. */
function linearPrediction(samples: Float64Array): Extract<Prediction, { kind: 'linear' }> | null {
  const order = LINEAR_ORDER;
  if (samples.length <= order * 4) return null;
  const exact = durbin(autocorrelation(samples), order);
  if (!exact) return null;
  const largest = Math.max(...exact.map(Math.abs));
  // The largest coefficient fills the precision, its sign included.
  const shift = Math.max(0, Math.min(HIGHEST_SHIFT, PRECISION - 2 - Math.floor(Math.log2(largest))));
  const limit = 2 ** (PRECISION - 1);
  let error = 0;
  const coefficients = Float64Array.from(exact, value => {
    error += value * 2 ** shift;
    const rounded = Math.max(-limit, Math.min(limit - 1, Math.round(error)));
    error -= rounded;
    return rounded;
  });
  const residual = linearResidual(samples, coefficients, shift);
  return { kind: 'linear', order, coefficients, precision: PRECISION, shift, residual };
}

/** The order's eight products are written out: this loop and the next are where an encoder's time goes. */
function linearResidual(samples: Float64Array, coefficients: Float64Array, shift: number): Float64Array {
  const residual = new Float64Array(samples.length);
  const scale = 2 ** -shift;
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = coefficients;
  for (let index = LINEAR_ORDER; index < samples.length; index++) {
    const sum =
      c0 * samples[index - 1]! +
      c1 * samples[index - 2]! +
      c2 * samples[index - 3]! +
      c3 * samples[index - 4]! +
      (c4 * samples[index - 5]! +
        c5 * samples[index - 6]! +
        c6 * samples[index - 7]! +
        c7 * samples[index - 8]!);
    residual[index] = samples[index]! - Math.floor(sum * scale);
  }
  return residual;
}

/** Scratch of `autocorrelation`, silent before the samples; nothing of it outlives a call. */
let windowed = new Float64Array(0);

/** Of the samples under a Welch window, whose edges are 0, so that the frame's ends do not look like jumps; lags up to the order. */
function autocorrelation(samples: Float64Array): Float64Array {
  if (windowed.length < LINEAR_ORDER + samples.length)
    windowed = new Float64Array(LINEAR_ORDER + samples.length);
  const half = (samples.length - 1) / 2;
  for (let index = 0; index < samples.length; index++) {
    const place = (index - half) / half;
    windowed[LINEAR_ORDER + index] = samples[index]! * (1 - place * place);
  }
  let [r0, r1, r2, r3, r4, r5, r6, r7, r8] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let index = LINEAR_ORDER; index < LINEAR_ORDER + samples.length; index++) {
    const value = windowed[index]!;
    r0 += value * value;
    r1 += value * windowed[index - 1]!;
    r2 += value * windowed[index - 2]!;
    r3 += value * windowed[index - 3]!;
    r4 += value * windowed[index - 4]!;
    r5 += value * windowed[index - 5]!;
    r6 += value * windowed[index - 6]!;
    r7 += value * windowed[index - 7]!;
    r8 += value * windowed[index - 8]!;
  }
  return Float64Array.of(r0, r1, r2, r3, r4, r5, r6, r7, r8);
}

/** Levinson and Durbin's recursion; null when nothing is left to foretell. */
function durbin(correlation: Float64Array, order: number): number[] | null {
  let error = correlation[0] ?? 0;
  if (error <= 0) return null;
  let coefficients: number[] = [];
  for (let step = 0; step < order; step++) {
    let sum = correlation[step + 1] ?? 0;
    for (let lag = 0; lag < step; lag++) sum -= coefficients[lag]! * correlation[step - lag]!;
    const reflection = sum / error;
    coefficients = [
      ...coefficients.map((value, lag) => value - reflection * coefficients[step - 1 - lag]!),
      reflection,
    ];
    error *= 1 - reflection * reflection;
    if (!(error > 0)) return null;
  }
  return coefficients.some(value => value !== 0) ? coefficients : null;
}
