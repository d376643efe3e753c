import { describe, expect, it } from 'vitest';
import { Resampler } from '#shared/dsp';
import { clicks, noise, tone } from '#test/audio';

const only = (audio: { channels: readonly Float32Array[] }): Float32Array =>
  audio.channels[0] ?? new Float32Array(0);

/** Resamples one channel given in pieces of `size`. */
function resampled(samples: Float32Array, from: number, to: number, size = samples.length): Float32Array {
  const resampler = new Resampler(from, to, 1);
  const parts: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += size) {
    parts.push(...resampler.push([samples.subarray(start, start + size)]));
  }
  parts.push(...resampler.finish());
  return Float32Array.from(parts.flatMap(part => [...part]));
}

/** Level in dB of the difference of `samples` and a sine of `hertz`, re that sine, away from the ends. */
function errorDecibels(samples: Float32Array, hertz: number, rate: number, level: number): number {
  let error = 0;
  let power = 0;
  for (let frame = 2000; frame < samples.length - 2000; frame++) {
    const wanted = level * Math.sin((2 * Math.PI * hertz * frame) / rate);
    error += ((samples[frame] ?? 0) - wanted) ** 2;
    power += wanted ** 2;
  }
  return 10 * Math.log10(error / power);
}

const level = (samples: Float32Array): number =>
  10 *
  Math.log10(
    samples.slice(2000, -2000).reduce((sum, value) => sum + value * value, 0) / (samples.length - 4000),
  );

describe('Resampler', () => {
  it.each([
    [48_000, 44_100],
    [44_100, 48_000],
    [96_000, 48_000],
    [192_000, 48_000],
    [8_000, 48_000],
    [22_050, 44_100],
  ])('from %i to %i Hz keeps a sine at its place and level to below -130 dB', (from, to) => {
    for (const hertz of [100, 1000, 0.4 * Math.min(from, to)]) {
      const output = resampled(only(tone(hertz, 0.4, from, 0.9)), from, to);
      // 32-bit floats alone give about -150 dB.
      expect(errorDecibels(output, hertz, to, 0.9)).toBeLessThan(-130);
    }
  });

  it('keeps 20 kHz and removes what 44.1 kHz cannot hold to below -120 dB', () => {
    const kept = resampled(only(tone(20_000, 0.4, 48_000, 0.9)), 48_000, 44_100);
    expect(errorDecibels(kept, 20_000, 44_100, 0.9)).toBeLessThan(-100);
    for (const hertz of [22_060, 23_000, 23_900]) {
      const removed = resampled(only(tone(hertz, 0.4, 48_000, 0.9)), 48_000, 44_100);
      expect(level(removed)).toBeLessThan(-120);
    }
  });

  it('has zero phase: a click stays on its frame', () => {
    const output = resampled(only(clicks([0.1], 0.2, 48_000)), 48_000, 44_100);
    expect(output.indexOf(Math.max(...output))).toBe(4410);
    for (let away = 1; away < 90; away++)
      expect(output[4410 - away]).toBeCloseTo(output[4410 + away] ?? 0, 6);
  });

  it.each([1, 7, 1000, 65_536])('gives the same frames for pieces of %i', size => {
    const samples = only(noise('pieces', 0.1, 48_000));
    expect(resampled(samples, 48_000, 44_100, size)).toEqual(resampled(samples, 48_000, 44_100));
  });

  it('gives the length times the ratio, rounded, even of almost nothing', () => {
    for (const count of [0, 1, 2, 3, 100, 4801]) {
      const samples = new Float32Array(count).fill(0.5);
      expect(resampled(samples, 48_000, 44_100)).toHaveLength(Math.round((count * 44_100) / 48_000));
    }
  });
});
