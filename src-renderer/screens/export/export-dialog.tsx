import { Share } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { studio, studioPort } from '#renderer/bridge';
import {
  attempt,
  isRunning,
  openScreen,
  useDocument,
  useDocumentKit,
  useJobs,
  useView,
} from '#renderer/state';
import { Button, count, Dialog, Empty, ExportFooter, preciseClock } from '#renderer/ui';
import {
  exported,
  exportWords,
  lookAtFolder,
  restoreOptions,
  setExport,
  startExport,
  useExport,
} from './export-store';
import { HowToWrite } from './how-to-write';
import { exportPlan } from './plan';
import { Result } from './result';
import { WhatToWrite } from './what-to-write';

const close = (): void => useView.setState({ isExportOpen: false, isExportOfSong: false });
/** Typing is over when nothing was typed for so long. */
const LOOK_AFTER_MS = 250;

/** Everything that leaves the studio: audio, stems, MIDI, licences. */
export function ExportDialog() {
  const isOpen = useView(state => state.isExportOpen);
  // What is exported follows from these.
  useDocument(state => state.history);
  useDocument(state => state.name);
  useDocumentKit();
  useView(state => state.isExportOfSong);
  const { pattern = null, kit, name: documentName = '' } = exported() ?? {};
  const { options, outlook, folder, isReplacing, isStarting, jobId } = useExport();
  const job = useJobs(state => state.jobs.find(one => one.id === jobId)) ?? null;
  useRestored(isOpen, kit?.sampleRate);
  useOutlook(isOpen, documentName);
  const number = isReplacing ? 1 : (outlook?.number ?? 1);
  const plan = useMemo(
    () => (isOpen && pattern && kit ? exportPlan(options, exportWords(), pattern, kit, number) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- the words follow from the document's name
    [isOpen, options, pattern, kit, number, documentName],
  );
  if (!pattern || !kit || !plan) return <NothingToExport isOpen={isOpen} />;
  const isBusy = isStarting || (job !== null && isRunning(job));
  const bars = count(pattern.bars.length * options.passes, 'bar');
  const length = preciseClock(plan.seconds);
  const isReady = plan.files.length > 0 && options.naming.trim() !== '';
  return (
    <Dialog
      title="Export"
      aside={`${documentName}, ${bars}, ${length}${options.loop ? ' as a loop' : ` and ${options.tailSeconds.toFixed(1)} s of tail`}`}
      isOpen={isOpen}
      onClose={close}
      className="h-[min(820px,calc(100vh-64px))] w-[min(1106px,calc(100vw-64px))] *:h-full"
      footer={
        <ExportFooter
          folder={folder ?? outlook?.folder ?? 'Exports of the library'}
          onChooseFolder={studioPort() ? () => void attempt('Choosing a folder', chooseFolder) : null}
          isBusy={isBusy}
          isDone={job?.state === 'done'}
          isReady={isReady}
          name={`Export ${count(plan.files.length, 'file')}`}
          onExport={() => void startExport()}
          onStop={job && (() => void attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id })))}
          onClose={close}
        >
          {isBusy || job?.state === 'done' ? null : (
            <span className="text-ink-3">about {Math.max(1, Math.round(plan.workSeconds))} s</span>
          )}
        </ExportFooter>
      }
    >
      <form
        className="flex h-full min-h-0"
        onKeyDown={event => {
          const isFieldOrControl =
            event.target instanceof Element && event.target.closest('button, a, textarea') !== null;
          if (event.key === 'Enter' && !isFieldOrControl && isReady && !isBusy) void startExport();
        }}
        onSubmit={event => event.preventDefault()}
      >
        <WhatToWrite files={plan.files} />
        <HowToWrite kitRate={kit.sampleRate} pattern={pattern} />
        <Result plan={plan} job={job} />
      </form>
    </Dialog>
  );
}

/** What was chosen last time, once a start; a finished export's files go when the dialog is opened again. */
function useRestored(isOpen: boolean, kitRate: number | undefined): void {
  useEffect(() => {
    if (!isOpen) return;
    const { jobId } = useExport.getState();
    if (!useJobs.getState().jobs.some(job => job.id === jobId && isRunning(job))) setExport({ jobId: null });
    if (restored) return;
    restored = true;
    void restoreOptions(kitRate);
  }, [isOpen, kitRate]);
}

let restored = false;

/** Looks at the folder whenever names may have changed. */
function useOutlook(isOpen: boolean, documentName: string): void {
  const { options, folder, jobId } = useExport();
  const state = useJobs(({ jobs }) => jobs.find(one => one.id === jobId)?.state ?? null);
  useEffect(() => {
    if (!isOpen || state === 'running' || state === 'waiting') return;
    const timer = setTimeout(() => void lookAtFolder(), LOOK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen, options, folder, state, documentName]);
}

async function chooseFolder(): Promise<void> {
  const [chosen] = (await studioPort()?.chooseFiles('export-folder')) ?? [];
  if (chosen !== undefined) setExport({ folder: chosen, outlook: null, isReplacing: false, jobId: null });
}

function NothingToExport({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <Dialog title="Export" isOpen={isOpen} onClose={close} className="w-130">
      <Empty
        icon={Share}
        title="Nothing to export yet"
        actions={
          <Button
            look="primary"
            onPress={() => {
              close();
              openScreen('groove');
            }}
          >
            Open Groove
          </Button>
        }
      >
        An export needs a groove and the kit that plays it. Generate one first.
      </Empty>
    </Dialog>
  );
}
