import { AudioLines, Copy, Download, FileMusic, FileText, FolderOpen } from 'lucide-react';
import { type Role, RoleSchema } from '#shared/model';
import type { JobView, ResultFile } from '#shared/protocol';
import { fileUrl, studioPort } from '#renderer/bridge';
import { IconButton } from './button';
import { RoleGlyph } from './role';
import { fileSize } from './words';

interface JobFilesProps {
  readonly job: JobView;
  /** Tells how it went, in words: "Path copied". */
  readonly onTold: (text: string, tone: 'ok' | 'bad') => void;
}

/** The files that a job made: each can be saved, shown in its folder (where there is a desktop) and its path copied. */
export function JobFiles({ job, onTold }: JobFilesProps) {
  return (
    <ul aria-label="Written files">
      {job.files.map(file => (
        <li
          key={file.path}
          className="group flex h-7 items-center gap-2 rounded-r2 px-1.5 focus-within:bg-bg-2 hover:bg-bg-2"
        >
          <FileIcon name={file.name} />
          <StemGlyph kind={file.kind} />
          <a
            href={fileUrl(job.id, file)}
            download={file.name}
            data-file-kind={file.kind}
            aria-label={`Save ${file.name}`}
            className="focus-ring min-w-0 flex-1 truncate rounded-r1"
            title={file.path}
            draggable
            onDragStart={event => {
              event.dataTransfer.setData('DownloadURL', downloadUrl(job.id, file));
              event.dataTransfer.effectAllowed = 'copy';
            }}
          >
            {file.name}
          </a>
          <span className="text-ink-3">{fileSize(file.bytes)}</span>
          <FileActions job={job} file={file} onTold={onTold} />
        </li>
      ))}
    </ul>
  );
}

function FileActions({ job, file, onTold }: JobFilesProps & { readonly file: ResultFile }) {
  const port = studioPort();
  const reveal = async (): Promise<void> => {
    if (!(await port?.reveal({ jobId: job.id, name: file.name })))
      onTold(`${file.path} is no longer there.`, 'bad');
  };
  return (
    <span className="flex">
      {port ? (
        <IconButton small label={`Reveal ${file.name} in its folder`} onPress={() => void reveal()}>
          <FolderOpen size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      ) : (
        <IconButton small label={`Download ${file.name}`} onPress={() => download(job.id, file)}>
          <Download size={14} strokeWidth={1.4} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        small
        label={`Copy the path of ${file.name}`}
        onPress={() => void copyPaths([file.path], onTold)}
      >
        <Copy size={14} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </span>
  );
}

/** Puts paths on the clipboard, a line each. */
export async function copyPaths(paths: readonly string[], onTold: JobFilesProps['onTold']): Promise<void> {
  try {
    await navigator.clipboard.writeText(paths.join('\n'));
    onTold(paths.length === 1 ? `Path copied: ${paths[0]}` : `${paths.length} paths copied`, 'ok');
  } catch {
    onTold(`The clipboard cannot be written to. The path is ${paths.join(', ')}`, 'bad');
  }
}

function download(jobId: string, file: ResultFile): void {
  const link = document.createElement('a');
  link.href = fileUrl(jobId, file);
  link.download = file.name;
  link.click();
}

/** What Chromium takes for a file that is dragged out of it: type, name and absolute address. */
const downloadUrl = (jobId: string, file: ResultFile): string =>
  `application/octet-stream:${file.name}:${new URL(fileUrl(jobId, file), window.location.href).href}`;

export function FileIcon({ name }: { readonly name: string }) {
  const Icon = name.endsWith('.mid') ? FileMusic : /\.(json|txt)$/.test(name) ? FileText : AudioLines;
  return <Icon size={14} strokeWidth={1.4} aria-hidden="true" className="shrink-0 text-ink-3" />;
}

function StemGlyph({ kind }: { readonly kind: string }) {
  const role = RoleSchema.safeParse(kind.replace('stem:', ''));
  return role.success ? <RoleGlyph role={role.data satisfies Role} /> : null;
}
