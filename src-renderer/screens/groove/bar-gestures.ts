import {
  atTempoFromBar,
  atTempoHere,
  type BarRange,
  withBarCount,
  withBarsInserted,
  withBarsTwice,
  withMeter,
  withoutBars,
} from '#shared/edit';
import { barStarts, type Meter, meterText, MOST_BARS, type Pattern, type Swing } from '#shared/model';
import { count, plain } from '#renderer/ui';
import type { Gesture } from './gestures';

/** "bar 3", or "bars 3 to 4", counted from 1. */
export const barsName = ({ from, to }: BarRange): string =>
  to - from === 1 ? `bar ${from + 1}` : `bars ${from + 1} to ${to}`;

export const setMeter = (pattern: Pattern, range: BarRange, meter: Meter): Gesture => ({
  label: `Meter of ${barsName(range)} to ${meterText(meter)}`,
  edit: withMeter(pattern, range, meter),
});

/** An empty bar before or behind others, of the meter that stands there. */
export function insertBar(pattern: Pattern, range: BarRange, side: 'before' | 'after'): Gesture | null {
  const beside = pattern.bars[side === 'before' ? range.from : range.to - 1];
  if (!beside || pattern.bars.length >= MOST_BARS) return null;
  const at = side === 'before' ? range.from : range.to;
  return { label: `Insert bar ${at + 1}`, edit: withBarsInserted(pattern, at, [beside]) };
}

/** The pattern keeps one bar at least. */
export const deleteBars = (pattern: Pattern, range: BarRange): Gesture | null =>
  range.to - range.from >= pattern.bars.length
    ? null
    : { label: `Delete ${barsName(range)}`, edit: withoutBars(pattern, range) };

export const duplicateBars = (pattern: Pattern, range: BarRange): Gesture | null =>
  pattern.bars.length + range.to - range.from > MOST_BARS
    ? null
    : { label: `Duplicate ${barsName(range)}`, edit: withBarsTwice(pattern, range) };

export const setBarCount = (pattern: Pattern, bars: number): Gesture => ({
  label: `Make it ${count(bars, 'bar')}`,
  edit: withBarCount(pattern, Math.round(bars)),
});

/** From a bar on, until the tempo changes next; null for none there. */
export const setTempoFrom = (pattern: Pattern, bar: number, tempo: number | null): Gesture => ({
  label:
    tempo === null ? `No tempo change in bar ${bar + 1}` : `Tempo from bar ${bar + 1} to ${plain(tempo, 2)}`,
  edit: atTempoFromBar(pattern, bar, tempo),
});

/** The tempo at a bar, wherever that tempo begins. */
export const setTempoAt = (pattern: Pattern, bar: number, tempo: number): Gesture => ({
  label: `Tempo to ${plain(tempo, 2)}`,
  edit: atTempoHere(pattern, barStarts(pattern.bars)[bar] ?? 0, tempo),
});

export const setSwing = ({ swing }: Pattern, change: Partial<Swing>): Gesture => {
  const next = { ...swing, ...change };
  return {
    label: `Swing to ${plain(next.percent, next.percent % 1 === 0 ? 0 : 1)} %, ${next.base}`,
    edit: { kind: 'frame', frame: { swing: next } },
  };
};
