import { type Ticks, ticks } from '../units';
import { barStarts } from './grid';
import { laneSetting, laneSteps } from './lane';
import type { Note, Pattern } from './pattern';

type Row = Pick<Note, 'role' | 'instrument'>;

/** Where each step of a row is written, ascending from the pattern's start to its end. */
export function laneLines(pattern: Pick<Pattern, 'bars' | 'lanes'>, row: Row): Ticks[] {
  const setting = laneSetting(pattern, row);
  const starts = barStarts(pattern.bars);
  const inBar = new Map<number, Ticks[]>();
  return pattern.bars.flatMap((_, bar) => {
    const start = starts[bar] ?? 0;
    const length = (starts[bar + 1] ?? start) - start;
    const steps = inBar.get(length) ?? laneSteps(setting, length);
    inBar.set(length, steps);
    return steps.map(step => ticks(start + step));
  });
}

/** Place in `lines` of the last one at or before `at`; 0 when none is. */
export function lineBefore(lines: readonly number[], at: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (lines[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Place in `lines` of the one nearest to `at`; of two as near the earlier. */
export function nearestLine(lines: readonly number[], at: number): number {
  const before = lineBefore(lines, at);
  const after = lines[before + 1];
  return after !== undefined && after - at < at - (lines[before] ?? 0) ? before + 1 : before;
}

/** Where in a row's own length a position of the pattern falls: rows that are shorter begin again. */
export function foldedTick(pattern: Pick<Pattern, 'lanes'>, row: Row, at: number): Ticks {
  const { length } = laneSetting(pattern, row);
  return ticks(length === null ? at : at % length);
}
