import {
  barStarts,
  type LaneSetting,
  type Meter,
  MOST_BARS,
  type Note,
  type Pattern,
  type TempoChange,
} from '../model';
import { ticks } from '../units';
import { type Edit, NOTHING } from './edit';
import { freshNames } from './put-hit';
import { temposBetween, temposFrom, tidyTempos } from './tempo';

/** Bars `from` to `to`, counted from 0, `to` not among them. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/** A stretch of the old time that goes on in the new one: `from` up to `to`, `by` ticks later. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly by: number;
}

/**
 * The edit that gives the pattern other bars, of whose old time the `stretches` are left: what lies in them goes with them, what lies
 * in none is removed, and the tempo that held where each begins holds there again. `more` are notes and tempos of new bars.
 */
function rebarred(
  pattern: Pattern,
  bars: Meter[],
  stretches: readonly Stretch[],
  more: { readonly notes: readonly Note[]; readonly tempoChanges: readonly TempoChange[] },
  lanes: LaneSetting[],
): Edit {
  const carry = (at: number): number | null => {
    const stretch = stretches.find(({ from, to }) => at >= from && at < to);
    return stretch ? at + stretch.by : null;
  };
  const moved: Note[] = [];
  const gone: Note['id'][] = [];
  for (const note of pattern.notes) {
    const at = carry(note.at);
    if (at === null) gone.push(note.id);
    else if (at !== note.at) moved.push({ ...note, at: ticks(at) });
  }
  const tempoChanges = [
    ...stretches.flatMap(({ from, to, by }) => temposFrom(from + by, temposBetween(pattern, from, to))),
    ...more.tempoChanges,
  ];
  const frame = { ...tidyTempos({ tempo: pattern.tempo, tempoChanges }), bars, lanes };
  return {
    kind: 'all',
    edits: [
      { kind: 'remove', ids: gone },
      { kind: 'frame', frame },
      { kind: 'put', notes: [...moved, ...more.notes] },
    ],
  };
}

const NOTHING_NEW = { notes: [], tempoChanges: [] };

const isRange = ({ bars }: Pattern, { from, to }: BarRange): boolean =>
  Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= bars.length;

/** Empty bars before bar `at`; at the tempo of what goes before them. Rows that end behind them become as much longer. */
export function withBarsInserted(pattern: Pattern, at: number, meters: readonly Meter[]): Edit {
  const { bars } = pattern;
  if (at < 0 || at > bars.length || meters.length === 0 || bars.length + meters.length > MOST_BARS)
    return NOTHING;
  const place = startOf(pattern, at);
  const by = lengthOf(meters);
  const all = [...bars.slice(0, at), ...meters, ...bars.slice(at)];
  const stretches = [
    { from: 0, to: place, by: 0 },
    { from: place, to: Infinity, by },
  ].filter(({ from, to }) => to > from);
  const before = at === 0 ? [{ at: 0, tempo: pattern.tempo }] : [];
  return rebarred(
    pattern,
    all,
    stretches,
    { notes: [], tempoChanges: before },
    longerRows(pattern, place, by),
  );
}

/** Bars taken out with what is in them; the last bar of all stays. Rows that end behind them become as much shorter. */
export function withoutBars(pattern: Pattern, range: BarRange): Edit {
  const { bars } = pattern;
  if (!isRange(pattern, range) || range.to - range.from >= bars.length) return NOTHING;
  const from = startOf(pattern, range.from);
  const to = startOf(pattern, range.to);
  const lanes = pattern.lanes.map(lane => {
    if (lane.length === null || lane.length <= from) return lane;
    const length = lane.length - (Math.min(lane.length, to) - from);
    return { ...lane, length: length === 0 ? null : ticks(length) };
  });
  const stretches = [
    { from: 0, to: from, by: 0 },
    { from: to, to: Infinity, by: from - to },
  ].filter(stretch => stretch.to > stretch.from);
  const left = [...bars.slice(0, range.from), ...bars.slice(range.to)];
  const isEnd = range.to === bars.length;
  return rebarred(pattern, left, isEnd ? stretches.slice(0, 1) : stretches, NOTHING_NEW, lanes);
}

/** Bars again, with what is in them and their tempos, right after themselves. */
export function withBarsTwice(pattern: Pattern, range: BarRange): Edit {
  const { bars } = pattern;
  const copied = bars.slice(range.from, range.to);
  if (!isRange(pattern, range) || bars.length + copied.length > MOST_BARS) return NOTHING;
  const from = startOf(pattern, range.from);
  const to = startOf(pattern, range.to);
  const by = to - from;
  const name = freshNames(pattern);
  const notes = pattern.notes
    .filter(note => note.at >= from && note.at < to)
    .map((note): Note => {
      const at = note.at + by;
      return { ...note, id: name(`${at}.${note.role}.${note.instrument}`), at: ticks(at) };
    });
  const isEnd = range.to === bars.length;
  const stretches = [{ from: 0, to, by: 0 }, ...(isEnd ? [] : [{ from: to, to: Infinity, by }])];
  const tempoChanges = temposFrom(to, temposBetween(pattern, from, to));
  return rebarred(
    pattern,
    [...bars.slice(0, range.to), ...copied, ...bars.slice(range.to)],
    stretches,
    { notes, tempoChanges },
    longerRows(pattern, to, by),
  );
}

/**
 * Another meter for some bars. What is in a bar keeps its distance from the bar's start; what a shorter bar has no room for is
 * removed, and a tempo that began there begins with the next bar.
 */
export function withMeter(pattern: Pattern, range: BarRange, meter: Meter): Edit {
  if (!isRange(pattern, range)) return NOTHING;
  const { bars } = pattern;
  const next = bars.map((each, bar) => (bar >= range.from && bar < range.to ? meter : each));
  const olds = barStarts(bars);
  const news = barStarts(next);
  const stretches = bars.map((_, bar): Stretch => {
    const from = olds[bar] ?? 0;
    const start = news[bar] ?? 0;
    const length = Math.min((olds[bar + 1] ?? 0) - from, (news[bar + 1] ?? 0) - start);
    return { from, to: from + length, by: start - from };
  });
  const lanes = pattern.lanes.map(lane => {
    if (lane.length === null) return lane;
    const bar = olds.indexOf(lane.length);
    return bar <= 0 ? lane : { ...lane, length: news[bar] ?? lane.length };
  });
  return rebarred(pattern, next, stretches, NOTHING_NEW, lanes);
}

/** As many bars: more are empty and like the last one, fewer are taken from the end. */
export function withBarCount(pattern: Pattern, count: number): Edit {
  const { bars } = pattern;
  const last = bars.at(-1);
  if (!last || count === bars.length || count < 1 || count > MOST_BARS) return NOTHING;
  if (count < bars.length) return withoutBars(pattern, { from: count, to: bars.length });
  return withBarsInserted(
    pattern,
    bars.length,
    Array.from({ length: count - bars.length }, () => last),
  );
}

const startOf = ({ bars }: Pattern, bar: number): number => barStarts(bars)[bar] ?? 0;
const lengthOf = (meters: readonly Meter[]): number => barStarts(meters).at(-1) ?? 0;

const longerRows = ({ lanes }: Pattern, place: number, by: number): LaneSetting[] =>
  lanes.map(lane =>
    lane.length === null || lane.length <= place ? lane : { ...lane, length: ticks(lane.length + by) },
  );
