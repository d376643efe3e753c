import { ComplexFft } from '../../dsp';
import { OCTAVES } from './octaves';
import { OCTAVE_Q, slopeOf, T20_TO_DECIBELS, T30_TO_DECIBELS } from './reverberation-time';

/** The octave filter has fallen by 43 dB this far above its centre. */
const HIGHEST_TIMES = 4;

/** Seconds until 60 dB are gone, by the first 20 of them and by the first 30. */
interface Reverberation {
  readonly t20: number;
  readonly t30: number;
}

/** By size, as transforms' tables are. */
const warpings = new Map<number, Float64Array>();

/** tan(pi k / size) of every bin: frequency as a bilinear filter knows it. */
function warpingOf(size: number): Float64Array {
  const known = warpings.get(size);
  if (known) return known;
  const made = new Float64Array(size / 2);
  for (let bin = 0; bin < made.length; bin++) made[bin] = Math.tan((Math.PI * bin) / size);
  warpings.set(size, made);
  return made;
}

/**
 * The reverberation time of octaves as `reverberationTime` measures it, from a response's spectrum: only as many values are transformed back
 * as the octave's band needs, and their envelope at once.
 */
export class OctaveDecay {
  readonly #sampleRate: number;
  /** Frames of the whole response. */
  readonly #size: number;
  /** Frames that are told of; what rings before the response's begin lies behind them. */
  readonly #end: number;
  readonly #warped: Float64Array;
  readonly #band: Float64Array;
  readonly #envelope: Float64Array;

  constructor(size: number, end: number, sampleRate: number) {
    this.#size = size;
    this.#end = end;
    this.#sampleRate = sampleRate;
    this.#warped = warpingOf(size);
    this.#band = new Float64Array(size);
    this.#envelope = new Float64Array(size);
  }

  /** How `octave` decays, told from `from` seconds after the response's begin on. */
  measure(response: Float64Array, octave: number, from: number): Reverberation {
    const hertz = OCTAVES[octave] ?? 0;
    const bins = Math.min(this.#size / 2, Math.ceil((HIGHEST_TIMES * hertz * this.#size) / this.#sampleRate));
    const fft = new ComplexFft(2 ** Math.ceil(Math.log2(bins)));
    const band = this.#band.subarray(0, 2 * fft.size);
    const centre = Math.tan((Math.PI * hertz) / this.#sampleRate);
    const warped = this.#warped;
    band.fill(0, 0, 2).fill(0, 2 * bins);
    for (let bin = 1; bin < bins; bin++) {
      // Butterworth's 1 / ((1 + s) (1 + s + s^2)), backwards in time: s = -j x, x the distance from the centre.
      const place = warped[bin]! / centre;
      const x = OCTAVE_Q * (place - 1 / place);
      const square = 1 - x * x;
      const scale = 1 / ((1 + x * x) * (square * square + x * x));
      const gainRe = scale * (square - x * x);
      const gainIm = scale * x * (1 + square);
      const re = response[2 * bin]!;
      const im = response[2 * bin + 1]!;
      band[2 * bin] = re * gainRe - im * gainIm;
      band[2 * bin + 1] = re * gainIm + im * gainRe;
    }
    const envelope = this.#envelope.subarray(0, 2 * fft.size);
    fft.inverse(band, envelope);
    const rate = (this.#sampleRate * fft.size) / this.#size;
    const first = Math.round(from * rate);
    const end = Math.floor((this.#end * fft.size) / this.#size);
    const energies = band.subarray(0, end + 1 - first);
    energies[end - first] = 0;
    for (let at = end - 1; at >= first; at--)
      energies[at - first] = energies[at - first + 1]! + envelope[2 * at]! ** 2 + envelope[2 * at + 1]! ** 2;
    return {
      t20: -60 / (slopeOf(energies, T20_TO_DECIBELS) * rate),
      t30: -60 / (slopeOf(energies, T30_TO_DECIBELS) * rate),
    };
  }
}
