import { attempt, failureOfError, hashFile } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import type { RunResources, ValidationReport } from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { openSounding } from '../config';
import { hashesCheck, readManifest } from './dataset-files';
import { Validation } from './validation';

export interface ValidateOptions {
  readonly signal: AbortSignal;
  /** Share of the whole, 0..1, and what is being looked at. */
  readonly report?: (share: number, what: string) => void;
  /** Recordings that are listened to, spread over the dataset by its own hash. */
  readonly recordings?: number;
  /** Rows of which everything is made again; half as many as recordings, and at most 100, unless given. */
  readonly rebuilt?: number;
  /** The user's files that the dataset was made with, where this machine has them. */
  readonly resources?: RunResources;
}

const USUAL_RECORDINGS = 200;
const MOST_REBUILT = 100;
/** Of the time, roughly, for the hashes of all files. */
const HASHED = 0.15;

/**
 * Looks at a whole dataset: files against the manifest, tables against one another and against the MIDI files, labels against sound, splits
 * against leaks, performances against people. Answers what was found; fails only where there is no dataset. Tables are read a row group at a
 * time; what is kept of a sample is about 2 kB.
 */
export async function validateDataset(
  folder: string,
  {
    signal,
    report = () => undefined,
    recordings = USUAL_RECORDINGS,
    rebuilt = Math.min(MOST_REBUILT, Math.ceil(recordings / 2)),
    resources = { files: [] },
  }: ValidateOptions,
): Promise<Result<ValidationReport, Failure>> {
  const manifest = await readManifest(folder);
  if (!manifest.ok) return manifest;
  const opened = await openSounding(await stillHere(resources));
  if (!opened.ok) return opened;
  try {
    const hashes = await hashesCheck(folder, manifest.value, signal, share =>
      report(HASHED * share, 'Files'),
    );
    const validation = new Validation({
      folder,
      manifest: manifest.value,
      rebuilding: opened.value,
      recordings,
      rebuilt,
      signal,
      report: (share, what) => report(HASHED + (1 - HASHED) * share, what),
    });
    const { checks, distributions, samples } = await validation.run();
    const dataset = { name: manifest.value.name, manifest_sha256: manifest.value.sha256 };
    return ok({
      schema_version: 1,
      dataset,
      samples,
      checks: [hashes, ...checks],
      distributions: [...distributions],
    });
  } catch (error) {
    signal.throwIfAborted();
    return fail(failureOfError(error, folder));
  }
}

/** Of the files that a run was made with those that are where they were, as they were: the rows of others are told, and hold nothing up. */
async function stillHere({ files }: RunResources): Promise<RunResources> {
  const here: RunResources['files'][number][] = [];
  for (const file of files) {
    const found = await attempt(file.path, () => hashFile(file.path));
    if (found.ok && found.value === file.sha256) here.push(file);
  }
  return { files: here };
}
