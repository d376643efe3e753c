import { ComplexFft } from './fft';

interface Plan {
  readonly fft: ComplexFft;
  /** cos and sin of 2 pi k / size for k up to a quarter of it. */
  readonly turns: Float64Array;
  /** Scratch; nothing of it outlives a call. */
  readonly work: Float64Array;
}

/** Tables by size, a power of two each: making them takes longer than a transform, and they are the same for ever. */
const plans = new Map<number, Plan>();

function planOf(size: number): Plan {
  const known = plans.get(size);
  if (known) return known;
  const turns = new Float64Array(size / 2 + 2);
  for (let k = 0; k <= size / 4; k++) {
    turns[2 * k] = Math.cos((2 * Math.PI * k) / size);
    turns[2 * k + 1] = Math.sin((2 * Math.PI * k) / size);
  }
  const plan = { fft: new ComplexFft(size / 2), turns, work: new Float64Array(size) };
  plans.set(size, plan);
  return plan;
}

/**
 * `RealFft` for long signals, in half its time: even and odd values go as real and imaginary part through a transform of half the size. Its
 * last bits differ from `RealFft`'s, which stages keep whose results are stored.
 * @see Press et al., "Numerical Recipes", 12.3
 */
export class HalfSizeRealFft {
  readonly size: number;
  /** `size / 2 + 1` bins, from 0 Hz to half the sample rate. */
  readonly binCount: number;
  readonly #plan: Plan;

  constructor(size: number) {
    this.size = size;
    this.binCount = size / 2 + 1;
    this.#plan = planOf(size);
  }

  /** Writes `binCount` complex values, re and im in turn, to `spectrum`. `input` has `size` values. */
  forward(input: Float64Array, spectrum: Float64Array): void {
    const { size } = this;
    const { fft, turns, work } = this.#plan;
    fft.forward(input, work);
    spectrum[0] = work[0]! + work[1]!;
    spectrum[1] = 0;
    spectrum[size] = work[0]! - work[1]!;
    spectrum[size + 1] = 0;
    for (let low = 2, high = size - 2; low <= high; low += 2, high -= 2) {
      const evenRe = 0.5 * (work[low]! + work[high]!);
      const evenIm = 0.5 * (work[low + 1]! - work[high + 1]!);
      const oddRe = 0.5 * (work[low + 1]! + work[high + 1]!);
      const oddIm = 0.5 * (work[high]! - work[low]!);
      const turnedRe = oddRe * turns[low]! + oddIm * turns[low + 1]!;
      const turnedIm = oddIm * turns[low]! - oddRe * turns[low + 1]!;
      spectrum[low] = evenRe + turnedRe;
      spectrum[low + 1] = evenIm + turnedIm;
      spectrum[high] = evenRe - turnedRe;
      spectrum[high + 1] = turnedIm - evenIm;
    }
  }

  /** The signal whose spectrum it is, in the `size` values of `output`. */
  inverse(spectrum: Float64Array, output: Float64Array): void {
    const { size } = this;
    const { fft, turns, work } = this.#plan;
    work[0] = 0.5 * (spectrum[0]! + spectrum[size]!);
    work[1] = 0.5 * (spectrum[0]! - spectrum[size]!);
    for (let low = 2, high = size - 2; low <= high; low += 2, high -= 2) {
      const evenRe = 0.5 * (spectrum[low]! + spectrum[high]!);
      const evenIm = 0.5 * (spectrum[low + 1]! - spectrum[high + 1]!);
      const turnedRe = 0.5 * (spectrum[low]! - spectrum[high]!);
      const turnedIm = 0.5 * (spectrum[low + 1]! + spectrum[high + 1]!);
      const oddRe = turnedRe * turns[low]! - turnedIm * turns[low + 1]!;
      const oddIm = turnedIm * turns[low]! + turnedRe * turns[low + 1]!;
      work[low] = evenRe - oddIm;
      work[low + 1] = evenIm + oddRe;
      work[high] = evenRe + oddIm;
      work[high + 1] = oddRe - evenIm;
    }
    fft.inverse(work, output);
  }
}
