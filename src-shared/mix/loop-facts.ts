import {
  barStarts,
  barTicks,
  COMMON_TIME,
  firstPasses,
  INSTRUMENT_FACTS,
  type Meter,
  type Pattern,
  passesOf,
  patternSeconds,
  patternTicks,
  swingOf,
  timeOf,
} from '../model';
import { framesAt, PPQ } from '../units';

/** A place in a loop, in frames from its start. */
export interface LoopCue {
  readonly frame: number;
  readonly label: string;
}

/** What a file says of the loop in it. */
export interface LoopTempo {
  /** A whole number of beats, and how many of them a minute has: together they give the loop's length. */
  readonly beats: number;
  readonly tempo: number;
  readonly meter: Pick<Meter, 'numerator' | 'denominator'>;
}

/** No meter is written in finer notes than 64ths. */
const FINEST_BEATS_A_QUARTER = 16;

/**
 * Tempo and beats of so many passes. Beats are quarters, or the longest half, quarter ... of one that the loop is a whole number of: seven
 * eighths are 7 beats at twice the tempo. Where the tempo changes it is the mean.
 */
export function loopTempo(pattern: Pattern, passes: number): LoopTempo {
  const quarters = (patternTicks(pattern) / PPQ) * passes;
  let perQuarter = 1;
  while (!Number.isInteger(quarters * perQuarter) && perQuarter < FINEST_BEATS_A_QUARTER) perQuarter *= 2;
  const beats = Math.max(1, Math.round(quarters * perQuarter));
  const { numerator, denominator } = pattern.bars[0] ?? COMMON_TIME;
  const seconds = patternSeconds(pattern) * passes;
  return { beats, tempo: (beats * 60) / seconds, meter: { numerator, denominator } };
}

/** A cue on every beat as the meter counts them: "2.3" is the third beat of the second bar. */
export function beatCues(pattern: Pattern, passes: number, sampleRate: number): readonly LoopCue[] {
  const whole = passesOf(pattern, firstPasses(passes));
  const time = timeOf(whole);
  const starts = barStarts(whole.bars);
  return whole.bars.flatMap((meter, bar) =>
    Array.from({ length: meter.numerator }, (_, beat) => ({
      frame: framesAt(
        time.secondsAt((starts[bar] ?? 0) + (beat * barTicks(meter)) / meter.numerator),
        sampleRate,
      ),
      label: `${bar + 1}.${beat + 1}`,
    })),
  );
}

/** A cue on every attack of a loop, named by what is struck there. */
export function hitCues(pattern: Pattern, passes: number, sampleRate: number): readonly LoopCue[] {
  const whole = passesOf(pattern, firstPasses(passes));
  const time = timeOf(whole);
  const swung = swingOf(whole);
  const length = framesAt(patternSeconds(whole), sampleRate);
  const names = new Map<number, Set<string>>();
  for (const note of whole.notes) {
    if (note.muted || note.velocity === 0) continue;
    const frame = framesAt(time.secondsAt(swung(note.at) + note.feel), sampleRate);
    const inLoop = ((frame % length) + length) % length;
    names.set(inLoop, (names.get(inLoop) ?? new Set()).add(INSTRUMENT_FACTS[note.instrument].name));
  }
  return [...names]
    .map(([frame, struck]) => ({ frame, label: [...struck].join(' + ') }))
    .sort((a, b) => a.frame - b.frame);
}
