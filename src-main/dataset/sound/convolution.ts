import openPffft from '@echogarden/pffft-wasm/simd';
import { invariant } from '#shared/base';

type Pffft = Awaited<ReturnType<typeof openPffft>>;

const REAL = 0;
const FORWARD = 0;
const BACKWARD = 1;
const FLOAT_BYTES = 4;

const SMALLEST_TRANSFORM = 1024;
/** Beyond it memory is waited for longer than larger blocks save. */
const LARGEST_TRANSFORM = 2 ** 19;

/** A transform of one size and the places in PFFFT's memory that it works on. */
interface Plan {
  readonly size: number;
  readonly setup: number;
  readonly time: number;
  readonly spectrum: number;
  readonly gains: number;
  readonly product: number;
  readonly work: number;
}

/**
 * Convolution by overlap-add with the transforms of PFFFT, in single precision on four values at once: WebAssembly's arithmetic is the same
 * on every machine, so equal audio gives equal bytes, whatever was convolved before.
 */
export async function openConvolution(): Promise<
  (input: Float32Array, response: Float32Array) => Float32Array
> {
  const pffft = await openPffft();
  const plans = new Map<number, Plan>();
  const planOf = (size: number): Plan => {
    const plan = plans.get(size) ?? newPlan(pffft, size);
    plans.set(size, plan);
    return plan;
  };
  return (input, response) =>
    convolved(pffft, planOf(sizeFor(response.length, input.length)), input, response);
}

function newPlan(pffft: Pffft, size: number): Plan {
  const setup = pffft._pffft_new_setup(size, REAL);
  invariant(setup !== 0, `PFFFT transforms ${size} values`);
  const room = (): number => pffft._pffft_aligned_malloc(FLOAT_BYTES * size);
  return { size, setup, time: room(), spectrum: room(), gains: room(), product: room(), work: room() };
}

/** The transform that is done soonest: large ones do more at once, each at a higher price. */
function sizeFor(length: number, frames: number): number {
  let best = 2 ** Math.ceil(Math.log2(Math.max(SMALLEST_TRANSFORM, 2 * length)));
  let least = Infinity;
  for (let size = best; size <= Math.max(best, LARGEST_TRANSFORM); size *= 2) {
    const blocks = Math.ceil(frames / (size - length + 1));
    // Two for every block and one of the response.
    const price = (2 * blocks + 1) * size * Math.log2(size);
    if (price >= least) continue;
    least = price;
    best = size;
  }
  return best;
}

function convolved(pffft: Pffft, plan: Plan, input: Float32Array, response: Float32Array): Float32Array {
  const { size, setup, time, spectrum, gains, product, work } = plan;
  const tail = Math.max(0, response.length - 1);
  const block = size - tail;
  const at = time / FLOAT_BYTES;
  const heap = pffft.HEAPF32;
  const load = (values: Float32Array): void => {
    heap.set(values, at);
    heap.fill(0, at + values.length, at + size);
  };
  load(response);
  pffft._pffft_transform(setup, time, gains, work, FORWARD);
  const output = new Float32Array(input.length + tail);
  for (let start = 0; start < input.length; start += block) {
    const piece = input.subarray(start, start + block);
    load(piece);
    pffft._pffft_transform(setup, time, spectrum, work, FORWARD);
    heap.fill(0, product / FLOAT_BYTES, product / FLOAT_BYTES + size);
    pffft._pffft_zconvolve_accumulate(setup, spectrum, gains, product, 1 / size);
    pffft._pffft_transform(setup, product, time, work, BACKWARD);
    const count = piece.length + tail;
    for (let frame = 0; frame < count; frame++) output[start + frame]! += heap[at + frame]!;
  }
  return output;
}
