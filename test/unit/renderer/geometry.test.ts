import { describe, expect, it } from 'vitest';
import { meter } from '#test/pattern';
import {
  bodyHeight,
  gridLines,
  isOnBody,
  rowHeightFor,
  stepOfTicks,
  ticksOfX,
  xOfTicks,
} from '../../../src-renderer/screens/groove/geometry';

const straight = { percent: 50, base: '16th' } as const;
const swung = { percent: 60, base: '16th' } as const;

describe('the grid in px', () => {
  it('turns ticks into px and back', () => {
    for (const ticks of [0, 1, 239.5, 3840]) expect(ticksOfX(xOfTicks(ticks, 27), 27)).toBeCloseTo(ticks, 9);
  });

  it('keeps ten rows whole in the smallest window and lets more of them scroll', () => {
    expect(rowHeightFor(466, 10)).toBe(43);
    expect(rowHeightFor(700, 10)).toBe(54);
    expect(rowHeightFor(466, 20)).toBe(43);
  });

  it('draws louder hits taller and none higher than its row', () => {
    expect(bodyHeight(0, 54)).toBe(6);
    expect(bodyHeight(1, 54)).toBeLessThanOrEqual(54 - 20);
    expect(bodyHeight(1, 43)).toBeLessThanOrEqual(43 - 20);
    expect(bodyHeight(0.8, 54)).toBeGreaterThan(bodyHeight(0.5, 54));
  });

  it('takes a hit by its body, not by its cell', () => {
    expect(isOnBody(100, 100, 27)).toBe(true);
    expect(isOnBody(95, 100, 27)).toBe(false);
    expect(isOnBody(125, 100, 27)).toBe(false);
  });

  it('bends the off-beats of a swung grid and leaves the beats', () => {
    const lines = gridLines({ bars: [meter(4, 4)], swing: swung });
    expect(lines[0]).toMatchObject({ at: 0, swung: 0, kind: 'bar', label: '1' });
    expect(lines[1]).toMatchObject({ at: 240, swung: 288, kind: 'step' });
    expect(lines[4]).toMatchObject({ at: 960, swung: 960, kind: 'beat', label: '1.2' });
    expect(lines.at(-1)).toMatchObject({ at: 3840, kind: 'bar', label: '' });
  });

  it('finds the step under a press between swung lines', () => {
    const pattern = { bars: [meter(4, 4)], swing: swung };
    expect(stepOfTicks(pattern, 287)).toBe(0);
    expect(stepOfTicks(pattern, 289)).toBe(1);
    expect(stepOfTicks({ ...pattern, swing: straight }, 241)).toBe(1);
    expect(stepOfTicks(pattern, -50)).toBe(0);
    expect(stepOfTicks(pattern, 99_999)).toBe(15);
  });
});
