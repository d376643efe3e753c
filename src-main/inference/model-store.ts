import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';
import { type Manifest, refinedBy, SeparatorManifestSchema } from './manifest';
import { loadSeparationModel, type ModelOptions, type SeparationModel } from './separation-model';

/** A bundled model whose file is the one that its manifest names. */
export interface BundledModel<Kind extends Manifest = Manifest> {
  readonly manifest: Kind;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads `folder` (native-models/<name>) and checks the model's SHA-256. Read, not opened by the runtime: it may lie in an archive. */
export async function readBundledModel<Kind extends Manifest>(
  folder: string,
  schema: z.ZodType<Kind>,
): Promise<Result<BundledModel<Kind>, Failure>> {
  const manifestPath = join(folder, 'manifest.json');
  let path = manifestPath;
  try {
    const parsed = parseManifest(manifestPath, await readFile(manifestPath, 'utf8'), schema);
    if (!parsed.ok) return parsed;
    const manifest = parsed.value;
    path = join(folder, manifest.file);
    const bytes = await readFile(path);
    if (bytes.length < manifest.bytes)
      return fail({
        code: 'modelTruncated',
        path,
        foundBytes: bytes.length,
        promisedBytes: manifest.bytes,
      });
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== manifest.sha256)
      return fail({ code: 'modelChanged', path, expected: manifest.sha256, found });
    return ok({ manifest, path, bytes });
  } catch (error) {
    return fail(failureOfError(error, path));
  }
}

function parseManifest<Kind extends Manifest>(
  path: string,
  text: string,
  schema: z.ZodType<Kind>,
): Result<Kind, Failure> {
  const bad = (problems: string[]) => fail({ code: 'badFile' as const, path, format: 'manifest', problems });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return bad([error instanceof Error ? error.message : String(error)]);
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? ok(parsed.data)
    : bad(parsed.error.issues.map(({ path: key, message }) => `${key.join('.')}: ${message}`));
}

/** The bundled separator in `folder` (native-models/drum-stem), ready to run. */
export async function openBundledSeparator(
  folder: string,
  options?: ModelOptions,
): Promise<Result<SeparationModel, Failure>> {
  const model = await readBundledModel(folder, SeparatorManifestSchema);
  if (!model.ok) return model;
  const { manifest, path, bytes } = model.value;
  return loadSeparationModel({ path, bytes, metadata: {} }, options, refinedBy(manifest));
}
