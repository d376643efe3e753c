import { describe, expect, it } from 'vitest';
import { correctVector, measureForEar, SpectrumMeter } from '#shared/analysis';
import { EAR_MEASURES } from '#shared/model';

const RATE = 48000;
const meter = new SpectrumMeter();
type Measures = Record<(typeof EAR_MEASURES)[number], number>;
const named = (samples: Float32Array): Measures => {
  const values = measureForEar({ sampleRate: RATE, samples }, meter);
  return Object.fromEntries(EAR_MEASURES.map((name, at) => [name, values[at] ?? Number.NaN])) as Measures;
};
const tone = (hertz: number, decaySeconds: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: seconds * RATE },
    (_, n) => Math.sin((2 * Math.PI * hertz * n) / RATE) * Math.exp(-n / RATE / decaySeconds),
  );

describe('what the ear is told beside pictures', () => {
  it('knows how bright, how high and how long a decaying tone is', () => {
    const low = named(tone(60, 0.1, 1));
    const high = named(tone(3000, 0.1, 1));
    expect(high.brightness).toBeCloseTo(Math.log2(30), 1);
    expect(low.pitch).toBeCloseTo(Math.log2(30 * 2), 5);
    expect(low.sub).toBeCloseTo(0, 1);
    expect(high.sub).toBeLessThan(-2);
    // Energy falls by 20 dB in decaySeconds * ln(10).
    expect(2 ** high.length - 2).toBeCloseTo(100 * Math.LN10, -1);
    expect(named(tone(3000, 0.02, 1)).tightness).toBeGreaterThan(3);
  });

  it('takes an attack of twenty milliseconds for a soft one', () => {
    const samples = tone(1000, 0.2, 1);
    for (let n = 0; n < 0.02 * RATE; n++) samples[n] = (samples[n] ?? 0) * (n / (0.02 * RATE));
    expect(2 ** named(samples).softness).toBeGreaterThan(10);
    expect(2 ** named(tone(1000, 0.2, 1)).softness).toBeLessThan(3);
  });

  it('says something finite of a hit of one frame', () => {
    expect(Object.values(named(Float32Array.of(1))).every(Number.isFinite)).toBe(true);
  });
});

describe('a corrected vector', () => {
  it('moves by what was measured otherwise, and no further than the limit', () => {
    const rows = EAR_MEASURES.map((_, row) => [row === 0 ? 1 : 0, row === 1 ? 1 : 0]);
    const correction = { deviations: EAR_MEASURES.map(() => 2), limit: 1.5, rows };
    const vector = Float32Array.of(0.5, 0.5);
    const guessed = new Float64Array(EAR_MEASURES.length);
    const measured = guessed.slice();
    measured[0] = 1;
    measured[1] = -100;
    correctVector(vector, guessed, measured, correction);
    expect([...vector]).toEqual([1, -1]);
  });
});
