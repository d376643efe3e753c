import { availableParallelism } from 'node:os';
import { type Jobs, keepAwakeByProgram, type OpenProc, openJobs, openStageRunner } from '#main/jobs';
import { type Library, openLibrary } from '#main/library';
import { ok, type Result } from '#shared/base';
import type { AppInfo, Failure, Services } from '#shared/protocol';
import {
  datasetAudioPath,
  generateDatasetProgram,
  HubTokens,
  publishDatasetProgram,
  validateDatasetProgram,
} from './dataset';
import { embedLibraryProgram, ensureSounds } from './embed-library';
import { ensureDemo } from './ensure-demo';
import { exportPatternProgram } from './export';
import { importTrackProgram, storeLine } from './import-track';
import { exportKitProgram, importKitProgram } from './kits';
import { runLineProgram, stepProgram } from './line';
import { importModelProgram, inspectModelProgram } from './models';
import { importSamplesProgram } from './samples';
import { createServices } from './services';
import { hearAgainProgram } from './hear-again';
import { drawMapProgram } from './sound-map';
import { findTwinsProgram } from './twins';
import type { ResolveUpload } from './uploads';

export interface StudioOptions {
  /** Folder of the library; made when it is not there. */
  readonly folder: string;
  /** Where exports go unless the user chooses a folder. */
  readonly exportsFolder: string;
  readonly host: AppInfo['host'];
  readonly version: string;
  /** How worker processes are started: `forkWorker(script)`, or Electron's utility processes. */
  readonly openProc: OpenProc;
  /** Worker processes, and jobs at the same time; one less than the machine has cores unless given. */
  readonly workerCount?: number;
  /** Keeps the machine awake until its answer is called; the system's own program does unless given. */
  readonly keepAwake?: () => () => void;
  /** Folder of the bundled demo (assets/demo); null imports none. */
  readonly demoFolder?: string | null;
  /** Folder of the bundled models (native-models). */
  readonly modelsFolder: string;
  /** The file behind `upload:<id>` of the web host and the name that the user gave it. */
  readonly resolveUpload?: ResolveUpload;
  /** Hears of exceptions that are no expected failure. */
  readonly reportBug?: (error: unknown) => void;
}

/** One studio: what every host (Electron, web, CLI) builds once and asks. */
export interface Studio {
  readonly services: Services;
  readonly jobs: Jobs;
  readonly library: Library;
  /** Path of the FLAC of a run's sample; null when there is none. */
  datasetAudioPath(runId: string, number: number): Promise<string | null>;
  /** Which project a window opens first: what `npm start` made. */
  setOpen(open: AppInfo['open']): void;
  /** Imports the bundled demo unless this library has had it; resolves when it is there. */
  ensureDemo(): Promise<void>;
  /** Listens to hits that the ear has not heard yet; resolves when it has heard all. */
  ensureSounds(): Promise<void>;
  close(): Promise<void>;
}

/** More processes than this only wait for the same disk. */
const MOST_WORKERS = 4;
const usualWorkerCount = (): number => Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1));

export async function openStudio(options: StudioOptions): Promise<Result<Studio, Failure>> {
  const opened = await openLibrary(options.folder);
  if (!opened.ok) return opened;
  const library = opened.value;
  const exportProgram = exportPatternProgram(library, options);
  const tokens = new HubTokens();
  const jobs = await openJobs({
    library,
    programs: {
      'import-track': importTrackProgram(library),
      'import-samples': importSamplesProgram(library),
      'embed-library': embedLibraryProgram(library, options.modelsFolder),
      'hear-again': hearAgainProgram(library),
      'export-pattern': exportProgram,
      'prepare-drag': exportProgram,
      'export-kit': exportKitProgram(library, options),
      'import-kit': importKitProgram(library),
      'run-line': (call, params) => runLineProgram(line => storeLine(library, call, line))(call, params),
      step: stepProgram,
      'inspect-model': inspectModelProgram,
      'import-model': importModelProgram(library),
      'draw-map': drawMapProgram(library),
      'find-twins': findTwinsProgram(library),
      'generate-dataset': generateDatasetProgram(library, options.version),
      'validate-dataset': validateDatasetProgram,
      'publish-dataset': publishDatasetProgram(tokens),
    },
    workerCount: options.workerCount ?? usualWorkerCount(),
    openProc: options.openProc,
    modelsFolder: options.modelsFolder,
    keepAwake: options.keepAwake ?? keepAwakeByProgram,
    ...(options.reportBug ? { reportBug: options.reportBug } : {}),
  });
  const takes = openStageRunner(options.openProc);
  const searches = openStageRunner(options.openProc);
  const datasets = openStageRunner(options.openProc);
  let open: AppInfo['open'] = null;
  const { host, version, modelsFolder, demoFolder = null } = options;
  const resolveUpload = options.resolveUpload ?? (() => null);
  return ok({
    services: createServices({
      library,
      jobs,
      modelsFolder,
      exportsFolder: options.exportsFolder,
      takes,
      searches,
      datasets,
      tokens,
      resolveUpload,
      host,
      version,
      open: () => open,
    }),
    jobs,
    library,
    datasetAudioPath: (runId, number) => datasetAudioPath(library, runId, number),
    setOpen(project) {
      open = project;
    },
    async ensureDemo() {
      if (demoFolder !== null) await ensureDemo(library, jobs, demoFolder, new Date());
    },
    ensureSounds: () => ensureSounds(library, jobs, modelsFolder),
    async close() {
      await takes.close();
      await searches.close();
      await datasets.close();
      await jobs.close();
      await library.close();
    },
  });
}
