/** How often values fall into bins of equal width; what lies outside counts in the first and the last. */
export class Histogram {
  readonly edges: readonly number[];
  readonly #counts: Float64Array;
  #count = 0;

  constructor(edges: readonly number[]) {
    this.edges = edges;
    this.#counts = new Float64Array(edges.length - 1);
  }

  add(value: number): void {
    const [low = 0, next = 1] = this.edges;
    const bin = Math.floor((value - low) / (next - low));
    this.#counts[Math.min(this.#counts.length - 1, Math.max(0, bin))]! += 1;
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** Share of each bin; they add up to 1. */
  get shares(): number[] {
    return Array.from(this.#counts, count => (this.#count === 0 ? 0 : count / this.#count));
  }
}

/** Borders of bins of width `step` from `low` to `high`. */
export const edgesOf = (low: number, high: number, step: number): number[] =>
  Array.from(
    { length: Math.round((high - low) / step) + 1 },
    (_, index) => Math.round((low + index * step) * 1e6) / 1e6,
  );

/** Kolmogorov and Smirnov's distance of two distributions in the same bins, 0..1: the greatest difference of what lies below a border. */
export function binnedDistance(a: readonly number[], b: readonly number[]): number {
  let most = 0;
  let difference = 0;
  a.forEach((share, bin) => {
    difference += share - (b[bin] ?? 0);
    most = Math.max(most, Math.abs(difference));
  });
  return Math.min(1, most);
}

/**
 * Energy distance of two distributions in the same bins, in the unit of the values: 0 where they are equal.
 *
 * @see Szekely & Rizzo, "Energy statistics", 2013: in one dimension the square root of twice the integral of (F - G)^2
 */
export function energyDistance(a: readonly number[], b: readonly number[], width: number): number {
  let sum = 0;
  let difference = 0;
  a.forEach((share, bin) => {
    difference += share - (b[bin] ?? 0);
    sum += difference * difference;
  });
  return Math.sqrt(2 * sum * width);
}
