import { UploadCloud } from 'lucide-react';
import { useState } from 'react';
import { type DatasetRun, type JobView, PUBLISH_LAYOUTS, PublishRequestSchema } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import { attempt, isRunning, tell } from '#renderer/state';
import {
  Button,
  CheckBox,
  Empty,
  fileSize,
  grouped,
  Message,
  PanelHead,
  Progress,
  Segments,
  TextField,
} from '#renderer/ui';
import { PublishOutcome } from './outcome';
import { publish, setPublish, usePublication, usePublish } from './publish-store';

const LAYOUTS = [
  { value: 'parquet', name: 'Parquet', note: 'audio inside the tables, read in place by the hub’s viewer' },
  { value: 'audiofolder', name: 'AudioFolder', note: 'FLAC files beside a metadata file' },
  { value: 'webdataset', name: 'WebDataset', note: 'tar files, to be streamed while training' },
] as const satisfies readonly {
  readonly value: (typeof PUBLISH_LAYOUTS)[number];
  readonly name: string;
  readonly note: string;
}[];

/** Sends a dataset to the hub, or writes it as the hub wants it. */
export function PublishTab({ run }: { readonly run: DatasetRun | undefined }) {
  if (!run || run.manifest === null)
    return (
      <Empty icon={UploadCloud} title={run ? 'Not whole yet' : 'No dataset yet'}>
        {run
          ? 'A dataset can be published when its last sample is made.'
          : 'Generate a dataset first; then it is written as the Hugging Face Hub wants it, and sent there if you like.'}
      </Empty>
    );
  return <Publish run={run} />;
}

function Publish({ run }: { readonly run: DatasetRun }) {
  const { layout, dryRun, isStarting } = usePublish();
  const job = usePublication(run.id);
  const isBusy = job !== null && isRunning(job);
  return (
    <section aria-label="Publish" data-panel="" className="flex min-h-0 flex-1 flex-col">
      <PanelHead
        title="Publish"
        aside={`${run.name}, ${grouped(run.samples)} samples, ${fileSize(run.bytes)}`}
      />
      <div
        role="region"
        aria-label="How to publish"
        tabIndex={0}
        className="focus-ring min-h-0 flex-1 overflow-y-auto p-4 -outline-offset-2"
      >
        <div className="grid max-w-160 grid-cols-[7rem_minmax(0,1fr)] items-center gap-x-4 gap-y-3">
          <span className="text-ink-2">Layout</span>
          <span className="flex items-center gap-3">
            <Segments
              label="Layout"
              value={layout}
              choices={LAYOUTS}
              onChange={value => setPublish({ layout: value })}
            />
            <span className="text-ink-3">{LAYOUTS.find(({ value }) => value === layout)?.note}</span>
          </span>
          <Where />
          <span />
          <CheckBox isChosen={dryRun} onChange={value => setPublish({ dryRun: value })}>
            Dry run: tell what would be sent, and send nothing
          </CheckBox>
          <span />
          <span>
            <Button look="primary" isDisabled={isBusy || isStarting} onPress={() => void publish(run.id)}>
              <ActionWords />
            </Button>
          </span>
        </div>
        {job ? <Publication job={job} /> : null}
      </div>
    </section>
  );
}

function ActionWords() {
  const { dryRun, repo } = usePublish();
  if (dryRun) return <>Show what would be sent</>;
  return <>{repo === null ? 'Write the layout' : `Publish to ${repo}`}</>;
}

/** Repository, who may see it, and the token; all empty writes beside the dataset. */
function Where() {
  const { repo, isPrivate } = usePublish();
  return (
    <>
      <span className="text-ink-2">Repository</span>
      <span className="flex items-center gap-3">
        <TextField
          label="Repository"
          value={repo ?? ''}
          placeholder="owner/name; empty uploads nothing"
          className="w-72"
          onCommit={text => {
            const wanted = text === '' ? null : text;
            if (!PublishRequestSchema.shape.repo.safeParse(wanted).success)
              return 'An owner and a name, as in ada/snare-drills';
            setPublish({ repo: wanted });
            return null;
          }}
        />
        <CheckBox isChosen={isPrivate} onChange={value => setPublish({ isPrivate: value })}>
          Private
        </CheckBox>
      </span>
      <span className="text-ink-2">Access token</span>
      <TokenField />
    </>
  );
}

function TokenField() {
  const { token } = usePublish();
  const [isShown, setShown] = useState(false);
  return (
    <span className="flex items-center gap-3">
      <input
        type={isShown ? 'text' : 'password'}
        aria-label="Access token"
        autoComplete="off"
        value={token ?? ''}
        placeholder="empty takes HF_TOKEN"
        onChange={event => setPublish({ token: event.currentTarget.value || null })}
        className="h-7 w-72 rounded-r2 border border-line-2 bg-bg-0 px-2 outline-none placeholder:text-ink-3 hover:border-edge focus:outline-2 focus:outline-offset-1 focus:outline-focus"
      />
      <CheckBox isChosen={isShown} onChange={setShown}>
        Show
      </CheckBox>
      <span className="text-ink-3">kept nowhere</span>
    </span>
  );
}

/** How it goes, and what came of it. */
function Publication({ job }: { readonly job: JobView }) {
  const { progress, failure, state } = job;
  return (
    <section
      aria-label="Publication"
      data-publication={state}
      className="mt-5 max-w-180 border-t border-line pt-4"
    >
      {isRunning(job) ? (
        <div className="flex items-center gap-3">
          <span className="w-48 truncate text-ink-2">{progress.stage || 'Waiting for a worker'}</span>
          <span className="flex-1">
            <Progress label="Progress of publishing" fraction={progress.fraction} />
          </span>
          <span className="w-10 text-right">{Math.floor(progress.fraction * 100)} %</span>
          <Button
            small
            look="danger"
            onPress={() => void attempt('Stopping', () => studio.cancelJob.mutate({ jobId: job.id }))}
          >
            Stop
          </Button>
        </div>
      ) : null}
      {state === 'failed' && failure ? (
        <Message tone="bad">{tell(failure)} What was sent stays; publishing again goes on after it.</Message>
      ) : null}
      {state === 'cancelled' ? <Message tone="info">Stopped by you. What was sent stays.</Message> : null}
      {state === 'done' ? <Done job={job} /> : null}
    </section>
  );
}

function Done({ job }: { readonly job: JobView }) {
  return (
    <div className="flex flex-col gap-2">
      {job.progress.notes.map(note => (
        <Message key={note} tone="warn">
          {note}
        </Message>
      ))}
      <PublishOutcome data={job.data} />
    </div>
  );
}
