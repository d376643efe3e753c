import { explain } from '#shared/protocol';
import type { Context, Engine } from '../../context';
import { EXIT } from '../../failing';
import type { Reporter } from '../../report';

export async function withEngine(context: Context, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await context.openEngine();
  context.setExitCode(EXIT.done);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

/** Tells how a run goes until its job has ended, and what came of it; Ctrl-C cancels it, what is made is kept. */
export async function followRun(
  context: Context,
  { jobs, services }: Engine,
  runId: string,
  reporter: Reporter,
): Promise<void> {
  const found = (await services.datasetRuns()).find(({ id }) => id === runId);
  if (!found?.job) return;
  const { id } = found.job;
  const cancel = (): void => void jobs.cancel(id);
  if (context.signal.aborted) cancel();
  context.signal.addEventListener('abort', cancel, { once: true });
  const job = await jobs.finish(id, view => reporter.progress(view));
  context.signal.removeEventListener('abort', cancel);
  for (const note of job.progress.notes) reporter.complain(note);
  if (job.failure) reporter.complain(explain(job.failure));
  const goOn = `backbeat dataset resume ${found.number}`;
  if (job.state === 'paused') reporter.say(`Paused. Go on with: ${goOn}`);
  else if (job.state !== 'done') reporter.complain(`What is made is kept. Go on with: ${goOn}`);
  if (job.state === 'cancelled') context.setExitCode(EXIT.cancelled);
  if (job.state === 'failed' || job.state === 'interrupted') context.setExitCode(EXIT.failed);
  const run = (await services.datasetRuns()).find(one => one.id === runId);
  if (run?.manifest) {
    reporter.say(`${run.made} samples, ${(run.bytes / 1e6).toFixed(1)} MB  ${run.folder}`);
    reporter.say(`SHA-256 ${run.manifest}`);
  }
  reporter.result({
    states: [job.state],
    run: found.number,
    folder: found.folder,
    samples: found.samples,
    made: run?.made ?? 0,
    manifest_sha256: run?.manifest ?? null,
    failure: job.failure,
  });
}
