/** How one channel of a frame is foretold; what remains is written in Rice codes. */
export type Prediction =
  | { readonly kind: 'constant' }
  | { readonly kind: 'fixed'; readonly order: number; readonly residual: Float64Array }
  | {
      readonly kind: 'linear';
      readonly order: number;
      /** Integers of `precision` bits, the nearest past value's first. */
      readonly coefficients: readonly number[];
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
  if (!linear) return fixed;
  return sizeOf(linear) + LINEAR_ORDER * PRECISION < sizeOf(fixed) ? linear : fixed;
}

/** About the bits that its Rice codes take. */
function sizeOf({ residual, order }: Exclude<Prediction, { kind: 'constant' }>): number {
  let sum = 0;
  for (let index = order; index < residual.length; index++) sum += Math.abs(residual[index]!);
  const count = Math.max(1, residual.length - order);
  return count * Math.log2(1 + (2 * sum) / count);
}

function bestFixed(samples: Float64Array): Extract<Prediction, { kind: 'fixed' }> {
  let best: Extract<Prediction, { kind: 'fixed' }> = { kind: 'fixed', order: 0, residual: samples };
  let residual = samples;
  for (let order = 1; order <= Math.min(HIGHEST_FIXED_ORDER, samples.length - 1); order++) {
    const next = new Float64Array(samples.length);
    for (let index = order; index < samples.length; index++)
      next[index] = residual[index]! - residual[index - 1]!;
    residual = next;
    const candidate = { kind: 'fixed', order, residual } as const;
    if (sizeOf(candidate) < sizeOf(best)) best = candidate;
  }
  return best;
}

/** Null where the samples have no shape that past values foretell. */
function linearPrediction(samples: Float64Array): Extract<Prediction, { kind: 'linear' }> | null {
  const order = LINEAR_ORDER;
  if (samples.length <= order * 4) return null;
  const exact = durbin(autocorrelation(samples, order), order);
  if (!exact) return null;
  const largest = Math.max(...exact.map(Math.abs));
  // The largest coefficient fills the precision, its sign included.
  const shift = Math.max(0, Math.min(HIGHEST_SHIFT, PRECISION - 2 - Math.floor(Math.log2(largest))));
  const limit = 2 ** (PRECISION - 1);
  let error = 0;
  const coefficients = exact.map(value => {
    error += value * 2 ** shift;
    const rounded = Math.max(-limit, Math.min(limit - 1, Math.round(error)));
    error -= rounded;
    return rounded;
  });
  const residual = new Float64Array(samples.length);
  const scale = 2 ** shift;
  for (let index = order; index < samples.length; index++) {
    let sum = 0;
    for (let lag = 0; lag < order; lag++) sum += coefficients[lag]! * samples[index - 1 - lag]!;
    residual[index] = samples[index]! - Math.floor(sum / scale);
  }
  return { kind: 'linear', order, coefficients, precision: PRECISION, shift, residual };
}

/** Of the samples under a Welch window, whose edges are 0, so that the frame's ends do not look like jumps. */
function autocorrelation(samples: Float64Array, order: number): Float64Array {
  const windowed = new Float64Array(samples.length);
  const half = (samples.length - 1) / 2;
  for (let index = 0; index < samples.length; index++) {
    const place = (index - half) / half;
    windowed[index] = samples[index]! * (1 - place * place);
  }
  return Float64Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let index = lag; index < windowed.length; index++) sum += windowed[index]! * windowed[index - lag]!;
    return sum;
  });
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
