import { ComplexFft, hannWindow, nearestPowerOfTwo, SampleQueue } from '../../dsp';
import { SustainedBass } from './sustained-bass';

/** Windows are the power of two of frames nearest to this: long enough to part a bass note from a kick. */
const WINDOW_SECONDS = 0.046;
/** Of the stem's mean energy: what is quieter than this (-30 dB) counts as silence, and silence does not bleed. */
const SILENCE = 1e-3;
/**
 * Values over which leak and energy are weighed, 0.6 s, most in the middle: a share of the stem as it is heard around a
 * moment, in which the sound between two strokes counts by its loudness.
 */
const SPAN = 13;

/** Frames of the stem that one value of its bleed curve stands for: about 46 ms. */
export const bleedFrames = (sampleRate: number): number => nearestPowerOfTwo(WINDOW_SECONDS * sampleRate);

/**
 * How much of the accompaniment probably still sounds in a drum stem, moment by moment, from the stem and what was
 * taken from the mix beside it. Streams: memory grows by 16 bytes a value.
 *
 * A separator that gives a share `g` of a bin to the drums expects the same share of it to be drums, so of the energy
 * that it lets pass the share `1 - g` is expected to be accompaniment. To this comes what of the bass lasts on in the
 * stem as no drum does: there a separator is wrong and sure of it.
 *
 * @see docs/algorithms/bleed.md
 */
export class BleedCurve {
  readonly #window: number;
  readonly #fft: ComplexFft;
  readonly #shape: Float64Array;
  readonly #input: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #drumPowers: Float64Array;
  readonly #restPowers: Float64Array;
  readonly #drums: readonly [SampleQueue, SampleQueue] = [new SampleQueue(), new SampleQueue()];
  readonly #rest: readonly [SampleQueue, SampleQueue] = [new SampleQueue(), new SampleQueue()];
  readonly #bass: SustainedBass;
  readonly #leaks = new GrowingArray();
  readonly #energies = new GrowingArray();
  #frames = 0;

  constructor(sampleRate: number) {
    const window = bleedFrames(sampleRate);
    this.#window = window;
    this.#fft = new ComplexFft(window);
    this.#shape = hannWindow(window);
    this.#input = new Float64Array(2 * window);
    this.#spectrum = new Float64Array(2 * window);
    this.#drumPowers = new Float64Array(window / 2 + 1);
    this.#restPowers = new Float64Array(window / 2 + 1);
    this.#bass = new SustainedBass(sampleRate, window);
    // Two windows a value, half a window apart, whose middles lie inside the frames that the value stands for.
    for (const queue of [...this.#drums, ...this.#rest]) queue.pushZeros(window / 4);
  }

  /** The next frames of drums and residual, one or two channels each, all of one length. */
  push(drums: readonly Float32Array[], residual: readonly Float32Array[]): void {
    this.#frames += drums[0]?.length ?? 0;
    for (const [queues, channels] of [
      [this.#drums, drums],
      [this.#rest, residual],
    ] as const) {
      for (const [side, queue] of queues.entries()) {
        const channel = channels[side];
        if (channel) queue.push(channel);
        else queue.pushZeros(channels[0]?.length ?? 0);
      }
    }
    while (this.#drums[0].length >= this.#window) this.#takeWindow();
  }

  /** The curve: a share 0..1 of the stem's energy per `bleedFrames` frames. Ends the measuring. */
  finish(): Float32Array {
    const values = Math.ceil(this.#frames / this.#window);
    while (this.#energies.length < 2 * values) {
      for (const queue of [...this.#drums, ...this.#rest]) {
        queue.pushZeros(Math.max(0, this.#window - queue.length));
      }
      this.#takeWindow();
    }
    for (const extra of this.#bass.finish()) this.#leaks.push(extra);
    const energies = smooth(pairSums(this.#energies.values(), values));
    const leaks = smooth(pairSums(this.#leaks.values(), values));
    const mean = energies.reduce((sum, energy) => sum + energy, 0) / Math.max(1, values);
    return Float32Array.from(leaks, (leak, value) =>
      Math.min(1, leak / Math.max(Number.MIN_VALUE, energies[value]! + SILENCE * mean)),
    );
  }

  #takeWindow(): void {
    this.#measure(this.#drums, this.#drumPowers);
    this.#measure(this.#rest, this.#restPowers);
    const drums = this.#drumPowers;
    const rest = this.#restPowers;
    let energy = 0;
    let leak = 0;
    for (let bin = 1; bin < drums.length; bin++) {
      const power = drums[bin]!;
      if (power === 0) continue;
      const [kept, taken] = [Math.sqrt(power), Math.sqrt(rest[bin]!)];
      energy += power;
      leak += (power * taken) / (kept + taken);
    }
    this.#energies.push(energy);
    const ready = this.#bass.push(drums, rest, leak);
    if (ready !== null) this.#leaks.push(ready);
  }

  /** Powers of both channels together, by one transform: left is its real, right its imaginary part. */
  #measure([left, right]: readonly [SampleQueue, SampleQueue], powers: Float64Array): void {
    const window = this.#window;
    const [real, imaginary] = [left.peek(window), right.peek(window)];
    const input = this.#input;
    const shape = this.#shape;
    for (let at = 0; at < window; at++) {
      input[2 * at] = real[at]! * shape[at]!;
      input[2 * at + 1] = imaginary[at]! * shape[at]!;
    }
    this.#fft.forward(input, this.#spectrum);
    const spectrum = this.#spectrum;
    for (let bin = 1; bin < powers.length; bin++) {
      const mirror = 2 * (window - bin);
      powers[bin] =
        (spectrum[2 * bin]! ** 2 +
          spectrum[2 * bin + 1]! ** 2 +
          spectrum[mirror]! ** 2 +
          spectrum[mirror + 1]! ** 2) /
        2;
    }
    left.drop(window / 2);
    right.drop(window / 2);
  }
}

/** Sums of two windows each. */
const pairSums = (windows: Float64Array, values: number): Float64Array =>
  Float64Array.from({ length: values }, (_, at) => (windows[2 * at] ?? 0) + (windows[2 * at + 1] ?? 0));

/** A weighted mean over `SPAN` values, Hann's window its weights; beyond the ends there is silence. */
function smooth(values: Float64Array): Float64Array {
  const half = (SPAN - 1) / 2;
  const weights = hannWindow(SPAN + 1).subarray(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.map((_, at) => {
    let sum = 0;
    for (let offset = -half; offset <= half; offset++) {
      sum += (weights[offset + half]! * (values[at + offset] ?? 0)) / total;
    }
    return sum;
  });
}

class GrowingArray {
  #values = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new Float64Array(2 * this.#length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
