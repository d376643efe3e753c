import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { z } from 'zod';
import type { Jobs } from '#main/jobs';
import { attempt } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import type { Failure, ImportAnswer, Refused } from '#shared/protocol';
import { sourceIdOf } from '../identity';
import type { ResolveUpload } from '../uploads';
import type { ImportSamplesSchema } from './import-samples-program';

type Planned = z.input<typeof ImportSamplesSchema>;

const UPLOAD = 'upload:';
/** Where files go that a browser sent without their folder. */
const SENT = { name: 'Dropped samples', path: '' } as const;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * A job for every folder, and one for the single files of each folder: one-shots with a name, a place and a role. What is not there is
 * refused, the rest goes on.
 */
export async function importSamples(
  jobs: Jobs,
  paths: readonly string[],
  resolveUpload: ResolveUpload,
): Promise<ImportAnswer> {
  const folders = new Map<string, Planned>();
  const loose = new Map<string, Planned>();
  const refused: Refused[] = [];
  for (const given of paths) {
    const found = await placeOf(given, resolveUpload);
    if (!found.ok) {
      refused.push({ path: given, failure: found.failure });
      continue;
    }
    const { folder, name, file } = found.value;
    const sourceId = sourceIdOf(hashOf(folder));
    const plan = { sourceId, name, path: folder };
    if (file === null) folders.set(sourceId, { ...plan, files: null });
    else loose.set(sourceId, { ...plan, files: [...(loose.get(sourceId)?.files ?? []), file] });
  }
  const planned = [
    ...folders.values(),
    ...[...loose.values()].filter(({ sourceId }) => !folders.has(sourceId)),
  ];
  const jobIds = await jobs.enqueueAll(
    'import-samples',
    planned.map(params => ({ title: params.name, params })),
  );
  return { jobIds, refused };
}

interface Place {
  readonly folder: string;
  readonly name: string;
  /** null: all of the folder. */
  readonly file: { readonly path: string; readonly name: string } | null;
}

async function placeOf(given: string, resolveUpload: ResolveUpload): Promise<Result<Place, Failure>> {
  if (given.startsWith(UPLOAD)) {
    const upload = resolveUpload(given.slice(UPLOAD.length));
    if (!upload) return fail({ code: 'notFound', path: given });
    return ok({ folder: SENT.path, name: SENT.name, file: { path: upload.path, name: upload.name } });
  }
  const path = resolve(given);
  return attempt(path, async () => {
    const entry = await stat(path);
    const folder = await realpath(entry.isDirectory() ? path : dirname(path));
    const name = basename(folder) || folder;
    return { folder, name, file: entry.isDirectory() ? null : { path, name: basename(path) } };
  });
}
