import { describe, expect, it } from 'vitest';
import { BleedCurve, bleedDecibels, bleedFrames, bleedSummary } from '#shared/analysis';
import { Random } from '#shared/base';

const RATE = 44_100;
const FRAMES = 3 * RATE;

const noise = (name: string, level: (frame: number) => number): Float32Array => {
  const random = Random.ofSeed(7).fork(name);
  return Float32Array.from({ length: FRAMES }, (_, frame) => level(frame) * (2 * random.unit() - 1));
};
/** Bursts of noise that decay, two a second. */
const strokes = noise('strokes', frame => 0.5 * Math.exp(-((frame % (RATE / 2)) / 2000)));

function curveOf(
  drums: readonly Float32Array[],
  rest: readonly Float32Array[],
  cuts: readonly number[] = [],
): Float32Array {
  const curve = new BleedCurve(RATE);
  let from = 0;
  for (const to of [...cuts, FRAMES]) {
    const part = (channel: Float32Array): Float32Array => channel.subarray(from, to);
    curve.push(drums.map(part), rest.map(part));
    from = to;
  }
  return curve.finish();
}
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the bleed curve', () => {
  it('has one value 0..1 per 2048 frames at 44.1 kHz, the last for fewer', () => {
    const curve = curveOf([strokes], [noise('rest', () => 0.1)]);
    expect(bleedFrames(RATE)).toBe(2048);
    expect(curve).toHaveLength(Math.ceil(FRAMES / 2048));
    expect(curve.every(value => value >= 0 && value <= 1)).toBe(true);
  });

  it('is next to 0 for drums that nothing was taken from', () => {
    const silent = new Float32Array(FRAMES);
    expect(Math.max(...curveOf([strokes], [silent]))).toBeLessThan(0.001);
  });

  it('rises with the share of the sound that was taken from beside the drums', () => {
    const rest = noise('rest', () => 1);
    const levels = [0.01, 0.05, 0.2].map(level =>
      mean(curveOf([strokes], [rest.map(value => level * value)])),
    );
    expect(levels[0]).toBeLessThan(0.3);
    expect(levels[1]).toBeGreaterThan((levels[0] ?? 1) + 0.05);
    expect(levels[2]).toBeGreaterThan((levels[1] ?? 1) + 0.05);
  });

  it('is high where the accompaniment plays and low where it rests', () => {
    const curve = curveOf([strokes], [noise('rest', frame => (frame < FRAMES / 2 ? 0.2 : 0))]);
    const third = Math.floor(curve.length / 3);
    expect(mean(curve.subarray(0, third))).toBeGreaterThan(10 * mean(curve.subarray(2 * third)));
  });

  it('hears a bass that lasts on in the drums though nothing of it was taken', () => {
    const hum = Float32Array.from(
      { length: FRAMES },
      (_, frame) => 0.3 * Math.sin((frame * 2 * Math.PI * 80) / RATE),
    );
    const drums = strokes.map((value, frame) => value + (hum[frame] ?? 0));
    const silent = new Float32Array(FRAMES);
    expect(mean(curveOf([drums], [silent]))).toBeGreaterThan(0.3);
  });

  it('does not depend on how the audio is cut into pieces, nor on which side of a stereo picture it is', () => {
    const rest = noise('rest', () => 0.1);
    const whole = curveOf([strokes], [rest]);
    expect(curveOf([strokes], [rest], [1, 2000, 70_001])).toEqual(whole);
    const silent = new Float32Array(FRAMES);
    const right = curveOf([silent, strokes], [silent, rest]);
    right.forEach((value, at) => expect(value).toBeCloseTo(whole[at] ?? -1, 6));
  });

  it('takes silence for silence', () => {
    const silent = new Float32Array(FRAMES);
    expect(Math.max(...curveOf([silent], [noise('rest', () => 0.5)]))).toBe(0);
    expect(new BleedCurve(RATE).finish()).toHaveLength(0);
  });

  it('is summed up by its mean and by where it is highest', () => {
    const curve = new Float32Array(100);
    curve.fill(0.5, 60, 66);
    expect(bleedSummary(curve).mean).toBeCloseTo(0.03, 6);
    expect(bleedSummary(curve).worstIndex).toBeGreaterThanOrEqual(60);
    expect(bleedSummary(curve).worstIndex).toBeLessThan(66);
    expect(bleedDecibels(0.1)).toBeCloseTo(-10, 6);
    expect(bleedDecibels(0)).toBe(-60);
  });
});
