import { Random } from '#shared/base';

/** Vectors of length 1 as hits have them: clusters of very different size, each a cloud along a few directions of its own, and near twins. */
export function anyVectors(
  count: number,
  {
    size = 128,
    clusters = 60,
    seed = 1,
    kinds = null,
  }: {
    readonly size?: number;
    readonly clusters?: number;
    readonly seed?: number;
    /** What each is: those of one kind lie in clusters of their own. */
    readonly kinds?: Uint8Array | null;
  } = {},
): Float32Array {
  const random = Random.ofSeed(`vectors ${seed}`);
  const ways = 8;
  // Centres of a few dozen dimensions, as an ear's are: most of 128 say little.
  const shared = Math.min(size, 24);
  const centres = new Float32Array(clusters * size);
  const spreads = new Float32Array(clusters * ways * size);
  for (let cluster = 0; cluster < clusters; cluster++) {
    for (let at = 0; at < size; at++)
      centres[cluster * size + at] = random.normal() * (at < shared ? 1 : 0.1);
    for (let at = 0; at < ways * size; at++) spreads[cluster * ways * size + at] = random.normal();
  }
  const sizes = Array.from({ length: clusters }, () => random.unit() ** 2 + 0.02);
  const vectors = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const from = row * size;
    const other = row > 0 ? random.below(row) : 0;
    if (row > 0 && random.chance(0.05) && kinds?.[other] === kinds?.[row]) {
      const twin = other * size;
      for (let at = 0; at < size; at++) vectors[from + at] = vectors[twin + at]! + 0.01 * random.normal();
    } else {
      const drawn = random.weighted(sizes);
      const cluster = kinds ? ((kinds[row] ?? 0) % 15) + 15 * Math.floor(drawn / 15) : drawn;
      for (let at = 0; at < size; at++)
        vectors[from + at] = centres[cluster * size + at]! + 0.12 * random.normal();
      for (let way = 0; way < ways; way++) {
        const far = (0.2 / (way + 1)) * random.normal();
        const spread = (cluster * ways + way) * size;
        for (let at = 0; at < size; at++) vectors[from + at]! += far * spreads[spread + at]!;
      }
    }
    let sum = 0;
    for (let at = 0; at < size; at++) sum += vectors[from + at]! ** 2;
    const length = Math.sqrt(sum);
    for (let at = 0; at < size; at++) vectors[from + at]! /= length;
  }
  return vectors;
}
