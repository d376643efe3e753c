import type { StrokeClass } from '../onsets';
import type { HitContract } from './contract';
import type { FoundStroke } from './stroke-picker';

/** Strokes at most this far from a group's likeliest one are of its moment. */
export const GROUP_SECONDS = 0.03;

/** Possible strokes of a whole song, those of one moment together. */
export interface StrokeGroups {
  /** Of the likeliest stroke of each group, seconds, in no order. */
  readonly centres: readonly number[];
  /** How likely that stroke is. */
  readonly chances: readonly number[];
  /** The group of each stroke. */
  readonly groupOf: readonly number[];
}

/** Each likely stroke gathers those beside it. */
export function groupStrokes(found: readonly FoundStroke[]): StrokeGroups {
  const order = found
    .map((_, index) => index)
    .sort((a, b) => found[b]!.probability - found[a]!.probability || found[a]!.time - found[b]!.time);
  const centres: number[] = [];
  const chances: number[] = [];
  const groupOf: number[] = found.map(() => 0);
  const slots = new Map<number, number[]>();
  for (const index of order) {
    const { time, probability } = found[index]!;
    const slot = Math.floor(time / GROUP_SECONDS);
    let best = -1;
    for (let near = slot - 1; near <= slot + 1; near++) {
      for (const group of slots.get(near) ?? []) {
        const distance = Math.abs(centres[group]! - time);
        if (distance > GROUP_SECONDS) continue;
        if (best < 0 || distance < Math.abs(centres[best]! - time)) best = group;
      }
    }
    if (best < 0) {
      best = centres.length;
      centres.push(time);
      chances.push(probability);
      slots.set(slot, [...(slots.get(slot) ?? []), best]);
    }
    groupOf[index] = best;
  }
  return { centres, chances, groupOf };
}

/** Place of the first of ascending times that is not before `time`. */
export function firstFrom(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Chances of possible strokes by family and time. */
export class ChanceLookup {
  readonly #times: readonly Float64Array[];
  readonly #chances: readonly Float64Array[];

  constructor(found: readonly FoundStroke[], familyOf: readonly number[], familyCount: number) {
    const byFamily = Array.from({ length: familyCount }, (_, family) =>
      found.filter((_stroke, index) => familyOf[index] === family).sort((a, b) => a.time - b.time),
    );
    this.#times = byFamily.map(strokes => Float64Array.from(strokes, ({ time }) => time));
    this.#chances = byFamily.map(strokes => Float64Array.from(strokes, ({ probability }) => probability));
  }

  timesOf(family: number): Float64Array {
    return this.#times[family]!;
  }

  chancesOf(family: number): Float64Array {
    return this.#chances[family]!;
  }

  /** The greatest chance of a family within `reach` seconds of `time`; 0 where there is none. */
  greatest(family: number, time: number, reach: number): number {
    const times = this.#times[family]!;
    let most = 0;
    for (let at = firstFrom(times, time - reach); at < times.length && times[at]! <= time + reach; at++)
      most = Math.max(most, this.#chances[family]![at]!);
    return most;
  }
}

/** The family of each stroke by its class. */
export function familiesOf(
  found: readonly FoundStroke[],
  families: readonly Pick<HitContract['families'][number], 'classes'>[],
): number[] {
  const familyOfClass = new Map<StrokeClass, number>(
    families.flatMap(({ classes }, family) => classes.map(name => [name, family] as const)),
  );
  return found.map(stroke => familyOfClass.get(stroke.class) ?? -1);
}
