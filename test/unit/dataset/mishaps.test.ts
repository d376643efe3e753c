import { describe, expect, it } from 'vitest';
import { Random } from '#shared/base';
import type { Mishap } from '#shared/dataset';
import { bundledRudiments } from '#main/dataset';
import { rudimentMaterial } from '#shared/dataset';
import { delayByMishaps } from '../../../src-shared/dataset/performance/mishaps';

const [singles] = bundledRudiments();
if (!singles) throw new Error('there are rudiments');
const figure = rudimentMaterial(singles, 'R').cycles[0] ?? [];
const slots = Array.from({ length: 4 }, (_, cycle) =>
  figure.map(slot => ({ ...slot, beat: slot.beat + 2 * cycle })),
).flat();

/** How late each stroke becomes when `kind` happens at the eighth, at 120 BPM. */
function lateAfter(kind: Mishap): number[] {
  const late = new Float64Array(slots.length);
  delayByMishaps(late, slots, 500, new Map([[8, { kinds: [kind], random: Random.ofSeed(3) }]]));
  return [...late];
}

describe('mishaps that delay', () => {
  it('recover from a stumble over six strokes', () => {
    const late = lateAfter('stumble');
    expect(late.slice(0, 8).every(value => value === 0)).toBe(true);
    expect(late[8]).toBeGreaterThanOrEqual(60);
    for (const index of [9, 10, 11, 12, 13]) expect(late[index]).toBeLessThan(late[index - 1] ?? 0);
    expect(late.slice(14).every(value => value === 0)).toBe(true);
  });

  it('hesitate for a stroke and are back after three', () => {
    const late = lateAfter('hesitation');
    expect(late[8]).toBeGreaterThanOrEqual(30);
    expect(late.slice(11).every(value => value === 0)).toBe(true);
  });

  it('keep a wrong tempo for eight strokes and catch it then', () => {
    const late = lateAfter('tempo_step');
    expect(late[8]).toBe(0);
    const steps = [9, 10, 11, 12, 13, 14, 15, 16].map(index => (late[index] ?? 0) - (late[index - 1] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 9);
    expect(Math.abs(steps[0] ?? 0)).toBeGreaterThanOrEqual(0.03 * 125);
    expect(Math.abs(late[20] ?? 0)).toBeLessThan(0.3 * Math.abs(late[16] ?? 0));
  });
});
