import { Download, FileMusic, Folder, GripVertical, AudioLines } from 'lucide-react';
import { fileUrl, studioPort } from '#renderer/bridge';
import { tell } from '#renderer/state';
import { Button, count, fileSize, Message, Progress, RoleGlyph } from '#renderer/ui';
import { type Role, RoleSchema } from '#shared/model';
import type { JobView } from '#shared/protocol';
import { startExport } from './export-store';
import type { PlannedFile } from './plan';

/** What will be written; while the job runs, how far it is; after it, the files themselves. */
export function Result({
  files,
  job,
}: {
  readonly files: readonly PlannedFile[];
  readonly job: JobView | null;
}) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const isDone = job?.state === 'done';
  const written = isDone ? job.files.reduce((sum, file) => sum + file.bytes, 0) : 0;
  return (
    <section aria-label="Result" className="flex w-79 shrink-0 flex-col border-l border-line bg-bg-0 p-5">
      <div className="mb-2 flex items-baseline">
        <h3 className="flex-1 type-label text-ink-3">Result</h3>
        <span className="text-ink-3">{isDone ? fileSize(written) : `about ${fileSize(total)}`}</span>
      </div>
      <div
        className="min-h-0 overflow-y-auto rounded-r3 bg-bg-1 p-1.5"
        role="region"
        aria-label="Files"
        tabIndex={0}
      >
        {isDone ? <Written job={job} /> : <Planned files={files} />}
      </div>
      <span className="flex-1" />
      <div aria-live="polite" className="mt-4">
        {job ? <Running job={job} /> : null}
      </div>
      {isDone && studioPort() ? <DragOut job={job} /> : null}
    </section>
  );
}

function Planned({ files }: { readonly files: readonly PlannedFile[] }) {
  if (files.length === 0) return <p className="p-2 text-ink-3">Nothing chosen. Tick what to write.</p>;
  return files.map(file => (
    <div key={file.name} className="flex h-6 items-center gap-2 px-1.5">
      <FileIcon isMidi={file.kind === 'midi'} />
      {file.role ? <RoleGlyph role={file.role} /> : null}
      <span className="min-w-0 flex-1 truncate">{file.name}</span>
      <span className="text-ink-3">{fileSize(file.bytes)}</span>
    </div>
  ));
}

function Written({ job }: { readonly job: JobView }) {
  return job.files.map(file => (
    <a
      key={file.name}
      href={fileUrl(job.id, file)}
      download={file.name}
      data-file-kind={file.kind}
      className="flex h-7 items-center gap-2 rounded-r2 px-1.5 hover:bg-bg-2"
      title={file.path}
    >
      <FileIcon isMidi={file.name.endsWith('.mid')} />
      <StemGlyph kind={file.kind} />
      <span className="min-w-0 flex-1 truncate">{file.name}</span>
      <span className="text-ink-3">{fileSize(file.bytes)}</span>
      <Download size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
    </a>
  ));
}

function StemGlyph({ kind }: { readonly kind: string }) {
  const role = RoleSchema.safeParse(kind.replace('stem:', ''));
  return role.success ? <RoleGlyph role={role.data satisfies Role} /> : null;
}

function FileIcon({ isMidi }: { readonly isMidi: boolean }) {
  const Icon = isMidi ? FileMusic : AudioLines;
  return <Icon size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />;
}

function Running({ job }: { readonly job: JobView }) {
  if (job.state === 'done') {
    const [first] = job.files;
    return (
      <Message tone="ok">
        Exported {count(job.files.length, 'file')}.{' '}
        {first ? (
          <span className="break-all text-ink-2">{first.path.slice(0, -first.name.length)}</span>
        ) : null}
      </Message>
    );
  }
  if (job.state === 'failed' || job.state === 'interrupted') {
    return (
      <Message
        tone="bad"
        actions={
          <Button small look="line" onPress={() => void startExport()}>
            Export again
          </Button>
        }
      >
        {job.failure
          ? tell(job.failure)
          : 'The export was stopped before its end. Nothing half-written is left.'}
      </Message>
    );
  }
  if (job.state === 'cancelled') return <Message tone="info">Cancelled by you. Nothing was written.</Message>;
  return (
    <div>
      <div className="mb-1.5 flex">
        <span className="flex-1 truncate text-ink-2">{job.progress.stage || 'Waiting for a worker'}</span>
        <span>{Math.floor(job.progress.fraction * 100)} %</span>
      </div>
      <Progress label="Progress of the export" fraction={job.progress.fraction} />
    </div>
  );
}

/** Only Electron can hand files to another program. */
function DragOut({ job }: { readonly job: JobView }) {
  return (
    <div
      draggable
      role="note"
      onDragStart={event => {
        event.preventDefault();
        studioPort()?.startDrag(job.files.map(file => ({ jobId: job.id, name: file.name })));
      }}
      className="mt-3 flex cursor-grab items-center gap-3 rounded-r3 border border-dashed border-edge bg-bg-1 px-3 py-2.5"
    >
      <GripVertical size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
      <span className="flex-1">
        <b className="block type-strong">Drag to your DAW</b>
        <span className="text-ink-3">{count(job.files.length, 'file')}</span>
      </span>
      <Folder size={16} strokeWidth={1.4} aria-hidden="true" className="text-ink-2" />
    </div>
  );
}
