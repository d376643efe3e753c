/** Periodic Hann window, 0 at its first place: its squares at a quarter's hop sum to 1.5 everywhere. */
export function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size));
}

/** The power of two nearest to `wanted` on a logarithmic scale. */
export const nearestPowerOfTwo = (wanted: number): number => 2 ** Math.round(Math.log2(wanted));

/** The odd whole number nearest to `wanted`, at least 1: the width of a window with a middle. */
export const nearestOdd = (wanted: number): number => Math.max(1, 2 * Math.round((wanted - 1) / 2) + 1);
