import type { Jobs } from '#main/jobs';
import { Failed } from '#main/platform';
import { expandFiles, songName } from '#main/usecases/line';
import type { Services } from '#shared/protocol';
import { CommandFailed } from './failing';
import { type ReportOptions, Reporter, type Streams } from './report';
import { exitCodeOf, type PlannedJob, runJobs } from './run-jobs';

/** The engine behind a command, opened only when a command needs it. */
export interface Engine {
  readonly jobs: Jobs;
  readonly services: Services;
  close(): Promise<void>;
}

export interface Context {
  readonly streams: Streams;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  openEngine(): Promise<Engine>;
  /** The code that the process will exit with; commands set it. */
  setExitCode(code: number): void;
}

/** Runs jobs and reports them; answers the ended jobs after their failures were told. */
export async function perform(
  context: Context,
  options: ReportOptions,
  planned: readonly PlannedJob[],
): Promise<{ readonly reporter: Reporter; readonly ended: Awaited<ReturnType<typeof runJobs>> }> {
  const reporter = new Reporter(options, context.streams);
  const engine = await context.openEngine();
  try {
    const ended = await runJobs(engine.jobs, planned, reporter, context.signal);
    context.setExitCode(exitCodeOf(ended, reporter));
    return { reporter, ended };
  } finally {
    await engine.close();
  }
}

/** A job of one step that publishes files; prints where they lie. */
export async function performStep(
  context: Context,
  options: ReportOptions,
  title: string,
  params: unknown,
): Promise<void> {
  const { reporter, ended } = await perform(context, options, [{ kind: 'step', title, params }]);
  tellFiles(reporter, ended);
}

/** Many numbered slices are told as one line. */
const TOLD_ONE_BY_ONE = 12;

export function tellFiles(
  reporter: Reporter,
  ended: readonly { readonly files: readonly FileFacts[]; readonly state: string }[],
): void {
  const files = ended.flatMap(job => job.files);
  const slices = files.filter(file => file.kind === 'slice');
  const told = slices.length > TOLD_ONE_BY_ONE ? files.filter(file => file.kind !== 'slice') : files;
  if (told.length < files.length) {
    const [first] = slices;
    reporter.say(`${slices.length} slices  ${first?.path ?? ''} ...`);
  }
  for (const file of told) reporter.say(file.path);
  reporter.result({ states: ended.map(job => job.state), files });
}

interface FileFacts {
  readonly kind: string;
  readonly path: string;
}

/** Files and folders of the command line as one step job a file. */
export async function stepPerFile(
  context: Context,
  paths: readonly string[],
  params: (file: string) => Readonly<Record<string, unknown>>,
): Promise<PlannedJob[]> {
  try {
    const files = await expandFiles(paths, context.signal);
    return files.map(file => ({ kind: 'step', title: songName(file), params: params(file) }));
  } catch (error) {
    if (error instanceof Failed) throw new CommandFailed(error.failure);
    throw error;
  }
}
