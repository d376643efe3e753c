import { Folder, Share } from 'lucide-react';
import { useEffect } from 'react';
import { patternSeconds } from '#shared/model';
import { studio, studioPort } from '#renderer/bridge';
import { attempt, openScreen, useDocument, useDocumentKit, useJobs, useView } from '#renderer/state';
import { Button, count, Dialog, Empty, Keys, preciseClock } from '#renderer/ui';
import { setExport, startExport, useExport } from './export-store';
import { HowToWrite } from './how-to-write';
import { fileStem, plannedFiles } from './plan';
import { Result } from './result';
import { WhatToWrite } from './what-to-write';

const RATES = [44100, 48000, 96000] as const;
const close = (): void => useView.setState({ isExportOpen: false });

/** Everything that leaves the studio: WAV, MP3, stems, MIDI. */
export function ExportDialog() {
  const isOpen = useView(state => state.isExportOpen);
  const pattern = useDocument(state => state.history?.pattern ?? null);
  const documentName = useDocument(state => state.name);
  const kit = useDocumentKit();
  const settings = useExport();
  const job = useJobs(state => state.jobs.find(one => one.id === settings.jobId)) ?? null;
  useKitRate(kit?.sampleRate);
  if (!pattern || !kit) return <NothingToExport isOpen={isOpen} />;
  const files = plannedFiles(settings, pattern, kit, fileStem(settings.name ?? documentName));
  const isRunning = settings.isStarting || job?.state === 'running' || job?.state === 'waiting';
  const bars = count(pattern.bars.length, 'bar');
  return (
    <Dialog
      title="Export"
      aside={`${documentName}, ${bars}, ${preciseClock(patternSeconds(pattern))} and ${settings.tailSeconds.toFixed(1)} s of tail`}
      isOpen={isOpen}
      onClose={close}
      className="h-[min(686px,calc(100vh-64px))] w-[min(1106px,calc(100vw-64px))] *:h-full"
      footer={
        <>
          <Destination />
          <span className="flex-1" />
          {isRunning && job ? (
            <Button
              look="danger"
              onPress={() => void attempt('Cancelling', () => studio.cancelJob.mutate({ jobId: job.id }))}
            >
              Stop
            </Button>
          ) : (
            <Button onPress={close}>{job?.state === 'done' ? 'Close' : 'Cancel'}</Button>
          )}
          <Button
            look="primary"
            isDisabled={files.length === 0}
            isPending={isRunning}
            onPress={() => void startExport()}
          >
            {isRunning ? 'Exporting' : `Export ${count(files.length, 'file')}`}
            <Keys keys="Enter" isInverse />
          </Button>
        </>
      }
    >
      <form
        className="flex h-full min-h-110"
        onKeyDown={event => {
          const isFieldOrControl =
            event.target instanceof Element && event.target.closest('button, a') !== null;
          if (event.key === 'Enter' && !isFieldOrControl && files.length > 0 && !isRunning)
            void startExport();
        }}
        onSubmit={event => event.preventDefault()}
      >
        <WhatToWrite files={files} />
        <HowToWrite kitRate={kit.sampleRate} />
        <Result files={files} job={job} />
      </form>
    </Dialog>
  );
}

/** The kit's own rate is the one that needs no resampling. */
function useKitRate(kitRate: number | undefined): void {
  useEffect(() => {
    const rate = RATES.find(one => one === kitRate);
    if (rate !== undefined) setExport({ sampleRate: rate });
  }, [kitRate]);
}

function Destination() {
  const folder = useExport(state => state.folder);
  const port = studioPort();
  const choose = async (): Promise<void> => {
    const [chosen] = (await port?.chooseFiles('export-folder')) ?? [];
    if (chosen !== undefined) setExport({ folder: chosen });
  };
  return (
    <>
      <span className="text-ink-3">To</span>
      <span className="flex h-8 min-w-0 items-center gap-2 rounded-r2 border border-line-2 bg-bg-0 px-2.5">
        <Folder size={14} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
        <span className="max-w-80 truncate">{folder ?? 'Exports of the library'}</span>
        {port ? (
          <Button small look="ghost" onPress={() => void attempt('Choosing a folder', choose)}>
            Change
          </Button>
        ) : null}
      </span>
    </>
  );
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
