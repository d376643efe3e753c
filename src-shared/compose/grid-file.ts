import { fail, ok, type Result } from '../base';
import {
  barStarts,
  barTicks,
  type GridFile,
  GridFileSchema,
  type Meter,
  meterText,
  type Pattern,
  PLAIN_FRAME,
  parseMeter,
  STEP_TICKS,
  STRAIGHT,
  stepsPerBar,
  timeOf,
} from '../model';
import { PPQ, secondsOfTicks } from '../units';

/** How far times in a file made elsewhere may stray from what its tempo and meter give, in seconds. */
const TIME_TOLERANCE_SECONDS = 0.0005;

/** What a grid file holds of a pattern. */
type GridFrame = Pick<Pattern, 'tempo' | 'tempoChanges' | 'bars' | 'swing' | 'lanes'>;

/** `grid_N.json` of a pattern. */
export function gridFileOf(frame: GridFrame): GridFile {
  const { tempo, tempoChanges, bars, swing, lanes } = frame;
  const time = timeOf(frame);
  const first = bars[0] ?? { numerator: 4, denominator: 4 };
  const starts = barStarts(bars);
  const timeOfStep = (start: number, step: number): number => time.secondsAt(start + step * STEP_TICKS);
  return {
    bpm: tempo,
    meter: meterText(first),
    steps_per_bar: stepsPerBar(first),
    num_bars: bars.length,
    tbeat: secondsOfTicks(PPQ, tempo),
    tbar: secondsOfTicks(barTicks(first), tempo),
    tstep: secondsOfTicks(STEP_TICKS, tempo),
    bar_start: bars.map((_, bar) => time.secondsAt(starts[bar] ?? 0)),
    t_step: bars.flatMap((meter, bar) =>
      Array.from({ length: stepsPerBar(meter) }, (_, step) => timeOfStep(starts[bar] ?? 0, step)),
    ),
    ...(bars.every(meter => meterText(meter) === meterText(first)) ? {} : { meters: bars.map(meterText) }),
    ...(swing.percent === 50 ? {} : { swing }),
    ...(tempoChanges.length === 0
      ? {}
      : { tempo_changes: tempoChanges.map(({ at, tempo: bpm }) => ({ tick: at, bpm })) }),
    ...(lanes.length === 0 ? {} : { lanes }),
  };
}

/** The pattern without notes that a checked grid stands for. */
export const frameOf = (grid: GridFile): Pattern => ({
  ...PLAIN_FRAME,
  tempo: grid.bpm,
  tempoChanges: (grid.tempo_changes ?? []).map(({ tick, bpm }) => ({ at: tick, tempo: bpm })),
  bars: barsOf(grid),
  swing: grid.swing ?? STRAIGHT,
  lanes: grid.lanes ?? [],
  notes: [],
});

/** The meter of every bar of a checked grid. */
export function barsOf(grid: GridFile): Meter[] {
  const texts = grid.meters ?? Array.from({ length: grid.num_bars }, () => grid.meter);
  return texts.flatMap(text => parseMeter(text) ?? []);
}

/** A grid file's content, or what is wrong with it, one sentence each. */
export function parseGridFile(content: unknown): Result<GridFile, readonly string[]> {
  const parsed = GridFileSchema.safeParse(content);
  if (!parsed.success) return fail(problemsOf(parsed.error.issues));
  const grid = parsed.data;
  const unread = [grid.meter, ...(grid.meters ?? [])].filter(text => !parseMeter(text));
  if (unread.length > 0) return fail(unread.map(text => `"${text}" is not a meter such as 4/4 or 7/8`));
  if (grid.meters && grid.meters.length !== grid.num_bars) {
    return fail([`meters has ${grid.meters.length} entries, but num_bars is ${grid.num_bars}`]);
  }
  const changes = grid.tempo_changes ?? [];
  if (changes.some(({ tick }, index) => tick <= (changes[index - 1]?.tick ?? 0)))
    return fail(['the ticks of tempo_changes must ascend']);
  const wanted = gridFileOf(frameOf(grid));
  const problems = [
    ...(['steps_per_bar', 'tbeat', 'tbar', 'tstep'] as const).flatMap(key =>
      mismatch(key, grid[key], wanted[key]),
    ),
    ...(['bar_start', 't_step'] as const).flatMap(key => listMismatch(key, grid[key], wanted[key])),
  ];
  return problems.length > 0 ? fail(problems) : ok(grid);
}

const mismatch = (name: string, found: number, wanted: number): string[] =>
  Math.abs(found - wanted) <= TIME_TOLERANCE_SECONDS
    ? []
    : [`${name} is ${found}, but bpm and meter give ${wanted}`];

function listMismatch(name: string, found: readonly number[], wanted: readonly number[]): string[] {
  if (found.length !== wanted.length) {
    return [`${name} has ${found.length} entries, but num_bars and meter give ${wanted.length}`];
  }
  return found
    .flatMap((value, index) => mismatch(`${name}[${index}]`, value, wanted[index] ?? 0))
    .slice(0, 1);
}

/** Schema issues as sentences: "3.vel: Too big: expected number to be <=1". */
export const problemsOf = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string[] =>
  issues.map(({ path, message }) =>
    path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message,
  );
