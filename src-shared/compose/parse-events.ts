import { z } from 'zod';
import { fail, ok, type Result } from '../base';
import { type GridEvent, GridEventSchema, type GridFile, stepsPerBar } from '../model';
import { barsOf, problemsOf } from './grid-file';

/** How far the two seeds' keys of one event may disagree: 0.01 ms and a ten-thousandth of full velocity. */
const TIME_TOLERANCE_SECONDS = 0.00001;
const VELOCITY_TOLERANCE = 0.0001;

/** An event as either seed writes it: keys of one or of both. */
const LooseEventSchema = GridEventSchema.partial().extend({
  role: GridEventSchema.shape.role,
  start: z.number().optional(),
});
type LooseEvent = z.infer<typeof LooseEventSchema>;

/**
 * Events from a file, checked against their grid. A file may hold the keys of one seed only (`bar, step, vel,
 * micro_offset_ms` or `start, velocity, micro_offset`): the others follow. Where it holds both, they must agree.
 */
export function parseEvents(content: unknown, grid: GridFile): Result<GridEvent[], readonly string[]> {
  const parsed = z.array(LooseEventSchema).safeParse(content);
  if (!parsed.success) return fail(problemsOf(parsed.error.issues));
  const problems: string[] = [];
  const events = parsed.data.flatMap((loose, index) => {
    const event = completed(loose, grid);
    if (typeof event !== 'string') return [event];
    problems.push(`event ${index}: ${event}`);
    return [];
  });
  return problems.length > 0 ? fail(problems) : ok(events);
}

/** The event with all keys, or what is wrong with it. */
function completed(loose: LooseEvent, grid: GridFile): GridEvent | string {
  const velocity = loose.vel ?? loose.velocity;
  if (velocity === undefined) return 'has neither vel nor velocity';
  if (Math.abs((loose.velocity ?? velocity) - velocity) > VELOCITY_TOLERANCE) {
    return `vel is ${loose.vel}, but velocity is ${loose.velocity}`;
  }
  const place = placeOf(loose, grid);
  if (typeof place === 'string') return place;
  const { bar, step, stepTime, milliseconds } = place;
  const start = Math.max(0, stepTime + milliseconds / 1000);
  if (loose.start !== undefined && Math.abs(Math.max(0, loose.start) - start) > TIME_TOLERANCE_SECONDS) {
    return `start is ${loose.start}, but bar, step and micro-offset give ${start}`;
  }
  const { sample_id = null, dur_steps = 1, source = 'import' } = loose;
  return {
    ...loose,
    bar,
    step,
    sample_id,
    vel: velocity,
    dur_steps,
    micro_offset_ms: milliseconds,
    source,
    start,
    velocity,
    micro_offset: milliseconds / 1000,
  };
}

interface Place {
  readonly bar: number;
  readonly step: number;
  /** Seconds at which the step stands. */
  readonly stepTime: number;
  readonly milliseconds: number;
}

function placeOf(loose: LooseEvent, grid: GridFile): Place | string {
  const bars = barsOf(grid);
  const given = offsetOf(loose);
  if (typeof given === 'string') return given;
  if (loose.bar === undefined || loose.step === undefined) {
    if (loose.start === undefined) return 'has neither bar and step nor start';
    return nearestPlace(loose.start, given, grid);
  }
  const meter = bars[loose.bar];
  if (!meter) return `bar is ${loose.bar}, but the grid has bars 0 to ${grid.num_bars - 1}`;
  const steps = stepsPerBar(meter);
  if (loose.step >= steps) return `step is ${loose.step}, but bar ${loose.bar} has steps 0 to ${steps - 1}`;
  const first = bars.slice(0, loose.bar).reduce((sum, each) => sum + stepsPerBar(each), 0);
  const stepTime = grid.t_step[first + loose.step] ?? 0;
  const milliseconds = given ?? (loose.start === undefined ? 0 : (loose.start - stepTime) * 1000);
  return { bar: loose.bar, step: loose.step, stepTime, milliseconds };
}

/** The micro-offset in milliseconds, undefined when the event does not say. */
function offsetOf({ micro_offset_ms, micro_offset }: LooseEvent): number | undefined | string {
  if (micro_offset === undefined || micro_offset_ms === undefined) {
    return micro_offset_ms ?? (micro_offset === undefined ? undefined : micro_offset * 1000);
  }
  return Math.abs(micro_offset_ms / 1000 - micro_offset) > TIME_TOLERANCE_SECONDS
    ? `micro_offset_ms is ${micro_offset_ms}, but micro_offset is ${micro_offset} s`
    : micro_offset_ms;
}

/** The step nearest to where an event without one is written: its sounding time less its micro-offset. */
function nearestPlace(start: number, offset: number | undefined, grid: GridFile): Place | string {
  const written = start - (offset ?? 0) / 1000;
  const end = (grid.t_step.at(-1) ?? 0) + grid.tstep;
  if (written < -grid.tstep / 2 || written >= end) {
    return `start is ${start} s, but the grid lasts ${end} s`;
  }
  const index = grid.t_step.reduce(
    (best, time, each) =>
      Math.abs(time - written) < Math.abs((grid.t_step[best] ?? 0) - written) ? each : best,
    0,
  );
  let bar = 0;
  let first = 0;
  for (const meter of barsOf(grid)) {
    const steps = stepsPerBar(meter);
    if (index < first + steps) break;
    first += steps;
    bar++;
  }
  const stepTime = grid.t_step[index] ?? 0;
  return { bar, step: index - first, stepTime, milliseconds: (start - stepTime) * 1000 };
}
