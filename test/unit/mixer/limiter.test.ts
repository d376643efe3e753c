import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import { LimiterCurve, limiterFrames } from '#shared/mixer';
import { gainOfDecibels } from '#shared/units';
import { decibelsOf } from '#test/spectrum';

const RATE = 48_000;

/** What comes out, in time with what went in. */
function limitedBy(ceiling: number | null, sound: Float64Array, rate = RATE, block = 480): Float64Array {
  const late = limiterFrames(rate);
  const input = new Float64Array(sound.length + late);
  input.set(sound);
  const gains = new Float64Array(input.length);
  const curve = new LimiterCurve(rate, ceiling);
  for (let start = 0; start < input.length; start += block) {
    const piece = input.subarray(start, start + block);
    curve.pass(piece, piece, piece.length, gains.subarray(start));
  }
  return sound.map((value, frame) => value * (gains[frame + late] ?? NaN));
}

/** Highest point of the sound between 32 points a frame, by a sinc of 128 frames: far finer than what the limiter looks at. */
function finePeak(sound: Float64Array): number {
  const points = 32;
  const reach = 64;
  const rows = Array.from({ length: points }, (_, point) =>
    Float64Array.from({ length: 2 * reach }, (__, tap) => {
      const distance = tap - reach + 1 - point / points;
      const window = Math.cos((Math.PI * distance) / (2 * reach + 2)) ** 2;
      return distance === 0 ? 1 : (Math.sin(Math.PI * distance) / (Math.PI * distance)) * window;
    }),
  );
  let peak = 0;
  const about = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let first = 0; first + 2 * reach <= sound.length; first++) {
    const near = Math.max(Math.abs(sound[first + reach - 1] ?? 0), Math.abs(sound[first + reach] ?? 0));
    if (near < 0.5 * about) continue;
    for (const row of rows) {
      let value = 0;
      for (let tap = 0; tap < 2 * reach; tap++) value += row[tap]! * sound[first + tap]!;
      peak = Math.max(peak, Math.abs(value));
    }
  }
  return peak;
}

/** A sine whose frames never meet its peaks, faded in and out. */
const between = (share: number, phase: number, amplitude: number, frames = 4800): Float64Array =>
  Float64Array.from({ length: frames }, (_, frame) => {
    const fade = Math.min(1, frame / 400, (frames - frame) / 400);
    return amplitude * fade * Math.sin(2 * Math.PI * share * frame + phase);
  });

describe('the true-peak limiter', () => {
  it.each([
    ['a quarter of the rate, 45°', between(1 / 4, Math.PI / 4, 1.5)],
    ['a sixth, 60°', between(1 / 6, Math.PI / 3, 2)],
    ['an eighth, 67.5°', between(1 / 8, (3 * Math.PI) / 8, 4)],
    ['0.37 of it', between(0.37, 0.3, 2)],
    ['0.42 of it', between(0.42, 0, 1.3)],
    ['997 Hz', between(997 / RATE, 0, 3)],
  ])('keeps a sine at %s below its ceiling between the frames too', (_, sound) => {
    for (const ceiling of [-1, -6]) {
      expect(decibelsOf(finePeak(limitedBy(ceiling, sound)))).toBeLessThan(ceiling + 0.1);
      expect(decibelsOf(finePeak(limitedBy(ceiling, sound)))).toBeGreaterThan(ceiling - 0.6);
    }
  });

  it('keeps bursts of steep turns below its ceiling', () => {
    const random = Random.ofSeed(3).fork('bursts');
    const sound = new Float64Array(9600);
    for (let burst = 0; burst < 40; burst++) {
      const at = Math.floor(random.between(100, 9400));
      for (let frame = 0; frame < 6; frame++)
        sound[at + frame] = (frame % 4 < 2 ? -3 : 3) * random.between(0.2, 1);
    }
    expect(decibelsOf(finePeak(limitedBy(-1, sound)))).toBeLessThan(-0.9);
  });

  it('never lets a frame past the ceiling, not even the first or the last', () => {
    for (const at of [0, 1, 479, 480, 2998, 2999]) {
      const sound = new Float64Array(3000);
      sound[at] = 3;
      const peak = limitedBy(-1, sound).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(peak).toBeLessThanOrEqual(gainOfDecibels(-1) + 1e-9);
    }
  });

  it.each([44_100, 96_000, 192_000])('holds at %i Hz', rate => {
    const sound = between(1 / 6, Math.PI / 3, 2, 9600);
    expect(decibelsOf(finePeak(limitedBy(-1, sound, rate)))).toBeLessThan(-0.9);
  });

  it('leaves alone, bit for bit, what is below its ceiling, and everything without one', () => {
    const quiet = between(0.01, 0, 0.5);
    expect(limitedBy(-1, quiet)).toEqual(quiet);
    const loud = between(0.01, 0, 3);
    expect(limitedBy(null, loud)).toEqual(loud);
  });

  it('comes back to unity', () => {
    const sound = new Float64Array(2 * RATE).fill(0.1);
    sound[1000] = 3;
    const output = limitedBy(-1, sound);
    expect(output[999]).toBeLessThan(0.05);
    expect(output.at(-1)).toBe(0.1);
  });

  it('does not depend on how the stream is cut', () => {
    const sound = between(0.13, 0.4, 2);
    expect(limitedBy(-1, sound, RATE, 128)).toEqual(limitedBy(-1, sound, RATE, 16_384));
    expect(limitedBy(-1, sound, RATE, 37)).toEqual(limitedBy(-1, sound, RATE, 16_384));
  });
});
