import { Pause, Play } from 'lucide-react';
import { useRef } from 'react';
import type { DatasetRun, JobView } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import { attempt, tell } from '#renderer/state';
import { Button, clock, fileSize, grouped, Message, Progress } from '#renderer/ui';
import { configWords } from '../new-run/config-words';
import { PaceCurve } from './pace-curve';
import { paceOf } from './pace';
import { restWords, type RunState, STATE_WORDS, stateOf, wallClock } from './run-words';
import { readRuns, useRunJob, useRuns } from './runs-store';

/** How a run goes, and what can be done with it. */
export function RunPanel({ run }: { readonly run: DatasetRun }) {
  const job = useRunJob(run);
  const state = stateOf(run, job);
  return (
    <section
      aria-label={`Run ${run.number}`}
      data-panel=""
      data-run-state={state}
      className="flex shrink-0 flex-col border-b border-line px-3 pt-2.5 pb-2"
    >
      <div className="flex h-7 items-center gap-2 whitespace-nowrap">
        <h2 className="type-title">Run {run.number}</h2>
        <span className="min-w-0 flex-1 truncate text-ink-3" title={run.folder}>
          {run.name}, {configWords(run.config)}
        </span>
        <RunButtons run={run} job={job} state={state} />
      </div>
      <div className="mt-2.5">
        <Progress
          label={`Progress of run ${run.number}`}
          fraction={run.samples > 0 ? run.made / run.samples : 0}
          look={state === 'done' ? 'ok' : state === 'failed' ? 'bad' : state === 'running' ? 'run' : 'wait'}
        />
      </div>
      <RunFigures run={run} job={job} state={state} />
      <Outcome run={run} job={job} state={state} />
    </section>
  );
}

interface RunProps {
  readonly run: DatasetRun;
  readonly job: JobView | null;
  readonly state: RunState;
}

function RunButtons({ run, job, state }: RunProps) {
  const isActing = useRef(false);
  const isActive = state === 'running' || state === 'waiting';
  const act = async (doing: string, work: () => Promise<unknown>): Promise<void> => {
    if (isActing.current) return;
    isActing.current = true;
    await attempt(doing, work);
    await readRuns(performance.now());
    isActing.current = false;
  };
  if (state === 'done') return null;
  return (
    <>
      {isActive ? (
        <Button onPress={() => void act('Pausing', () => studio.pauseDataset.mutate({ runId: run.id }))}>
          <Pause size={13} fill="currentColor" aria-hidden="true" />
          Pause
        </Button>
      ) : (
        <Button
          look="primary"
          onPress={() => void act('Resuming', () => studio.resumeDataset.mutate({ runId: run.id }))}
        >
          <Play size={13} fill="currentColor" aria-hidden="true" />
          Resume
        </Button>
      )}
      {job && (isActive || state === 'paused') ? (
        <Button
          look="danger"
          onPress={() => void act('Stopping', () => studio.cancelJob.mutate({ jobId: job.id }))}
        >
          Stop
        </Button>
      ) : null}
    </>
  );
}

/** Figures in fixed places, so that nothing moves while they change. */
function RunFigures({ run, job, state }: RunProps) {
  const readings = useRuns(({ readings: all }) => all[run.id]) ?? [];
  const isRunning = state === 'running';
  const pace = isRunning ? paceOf(readings) : null;
  const left = isRunning ? (job?.progress.secondsLeft ?? null) : null;
  const readAt = readings.at(-1)?.at ?? 0;
  const ends = left === null ? null : new Date(performance.timeOrigin + readAt + left * 1000);
  const failed = job?.refused.length ?? 0;
  const realTime = /([\d.]+)[x×] real time/.exec(job?.progress.rate ?? '')?.[1];
  return (
    <dl className="mt-2 grid grid-cols-[7rem_6.5rem_7.5rem_5rem_5rem_minmax(0,1fr)] gap-3">
      <Figure value={grouped(run.made)} name={`of ${grouped(run.samples)} samples`} />
      <Figure
        value={pace === null ? '–' : `${pace.toFixed(1)} / s`}
        name={isRunning ? (realTime ? `${realTime}\u00d7 real time` : 'samples') : STATE_WORDS[state]}
      />
      <Figure
        value={left === null ? '–' : clock(Math.ceil(left))}
        name={ends === null ? 'left' : `left, ends ${wallClock(ends)}`}
      />
      <Figure value={fileSize(run.bytes)} name="written" />
      <Figure value={String(failed)} name="failed" />
      <div className="min-w-0">
        <PaceCurve readings={readings} />
      </div>
    </dl>
  );
}

function Figure({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div className="flex min-w-0 flex-col-reverse">
      <dt className="truncate type-label text-ink-3">{name}</dt>
      <dd className="truncate [font:600_14px/18px_var(--font-ui)]">{value}</dd>
    </div>
  );
}

/** Failures and rests in words, with what next. */
function Outcome({ run, job, state }: RunProps) {
  const rest = restWords(state, grouped(run.made));
  const notes = job?.progress.notes ?? [];
  if (state === 'failed')
    return (
      <div className="mt-2">
        <Message tone="bad">
          {job?.failure ? tell(job.failure) : 'It was stopped before its end.'} {grouped(run.made)} samples
          are kept; Resume goes on after them.
        </Message>
      </div>
    );
  if (rest !== null)
    return (
      <div className="mt-2">
        <Message tone="info">{rest}</Message>
      </div>
    );
  if (notes.length === 0) return null;
  return (
    <div className="mt-2 flex flex-col gap-1.5">
      {notes.map(note => (
        <Message key={note} tone="warn">
          {note}
        </Message>
      ))}
    </div>
  );
}
