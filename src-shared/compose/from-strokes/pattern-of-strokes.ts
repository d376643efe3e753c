import {
  type Instrument,
  type MappedBar,
  type Meter,
  MeterSchema,
  type Note,
  noteId,
  type Pattern,
  sortedNotes,
  STEP_TICKS,
  type Tempo,
  TempoMap,
  PLAIN,
  PLAIN_FRAME,
} from '../../model';
import { clamp, PPQ, ticks } from '../../units';
import { gridOfBeats } from './grid';
import type { HeardStroke } from './stroke';
import { type BarContent, type BarRange, typicalBars } from './typical-bars';

/** `typical`: the bars that show best what the groove is; `whole`: all, as far as a pattern goes. */
export type WantedBars = 'typical' | 'whole' | BarRange;

export const MOST_BARS = 128;
/** A song up to this long is taken whole where the typical is asked for: nothing is gained by leaving bars out. */
const SHORT_BARS = 8;
/** Bars of a typical stretch: eight where the song is long enough to repeat them, else four. */
const LONG_SONG_BARS = 24;
/** Two strokes of one drum nearer than this and on one step are a flam, the first one its grace. */
const FLAM_SECONDS = 0.06;
/** Strokes of one drum nearer than this are played in thirty-seconds. */
const ROLL_TICKS = 0.75 * STEP_TICKS;

export interface StrokesPattern {
  readonly pattern: Pattern;
  /** The recording's bars that it holds, numbered as its tempo numbers them. */
  readonly firstBar: number;
  /** Seconds of the recording at which the pattern begins and ends. */
  readonly from: number;
  readonly to: number;
  /** Strokes of these bars, which are all in the pattern. */
  readonly strokeCount: number;
}

/** Where a stroke stands: real ticks from the first beat of the recording's bars. */
interface Placed {
  readonly stroke: HeardStroke;
  readonly at: number;
  /** The same of the stroke that is meant to be in time: the second one of a flam. */
  readonly meant: number;
}

/**
 * The groove of a recording: each stroke on the step it means, with what the drummer did beside it as feel. The steps follow the
 * recording's beats, so that one whose tempo drifts comes out as straight as it was meant; `timeOfTick` goes the way back.
 * Null when there are no strokes or no bars.
 */
export function patternOfStrokes(
  strokes: readonly HeardStroke[],
  tempo: Tempo,
  seconds: number,
  wanted: WantedBars = 'typical',
): StrokesPattern | null {
  const map = new TempoMap(tempo);
  const bars = map.bars(seconds);
  const [first] = bars;
  if (!first || strokes.length === 0) return null;
  const perBeat = (4 * PPQ) / tempo.meter.denominator;
  const starts = bars.map(({ beat }) => (beat - first.beat) * perBeat);
  starts.push(starts.at(-1)! + bars.at(-1)!.beatCount * perBeat);
  const placeOf = (time: number): number => (map.beatAt(time) - first.beat) * perBeat;
  const placed = strokes
    .map(stroke => ({
      stroke,
      at: placeOf(stroke.time),
      meant: placeOf(stroke.time + (stroke.flam ?? 0)),
    }))
    .sort((a, b) => a.at - b.at || compareStrokes(a.stroke, b.stroke));
  const written = onSteps(placed);
  const range = rangeOf(wanted, contents(placed, written, starts), bars);
  if (range.count === 0) return null;
  const begin = starts[range.first]!;
  const end = starts[range.first + range.count]!;
  const inside = placed.flatMap(({ stroke, at }, index): Note[] => {
    const step = written[index]!;
    if (step < begin || step >= end) return [];
    return [noteOf(stroke, step - begin, at - step, index)];
  });
  const { from, bpm } = { from: map.secondsAt(bars[range.first]!.beat), bpm: clamp(tempo.bpm, 20, 400) };
  return {
    pattern: {
      tempo: bpm,
      bars: bars.slice(range.first, range.first + range.count).map(bar => meterOf(bar, tempo.meter)),
      ...PLAIN_FRAME,
      notes: sortedNotes(inside),
    },
    firstBar: bars[range.first]!.number,
    from,
    to: map.secondsAt(first.beat + end / perBeat),
    strokeCount: inside.length,
  };
}

/** Seconds of the recording at which a place in the pattern, ticks from its begin, was played. */
export function timeOfTick(
  { firstBar }: Pick<StrokesPattern, 'firstBar'>,
  tempo: Tempo,
  seconds: number,
  at: number,
): number {
  const map = new TempoMap(tempo);
  const bar = map.bars(seconds).find(({ number }) => number === firstBar);
  return map.secondsAt((bar?.beat ?? 0) + (at * tempo.meter.denominator) / (4 * PPQ));
}

