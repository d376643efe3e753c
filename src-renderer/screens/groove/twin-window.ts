import { barAt, barStarts, lineBefore, type Meter } from '#shared/model';
import type { GridRow } from './grid-rows';

/** Sixteenths that exist as elements in one row at most: a screen reader needs the place around it, and no more. */
const MOST_STEPS = 128;
const STEPS_PER_TICK = 1 / 240;

/** Ticks from `from` up to `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The parts of the pattern that exist as elements: the bars in sight, as many as are worth it, and the cursor's bar. Ascending. */
export function twinSpans(bars: readonly Meter[], seen: Span, cursor: number): readonly Span[] {
  const starts = barStarts(bars);
  const barOf = (tick: number): Span => {
    const { bar } = barAt(starts, Math.max(0, tick));
    return { from: starts[bar] ?? 0, to: starts[bar + 1] ?? 0 };
  };
  const first = barOf(seen.from).from;
  const most = first + MOST_STEPS / STEPS_PER_TICK;
  const last = barOf(Math.min(seen.to, most - 1)).to;
  const own = barOf(cursor);
  const inSight = { from: first, to: last > most ? Math.max(barOf(first).to, barOf(most).from) : last };
  if (own.from >= inSight.from && own.to <= inSight.to) return [inSight];
  if (own.to === inSight.from) return [{ from: own.from, to: inSight.to }];
  if (own.from === inSight.to) return [{ from: inSight.from, to: own.to }];
  return own.from < inSight.from ? [own, inSight] : [inSight, own];
}

/** Places of a row's steps within the spans. */
export function stepsWithin({ steps }: Pick<GridRow, 'steps'>, spans: readonly Span[]): readonly number[] {
  const places: number[] = [];
  for (const { from, to } of spans) {
    let at = lineBefore(steps, from);
    if ((steps[at] ?? 0) < from) at++;
    for (; at < steps.length && (steps[at] ?? to) < to; at++) places.push(at);
  }
  return places;
}

/** Every place where any row has a step, ascending: the columns that a row's cells span. */
export function columnsOf(rows: readonly Pick<GridRow, 'steps'>[]): readonly number[] {
  const grids = new Set(rows.map(row => row.steps));
  const [only, ...others] = grids;
  if (!only || others.length === 0) return only ?? [];
  const places = new Set<number>();
  for (const grid of grids) for (const step of grid) places.add(step);
  return [...places].sort((a, b) => a - b);
}
