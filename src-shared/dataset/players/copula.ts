import type { Random } from '../../base';
import { normalQuantile, normalShare } from './normal';
import { type Dimension, DIMENSIONS } from './player';
import { CORRELATIONS } from './tiers';

const COUNT = DIMENSIONS.length;

/** The named pairs as a matrix, shrunk towards none until it is positive definite. */
function correlationMatrix(shrink: number): number[][] {
  const matrix = DIMENSIONS.map((_, row) => DIMENSIONS.map((__, column) => (row === column ? 1 : 0)));
  for (const [a, b, value] of CORRELATIONS) {
    const [row, column] = [DIMENSIONS.indexOf(a), DIMENSIONS.indexOf(b)];
    (matrix[row] as number[])[column] = value * shrink;
    (matrix[column] as number[])[row] = value * shrink;
  }
  return matrix;
}

/** The lower triangle L with L L^T = matrix, row-major; null where the matrix is not positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): Float64Array | null {
  const lower = new Float64Array(COUNT * COUNT);
  const at = (row: number, column: number): number => lower[row * COUNT + column] as number;
  for (let row = 0; row < COUNT; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = (matrix[row] as readonly number[])[column] as number;
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      if (row === column) {
        if (sum <= 1e-9) return null;
        lower[row * COUNT + column] = Math.sqrt(sum);
      } else lower[row * COUNT + column] = sum / at(column, column);
    }
  }
  return lower;
}

function factor(): Float64Array {
  for (let shrink = 1; shrink > 0; shrink -= 0.02) {
    const lower = cholesky(correlationMatrix(shrink));
    if (lower) return lower;
  }
  throw new RangeError('no correlation matrix is positive definite');
}

const FACTOR = factor();

/** One standard normal a dimension, correlated as the pairs say. */
export function correlatedNormals(random: Random): Readonly<Record<Dimension, number>> {
  const drawn = DIMENSIONS.map(dimension => random.fork(dimension).normal());
  const result: Partial<Record<Dimension, number>> = {};
  DIMENSIONS.forEach((dimension, row) => {
    let sum = 0;
    for (let column = 0; column <= row; column++)
      sum += (FACTOR[row * COUNT + column] as number) * (drawn[column] as number);
    result[dimension] = sum;
  });
  return result as Record<Dimension, number>;
}

/**
 * The value of a normal distribution cut off at `low` and `high` that stands where `z` stands in the whole one: the margin of the
 * copula. Unlike clamping it heaps nothing up at the limits.
 */
export function truncatedNormal(
  z: number,
  mean: number,
  deviation: number,
  low: number,
  high: number,
): number {
  const from = normalShare((low - mean) / deviation);
  const to = normalShare((high - mean) / deviation);
  const share = from + (to - from) * normalShare(z);
  return Math.min(high, Math.max(low, mean + deviation * normalQuantile(share)));
}
