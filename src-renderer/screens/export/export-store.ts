import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { attempt, openKitOfPattern, saveKitNow, saveNow, storedDocument } from '#renderer/state';
import { type ExportSettings, fileStem } from './plan';

interface ExportState extends ExportSettings {
  /** null follows the pattern's name. */
  readonly name: string | null;
  /** null is the library's own exports folder. */
  readonly folder: string | null;
  /** The job that writes, or wrote last. */
  readonly jobId: string | null;
  readonly isStarting: boolean;
}

export const useExport = create<ExportState>(() => ({
  wav: '24',
  mp3: true,
  midi: true,
  stems: true,
  layer: 'full',
  sampleRate: 44100,
  tailSeconds: 2,
  limiter: false,
  name: null,
  folder: null,
  jobId: null,
  isStarting: false,
}));

export const setExport = (change: Partial<ExportState>): void => useExport.setState(change);

/** Starts the job; what is not stored yet is stored first, so that what is heard is what is written. */
export async function startExport(): Promise<void> {
  const stored = storedDocument();
  const kit = openKitOfPattern();
  if (!stored || !kit || useExport.getState().isStarting) return;
  setExport({ isStarting: true, jobId: null });
  const { wav, mp3, midi, stems, layer, sampleRate, tailSeconds, limiter, name, folder } =
    useExport.getState();
  const answer = await attempt('Exporting', async () => {
    await Promise.all([saveNow(), saveKitNow()]);
    return studio.exportPattern.mutate({
      pattern: stored.pattern,
      kitId: kit.id,
      name: fileStem(name ?? stored.name),
      wav,
      mp3,
      midi,
      stems,
      layer,
      sampleRate,
      tailSeconds,
      limiter,
      folder,
    });
  });
  setExport({ isStarting: false, jobId: answer?.jobId ?? null });
}
