import { PPQ, seconds, ticks } from '../units';
import type { PatternTime } from './pattern-time';
import type { TempoMap } from './tempo-map';

/** Ticks of a song's beat: quarters in 4/4, eighths in 6/8. */
export const songBeatTicks = ({ meter }: Pick<TempoMap, 'meter'>): number => (4 * PPQ) / meter.denominator;

/** When a pattern's ticks sound while it follows a song whose beat `beat`, counted from its bar 1, is the pattern's first. */
export function timeOnSong(map: TempoMap, beat: number): PatternTime {
  const length = songBeatTicks(map);
  const begin = map.secondsAt(beat);
  const secondsAt = (at: number) => seconds(map.secondsAt(beat + at / length) - begin);
  const ticksAt = (time: number) => ticks((map.beatAt(begin + time) - beat) * length);
  return {
    secondsAt,
    ticksAt,
    tempoAt: at => {
      const within = Math.floor(beat + at / length + 1e-6);
      return (60 * length) / ((map.secondsAt(within + 1) - map.secondsAt(within)) * PPQ);
    },
    offsetMilliseconds: (at, feel) => (secondsAt(at + feel) - secondsAt(at)) * 1000,
    feelOf: (at, milliseconds) => ticksAt(secondsAt(at) + milliseconds / 1000) - at,
  };
}

/** Where a pattern's passes stand along a song. */
export interface SongPass {
  /** Song beat of its first tick, counted from bar 1. */
  readonly beat: number;
  /** Ticks of it that fit before the next pass begins. */
  readonly ticks: number;
}

/**
 * Pass number `index`, from 0, of a pattern of `length` ticks that begins with the song's bar `bar`. Passes follow each other
 * beat by beat; where the pattern is as many of the song's bars as `barsOfPass` says, each begins on a bar line of the song,
 * so one bar that is shorter than the others does not set the rest of the song off.
 */
export function songPass(
  bars: readonly BarOfSong[],
  map: TempoMap,
  { bar, length, barsOfPass, index }: PassWish,
): SongPass {
  const beatTicks = songBeatTicks(map);
  const startOf = barStartsOf(bars, map);
  const first = startOf(bar);
  if (barsOfPass === null) return { beat: first + (index * length) / beatTicks, ticks: length };
  const beat = startOf(bar + index * barsOfPass);
  const next = startOf(bar + (index + 1) * barsOfPass);
  return { beat, ticks: Math.min(length, Math.round((next - beat) * beatTicks)) };
}

/** First beats of bars by their number; past the known ones as the meter has it. */
function barStartsOf(bars: readonly BarOfSong[], { meter }: TempoMap): (number: number) => number {
  const known = new Map(bars.map(({ number, beat }) => [number, beat]));
  const first = bars[0] ?? { number: 1, beat: 0 };
  const last = bars.at(-1) ?? first;
  return number => {
    const edge = number < first.number ? first : last;
    return known.get(number) ?? edge.beat + (number - edge.number) * meter.numerator;
  };
}

interface BarOfSong {
  readonly number: number;
  readonly beat: number;
}

interface PassWish {
  /** Number of the song's bar that the first pass begins with. */
  readonly bar: number;
  readonly length: number;
  /** How many of the song's bars a pass is; null when its bars are not the song's. */
  readonly barsOfPass: number | null;
  readonly index: number;
}