const compareStrokes = (a: HeardStroke, b: HeardStroke): number =>
  a.instrument < b.instrument ? -1 : a.instrument > b.instrument ? 1 : 0;

const meterOf = ({ beatCount }: MappedBar, { denominator }: Meter): Meter =>
  MeterSchema.parse({ numerator: clamp(beatCount, 1, 32), denominator });

/** The step of each stroke, in ticks from the first bar: of its quarter's grid, or half a step where two of a drum would meet. */
function onSteps(placed: readonly Placed[]): number[] {
  const beats: number[][] = [];
  const quarterOf = (at: number): number => Math.max(0, Math.floor((at + STEP_TICKS / 2) / PPQ));
  for (const { meant } of placed) {
    const quarter = quarterOf(meant);
    while (beats.length <= quarter) beats.push([]);
    beats[quarter]!.push(meant - quarter * PPQ);
  }
  const grid = gridOfBeats(beats);
  const steps = placed.map(({ meant }) => {
    const quarter = quarterOf(meant);
    const step = grid[quarter]!;
    return Math.round(quarter * PPQ + Math.round((meant - quarter * PPQ) / step) * step);
  });
  return withoutMeetings(placed, steps);
}

/** Strokes of one drum that are near are a flam; those that are not, but nearer than steps, go to the steps' halves: a roll. */
function withoutMeetings(placed: readonly Placed[], steps: readonly number[]): number[] {
  const apart = [...steps];
  const last = new Map<Instrument, number>();
  placed.forEach(({ stroke, at }, index) => {
    const before = last.get(stroke.instrument);
    last.set(stroke.instrument, index);
    if (before === undefined) return;
    const isClose = at - placed[before]!.at < ROLL_TICKS;
    if (apart[before] !== apart[index] && !isClose) return;
    const gap = stroke.time - placed[before]!.stroke.time;
    if (gap < FLAM_SECONDS) return;
    const half = STEP_TICKS / 2;
    const halves = [before, index].map(each => Math.max(0, Math.round(placed[each]!.at / half) * half));
    if (halves[0] === halves[1]) return;
    apart[before] = halves[0]!;
    apart[index] = Math.max(0, Math.round(at / half) * half);
  });
  return apart;
}

function noteOf(stroke: HeardStroke, at: number, feel: number, index: number): Note {
  return {
    id: noteId(`heard-${String(index).padStart(5, '0')}`),
    role: stroke.role,
    instrument: stroke.instrument,
    at: ticks(at),
    feel,
    velocity: stroke.velocity,
    length: ticks(STEP_TICKS),
    ...PLAIN,
    ornament: stroke.flam === null ? 'none' : 'flam',
    hit: stroke.hit,
    source: 'import',
  };
}

/** What is struck in each bar. */
function contents(
  placed: readonly Placed[],
  written: readonly number[],
  starts: readonly number[],
): BarContent[] {
  const bars = starts.slice(0, -1).map(() => new Map<string, number>());
  let bar = 0;
  const order = written.map((_, index) => index).sort((a, b) => written[a]! - written[b]!);
  for (const index of order) {
    const step = written[index]!;
    while (bar < bars.length - 1 && step >= starts[bar + 1]!) bar++;
    if (step < starts[bar]! || step >= starts[bar + 1]!) continue;
    const { instrument, velocity } = placed[index]!.stroke;
    const place = `${instrument} ${Math.round((step - starts[bar]!) / STEP_TICKS)}`;
    bars[bar]!.set(place, Math.max(velocity, bars[bar]!.get(place) ?? 0));
  }
  return bars;
}

/** Indices of bars. Bars before the first and after the last stroke are left out unless they are asked for. */
function rangeOf(wanted: WantedBars, bars: readonly BarContent[], mapped: readonly MappedBar[]): BarRange {
  if (typeof wanted === 'object') {
    const first = mapped.findIndex(({ number }) => number >= wanted.first);
    if (first < 0) return { first: 0, count: 0 };
    return { first, count: Math.min(wanted.count, MOST_BARS, mapped.length - first) };
  }
  const first = bars.findIndex(bar => bar.size > 0);
  if (first < 0) return { first: 0, count: 0 };
  const played = bars.slice(first, bars.findLastIndex(bar => bar.size > 0) + 1);
  if (wanted === 'whole' || played.length <= SHORT_BARS)
    return { first, count: Math.min(played.length, MOST_BARS) };
  const count = played.length >= LONG_SONG_BARS ? 8 : 4;
  const phraseStart = mapped.findIndex(({ number }) => number === 1) - first;
  const typical = typicalBars(played, count, Math.max(0, phraseStart));
  return { first: first + typical.first, count: typical.count };
}
