import { PPQ, type Ticks, ticks } from '../units';
import { barAt, barStarts } from './grid';
import type { Pattern, Swing } from './pattern';

/** Length of the swung pair's first half when straight. */
const BASE_TICKS: Readonly<Record<Swing['base'], number>> = { '8th': PPQ / 2, '16th': PPQ / 4 };

/**
 * Where a written position sounds under `swing`, both relative to the bar's start, in ticks. The grid bends: the
 * first half of each pair is stretched to `percent` of it, the second half squeezed, so finer positions keep their
 * order. A half pair left over at the end of a bar (7/8 in 8ths) stays straight.
 */
export function swungTicks(within: number, swing: Swing, barLength: number): number {
  const base = BASE_TICKS[swing.base];
  const pair = 2 * base;
  const pairStart = Math.floor(within / pair) * pair;
  if (swing.percent === 50 || pairStart + pair > barLength) return within;
  const inside = within - pairStart;
  const middle = (pair * swing.percent) / 100;
  return inside < base
    ? pairStart + (inside * middle) / base
    : pairStart + middle + ((inside - base) * (pair - middle)) / base;
}

/** Turns written positions into where they stand once swung, in ticks from the pattern's start; real numbers. */
export function swingOf(pattern: Pick<Pattern, 'bars' | 'swing'>): (at: number) => Ticks {
  const starts = barStarts(pattern.bars);
  return at => {
    const { bar, within } = barAt(starts, at);
    const start = starts[bar] ?? 0;
    return ticks(start + swungTicks(within, pattern.swing, (starts[bar + 1] ?? Infinity) - start));
  };
}
