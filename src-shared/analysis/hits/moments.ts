import type { StrokeClass } from '../onsets';
import { firstFrom } from './stroke-groups';
import type { FoundStroke } from './stroke-picker';

/** Strokes of several drums this near to each other are one onset: nobody could cut between them. */
const TOGETHER_SECONDS = 0.03;

/** What sounds at one time as the network hears it. */
export interface Moment {
  /** Of the likeliest stroke, seconds. */
  readonly time: number;
  /** The likeliest first, one of a class, each with the time at which it was heard itself. */
  readonly strokes: readonly FoundStroke[];
}

/**
 * Strokes that sound together, in order of time: each likely stroke gathers those of other drums beside it, of each drum the nearest. A
 * second stroke of one drum is a moment of its own, however near: a hat on the second stroke of a flam does not gather the first.
 */
export function momentsOf(found: readonly FoundStroke[]): Moment[] {
  const ranked = [...found].sort(
    (a, b) => b.probability - a.probability || a.time - b.time || (a.class < b.class ? -1 : 1),
  );
  const distanceToNearest = nearestOfClass(found);
  /** By slots of the reach, so that a long track does not take the square of its strokes. */
  const slots = new Map<number, { readonly time: number; readonly strokes: FoundStroke[] }[]>();
  for (const stroke of ranked) {
    const { time } = stroke;
    const slot = Math.floor(time / TOGETHER_SECONDS);
    let best: { readonly time: number; readonly strokes: FoundStroke[] } | null = null;
    for (let near = slot - 1; near <= slot + 1; near++) {
      for (const moment of slots.get(near) ?? []) {
        const distance = Math.abs(moment.time - time);
        if (distance >= TOGETHER_SECONDS || moment.strokes.some(other => other.class === stroke.class))
          continue;
        if (distanceToNearest(stroke.class, moment.time) < distance) continue;
        if (!best || distance < Math.abs(best.time - time)) best = moment;
      }
    }
    if (best) best.strokes.push(stroke);
    else slots.set(slot, [...(slots.get(slot) ?? []), { time, strokes: [stroke] }]);
  }
  return [...slots.values()].flat().sort((a, b) => a.time - b.time);
}

/** How far from a time the nearest stroke of a class is, seconds. */
function nearestOfClass(found: readonly FoundStroke[]): (name: StrokeClass, time: number) => number {
  const timesOf = new Map<StrokeClass, Float64Array>();
  for (const name of new Set(found.map(stroke => stroke.class))) {
    const times = found.filter(stroke => stroke.class === name).map(stroke => stroke.time);
    timesOf.set(name, Float64Array.from(times).sort());
  }
  return (name, time) => {
    const times = timesOf.get(name) ?? new Float64Array();
    const next = firstFrom(times, time);
    const [before, after] = [times[next - 1] ?? -Infinity, times[next] ?? Infinity];
    return Math.min(time - before, after - time);
  };
}
