import { describe, expect, it } from 'vitest';
import {
  lastBefore,
  scrolled,
  showing,
  within,
  zoomed,
} from '../../../src-renderer/screens/slices/window-of-time';

describe('the part of a track in sight', () => {
  it('stays inside the track', () => {
    expect(within({ from: -1, to: 3 }, 10)).toEqual({ from: 0, to: 4 });
    expect(within({ from: 8, to: 12 }, 10)).toEqual({ from: 6, to: 10 });
    expect(within({ from: 0, to: 99 }, 10)).toEqual({ from: 0, to: 10 });
    expect(scrolled({ from: 2, to: 4 }, 100, 10)).toEqual({ from: 8, to: 10 });
  });

  it('zooms around the instant that is pointed at', () => {
    expect(zoomed({ from: 2, to: 6 }, 0.5, 3, 10)).toEqual({ from: 2.5, to: 4.5 });
  });

  it('moves only when what is wanted is out of sight', () => {
    const window = { from: 0, to: 4 };
    expect(showing(window, 1, 1.2, 20)).toBe(window);
    const moved = showing(window, 9, 9.3, 20);
    expect(moved.from).toBeLessThan(9);
    expect(moved.to).toBeGreaterThan(9.3);
    expect(moved.to - moved.from).toBeCloseTo(4, 9);
  });

  it('finds the slice that a time lies in', () => {
    expect([-1, 0, 0.9, 1, 5].map(time => lastBefore([0, 1, 2], time))).toEqual([-1, 0, 0, 1, 2]);
    expect(lastBefore([], 1)).toBe(-1);
  });
});
