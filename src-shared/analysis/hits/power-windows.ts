import { hannWindow, RealFft } from '../../dsp';

/** Powers of the Hann windows of one size: squared magnitudes of the transform, not normalised. */
export class PowerWindows {
  readonly binCount: number;
  readonly size: number;
  readonly #fft: RealFft;
  readonly #window: Float64Array;
  readonly #shaped: Float64Array;
  readonly #spectrum: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#fft = new RealFft(size);
    this.binCount = this.#fft.binCount;
    this.#window = hannWindow(size);
    this.#shaped = new Float64Array(size);
    this.#spectrum = new Float64Array(2 * this.binCount);
  }

  /** Writes the powers of the window that begins at `first` of `samples` to `output[at]` and after; outside there is silence. */
  analyse(samples: Float32Array, first: number, output: Float32Array, at: number): void {
    for (let index = 0; index < this.size; index++)
      this.#shaped[index] = (samples[first + index] ?? 0) * this.#window[index]!;
    this.#fft.forward(this.#shaped, this.#spectrum);
    for (let bin = 0; bin < this.binCount; bin++)
      output[at + bin] = this.#spectrum[2 * bin]! ** 2 + this.#spectrum[2 * bin + 1]! ** 2;
  }
}
