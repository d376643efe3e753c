import { Random } from '../base';

const SAMPLE = 2048;
const ROUNDS = 8;

/**
 * The `count` orthonormal directions along which vectors of `size` numbers are longest (subspace iteration on at most 2,048 of them,
 * evenly taken, from a seeded start), one after the other, the longest first. Directions that no vector has are filled by lot.
 */
export function principalAxes(vectors: Float32Array, size: number, count: number): Float32Array {
  const rows = vectors.length / size;
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const random = Random.ofSeed('principal axes');
  let axes = new Float64Array(count * size).map(() => random.normal());
  orthonormalise(axes, size, random);
  const along = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(count * size);
    for (let row = 0; row < rows; row += step) {
      const from = row * size;
      project(vectors, from, axes, size, along);
      for (let axis = 0; axis < count; axis++) {
        const weight = along[axis]!;
        for (let at = 0, to = axis * size; at < size; at++, to++) next[to]! += weight * vectors[from + at]!;
      }
    }
    axes = next;
    orthonormalise(axes, size, random);
  }
  return Float32Array.from(axes);
}

/** Writes how long the vector at `from` is along each axis. */
export function project(
  vectors: Float32Array,
  from: number,
  axes: Float32Array | Float64Array,
  size: number,
  along: Float64Array | Float32Array,
): void {
  for (let axis = 0; axis < along.length; axis++) {
    let sum = 0;
    for (let at = 0, axisAt = axis * size; at < size; at++, axisAt++)
      sum += vectors[from + at]! * axes[axisAt]!;
    along[axis] = sum;
  }
}

/** A direction shorter than this beside the ones before it is none of its own. */
const NOTHING = 1e-9;

/** Modified Gram-Schmidt, twice over each direction: once leaves rounding errors of nearly parallel ones. */
function orthonormalise(axes: Float64Array, size: number, random: Random): void {
  for (let axis = 0; axis < axes.length / size; axis++) {
    const own = axes.subarray(axis * size, (axis + 1) * size);
    let length = lengthBeside(axes, axis, size);
    while (length < NOTHING) {
      for (let at = 0; at < size; at++) own[at] = random.normal();
      length = lengthBeside(axes, axis, size);
    }
    for (let at = 0; at < size; at++) own[at]! /= length;
  }
}

function lengthBeside(axes: Float64Array, axis: number, size: number): number {
  const own = axes.subarray(axis * size, (axis + 1) * size);
  const before = Math.hypot(...own);
  for (let pass = 0; pass < 2; pass++)
    for (let other = 0; other < axis; other++) {
      const from = other * size;
      let shared = 0;
      for (let at = 0; at < size; at++) shared += own[at]! * axes[from + at]!;
      for (let at = 0; at < size; at++) own[at]! -= shared * axes[from + at]!;
    }
  const length = Math.hypot(...own);
  return before > 0 && length / before > NOTHING ? length : 0;
}
