import type { TempoMap } from '#shared/model';

/** A click on the audio clock. */
export interface Click {
  readonly time: number;
  readonly isBar: boolean;
}

/** Positions that differ by less than this, in seconds, are one. */
const SAME = 1e-4;
const BISECTIONS = 24;
/** A beat this little before a position is at it: what bisecting and rounding leave. */
const AT_BEAT = 1e-6;

/**
 * The beats that sound from one audio time to another, the second one left out. `secondsAt` tells the recording's position at
 * an audio time: at its own speed but for jumps, as round a loop; null where nothing plays.
 */
export function clickTimes(
  map: TempoMap,
  from: number,
  to: number,
  secondsAt: (time: number) => number | null,
): Click[] {
  const clicks: Click[] = [];
  for (let begin = from; begin < to; ) {
    const position = secondsAt(begin);
    if (position === null) break;
    const end = endOfRun(begin, to, position, secondsAt);
    for (let beat = Math.ceil(map.beatAt(position) - AT_BEAT); ; beat++) {
      const seconds = map.secondsAt(beat);
      const time = begin + Math.max(0, seconds - position);
      if (time >= end) break;
      clicks.push({ time, isBar: map.placeAt(seconds + SAME).beat === 1 });
    }
    // A recording that has ended stands still.
    if (end - begin < SAME) break;
    begin = end;
  }
  return clicks;
}

/** Up to where, before `to`, the recording goes on without a jump. */
function endOfRun(
  begin: number,
  to: number,
  position: number,
  secondsAt: (time: number) => number | null,
): number {
  const goesOn = (time: number): boolean => {
    const at = secondsAt(time);
    return at !== null && Math.abs(at - position - (time - begin)) < SAME;
  };
  if (goesOn(to)) return to;
  let [low, high] = [begin, to];
  for (let round = 0; round < BISECTIONS; round++) {
    const middle = (low + high) / 2;
    if (goesOn(middle)) low = middle;
    else high = middle;
  }
  return high;
}
