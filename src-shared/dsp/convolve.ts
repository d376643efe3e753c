import { ComplexFft } from './fft';

const SHORTEST_TRANSFORM = 1024;

/**
 * Convolution with one impulse response by overlap-add. Two blocks go through each transform, one as its real and one as its
 * imaginary part: the response is real, so they stay apart.
 */
export class Convolver {
  /** Frames that the result is longer than its input. */
  readonly tail: number;
  readonly #fft: ComplexFft;
  readonly #response: Float64Array;
  readonly #block: number;
  readonly #time: Float64Array;
  readonly #frequency: Float64Array;

  constructor(impulse: Float32Array | Float64Array) {
    const length = Math.max(1, impulse.length);
    const size = Math.max(SHORTEST_TRANSFORM, 2 ** Math.ceil(Math.log2(4 * length)));
    this.tail = length - 1;
    this.#fft = new ComplexFft(size);
    this.#block = size - this.tail;
    this.#time = new Float64Array(2 * size);
    this.#frequency = new Float64Array(2 * size);
    this.#response = new Float64Array(2 * size);
    for (let frame = 0; frame < impulse.length; frame++) this.#time[2 * frame] = impulse[frame]!;
    this.#fft.forward(this.#time, this.#response);
  }

  /** `input` convolved: `input.length + tail` frames. */
  apply(input: Float32Array): Float32Array {
    const output = new Float32Array(input.length + this.tail);
    for (let start = 0; start < input.length; start += 2 * this.#block) {
      const second = start + this.#block;
      this.#time.fill(0);
      this.#load(input, start, 0);
      this.#load(input, second, 1);
      this.#fft.forward(this.#time, this.#frequency);
      this.#multiply();
      this.#fft.inverse(this.#frequency, this.#time);
      this.#add(output, start, 0);
      if (second < input.length) this.#add(output, second, 1);
    }
    return output;
  }

  #load(input: Float32Array, start: number, part: 0 | 1): void {
    const end = Math.min(input.length, start + this.#block);
    for (let frame = start; frame < end; frame++) this.#time[2 * (frame - start) + part] = input[frame]!;
  }

  #multiply(): void {
    const values = this.#frequency;
    const response = this.#response;
    for (let index = 0; index < values.length; index += 2) {
      const real = values[index]!;
      const imaginary = values[index + 1]!;
      values[index] = real * response[index]! - imaginary * response[index + 1]!;
      values[index + 1] = real * response[index + 1]! + imaginary * response[index]!;
    }
  }

  #add(output: Float32Array, start: number, part: 0 | 1): void {
    const count = Math.min(output.length - start, this.#fft.size);
    for (let frame = 0; frame < count; frame++) output[start + frame]! += this.#time[2 * frame + part]!;
  }
}
