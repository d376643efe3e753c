import { Random } from '../../base';
import { HalfSizeRealFft } from '../../dsp';
import { NoiseSource } from '../noise-source';
import { LEAD_FRAMES, SIXTY_DECIBELS } from './arrivals';
import { bandOf, OCTAVES, octaveShare } from './octaves';
import type { Room } from './room';

/** A band's noise is made at a rate that it fills up to this share at most. */
const HIGHEST_SHARE_OF_RATE = 0.45;

/** The late field's noise in one octave, as a part of the whole response's spectrum. */
interface Band {
  /** Of the whole response's bins. */
  readonly firstBin: number;
  readonly fft: HalfSizeRealFft;
  /** Before it decays: white, at the band's own rate. */
  readonly noise: Float64Array;
  /** How many noises were drawn before this one. */
  draws: number;
  /** Seconds after the direct sound, and until the next value. */
  readonly from: number;
  readonly step: number;
  /** Bin by bin from `firstBin` on. */
  readonly gains: Float64Array;
}

/**
 * Noise that begins where arrivals give way and decays in every octave by itself. Octaves are independent noises, each made at the lowest rate
 * that holds it: all of them together take the time of two.
 */
export class LateField {
  readonly #bands: readonly Band[];
  readonly #seed: number;
  readonly #rising: (seconds: number) => number;
  readonly #time: Float64Array;
  readonly #spectrum: Float64Array;

  /** Of a response of `size` frames; `rising(seconds)` is its amplitude while arrivals give way, `gain` that of a frame. */
  constructor(
    room: Pick<Room, 'seed'>,
    size: number,
    sampleRate: number,
    gain: number,
    rising: (seconds: number) => number,
  ) {
    this.#seed = room.seed;
    this.#rising = rising;
    this.#bands = OCTAVES.map((_, octave) => {
      const { from, to } = bandOf(octave);
      const halvings = Math.max(0, Math.floor(Math.log2((HIGHEST_SHARE_OF_RATE * sampleRate) / to)));
      const fewer = 2 ** halvings;
      const fft = new HalfSizeRealFft(size / fewer);
      const firstBin = Math.ceil((from * size) / sampleRate);
      const end = Math.min(fft.binCount, Math.floor((to * size) / sampleRate) + 1);
      const step = fewer / sampleRate;
      const start = -LEAD_FRAMES / sampleRate;
      // Fewer values a second each stand for more of the power.
      const level = gain * Math.sqrt(fewer);
      const gains = new Float64Array(end - firstBin);
      for (let at = 0; at < gains.length; at++)
        gains[at] = level * Math.sqrt(octaveShare(octave, ((firstBin + at) * sampleRate) / size));
      return { firstBin, fft, noise: new Float64Array(fft.size), draws: 0, from: start, step, gains };
    });
    for (const octave of OCTAVES.keys()) this.redraw(octave);
    this.#time = new Float64Array(size);
    this.#spectrum = new Float64Array(size + 2);
  }

  /** The next noise of `octave`. */
  redraw(octave: number): void {
    const band = this.#bands[octave];
    if (!band) return;
    const { noise, from, step } = band;
    const random = Random.ofSeed(this.#seed).fork('late field', octave, band.draws);
    new NoiseSource(random).draw(noise, noise.length);
    band.draws++;
    for (let index = 0; index < noise.length; index++) {
      const share = this.#rising(from + index * step);
      if (share === 1) break;
      noise[index]! *= share;
    }
  }

  /** Adds `sign` times `octave`, falling by 60 dB in `rt60` seconds until `seconds`, to the spectrum of the response. */
  addTo(response: Float64Array, octave: number, rt60: number, seconds: number, sign: 1 | -1): void {
    const band = this.#bands[octave];
    if (!band) return;
    const { fft, noise, gains, firstBin } = band;
    const time = this.#time.subarray(0, fft.size);
    const fall = Math.exp((-SIXTY_DECIBELS * band.step) / rt60);
    const end = Math.min(noise.length, Math.ceil((seconds - band.from) / band.step));
    let level = Math.exp((-SIXTY_DECIBELS * band.from) / rt60);
    for (let index = 0; index < end; index++) {
      time[index] = level * noise[index]!;
      level *= fall;
    }
    time.fill(0, end);
    const spectrum = this.#spectrum.subarray(0, fft.size + 2);
    fft.forward(time, spectrum);
    for (let bin = 0; bin < gains.length; bin++) {
      const gain = sign * gains[bin]!;
      response[2 * (firstBin + bin)]! += gain * spectrum[2 * (firstBin + bin)]!;
      response[2 * (firstBin + bin) + 1]! += gain * spectrum[2 * (firstBin + bin) + 1]!;
    }
  }
}
