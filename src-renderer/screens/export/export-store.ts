import { create } from 'zustand';
import { type ExportOptions, ExportOptionsSchema, type ExportOutlook, USUAL_EXPORT } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import {
  attempt,
  exportedSong,
  isRunning,
  openKitOfPattern,
  saveKitNow,
  saveNow,
  storedDocument,
  type Exported,
  useJobs,
  useLibrary,
} from '#renderer/state';

interface ExportState {
  readonly options: ExportOptions;
  /** null is the library's own exports folder. */
  readonly folder: string | null;
  /** Whether files of the same names are to be replaced; asked for anew for every export. */
  readonly isReplacing: boolean;
  /** What the export would find in its folder; null until it was looked at. */
  readonly outlook: ExportOutlook | null;
  /** The job that writes, or wrote last. */
  readonly jobId: string | null;
  /** The job that makes files for a drag, and what they were asked for with. */
  readonly drag: { readonly jobId: string; readonly wish: string } | null;
  readonly isStarting: boolean;
}

export const useExport = create<ExportState>(() => ({
  options: USUAL_EXPORT,
  folder: null,
  isReplacing: false,
  outlook: null,
  jobId: null,
  drag: null,
  isStarting: false,
}));

/** Changes what will be written; a finished export's files give way to the new plan, one that runs stays in sight. */
export function setOptions(change: Partial<ExportOptions>): void {
  const { jobs } = useJobs.getState();
  useExport.setState(({ options, jobId }) => ({
    options: { ...options, ...change },
    isReplacing: false,
    jobId: jobs.some(job => job.id === jobId && isRunning(job)) ? jobId : null,
  }));
}
export const setExport = (change: Partial<ExportState>): void => useExport.setState(change);

const SETTING = 'export';

/** What the last export was set to, as far as it still has the right shape. */
export async function restoreOptions(kitRate: number | undefined): Promise<void> {
  const settings = await attempt('Reading the settings', () => studio.settings.query());
  const kept = ExportOptionsSchema.safeParse(settings?.[SETTING]);
  if (kept.success) useExport.setState({ options: kept.data });
  else if (kitRate !== undefined) {
    // The kit's own rate is the one that needs no resampling.
    const sampleRate = ExportOptionsSchema.shape.sampleRate.safeParse(kitRate).data;
    if (sampleRate !== undefined) setOptions({ sampleRate });
  }
}

/** What is exported: the open song as one pattern while the dialog was opened for it, else the open groove; null without one. */
export function exported(): Exported | null {
  const song = exportedSong();
  if (song) return song;
  const stored = storedDocument();
  const kit = openKitOfPattern();
  return stored && kit ? { name: stored.name, pattern: stored.pattern, trackId: stored.trackId, kit } : null;
}

/** The names that files are called by, of what is exported and its song. */
export function exportWords(): { readonly patternName: string; readonly songName: string } {
  const stored = exported();
  const track = useLibrary.getState().tracks.find(({ id }) => id === stored?.trackId);
  return { patternName: stored?.name.slice(0, 120) || 'Groove', songName: track?.name.slice(0, 200) ?? '' };
}

/** The request for what the dialog shows; null when nothing is open. */
export function exportRequest() {
  const what = exported();
  if (!what) return null;
  const { pattern, kit } = what;
  const { options, folder, isReplacing } = useExport.getState();
  const existing = isReplacing ? ('replace' as const) : ('number' as const);
  return { ...options, ...exportWords(), pattern, kitId: kit.id, folder, existing };
}

/** Looks at the folder, for the number that names will get. An answer to a question that is out of date is dropped. */
export async function lookAtFolder(): Promise<void> {
  const request = exportRequest();
  if (!request || request.naming.trim() === '') return;
  const outlook = await attempt('Looking at the folder', () => studio.exportOutlook.query(request));
  if (outlook && JSON.stringify(exportRequest()) === JSON.stringify(request)) setExport({ outlook });
}

/** Starts the job; what is not stored yet is stored first, so that what is heard is what is written. */
export async function startExport(): Promise<void> {
  const request = exportRequest();
  if (!request || useExport.getState().isStarting) return;
  setExport({ isStarting: true, jobId: null });
  const answer = await attempt('Exporting', async () => {
    await Promise.all([saveNow(), saveKitNow()]);
    await studio.saveSetting.mutate({ name: SETTING, value: useExport.getState().options });
    return studio.exportPattern.mutate(request);
  });
  setExport({ isStarting: false, jobId: answer?.jobId ?? null, isReplacing: false });
}

let preparing: string | null = null;

/** Begins to make what a drag would take, when a hand nears the handle: the drag itself cannot wait. */
export async function prepareDrag(): Promise<void> {
  const request = exportRequest();
  const wish = dragWish();
  if (!request || wish === null || preparing === wish) return;
  preparing = wish;
  const answer = await attempt('Preparing the drag', async () => {
    await Promise.all([saveNow(), saveKitNow()]);
    return studio.prepareDrag.mutate(request);
  });
  preparing = null;
  if (answer) setExport({ drag: { jobId: answer.jobId, wish } });
}

/** Whether what was made for a drag is what the dialog shows now. */
export const isDragCurrent = (): boolean => useExport.getState().drag?.wish === dragWish();

/** Everything that the files of a drag follow from; null when nothing is open. */
function dragWish(): string | null {
  const request = exportRequest();
  return request && JSON.stringify({ ...request, folder: null, existing: null, kit: openKitOfPattern() });
}
