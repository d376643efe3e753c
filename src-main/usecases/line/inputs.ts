import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { type FileRef, JobFailed, type StageCaller } from '#main/jobs';
import { failureOfError, listAudioFiles } from '#main/platform';
import { Random } from '#shared/base';
import { parseEvents, parseGridFile, patternOfEvents } from '#shared/compose';
import {
  compareText,
  type DrumEvidence,
  type KitManifest,
  KitManifestSchema,
  type Pattern,
  type PoolsFile,
  PoolsFileSchema,
} from '#shared/model';
import { z } from 'zod';

/** A sample as the stages take it; `onsetFrame` is where its attack begins inside the file. */
export interface SampleInput {
  readonly sampleId: string;
  readonly file: FileRef;
  readonly onsetFrame: number;
  /** What a network heard it to be; absent for samples that no network heard. */
  readonly drum?: DrumEvidence | null;
}

/** A file of the user's, parsed; throws `JobFailed` naming what is wrong with it. */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  format: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new JobFailed(failureOfError(error, path));
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new JobFailed({
      code: 'badFile',
      path,
      format,
      problems: [String(error instanceof Error ? error.message : error)],
    });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new JobFailed({ code: 'badFile', path, format, problems });
}

/** Files as given, folders as all audio files in them. Throws `JobFailed` when one is missing. */
export async function expandFiles(paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const listed = await listAudioFiles(resolve(path), signal);
    if (!listed.ok) throw new JobFailed(listed.failure);
    found.push(...listed.value);
  }
  return [...new Set(found)];
}

/** `option` as a pools file; "random" takes one of those in `folder` by `seed`; null when it has none. */
export async function choosePools(option: string, folder: string, seed: number): Promise<string | null> {
  if (option !== 'random') return resolve(option);
  const names = (await readdir(folder).catch(() => [])).filter(name =>
    /^(role_)?pools_\d+\.json$/.test(name),
  );
  if (names.length === 0) return null;
  return join(folder, Random.ofSeed(seed).fork('pools').pick(names.sort(compareText)));
}

export async function manifestIn(folder: string): Promise<KitManifest | null> {
  const path = join(folder, 'kit_manifest.json');
  const present = await stat(path).catch(() => null);
  return present ? readJson(path, 'kit manifest', KitManifestSchema) : null;
}

/** All samples of a folder, `sampleId` being the file's name without extension, by name. */
export async function samplesInFolder(
  call: StageCaller,
  folder: string,
  limit: number,
): Promise<SampleInput[]> {
  const all = await expandFiles([folder], call.signal);
  const paths = limit > 0 ? all.slice(0, limit) : all;
  const offsets = onsetOffsets(await manifestIn(resolve(folder)));
  const samples: SampleInput[] = [];
  for (const path of paths) {
    const sampleId = basename(path, extname(path));
    samples.push({ sampleId, file: await call.file(path), onsetFrame: offsets.get(sampleId) ?? 0 });
  }
  return samples;
}

/** The samples that `ids` name, from `sampleRoot` or, without one, from where the pools say they lie. */
export async function samplesById(
  call: StageCaller,
  ids: readonly string[],
  from: { readonly sampleRoot: string | null; readonly poolsPath: string | null },
): Promise<SampleInput[]> {
  const filed = from.poolsPath
    ? pathsInPools(await readJson(from.poolsPath, 'pools file', PoolsFileSchema), from.poolsPath)
    : null;
  const manifests = new Map<string, ReadonlyMap<string, number>>();
  const samples: SampleInput[] = [];
  for (const sampleId of [...new Set(ids)].sort(compareText)) {
    const rooted = from.sampleRoot ? join(resolve(from.sampleRoot), `${sampleId}.wav`) : null;
    const path = rooted ?? filed?.get(sampleId) ?? `${sampleId}.wav`;
    if (!(await stat(path).catch(() => null))) throw new JobFailed({ code: 'missingSample', sampleId, path });
    const folder = dirname(path);
    if (!manifests.has(folder)) manifests.set(folder, onsetOffsets(await manifestIn(folder)));
    samples.push({
      sampleId,
      file: await call.file(path),
      onsetFrame: manifests.get(folder)?.get(sampleId) ?? 0,
    });
  }
  return samples;
}

const onsetOffsets = (manifest: KitManifest | null): ReadonlyMap<string, number> =>
  new Map((manifest?.slices ?? []).map(slice => [slice.sample_id, slice.onset_offset]));

/** Where each sample of a pools file lies; relative paths count from the file's own folder. */
function pathsInPools(pools: PoolsFile, poolsPath: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const entries of Object.values(pools)) {
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      if (typeof entry !== 'object') continue;
      const { sample_id, filepath } = entry;
      paths.set(sample_id, isAbsolute(filepath) ? filepath : join(dirname(poolsPath), filepath));
    }
  }
  return paths;
}

/** The pattern that a grid file and an event grid describe. Throws `JobFailed` naming the file at fault. */
export async function patternIn(gridPath: string, eventsPath: string): Promise<Pattern> {
  const grid = parseGridFile(await readJson(gridPath, 'grid', z.unknown()));
  if (!grid.ok)
    throw new JobFailed({ code: 'badFile', path: gridPath, format: 'grid', problems: [...grid.failure] });
  const events = parseEvents(await readJson(eventsPath, 'event grid', z.unknown()), grid.value);
  if (!events.ok) {
    throw new JobFailed({
      code: 'badFile',
      path: eventsPath,
      format: 'event grid',
      problems: [...events.failure],
    });
  }
  return patternOfEvents(grid.value, events.value);
}

/** The samples that sound in a pattern read from a file. */
export const sampleIdsOf = (pattern: Pattern): string[] => pattern.notes.flatMap(note => note.hit ?? []);
