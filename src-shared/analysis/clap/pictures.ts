import { asMean, hannWindow, RealFft, Resampler, slaneyBands } from '../../dsp';
import type { MonoAudio } from '../../model';
import type { PictureContract, PicturesContract } from './contract';

/** Beyond the last window, so that the resampler's own reach is filled with sound and not with silence. */
const RESERVE_SECONDS = 0.05;

/**
 * Draws the pictures that an audio-text model is given of a hit that `prepareHit` made. One painter does for many hits: its tables,
 * and a resampler for every rate it meets, are made once.
 */
export class HitPainter {
  readonly #contract: PicturesContract;
  readonly #brushes: readonly Brush[];
  readonly #resamplers = new Map<number, Resampler>();
  /** Numbers of all pictures of one hit. */
  readonly size: number;

  constructor(contract: PicturesContract) {
    this.#contract = contract;
    this.#brushes = contract.pictures.map(picture => new Brush(picture, contract));
    this.size = contract.pictures.length * contract.bands * contract.frames;
  }

  /** Writes the pictures, band by band, to `into` from `at` on, in dB. */
  paint(hit: MonoAudio, into: Float32Array, at = 0): void {
    const samples = this.#resampled(hit);
    const { bands, frames } = this.#contract;
    for (const [index, brush] of this.#brushes.entries())
      brush.paint(samples, into, at + index * bands * frames);
  }

  #resampled({ samples, sampleRate }: MonoAudio): Float32Array {
    const { sampleRate: rate, hop, frames, pictures } = this.#contract;
    const longest = Math.max(...pictures.map(({ windowFrames }) => windowFrames));
    const seconds = (hop * frames + longest / 2) / rate + RESERVE_SECONDS;
    const part = samples.subarray(0, Math.ceil(seconds * sampleRate));
    if (sampleRate === rate) return part;
    const resampler = this.#resamplers.get(sampleRate) ?? new Resampler(sampleRate, rate, 1);
    this.#resamplers.set(sampleRate, resampler);
    resampler.restart();
    const [body] = resampler.push([part]);
    const [tail] = resampler.finish();
    const joined = new Float32Array((body?.length ?? 0) + (tail?.length ?? 0));
    if (body) joined.set(body);
    if (tail) joined.set(tail, body?.length ?? 0);
    return joined;
  }
}

/** One picture's window, transform and bands. */
class Brush {
  readonly #contract: PicturesContract;
  readonly #window: Float64Array;
  readonly #fft: RealFft;
  readonly #spectrum: Float64Array;
  readonly #windowed: Float64Array;
  readonly #bands: readonly { readonly first: number; readonly weights: Float64Array }[];

  constructor({ windowFrames, lowHz, highHz }: PictureContract, contract: PicturesContract) {
    this.#contract = contract;
    const hann = hannWindow(windowFrames);
    const sum = hann.reduce((total, value) => total + value, 0);
    this.#window = hann.map(value => value / sum);
    this.#fft = new RealFft(windowFrames);
    this.#spectrum = new Float64Array(2 * this.#fft.binCount);
    this.#windowed = new Float64Array(windowFrames);
    this.#bands = slaneyBands(contract.bands, windowFrames, contract.sampleRate, lowHz, highHz).map(band => ({
      first: band.first,
      weights: asMean(band),
    }));
  }

  paint(samples: Float32Array, into: Float32Array, at: number): void {
    const { hop, frames, floorDb } = this.#contract;
    const window = this.#window;
    const floor = 10 ** (floorDb / 10);
    for (let frame = 0; frame < frames; frame++) {
      const start = frame * hop - window.length / 2;
      // A hit is mostly silence after its end.
      if (start >= samples.length) {
        for (let band = 0; band < this.#bands.length; band++) into[at + band * frames + frame] = floorDb;
        continue;
      }
      for (let index = 0; index < window.length; index++)
        this.#windowed[index] = (samples[start + index] ?? 0) * window[index]!;
      this.#fft.forward(this.#windowed, this.#spectrum);
      for (let band = 0; band < this.#bands.length; band++)
        into[at + band * frames + frame] = 10 * Math.log10(Math.max(floor, this.#powerIn(band)));
    }
  }

  #powerIn(band: number): number {
    const { first, weights } = this.#bands[band]!;
    let sum = 0;
    for (let index = 0; index < weights.length; index++) {
      const bin = 2 * (first + index);
      sum += weights[index]! * (this.#spectrum[bin]! ** 2 + this.#spectrum[bin + 1]! ** 2);
    }
    return sum;
  }
}
