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
  bars: readonly { readonly number: number; readonly beat: number }[],
  map: TempoMap,
  { bar, length, barsOfPass, index }: PassWish,
): SongPass {
  const beatTicks = songBeatTicks(map);
  const startOf = (number: number): number | undefined => bars.find(each => each.number === number)?.beat;
  const first = startOf(bar) ?? (bar - 1) * map.meter.numerator;
  const plain = { beat: first + (index * length) / beatTicks, ticks: length };
  if (barsOfPass === null) return plain;
  const begin = startOf(bar + index * barsOfPass);
  const next = startOf(bar + (index + 1) * barsOfPass);
  if (begin === undefined) return plain;
  return {
    beat: begin,
    ticks: next === undefined ? length : Math.min(length, Math.round((next - begin) * beatTicks)),
  };
}

interface PassWish {
  /** Number of the song's bar that the first pass begins with. */
  readonly bar: number;
  readonly length: number;
  /** How many of the song's bars a pass is; null when its bars are not the song's. */
  readonly barsOfPass: number | null;
  readonly index: number;
}
