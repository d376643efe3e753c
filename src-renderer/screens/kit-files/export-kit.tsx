import { useMemo } from 'react';
import { studio, studioPort } from '#renderer/bridge';
import {
  attempt,
  closeKitExport,
  exportOpenKit,
  isRunning,
  setKitExport,
  useJobs,
  useKitDraft,
  useKitExport,
  useLibrary,
} from '#renderer/state';
import { count, Dialog, ExportFooter, Segments } from '#renderer/ui';
import { documentOfKit, type KitFacts, kitFacts, type KitDocument } from '#shared/kit-formats';
import type { Hit, HitId, Kit } from '#shared/model';
import { FormatList } from './format-list';
import { KitResult } from './kit-result';
import { Rights } from './rights';

const NO_HITS: readonly Hit[] = [];
const DEPTHS = [
  { value: '16', name: '16' },
  { value: '24', name: '24' },
  { value: '32f', name: '32 float' },
] as const;
const DEPTH_NOTES = {
  '16': 'dithered',
  '24': 'what samplers take',
  '32f': 'bit for bit as they lie here; some samplers take no floats',
} as const;

/** What of the kit samplers can be told. */
function useDocument(kit: Kit | null): { readonly document: KitDocument; readonly facts: KitFacts } | null {
  const hits = useLibrary(state => (kit ? state.kitHits[kit.id] : undefined)) ?? NO_HITS;
  return useMemo(() => {
    if (!kit) return null;
    const byId = new Map<HitId, Hit>(hits.map(hit => [hit.id, hit]));
    const made = documentOfKit(kit, id => byId.has(id), { author: null, licence: null });
    return { document: made.document, facts: kitFacts(made, byId) };
  }, [kit, hits]);
}

/** The open kit for samplers: in which formats, at which depth, whose it is, and what each format leaves out. */
export function ExportKitDialog() {
  const kit = useKitDraft(state => state.kit);
  const { isOpen, formats, depth, folder, jobId, isStarting } = useKitExport();
  const job = useJobs(state => state.jobs.find(({ id }) => id === jobId)) ?? null;
  const known = useDocument(isOpen ? kit : null);
  if (!isOpen || !kit || !known) return null;
  const isBusy = isStarting || (job !== null && isRunning(job));
  const isReady = formats.length > 0 && known.document.pads.length > 0;
  return (
    <Dialog
      title="Export kit"
      aside={`${kit.name}, ${count(known.document.pads.length, 'pad')}`}
      isOpen
      onClose={closeKitExport}
      className="w-[min(920px,calc(100vw-64px))]"
      footer={
        <ExportFooter
          folder={folder ?? 'Exports of the library'}
          onChooseFolder={studioPort() ? () => void attempt('Choosing a folder', chooseFolder) : null}
          isBusy={isBusy}
          isDone={job?.state === 'done'}
          isReady={isReady}
          name={`Export ${count(formats.length, 'format')}`}
          onExport={() => void exportOpenKit()}
          onStop={job && (() => void attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id })))}
          onClose={closeKitExport}
        />
      }
    >
      <form
        className="flex min-h-0"
        onKeyDown={event => {
          const isControl =
            event.target instanceof Element && event.target.closest('button, a, textarea') !== null;
          if (event.key === 'Enter' && !isControl && isReady && !isBusy) void exportOpenKit();
        }}
        onSubmit={event => event.preventDefault()}
      >
        <section aria-label="How to write" className="flex min-w-0 flex-1 flex-col gap-5 p-5">
          <FormatList document={known.document} facts={known.facts} />
          <div className="flex items-center gap-3">
            <span className="w-16 shrink-0 text-ink-2">Depth</span>
            <Segments
              label="Depth"
              value={depth}
              choices={DEPTHS}
              onChange={value => setKitExport({ depth: value })}
            />
            <span className="min-w-0 text-ink-3">{DEPTH_NOTES[depth]}</span>
          </div>
          <Rights />
        </section>
        <KitResult job={job} kit={kit} />
      </form>
    </Dialog>
  );
}

async function chooseFolder(): Promise<void> {
  const [chosen] = (await studioPort()?.chooseFiles('export-folder')) ?? [];
  if (chosen !== undefined) setKitExport({ folder: chosen });
}
