import { ComplexFft } from './fft';

/** Complex transform of one length; values are re and im in turn. `output` is never `input`. */
export interface ComplexTransform {
  readonly size: number;
  forward(input: Float64Array, output: Float64Array): void;
  /** Undoes `forward`, scaled by `1 / size`. */
  inverse(input: Float64Array, output: Float64Array): void;
}

/** The transform of any length: by powers of two where `size` is one, else by Bluestein's convolution. */
export const complexTransform = (size: number): ComplexTransform =>
  size >= 2 && (size & (size - 1)) === 0 ? new ComplexFft(size) : new BluesteinFft(size);

/**
 * A transform of any length as a convolution with a chirp, which powers of two do.
 * @see Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", 1970
 */
class BluesteinFft implements ComplexTransform {
  readonly size: number;
  readonly #inner: ComplexFft;
  /** exp(-i pi k^2 / size), k = 0 ... size - 1. */
  readonly #chirp: Float64Array;
  /** Spectrum of the conjugate chirp, wrapped around. */
  readonly #filter: Float64Array;
  readonly #padded: Float64Array;
  readonly #product: Float64Array;
  readonly #swapped: Float64Array;

  constructor(size: number) {
    this.size = size;
    const innerSize = Math.max(2, 2 ** Math.ceil(Math.log2(2 * size - 1)));
    this.#inner = new ComplexFft(innerSize);
    this.#chirp = new Float64Array(2 * size);
    const response = new Float64Array(2 * innerSize);
    for (let k = 0; k < size; k++) {
      // k^2 is taken modulo the period first: the angle of a large one would be rounded.
      const angle = (-Math.PI * ((k * k) % (2 * size))) / size;
      const [re, im] = [Math.cos(angle), Math.sin(angle)];
      this.#chirp[2 * k] = re;
      this.#chirp[2 * k + 1] = im;
      for (const at of k === 0 ? [0] : [k, innerSize - k]) {
        response[2 * at] = re;
        response[2 * at + 1] = -im;
      }
    }
    this.#filter = new Float64Array(2 * innerSize);
    this.#inner.forward(response, this.#filter);
    this.#padded = new Float64Array(2 * innerSize);
    this.#product = new Float64Array(2 * innerSize);
    this.#swapped = new Float64Array(2 * size);
  }

  forward(input: Float64Array, output: Float64Array): void {
    const chirp = this.#chirp;
    const padded = this.#padded.fill(0);
    multiply(input, chirp, padded, this.size);
    this.#inner.forward(padded, this.#product);
    multiply(this.#product, this.#filter, this.#product, this.#inner.size);
    this.#inner.inverse(this.#product, padded);
    multiply(padded, chirp, output, this.size);
  }

  inverse(input: Float64Array, output: Float64Array): void {
    const { size } = this;
    const swapped = this.#swapped;
    for (let at = 0; at < 2 * size; at++) swapped[at] = input[at ^ 1]!;
    this.forward(swapped, output);
    for (let at = 0; at < 2 * size; at += 2) {
      const re = output[at]!;
      output[at] = output[at + 1]! / size;
      output[at + 1] = re / size;
    }
  }
}

/** The complex product of `count` values; `output` may be either factor. */
function multiply(a: Float64Array, b: Float64Array, output: Float64Array, count: number): void {
  for (let at = 0; at < 2 * count; at += 2) {
    const re = a[at]! * b[at]! - a[at + 1]! * b[at + 1]!;
    output[at + 1] = a[at]! * b[at + 1]! + a[at + 1]! * b[at]!;
    output[at] = re;
  }
}
