import FFT from 'fft.js';

/** By size, a power of two each: tables that are the same for ever, and take longer to make than to use once. */
const transforms = new Map<number, FFT>();

function transformOf(size: number): FFT {
  const known = transforms.get(size);
  if (known) return known;
  const made = new FFT(size);
  transforms.set(size, made);
  return made;
}

/** Spectrum of real signals of one length, a power of two. Double precision, so results do not depend on order of use. */
export class RealFft {
  readonly size: number;
  /** `size / 2 + 1` bins, from 0 Hz to half the sample rate. */
  readonly binCount: number;
  readonly #fft: FFT;
  readonly #full: Float64Array;
  readonly #time: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.binCount = size / 2 + 1;
    this.#fft = transformOf(size);
    this.#full = new Float64Array(2 * size);
    this.#time = new Float64Array(2 * size);
  }

  /** Writes `binCount` complex values, re and im in turn, to `spectrum` (length >= 2 * binCount). */
  forward(input: ArrayLike<number>, spectrum: Float64Array): void {
    this.#fft.realTransform(this.#full, input);
    for (let index = 0; index < 2 * this.binCount; index++) spectrum[index] = this.#full[index]!;
  }

  /** The real signal whose `binCount` complex values are `spectrum`; undoes `forward` exactly up to rounding. */
  inverse(spectrum: Float64Array, output: Float64Array): void {
    const { size } = this;
    const full = this.#full;
    full.set(spectrum.subarray(0, size + 2));
    for (let bin = 1; bin < size / 2; bin++) {
      full[2 * (size - bin)] = spectrum[2 * bin]!;
      full[2 * (size - bin) + 1] = -spectrum[2 * bin + 1]!;
    }
    this.#fft.inverseTransform(this.#time, full);
    for (let index = 0; index < size; index++) output[index] = this.#time[2 * index]!;
  }
}

/**
 * Complex transform of one length, a power of two; values are re and im in turn, `2 * size` numbers. With the left
 * channel as the real and the right as the imaginary part, one transform does for both, and a real gain that is the
 * same at bins `k` and `size - k` filters both alike.
 */
export class ComplexFft {
  readonly size: number;
  readonly #fft: FFT;

  constructor(size: number) {
    this.size = size;
    this.#fft = transformOf(size);
  }

  /** `output` must not be `input`. */
  forward(input: Float64Array, output: Float64Array): void {
    this.#fft.transform(output, input);
  }

  /** Undoes `forward`, scaled by `1 / size`; `output` must not be `input`. */
  inverse(input: Float64Array, output: Float64Array): void {
    this.#fft.inverseTransform(output, input);
  }
}
