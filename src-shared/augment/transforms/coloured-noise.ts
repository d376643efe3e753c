import type { Random } from '../../base';
import { BiquadCascade, type BiquadCoefficients } from '../../dsp';
import { NoiseSource } from '../noise-source';

/** A first-order section; two of them are one of second order. */
interface FirstOrder {
  readonly b0: number;
  readonly b1: number;
  readonly a1: number;
}

/** Between two corners: gains 1 below and `pole / zero` above, by the bilinear transform. */
function corner(pole: number, zero: number, sampleRate: number): FirstOrder {
  const p = Math.tan((Math.PI * Math.min(pole, 0.49 * sampleRate)) / sampleRate);
  const z = Math.tan((Math.PI * Math.min(zero, 0.49 * sampleRate)) / sampleRate);
  return {
    b0: ((1 + z) / (1 + p)) * (p / z),
    b1: ((z - 1) / (1 + p)) * (p / z),
    a1: (p - 1) / (1 + p),
  };
}

/** First-order high-pass. */
function highPassOf(hertz: number, sampleRate: number): FirstOrder {
  const keep = Math.exp((-2 * Math.PI * hertz) / sampleRate);
  return { b0: keep, b1: -keep, a1: -keep };
}

const ASIS: FirstOrder = { b0: 1, b1: 0, a1: 0 };

const inPairs = (sections: readonly FirstOrder[]): BiquadCoefficients[] =>
  Array.from({ length: Math.ceil(sections.length / 2) }, (_, pair) => {
    const { b0, b1, a1 } = sections[2 * pair] ?? ASIS;
    const { b0: c0, b1: c1, a1: d1 } = sections[2 * pair + 1] ?? ASIS;
    return { b0: b0 * c0, b1: b0 * c1 + b1 * c0, b2: b1 * c1, a1: a1 + d1, a2: a1 * d1 };
  });

const LOWEST_HERTZ = 20;
const OCTAVES = 10;

/** dB an octave: 0 white, -3 pink, -6 brown, 3 blue, 6 violet; a corner an octave from 20 Hz up keeps to it within .3 dB. */
export function slopedBy(decibelsAnOctave: number, sampleRate: number): BiquadCoefficients[] {
  if (decibelsAnOctave === 0) return [];
  const apart = 2 ** (-decibelsAnOctave / (20 * Math.log10(2)));
  return inPairs(
    Array.from({ length: OCTAVES + 1 }, (_, octave) => {
      const centre = LOWEST_HERTZ * 2 ** octave;
      return corner(centre / Math.sqrt(apart), centre * Math.sqrt(apart), sampleRate);
    }),
  );
}

/** A-weighting's four corners below and two above, its level aside. IEC 61672-1 */
export function aWeighted(sampleRate: number): BiquadCoefficients[] {
  const under = [20.6, 20.6, 107.7, 737.9].map(hertz => highPassOf(hertz, sampleRate));
  const over = [12_194, 12_194].map(hertz => corner(hertz, 0.49 * sampleRate, sampleRate));
  return inPairs([...under, ...over]);
}

/** Also how long filters are given until they sound as they will. */
const BLOCK = 4096;

/** Noise of RMS 1 through `sections`, `frames` long. */
export function shapedNoise(
  random: Random,
  sections: readonly BiquadCoefficients[],
  frames: number,
): Float32Array {
  const source = new NoiseSource(random);
  const cascade = new BiquadCascade(sections);
  const block = new Float64Array(BLOCK);
  const output = new Float32Array(frames);
  let sum = 0;
  for (let start = -BLOCK; start < frames; start += BLOCK) {
    const count = Math.min(BLOCK, frames - start);
    source.draw(block, count);
    cascade.pass(block, count);
    if (start < 0) continue;
    for (let frame = 0; frame < count; frame++) {
      output[start + frame] = block[frame]!;
      sum += block[frame]! ** 2;
    }
  }
  const factor = 1 / (Math.sqrt(sum / Math.max(1, frames)) || 1);
  for (let frame = 0; frame < frames; frame++) output[frame]! *= factor;
  return output;
}
