import { useEffect, useState } from 'react';
import { exportOpenKit, tell, useKitExport } from '#renderer/state';
import { Button, copyPaths, ExportOutcome, JobFiles, Message } from '#renderer/ui';
import { plainFileName } from '#shared/kit-formats';
import type { Kit } from '#shared/model';
import type { JobView, KitFormat } from '#shared/protocol';

interface Told {
  readonly text: string;
  readonly tone: 'ok' | 'bad';
}

/** Where each format will lie in the export's folder. */
const PLACES: Readonly<Record<KitFormat, (name: string) => string>> = {
  wav: () => 'WAV/kit.json',
  sfz: name => `SFZ/${name}.sfz`,
  decent: name => `DecentSampler/${name}.dspreset`,
  h2drumkit: name => `${name}.h2drumkit`,
  sf2: name => `${name}.sf2`,
};

/** What will be written; while the job runs, how far it is; after it, the files that somebody opens. */
export function KitResult({ job, kit }: { readonly job: JobView | null; readonly kit: Kit }) {
  const formats = useKitExport(state => state.formats);
  const [told, setTold] = useState<Told | null>(null);
  const tellOf = (text: string, tone: Told['tone']): void => setTold({ text, tone });
  useEffect(() => setTold(null), [job?.id, job?.state]);
  const name = plainFileName(kit.name) || 'Kit';
  const planned = [...formats.map(format => PLACES[format](name)), 'LICENSES.json'];
  return (
    <section aria-label="Result" className="flex w-84 shrink-0 flex-col border-l border-line bg-bg-0 p-5">
      <h3 className="mb-2 type-label text-ink-3">Result</h3>
      <div role="region" aria-label="Files" tabIndex={0} className="focus-ring rounded-r3 bg-bg-1 p-1.5">
        {job?.state === 'done' ? (
          <JobFiles job={job} onTold={tellOf} />
        ) : (
          <ul aria-label="Files to be written">
            {planned.map(path => (
              <li key={path} className="flex h-6 items-center px-1.5 text-ink-2">
                <span className="truncate" title={path}>
                  {path}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <span className="flex-1" />
      <div aria-live="polite" className="mt-4">
        {told ? <Message tone={told.tone}>{told.text}</Message> : null}
        {job && !told ? <Running job={job} onTold={tellOf} /> : null}
      </div>
    </section>
  );
}

function Running(props: {
  readonly job: JobView;
  readonly onTold: (text: string, tone: Told['tone']) => void;
}) {
  const { job, onTold } = props;
  const last = job.files.at(-1);
  const folder = last?.path.slice(0, -last.name.length - 1) ?? '';
  return (
    <ExportOutcome job={job} failure={job.failure && tell(job.failure)} onAgain={() => void exportOpenKit()}>
      <Message
        tone="ok"
        actions={
          <Button small look="line" onPress={() => void copyPaths([folder], onTold)}>
            Copy the folder’s path
          </Button>
        }
      >
        Exported into a folder of its own. A name can be dragged into a sampler.{' '}
        <span className="break-all text-ink-2">{folder}</span>
      </Message>
    </ExportOutcome>
  );
}
