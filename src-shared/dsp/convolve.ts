import { HalfSizeRealFft } from './half-size-fft';

const SMALLEST_TRANSFORM = 1024;
const LARGEST_TRANSFORM = 2 ** 20;

/** The transform that convolves `frames` with a response of `length` soonest: large ones do more at once, each at a higher price. */
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

/** `input` convolved with `response`, by overlap-add: `input.length + response.length - 1` frames, without the first `skipped`. */
export function convolved(input: Float32Array, response: Float32Array, skipped = 0): Float32Array {
  const tail = Math.max(0, response.length - 1);
  const fft = new HalfSizeRealFft(sizeFor(response.length, input.length));
  const block = fft.size - tail;
  const time = new Float64Array(fft.size);
  const gains = new Float64Array(2 * fft.binCount);
  const spectrum = new Float64Array(2 * fft.binCount);
  for (let frame = 0; frame < response.length; frame++) time[frame] = response[frame]!;
  fft.forward(time, gains);
  const output = new Float32Array(Math.max(0, input.length + tail - skipped));
  for (let start = 0; start < input.length; start += block) {
    const count = Math.min(block, input.length - start);
    for (let frame = 0; frame < count; frame++) time[frame] = input[start + frame]!;
    time.fill(0, count);
    fft.forward(time, spectrum);
    multiply(spectrum, gains);
    fft.inverse(spectrum, time);
    const first = start - skipped;
    const end = Math.min(output.length, first + count + tail);
    for (let frame = Math.max(0, first); frame < end; frame++) output[frame]! += time[frame - first]!;
  }
  return output;
}

/** Complex products, into `values`. */
function multiply(values: Float64Array, gains: Float64Array): void {
  for (let at = 0; at < values.length; at += 2) {
    const re = values[at]!;
    const im = values[at + 1]!;
    values[at] = re * gains[at]! - im * gains[at + 1]!;
    values[at + 1] = re * gains[at + 1]! + im * gains[at]!;
  }
}
