import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { attempt, Failed, failureOfError, makeFolder, syncFolder, writeFileWhole } from '#main/platform';
import { canonicalJson, type Result } from '#shared/base';
import { type GenerationConfig, namedResources, type RunResources, SCHEMA_VERSION } from '#shared/dataset';
import { compareText } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { MANIFEST } from '../storage';

/** What makes the bytes of a dataset: a run is gone on with by an equal one alone. */
export interface RunIdentity {
  readonly name: string;
  readonly config: GenerationConfig;
  readonly resources: RunResources;
  readonly generator: string;
  readonly engine: { readonly node: string; readonly v8: string };
}

const RUN = '.run';
const RUN_FILE = join(RUN, 'run.json');
const PARTS = join(RUN, 'parts');
const WHOLE = join(RUN, 'whole');

/** Where the parts of a run lie while it is made. */
export const partsOfRun = (folder: string): string => join(folder, PARTS);

const besideOf = (folder: string, what: 'new' | 'old'): string =>
  join(dirname(folder), `.${basename(folder)}.${what}`);

/** `run.json`. The engine is part of it: another version of it may differ in the last bit of a sine. */
const identityText = ({ name, config, resources, generator, engine }: RunIdentity): string =>
  canonicalJson({
    schema_version: SCHEMA_VERSION,
    name,
    generator,
    engine,
    config,
    resources: namedResources(resources),
  });

/**
 * Whether a run may be made in `folder`: it is absent, empty, or of this very run; or it holds a finished dataset that may be taken the place of. Nothing
 * is written.
 */
export async function checkRunFolder(
  folder: string,
  identity: RunIdentity,
  overwrite: boolean,
): Promise<Result<null, Failure>> {
  return attempt(
    folder,
    async () => {
      const names = await namesIn(folder);
      if (names.length === 0) return null;
      const begun = await textOf(join(folder, RUN_FILE));
      if (begun !== null) {
        const differing = differences(begun, identityText(identity));
        if (differing.length > 0)
          throw refused(
            folder,
            `another run was begun there; ${differing.join(', ')} ${differing.length === 1 ? 'differs' : 'differ'}`,
            'Choose another folder, or go on with that run as it was',
          );
        return null;
      }
      if (await isDataset(folder)) {
        if (overwrite) return null;
        throw refused(
          folder,
          'a finished dataset is there',
          'Choose another folder, or ask for it to be overwritten',
        );
      }
      throw refused(
        folder,
        `it is not empty (${names.slice(0, 3).join(', ')})`,
        'Choose a new or an empty folder',
      );
    },
    { neededBytes: 0 },
  );
}

export interface RunFolder {
  readonly parts: string;
  /** Where the dataset is put together. */
  readonly target: string;
  /** What was to be done is done: an earlier run of this program was stopped at its very end. */
  readonly isWhole: boolean;
  /** Puts the assembled dataset in its place and removes what only its making needed. */
  finish(): Promise<void>;
}

/** Makes the folder of a run ready, which `checkRunFolder` allows. Throws `Failed`. */
export async function openRunFolder(
  folder: string,
  identity: RunIdentity,
  overwrite: boolean,
): Promise<RunFolder> {
  try {
    await finishSwap(folder);
    const allowed = await checkRunFolder(folder, identity, overwrite);
    if (!allowed.ok) throw new Failed(allowed.failure);
    const isThere = await isDataset(folder);
    const isBegun = (await textOf(join(folder, RUN_FILE))) !== null;
    const isWhole = isThere && isBegun && !(await isFolder(partsOfRun(folder)));
    const replaces = overwrite && isThere && !isWhole;
    const finish = async (): Promise<void> => {
      if (replaces) await swap(folder);
      await rm(join(folder, PARTS), REMOVING);
      await rm(join(folder, RUN), REMOVING);
      await syncFolder(folder);
    };
    if (!isWhole) {
      await makeFolder(partsOfRun(folder));
      await writeFileWhole(join(folder, RUN_FILE), identityText(identity));
    }
    return {
      parts: partsOfRun(folder),
      target: replaces ? join(folder, WHOLE) : folder,
      isWhole,
      finish,
    };
  } catch (error) {
    throw new Failed(failureOfError(error, folder, { neededBytes: 0 }));
  }
}

const REMOVING = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/** What writers left that are no more. Those of a run whose workers are elsewhere may still be at work. */
export async function sweepParts(parts: string): Promise<void> {
  for (const name of await namesIn(parts)) if (name.startsWith('.')) await rm(join(parts, name), REMOVING);
}

/** Two renames: who looks sees the dataset of before, none for a moment, then the new one. */
async function swap(folder: string): Promise<void> {
  const [next, old] = [besideOf(folder, 'new'), besideOf(folder, 'old')];
  await rm(next, REMOVING);
  await rm(old, REMOVING);
  // Stopped here or later, the next one knows by it whose dataset this is.
  await makeFolder(join(folder, WHOLE, RUN));
  await rename(join(folder, RUN_FILE), join(folder, WHOLE, RUN_FILE));
  await rename(join(folder, WHOLE), next);
  await rename(folder, old);
  await finishSwap(folder);
}

async function finishSwap(folder: string): Promise<void> {
  const [next, old] = [besideOf(folder, 'new'), besideOf(folder, 'old')];
  if (!(await isDataset(next))) return;
  if ((await namesIn(folder)).length > 0) await rename(folder, old);
  else await rm(folder, REMOVING);
  await rename(next, folder);
  await syncFolder(dirname(folder));
  await rm(old, REMOVING);
}

const HeadSchema = z.looseObject({ format: z.literal('backbeat-dataset') });

async function isDataset(folder: string): Promise<boolean> {
  const text = await textOf(join(folder, MANIFEST));
  if (text === null) return false;
  try {
    return HeadSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** null where there is none. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Empty where there is no folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort(compareText);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    entry => entry.isDirectory(),
    () => false,
  );

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const refused = (folder: string, reason: string, instead: string): Failed =>
  new Failed({ code: 'cannotGenerate', what: `A dataset in ${folder}`, reason, instead });

const RecordSchema = z.record(z.string(), z.unknown());

/** The keys, two levels deep, by which two texts of identities differ. */
function differences(before: string, now: string): readonly string[] {
  if (before === now) return [];
  const [a, b] = [before, now].map(text => {
    try {
      return RecordSchema.safeParse(JSON.parse(text)).data ?? {};
    } catch {
      return {};
    }
  });
  const found = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])].flatMap(key => {
    const [one, other] = [a?.[key], b?.[key]];
    if (canonicalJson(one ?? null) === canonicalJson(other ?? null)) return [];
    if (key !== 'config') return [key];
    const [was, is] = [RecordSchema.safeParse(one).data ?? {}, RecordSchema.safeParse(other).data ?? {}];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      name => canonicalJson(was[name] ?? null) !== canonicalJson(is[name] ?? null),
    );
  });
  return found.length > 0 ? found : ['run.json'];
}
