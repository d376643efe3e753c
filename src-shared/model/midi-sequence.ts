import { PPQ } from '../units';
import { barTicks, COMMON_TIME, MeterSchema } from './grid';
import type { MidiClock } from './midi-chunks';
import type { Timed, Track } from './midi-events';

/**
 * The tracks of a type 2 file, which are patterns of their own, one after the other: each begins on the bar line that follows the one
 * before, at 4/4 and 120 BPM where it says nothing else.
 */
export function inSequence(tracks: readonly Track[], clock: MidiClock, warnings: string[]): readonly Track[] {
  if (tracks.length > 1)
    warnings.push(
      `It holds ${tracks.length} patterns of their own (type 2); they were set one after the other.`,
    );
  const scale = 'ticksPerQuarter' in clock ? PPQ / clock.ticksPerQuarter : 1;
  let start = 0;
  return tracks.map(track => {
    const moved = [...missingAtStart(track), ...track].map(({ tick, event }) => ({
      tick: tick + start,
      event,
    }));
    const lengthOfBar = barTicks(lastMeter(track)) / scale;
    const end = track.at(-1)?.tick ?? 0;
    start += Math.ceil(end / lengthOfBar - 1e-9) * lengthOfBar;
    return moved;
  });
}

function missingAtStart(track: Track): Timed[] {
  const has = (type: string): boolean => track.some(({ tick, event }) => tick === 0 && event.type === type);
  const tempo = { deltaTime: 0, meta: true, type: 'setTempo', microsecondsPerBeat: 500_000 } as const;
  const meter = {
    deltaTime: 0,
    meta: true,
    type: 'timeSignature',
    ...COMMON_TIME,
    metronome: 24,
    thirtyseconds: 8,
  } as const;
  return [
    ...(has('setTempo') ? [] : [{ tick: 0, event: tempo }]),
    ...(has('timeSignature') ? [] : [{ tick: 0, event: meter }]),
  ];
}

function lastMeter(track: Track) {
  const said = track.findLast(({ event }) => event.type === 'timeSignature')?.event;
  const parsed = said?.type === 'timeSignature' ? MeterSchema.safeParse(said) : null;
  return parsed?.success ? parsed.data : COMMON_TIME;
}
