import { z } from 'zod';
import { PPQ, type Seconds, seconds, type Ticks, ticks } from '../units';

/** Quarter notes a minute. */
export const BpmSchema = z.number().min(20).max(400);

/** From `at` on, in ticks from the pattern's start. */
export const TempoChangeSchema = z.object({ at: z.number().positive(), tempo: BpmSchema });
export type TempoChange = z.infer<typeof TempoChangeSchema>;

/** Between the ticks of a pattern and the clock. Positions are real numbers; before the start the first tempo holds. */
export interface PatternTime {
  /** Seconds from the pattern's start. */
  secondsAt(at: number): Seconds;
  ticksAt(time: number): Ticks;
  /** Quarter notes a minute at `at`. */
  tempoAt(at: number): number;
  /** How much later, in ms, what stands at `at` sounds with a feel of `feel` ticks. */
  offsetMilliseconds(at: number, feel: number): number;
  /** The feel in ticks with which what stands at `at` sounds `milliseconds` later. */
  feelOf(at: number, milliseconds: number): number;
}

interface Tempos {
  readonly tempo: number;
  /** Ascending. */
  readonly tempoChanges: readonly TempoChange[];
}

interface Section {
  readonly at: number;
  readonly time: number;
  readonly tempo: number;
}

export function timeOf({ tempo, tempoChanges }: Tempos): PatternTime {
  const sections: Section[] = [{ at: 0, time: 0, tempo }];
  for (const change of tempoChanges) {
    const last = sections.at(-1) ?? { at: 0, time: 0, tempo };
    const time = last.time + ((change.at - last.at) * 60) / (last.tempo * PPQ);
    sections.push({ at: change.at, time, tempo: change.tempo });
  }
  const sectionOf = (key: 'at' | 'time', value: number): Section => {
    let low = 0;
    let high = sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (sections[middle]![key] <= value) low = middle;
      else high = middle - 1;
    }
    return sections[low]!;
  };
  const secondsAt = (at: number): Seconds => {
    const section = sectionOf('at', at);
    return seconds(section.time + ((at - section.at) * 60) / (section.tempo * PPQ));
  };
  const ticksAt = (time: number): Ticks => {
    const section = sectionOf('time', time);
    return ticks(section.at + ((time - section.time) * section.tempo * PPQ) / 60);
  };
  /** Whether one tempo holds from `from` to `to`: then lengths need no detour by the clock, which costs digits. */
  const isSteady = (from: Section, to: Section): boolean => from === to;
  return {
    secondsAt,
    ticksAt,
    tempoAt: at => sectionOf('at', at).tempo,
    offsetMilliseconds: (at, feel) => {
      const section = sectionOf('at', at);
      return isSteady(section, sectionOf('at', at + feel))
        ? (feel * 60_000) / (section.tempo * PPQ)
        : (secondsAt(at + feel) - secondsAt(at)) * 1000;
    },
    feelOf: (at, milliseconds) => {
      const section = sectionOf('at', at);
      const feel = (milliseconds * section.tempo * PPQ) / 60_000;
      return isSteady(section, sectionOf('at', at + feel))
        ? feel
        : ticksAt(secondsAt(at) + milliseconds / 1000) - at;
    },
  };
}

/** `time` with what lies before `start` at a tempo of its own: that of the music which is played before it. */
export function ledBy(time: PatternTime, start: number, tempo: number): PatternTime {
  if (time.tempoAt(start - 1) === tempo) return time;
  const begin = time.secondsAt(start);
  const secondsAt = (at: number): Seconds =>
    at < start ? seconds(begin - ((start - at) * 60) / (tempo * PPQ)) : time.secondsAt(at);
  const ticksAt = (at: number): Ticks =>
    at < begin ? ticks(start - ((begin - at) * tempo * PPQ) / 60) : time.ticksAt(at);
  return {
    secondsAt,
    ticksAt,
    tempoAt: at => (at < start ? tempo : time.tempoAt(at)),
    offsetMilliseconds: (at, feel) => (secondsAt(at + feel) - secondsAt(at)) * 1000,
    feelOf: (at, milliseconds) => ticksAt(secondsAt(at) + milliseconds / 1000) - at,
  };
}
