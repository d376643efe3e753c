import { describe, expect, it } from 'vitest';
import { type Bands, Equaliser, equaliserDecibels } from '#shared/mixer';
import { amplitudeOf, decibelsOf, sineOf } from '#test/spectrum';

const RATE = 48_000;
const PERIOD = 4800;
const FLAT: Bands = { low: 0, mid: 0, midHertz: 1000, high: 0 };

/** Gain of a sine that passes, in dB. */
function measured(bands: Bands, hertz: number): number {
  const left = sineOf(hertz / 10, PERIOD, 4 * PERIOD, 0.5);
  const right = left.slice();
  const equaliser = new Equaliser(RATE, bands);
  for (let start = 0; start < left.length; start += 1000) {
    const [a, b] = [left.subarray(start, start + 1000), right.subarray(start, start + 1000)];
    equaliser.pass(a, b, a.length);
  }
  expect(left).toEqual(right);
  return decibelsOf(amplitudeOf(left.slice(3 * PERIOD), hertz / 10) / 0.5);
}

describe('the equaliser', () => {
  it.each([
    [{ ...FLAT, low: 9 }, 20, 9, 0.25],
    [{ ...FLAT, low: 9 }, 100, 4.5, 0.02],
    [{ ...FLAT, low: 9 }, 2000, 0, 0.02],
    [{ ...FLAT, low: -18 }, 100, -9, 0.02],
    [{ ...FLAT, mid: 12, midHertz: 400 }, 400, 12, 0.01],
    [{ ...FLAT, mid: -6, midHertz: 3000 }, 3000, -6, 0.01],
    [{ ...FLAT, mid: 12, midHertz: 400 }, 12_000, 0, 0.03],
    [{ ...FLAT, high: 6 }, 8000, 3, 0.02],
    [{ ...FLAT, high: 6 }, 20_000, 6, 0.2],
    [{ ...FLAT, high: 6 }, 300, 0, 0.02],
  ])('%j gives %i Hz %d dB', (bands, hertz, decibels, tolerance) => {
    expect(Math.abs(measured(bands, hertz) - decibels)).toBeLessThan(tolerance);
  });

  it('is half as many decibels three quarters of an octave to both sides of its bell', () => {
    const bands = { ...FLAT, mid: 10, midHertz: 500 };
    for (const hertz of [500 * 2 ** -0.75, 500 * 2 ** 0.75]) {
      expect(equaliserDecibels(bands, RATE, hertz)).toBeCloseTo(5, 1);
    }
  });

  it('does what its picture says', () => {
    const bands = { low: 4, mid: -7, midHertz: 900, high: 5 };
    for (const hertz of [50, 100, 440, 900, 2500, 8000, 15_000]) {
      expect(measured(bands, hertz)).toBeCloseTo(equaliserDecibels(bands, RATE, hertz), 2);
    }
  });

  it('flat passes every bit', () => {
    const left = sineOf(77, PERIOD, 1000, 0.7);
    const right = sineOf(55, PERIOD, 1000, 0.7);
    const before = [[...left], [...right]];
    new Equaliser(RATE, FLAT).pass(left, right, 1000);
    expect([[...left], [...right]]).toEqual(before);
  });

  it('moves without a click and ends where it would have been from the start', () => {
    const wanted = { low: 12, mid: -12, midHertz: 3000, high: 9 };
    const [moved, other] = [sineOf(20, PERIOD, 4 * PERIOD, 0.5), new Float64Array(4 * PERIOD)];
    const [settled, silent] = [moved.slice(), new Float64Array(4 * PERIOD)];
    const [moving, still] = [new Equaliser(RATE, FLAT), new Equaliser(RATE, wanted)];
    for (let start = 0; start < moved.length; start += 128) {
      if (start === 12 * 128) moving.aim(wanted);
      const pieces = [moved, other, settled, silent].map(one => one.subarray(start, start + 128));
      const [a, b, c, d] = pieces;
      if (!a || !b || !c || !d) throw new Error('four pieces');
      moving.pass(a, b, a.length);
      still.pass(c, d, c.length);
    }
    const bends = [...moved.keys()]
      .slice(2)
      .map(frame => Math.abs((moved[frame] ?? 0) - 2 * (moved[frame - 1] ?? 0) + (moved[frame - 2] ?? 0)));
    expect(Math.max(...bends)).toBeLessThan(4e-3);
    for (let frame = 3 * PERIOD; frame < 4 * PERIOD; frame++) {
      expect(Math.abs((moved[frame] ?? 0) - (settled[frame] ?? 0))).toBeLessThan(1e-9);
    }
  });

  it('moves alike however the stream is cut', () => {
    const moved = (block: number): Float64Array => {
      const left = sineOf(20, PERIOD, PERIOD, 0.5);
      const right = left.slice();
      const equaliser = new Equaliser(RATE, FLAT);
      for (let start = 0; start < PERIOD; start += block) {
        if (start === 960) equaliser.aim({ low: 6, mid: -12, midHertz: 250, high: 3 });
        const [a, b] = [left.subarray(start, start + block), right.subarray(start, start + block)];
        equaliser.pass(a, b, a.length);
      }
      return left;
    };
    expect(moved(40)).toEqual(moved(480));
    expect(moved(3)).toEqual(moved(480));
  });

  it('goes back to flat and to every bit', () => {
    const equaliser = new Equaliser(RATE, { ...FLAT, low: 12, mid: 6, high: -12 });
    equaliser.aim(FLAT);
    const left = sineOf(20, PERIOD, 4 * PERIOD, 0.5);
    const right = left.slice();
    const before = left.slice();
    for (let start = 0; start < left.length; start += 128) {
      const [a, b] = [left.subarray(start, start + 128), right.subarray(start, start + 128)];
      equaliser.pass(a, b, a.length);
    }
    expect(left.slice(-PERIOD)).toEqual(before.slice(-PERIOD));
  });
});
