import type { Failure, Services } from '#shared/protocol';
import type { Result } from '#shared/base';
import type { Jobs, OpenProc } from '#main/jobs';
import type { Library } from '#main/library';

export interface StudioOptions {
  /** Folder of the library; made when it is not there. */
  readonly folder: string;
  /** Where exports go unless the user chooses a folder. */
  readonly exportsFolder: string;
  readonly host: 'electron' | 'web';
  readonly version: string;
  /** How worker processes are started: `forkWorker(script)`, or Electron's `openUtilityProcess(script)`. */
  readonly openProc: OpenProc;
  readonly workerCount?: number;
  readonly keepAwake?: () => () => void;
  /** Folder of the bundled demo (assets/demo); null imports none. */
  readonly demoFolder?: string | null;
  /** The file behind `upload:<id>` of the web host and the name that the user gave it. */
  readonly resolveUpload?: (id: string) => { readonly path: string; readonly name: string } | null;
}

/** One studio: what every host (Electron, web, CLI) builds once and asks. */
export interface Studio {
  readonly services: Services;
  readonly jobs: Jobs;
  readonly library: Library;
  /** Which project a window opens first: what `npm start` made. */
  setOpen(
    open: { readonly trackId: string; readonly kitId: string; readonly patternId: string } | null,
  ): void;
  /** Imports the bundled demo unless the library has it already or the user removed it; resolves when it is there. */
  ensureDemo(): Promise<void>;
  close(): Promise<void>;
}

export type OpenStudio = (options: StudioOptions) => Promise<Result<Studio, Failure>>;
