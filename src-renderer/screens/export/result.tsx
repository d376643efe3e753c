import { Folder } from 'lucide-react';
import { useEffect, useState } from 'react';
import { tell } from '#renderer/state';
import {
  Button,
  copyPaths,
  count,
  ExportOutcome,
  FileIcon,
  fileSize,
  JobFiles,
  Message,
  RoleGlyph,
  Segments,
} from '#renderer/ui';
import type { ExportOutlook, JobView } from '#shared/protocol';
import { DragOut } from './drag-out';
import { setExport, startExport, useExport } from './export-store';
import type { ExportPlan, PlannedFile } from './plan';

interface Told {
  readonly text: string;
  readonly tone: 'ok' | 'bad';
}

/** What will be written; while the job runs, how far it is; after it, the files themselves. */
export function Result({ plan, job }: { readonly plan: ExportPlan; readonly job: JobView | null }) {
  const [told, setTold] = useState<Told | null>(null);
  const tellOf = (text: string, tone: Told['tone']): void => setTold({ text, tone });
  useEffect(() => setTold(null), [job?.id, job?.state]);
  const isDone = job?.state === 'done';
  const written = isDone ? job.files.reduce((sum, file) => sum + file.bytes, 0) : 0;
  return (
    <section aria-label="Result" className="flex w-84 shrink-0 flex-col border-l border-line bg-bg-0 p-5">
      <div className="mb-2 flex items-baseline">
        <h3 className="flex-1 type-label text-ink-3">Result</h3>
        <span className="text-ink-3">{isDone ? fileSize(written) : `about ${fileSize(plan.bytes)}`}</span>
      </div>
      <div
        className="min-h-16 overflow-y-auto rounded-r3 bg-bg-1 p-1.5"
        role="region"
        aria-label="Files"
        tabIndex={0}
      >
        {isDone ? <JobFiles job={job} onTold={tellOf} /> : <Planned files={plan.files} />}
      </div>
      {job ? null : <Taken />}
      <span className="flex-1" />
      <div aria-live="polite" className="mt-4">
        {isDone && !told ? <Notes job={job} /> : null}
        {told ? <Message tone={told.tone}>{told.text}</Message> : null}
        {job && !told ? <Running job={job} onTold={tellOf} /> : null}
      </div>
      {plan.files.length > 0 ? <DragOut onTold={tellOf} /> : null}
    </section>
  );
}

function Planned({ files }: { readonly files: readonly PlannedFile[] }) {
  const [first] = files;
  if (!first) return <p className="p-2 text-ink-3">Nothing chosen. Tick what to write.</p>;
  const folder = first.name.split('/').slice(0, -1).join('/');
  return (
    <>
      {folder === '' ? null : (
        <div className="flex h-6 items-center gap-2 px-1.5">
          <Folder size={14} strokeWidth={1.4} aria-hidden="true" className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1 truncate" title={folder}>
            {folder}
          </span>
          <span className="text-ink-3">{count(files.length, 'file')}</span>
        </div>
      )}
      <ul aria-label="Files to be written">
        {files.map(file => {
          const name = file.name.split('/').at(-1) ?? file.name;
          return (
            <li
              key={file.name}
              className={`flex h-6 items-center gap-2 pr-1.5 ${folder === '' ? 'pl-1.5' : 'pl-6'}`}
            >
              <FileIcon name={name} />
              {file.role ? <RoleGlyph role={file.role} /> : null}
              <span className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </span>
              <span className="text-ink-3">{fileSize(file.bytes)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What the export did otherwise than it was asked to. */
function Notes({ job }: { readonly job: JobView }) {
  return job.progress.notes.map(note => (
    <div key={note} className="mb-2">
      <Message tone="warn">{note}</Message>
    </div>
  ));
}

const WAYS = ['number', 'replace'] as const;

/** Names that are there already: said before anything is written, and what becomes of them. */
function Taken() {
  const { outlook, isReplacing } = useExport();
  if (!outlook || outlook.taken.length === 0) return null;
  return (
    <div className="mt-3">
      <Message
        tone="warn"
        actions={
          <Segments
            small
            label="Files that are there already"
            value={isReplacing ? 'replace' : 'number'}
            choices={WAYS.map(value => ({ value, name: wayName(value, outlook) }))}
            onChange={value => setExport({ isReplacing: value === 'replace' })}
          />
        }
      >
        {isReplacing
          ? `${count(outlook.taken.length, 'file')} of an earlier export will be replaced.`
          : `${count(outlook.taken.length, 'name')} taken by an earlier export, so this one is number ${outlook.number}.`}
      </Message>
    </div>
  );
}

const wayName = (way: (typeof WAYS)[number], { number, taken }: ExportOutlook): string =>
  way === 'number' ? `Write as ${number}` : `Replace ${taken.length}`;

function Running(props: {
  readonly job: JobView;
  readonly onTold: (text: string, tone: Told['tone']) => void;
}) {
  const { job, onTold } = props;
  const [first] = job.files;
  const paths = job.files.map(({ path }) => path);
  return (
    <ExportOutcome job={job} failure={job.failure && tell(job.failure)} onAgain={() => void startExport()}>
      <Message
        tone="ok"
        actions={
          <Button small look="line" onPress={() => void copyPaths(paths, onTold)}>
            Copy all paths
          </Button>
        }
      >
        Exported {count(job.files.length, 'file')}. A name can be dragged into another program.{' '}
        {first ? (
          <span className="break-all text-ink-2">{first.path.slice(0, -first.name.length)}</span>
        ) : null}
      </Message>
    </ExportOutcome>
  );
}
