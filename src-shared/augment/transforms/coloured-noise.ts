import type { Random } from '../../base';
import { Biquad } from '../../dsp';
import { NoiseSource } from '../noise-source';

/** One filter of a noise's shape. */
export interface Section {
  next(value: number): number;
}

/** A first-order section between two corners: gains 1 below and `pole / zero` above, by the bilinear transform. */
class Corner implements Section {
  readonly #b0: number;
  readonly #b1: number;
  readonly #a1: number;
  #held = 0;

  constructor(pole: number, zero: number, sampleRate: number) {
    const p = Math.tan((Math.PI * Math.min(pole, 0.49 * sampleRate)) / sampleRate);
    const z = Math.tan((Math.PI * Math.min(zero, 0.49 * sampleRate)) / sampleRate);
    this.#b0 = ((1 + z) / (1 + p)) * (p / z);
    this.#b1 = ((z - 1) / (1 + p)) * (p / z);
    this.#a1 = (p - 1) / (1 + p);
  }

  next(value: number): number {
    const output = this.#b0 * value + this.#held;
    this.#held = this.#b1 * value - this.#a1 * output;
    return output;
  }
}

const LOWEST_HERTZ = 20;
const OCTAVES = 10;

/** dB an octave: 0 white, -3 pink, -6 brown, 3 blue, 6 violet; a corner an octave from 20 Hz up keeps to it within .3 dB. */
export function slopedBy(decibelsAnOctave: number, sampleRate: number): Section[] {
  if (decibelsAnOctave === 0) return [];
  const apart = 2 ** (-decibelsAnOctave / (20 * Math.log10(2)));
  return Array.from({ length: OCTAVES + 1 }, (_, octave) => {
    const centre = LOWEST_HERTZ * 2 ** octave;
    return new Corner(centre / Math.sqrt(apart), centre * Math.sqrt(apart), sampleRate);
  });
}

/** A-weighting's four corners below and two above, its level aside. IEC 61672-1 */
export function aWeighted(sampleRate: number): Section[] {
  const under = [20.6, 20.6, 107.7, 737.9].map(hertz => new HighPass(hertz, sampleRate));
  const over = [12_194, 12_194].map(hertz => new Corner(hertz, 0.49 * sampleRate, sampleRate));
  return [...under, ...over];
}

/** First-order high-pass. */
class HighPass implements Section {
  readonly #keep: number;
  #low = 0;

  constructor(hertz: number, sampleRate: number) {
    this.#keep = Math.exp((-2 * Math.PI * hertz) / sampleRate);
  }

  next(value: number): number {
    this.#low = value + this.#keep * (this.#low - value);
    return value - this.#low;
  }
}

export const biquads = (coefficients: readonly ConstructorParameters<typeof Biquad>[0][]): Section[] =>
  coefficients.map(one => new Biquad(one));

/** Filters need a while until they sound as they will. */
const LEAD_FRAMES = 4096;

/** Noise of RMS 1 through `sections`, `frames` long. */
export function shapedNoise(random: Random, sections: readonly Section[], frames: number): Float32Array {
  const source = new NoiseSource(random);
  const output = new Float32Array(frames);
  let sum = 0;
  for (let frame = -LEAD_FRAMES; frame < frames; frame++) {
    let value = source.next();
    for (const section of sections) value = section.next(value);
    if (frame < 0) continue;
    output[frame] = value;
    sum += value * value;
  }
  const level = Math.sqrt(sum / Math.max(1, frames)) || 1;
  for (let frame = 0; frame < frames; frame++) output[frame]! /= level;
  return output;
}
