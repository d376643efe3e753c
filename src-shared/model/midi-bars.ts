import { fail, ok, type Result } from '../base';
import { barTicks, COMMON_TIME, type Meter, MeterSchema, STEP_TICKS } from './grid';
import type { Timed } from './midi-events';
import { MOST_BARS } from './pattern';

/** How far a file's meters and its end may stray from the bar lines: half a sixteenth. */
const SLACK_TICKS = STEP_TICKS / 2;

export interface MeterChange {
  /** In our ticks. */
  readonly at: number;
  readonly meter: Meter;
}

/** The meters that a file says, in order; of several on a tick the last counts. */
export function metersOfMidi(
  events: readonly Timed[],
  scale: number,
): Result<readonly MeterChange[], readonly string[]> {
  const said = new Map<number, Meter>();
  for (const { tick, event } of events) {
    if (event.type !== 'timeSignature') continue;
    const { numerator, denominator } = event;
    const parsed = MeterSchema.safeParse({ numerator, denominator });
    if (!parsed.success) return fail([refusedMeter(numerator, denominator)]);
    said.set(tick, parsed.data);
  }
  return ok([...said].map(([tick, meter]) => ({ at: tick * scale, meter })).sort((a, b) => a.at - b.at));
}

function refusedMeter(numerator: number, denominator: number): string {
  const meter = `its meter ${numerator}/${denominator}`;
  if (denominator > 16 && numerator % 2 === 1)
    return `${meter} makes bars that are no whole number of sixteenths, which a pattern counts in; write it as ${numerator}/${denominator / 2} at twice the note values, or as two bars in one (${2 * numerator}/${denominator})`;
  return `${meter} is none that a pattern can have (1 to 32 of 1, 2, 4, 8, 16 or 32); split its bars into shorter ones`;
}

export interface BarsOfMidi {
  readonly bars: Meter[];
  /** The most that a bar line was moved to stand on a sixteenth, in ticks. */
  readonly moved: number;
}

/**
 * The meter of every bar, as far as the file's end and its last onset reach, in our ticks. A change inside a bar ends that bar there, as
 * DAWs do: the bar has the shorter meter. An onset nearer to the last bar line than to any step before it makes one bar more, unless
 * the file says by its end that it is to be counted before the line.
 */
export function barsOfMidi(
  changes: readonly MeterChange[],
  end: number,
  lastOnset: number | null,
): Result<BarsOfMidi, readonly string[]> {
  const bars: Meter[] = [];
  let start = 0;
  let moved = 0;
  const isMissing = (): boolean => {
    if (bars.length === 0 || start < end - SLACK_TICKS) return true;
    if (lastOnset === null) return false;
    return lastOnset >= start || (lastOnset > start - SLACK_TICKS && Math.abs(end - start) > 1);
  };
  while (isMissing()) {
    if (bars.length === MOST_BARS)
      return fail([
        `it lasts more than ${MOST_BARS} bars, the most that a pattern can have; export it in parts, then import those`,
      ]);
    const meter = changes.findLast(({ at }) => at <= start + SLACK_TICKS)?.meter ?? COMMON_TIME;
    const line = start + barTicks(meter);
    const inner = changes.find(({ at }) => at > start + SLACK_TICKS && at < line - SLACK_TICKS);
    const steps = inner ? Math.max(1, Math.round((inner.at - start) / STEP_TICKS)) : 0;
    const bar = inner ? meterOfSteps(steps, meter) : meter;
    const next = start + barTicks(bar);
    const said = inner ?? changes.find(({ at }) => Math.abs(at - next) <= SLACK_TICKS);
    if (said) moved = Math.max(moved, Math.abs(said.at - next));
    bars.push(bar);
    start = next;
  }
  return ok({ bars, moved });
}

/** The meter of a bar of so many sixteenths, counted in `like`'s notes where that is possible. */
function meterOfSteps(steps: number, like: Meter): Meter {
  const denominator =
    ([like.denominator, 4, 8, 16] as const).find(each => Number.isInteger((steps * each) / 16)) ?? 16;
  return { numerator: (steps * denominator) / 16, denominator };
}
