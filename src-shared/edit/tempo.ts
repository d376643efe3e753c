import { barStarts, type Pattern, type TempoChange, timeOf } from '../model';
import type { Edit } from './edit';

/** Tempos of a pattern, or of a stretch of one: what holds at its start, and the later ones. */
export interface Tempos {
  readonly tempo: number;
  /** Ascending. */
  readonly tempoChanges: readonly TempoChange[];
}

/** In order, the last said of a place counting, and without what changes nothing. */
export function tidyTempos({ tempo, tempoChanges }: Tempos): Pick<Pattern, 'tempo' | 'tempoChanges'> {
  const places = new Map<number, number>();
  for (const change of tempoChanges) places.set(Math.max(0, change.at), change.tempo);
  const first = places.get(0) ?? tempo;
  places.delete(0);
  let held = first;
  const kept: TempoChange[] = [];
  for (const [at, next] of [...places].sort(([a], [b]) => a - b)) {
    if (next !== held) kept.push({ at, tempo: next });
    held = next;
  }
  return { tempo: first, tempoChanges: kept };
}

/** The tempos of a stretch, counted from its start. */
export function temposBetween(pattern: Tempos, from: number, to: number): Tempos {
  return {
    tempo: timeOf(pattern).tempoAt(from),
    tempoChanges: pattern.tempoChanges
      .filter(({ at }) => at > from && at < to)
      .map(({ at, tempo }) => ({ at: at - from, tempo })),
  };
}

/** The tempos as changes from `start` on. */
export const temposFrom = (start: number, { tempo, tempoChanges }: Tempos): TempoChange[] => [
  { at: start, tempo },
  ...tempoChanges.map(change => ({ at: start + change.at, tempo: change.tempo })),
];

/** Another tempo from a bar on, until the next change; null for none there: the tempo before goes on. */
export function atTempoFromBar(pattern: Pattern, bar: number, tempo: number | null): Edit {
  const starts = barStarts(pattern.bars);
  const at = starts[bar];
  if (at === undefined || (at === 0 && tempo === null)) return { kind: 'all', edits: [] };
  const next = starts[bar + 1] ?? Infinity;
  const others = pattern.tempoChanges.filter(change =>
    tempo === null ? change.at < at || change.at >= next : change.at !== at,
  );
  const changes = tempo === null ? others : [...others, { at, tempo }];
  return { kind: 'frame', frame: tidyTempos({ tempo: pattern.tempo, tempoChanges: changes }) };
}

/** Another tempo for the stretch of one tempo that `at` lies in. */
export function atTempoHere(pattern: Pattern, at: number, tempo: number): Edit {
  const index = pattern.tempoChanges.findLastIndex(change => change.at <= at);
  if (index < 0) return { kind: 'frame', frame: { tempo } };
  const changes = pattern.tempoChanges.map((change, place) =>
    place === index ? { ...change, tempo } : change,
  );
  return { kind: 'frame', frame: tidyTempos({ tempo: pattern.tempo, tempoChanges: changes }) };
}
