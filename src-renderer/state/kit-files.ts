import { create } from 'zustand';
import { importNames, studio } from '#renderer/bridge';
import { ExportKitSchema, type JobView, type KitFormat, type KitPreview } from '#shared/protocol';
import { tell } from './failures';
import { useJobs } from './jobs';
import { saveKitNow, useKitDraft } from './kit-draft';
import { refreshLibrary, useLibrary } from './library';
import { attempt, notify } from './notices';
import { openKitById } from './open';
import { openScreen } from './view';

const OptionsSchema = ExportKitSchema.pick({ formats: true, depth: true, statement: true });
interface ExportOptions {
  readonly formats: readonly KitFormat[];
  readonly depth: '16' | '24' | '32f';
  readonly statement: string;
}

interface KitExportState extends ExportOptions {
  readonly isOpen: boolean;
  /** null is the library's own exports folder. */
  readonly folder: string | null;
  /** The job that writes, or wrote last. */
  readonly jobId: string | null;
  readonly isStarting: boolean;
}

export const useKitExport = create<KitExportState>(() => ({
  isOpen: false,
  formats: ['sfz', 'h2drumkit'],
  depth: '24',
  statement: '',
  folder: null,
  jobId: null,
  isStarting: false,
}));

const SETTING = 'kit-export';

/** Shows the dialog for the open kit, set to what the last export was set to. */
export async function openKitExport(): Promise<void> {
  if (!useKitDraft.getState().kit) return;
  useKitExport.setState({ isOpen: true, jobId: null });
  const settings = await attempt('Reading the settings', () => studio.settings.query());
  const kept = OptionsSchema.safeParse(settings?.[SETTING]);
  if (kept.success) useKitExport.setState(kept.data);
}

export const closeKitExport = (): void => useKitExport.setState({ isOpen: false });

/** Changes what will be written; files of a finished export give way to the new plan. */
export const setKitExport = (change: Partial<ExportOptions> & { readonly folder?: string | null }): void =>
  useKitExport.setState({ ...change, jobId: null });

/** Starts the job; what is not stored yet of the kit is stored first. */
export async function exportOpenKit(): Promise<void> {
  const { formats, depth, statement, folder, isStarting } = useKitExport.getState();
  const { kit } = useKitDraft.getState();
  if (!kit || isStarting || formats.length === 0) return;
  useKitExport.setState({ isStarting: true, jobId: null });
  const answer = await attempt('Exporting the kit', async () => {
    await saveKitNow();
    await studio.saveSetting.mutate({ name: SETTING, value: { formats, depth, statement } });
    return studio.exportKit.mutate({ kitId: kit.id, formats: [...formats], depth, statement, folder });
  });
  useKitExport.setState({ isStarting: false, jobId: answer?.jobId ?? null });
}

interface KitImportState {
  readonly isOpen: boolean;
  /** What the studio calls the files that were chosen. */
  readonly paths: readonly string[];
  /** What the first of them holds; null until it was read. */
  readonly preview: KitPreview | null;
  /** Which of its kits, by index. */
  readonly chosen: readonly number[];
  /** Why it cannot be read. */
  readonly refusal: string | null;
  readonly isBusy: boolean;
  readonly jobIds: readonly string[];
}

const CLOSED: KitImportState = {
  isOpen: false,
  paths: [],
  preview: null,
  chosen: [],
  refusal: null,
  isBusy: false,
  jobIds: [],
};

export const useKitImport = create<KitImportState>(() => CLOSED);

export const closeKitImport = (): void => useKitImport.setState(CLOSED);
export const chooseKits = (chosen: readonly number[]): void => useKitImport.setState({ chosen });

/** Shows the dialog, with what the first file holds once it was read. */
export async function openKitImport(files: readonly File[] = []): Promise<void> {
  useKitImport.setState({ ...CLOSED, isOpen: true, isBusy: files.length > 0 });
  if (files.length === 0) return;
  try {
    const paths: string[] = [];
    for await (const name of importNames(files)) paths.push(name);
    const [first] = paths;
    if (first === undefined) return closeKitImport();
    const preview = await studio.previewKitFile.mutate({ path: first });
    const drums = preview.kits.filter(({ isDrums }) => isDrums);
    const chosen = (drums.length > 0 ? drums : preview.kits).slice(0, 1).map(({ index }) => index);
    useKitImport.setState({ paths, preview, chosen, isBusy: false });
  } catch (error) {
    useKitImport.setState({ isBusy: false, refusal: error instanceof Error ? error.message : String(error) });
  }
}

/** Takes the chosen kits in; the first of them is opened when it is there. */
export async function importChosenKits(): Promise<void> {
  const { paths, chosen, preview } = useKitImport.getState();
  if (!preview || paths.length === 0) return;
  useKitImport.setState({ isBusy: true });
  const kits = preview.kits.length > 1 && paths.length === 1 ? [...chosen] : null;
  const answer = await attempt('Importing the kit', () =>
    studio.importKit.mutate({ paths: [...paths], kits }),
  );
  if (!answer) return useKitImport.setState({ isBusy: false });
  for (const { failure } of answer.refused.slice(0, 3)) notify({ tone: 'bad', text: tell(failure) });
  useKitImport.setState({ jobIds: answer.jobIds });
  if (answer.jobIds.length === 0) useKitImport.setState({ isBusy: false });
}

/** What became of the import: its kit is opened, or its failure stays in the dialog. */
export async function endKitImport(job: JobView): Promise<void> {
  if (job.state !== 'done')
    return useKitImport.setState({
      isBusy: false,
      jobIds: [],
      refusal: job.failure
        ? tell(job.failure)
        : 'The import was stopped before its end. Nothing of it is stored.',
    });
  const { kitId } = job.made;
  closeKitImport();
  await refreshLibrary(['kits']);
  if (kitId !== undefined) {
    openKitById(kitId);
    openScreen('kit');
  }
  const { kits } = useLibrary.getState();
  const kit = kits.find(({ id }) => id === kitId);
  const left = job.refused.length > 0 ? ` ${job.refused.length} of its sounds could not be read.` : '';
  const text = kit
    ? `${kit.name} is in the library: ${kit.pads.length} pads.${left}`
    : `The samples of ${job.title} are in the library.${left}`;
  notify({ tone: left === '' ? 'ok' : 'warn', text });
}

/** The job of the import that shows, while it shows. */
export const useKitImportJob = (): JobView | null => {
  const jobIds = useKitImport(state => state.jobIds);
  return useJobs(state => state.jobs.find(({ id }) => id === jobIds[0])) ?? null;
};
