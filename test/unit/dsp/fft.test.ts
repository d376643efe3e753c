import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import { ComplexFft, HalfSizeRealFft, RealFft } from '#shared/dsp';

const noise = (length: number): Float64Array => {
  const random = Random.ofSeed(3).fork('fft');
  return Float64Array.from({ length }, () => random.between(-1, 1));
};

describe('RealFft', () => {
  it('finds a cosine in its bin with half of the size as its magnitude', () => {
    const fft = new RealFft(64);
    const spectrum = new Float64Array(2 * fft.binCount);
    fft.forward(
      Float64Array.from({ length: 64 }, (_, at) => Math.cos((2 * Math.PI * 5 * at) / 64)),
      spectrum,
    );
    const magnitudes = Array.from({ length: fft.binCount }, (_, bin) =>
      Math.hypot(spectrum[2 * bin] ?? 0, spectrum[2 * bin + 1] ?? 0),
    );
    expect(magnitudes[5]).toBeCloseTo(32, 9);
    expect(Math.max(...magnitudes.filter((_, bin) => bin !== 5))).toBeLessThan(1e-9);
  });

  it('gives back the signal from its spectrum', () => {
    const fft = new RealFft(256);
    const input = noise(256);
    const spectrum = new Float64Array(2 * fft.binCount);
    const output = new Float64Array(256);
    fft.forward(input, spectrum);
    fft.inverse(spectrum, output);
    expect(Math.max(...output.map((value, at) => Math.abs(value - (input[at] ?? 0))))).toBeLessThan(1e-12);
  });
});

describe('HalfSizeRealFft', () => {
  it.each([8, 16, 512, 4096])(
    'has the spectrum that RealFft has, and gives the signal back: %d values',
    size => {
      const fft = new HalfSizeRealFft(size);
      const usual = new RealFft(size);
      const input = noise(size);
      const spectrum = new Float64Array(2 * fft.binCount);
      const expected = new Float64Array(2 * usual.binCount);
      const output = new Float64Array(size);
      fft.forward(input, spectrum);
      usual.forward(input, expected);
      fft.inverse(spectrum, output);
      expect(Math.max(...spectrum.map((value, at) => Math.abs(value - (expected[at] ?? 0))))).toBeLessThan(
        1e-10,
      );
      expect(Math.max(...output.map((value, at) => Math.abs(value - (input[at] ?? 0))))).toBeLessThan(1e-12);
    },
  );
});

describe('ComplexFft', () => {
  it('filters two channels alike with one gain that is mirrored', () => {
    const size = 64;
    const fft = new ComplexFft(size);
    const pair = noise(2 * size);
    const spectrum = new Float64Array(2 * size);
    const output = new Float64Array(2 * size);
    const gainAt = (bin: number): number => 1 / (1 + Math.min(bin, size - bin));
    fft.forward(pair, spectrum);
    fft.inverse(
      spectrum.map((value, at) => value * gainAt(at >> 1)),
      output,
    );
    const real = new RealFft(size);
    for (const channel of [0, 1]) {
      const alone = new Float64Array(2 * real.binCount);
      const filtered = new Float64Array(size);
      real.forward(
        Float64Array.from({ length: size }, (_, at) => pair[2 * at + channel] ?? 0),
        alone,
      );
      real.inverse(
        alone.map((value, at) => value * gainAt(at >> 1)),
        filtered,
      );
      const worst = Math.max(
        ...filtered.map((value, at) => Math.abs(value - (output[2 * at + channel] ?? 0))),
      );
      expect(worst).toBeLessThan(1e-12);
    }
  });
});
