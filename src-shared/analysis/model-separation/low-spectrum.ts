import { invariant } from '../../base';

/**
 * Powers of the lowest bins of long Hann windows that move on by a small hop. A window's sum is put together from sums
 * over its hops, of which only the last is new, and the Hann window is applied to the bins: half a bin less a quarter of both
 * its neighbours. Equal to the transform of the whole window, and quicker where few bins are wanted.
 */
export class LowSpectrum {
  readonly #hop: number;
  readonly #binCount: number;
  readonly #blocksPerWindow: number;
  /** cos and -sin of bin `k` at frame `n` of a hop, `k` from 0 to `binCount`, hop by hop of bins. */
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  /** exp(-2 pi i m / blocks per window), by which a bin turns from one hop to the next. */
  readonly #turns: Float64Array;
  readonly #blocks: Float64Array[] = [];
  readonly #sums: Float64Array;

  constructor(window: number, hop: number, binCount: number) {
    invariant(window % hop === 0, 'a low window is whole hops long');
    this.#hop = hop;
    this.#binCount = binCount;
    this.#blocksPerWindow = window / hop;
    this.#cosines = new Float64Array((binCount + 1) * hop);
    this.#sines = new Float64Array((binCount + 1) * hop);
    for (let bin = 0; bin <= binCount; bin++) {
      for (let at = 0; at < hop; at++) {
        const angle = (2 * Math.PI * ((bin * at) % window)) / window;
        this.#cosines[bin * hop + at] = Math.cos(angle);
        this.#sines[bin * hop + at] = -Math.sin(angle);
      }
    }
    this.#turns = Float64Array.from({ length: 2 * this.#blocksPerWindow }, (_, place) => {
      const angle = (2 * Math.PI * (place >> 1)) / this.#blocksPerWindow;
      return place % 2 === 0 ? Math.cos(angle) : -Math.sin(angle);
    });
    this.#sums = new Float64Array(2 * (binCount + 1));
  }

  /** Hops still missing until the first window is whole. */
  get missing(): number {
    return this.#blocksPerWindow - this.#blocks.length;
  }

  /** Takes the next hop; the oldest goes when there is a window of them already. */
  push(block: Float32Array): void {
    const hop = this.#hop;
    const recycled = this.#blocks.length === this.#blocksPerWindow ? this.#blocks.shift() : undefined;
    const sums = recycled ?? new Float64Array(2 * (this.#binCount + 1));
    for (let bin = 0; bin <= this.#binCount; bin++) {
      const row = bin * hop;
      let re = 0;
      let im = 0;
      for (let at = 0; at < hop; at++) {
        const value = block[at]!;
        re += value * this.#cosines[row + at]!;
        im += value * this.#sines[row + at]!;
      }
      sums[2 * bin] = re;
      sums[2 * bin + 1] = im;
    }
    this.#blocks.push(sums);
  }

  /** Writes the powers of the window that the last hops make, times `scale`. */
  powers(scale: number, output: Float32Array): void {
    const sums = this.#sums.fill(0);
    const turns = this.#turns;
    for (let block = 0; block < this.#blocksPerWindow; block++) {
      const values = this.#blocks[block]!;
      for (let bin = 0; bin <= this.#binCount; bin++) {
        const turn = 2 * ((bin * block) % this.#blocksPerWindow);
        const re = values[2 * bin]!;
        const im = values[2 * bin + 1]!;
        sums[2 * bin]! += re * turns[turn]! - im * turns[turn + 1]!;
        sums[2 * bin + 1]! += re * turns[turn + 1]! + im * turns[turn]!;
      }
    }
    for (let bin = 0; bin < this.#binCount; bin++) {
      // Bin -1 of a real signal is the conjugate of bin 1.
      const below = bin === 0 ? 2 : 2 * (bin - 1);
      const sign = bin === 0 ? -1 : 1;
      const re = sums[2 * bin]! / 2 - (sums[below]! + sums[2 * bin + 2]!) / 4;
      const im = sums[2 * bin + 1]! / 2 - (sign * sums[below + 1]! + sums[2 * bin + 3]!) / 4;
      output[bin] = scale * (re * re + im * im);
    }
  }
}
