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
  const manifest = await readManifest(folder, schema);
  if (!manifest.ok) return manifest;
  const file = await readBundledFile(folder, manifest.value);
  return file.ok ? ok({ manifest: manifest.value, ...file.value }) : file;
}

/** The manifest of the bundled model in `folder`. */
export async function readManifest<Kind>(
  folder: string,
  schema: z.ZodType<Kind>,
): Promise<Result<Kind, Failure>> {
  const path = join(folder, 'manifest.json');
  try {
    return parseManifest(path, await readFile(path, 'utf8'), schema);
  } catch (error) {
    return fail(failureOfError(error, path));
  }
}

/** A file of a bundled model, which must be the one that its manifest names. */
export async function readBundledFile(
  folder: string,
  { file, bytes: promisedBytes, sha256: expected }: Pick<Manifest, 'file' | 'bytes' | 'sha256'>,
): Promise<Result<Pick<BundledModel, 'path' | 'bytes'>, Failure>> {
  const path = join(folder, file);
  try {
    const bytes = await readFile(path);
    if (bytes.length < promisedBytes)
      return fail({ code: 'modelTruncated', path, foundBytes: bytes.length, promisedBytes });
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== expected) return fail({ code: 'modelChanged', path, expected, found });
    return ok({ path, bytes });
  } catch (error) {
    return fail(failureOfError(error, path));
  }
}

function parseManifest<Kind>(path: string, text: string, schema: z.ZodType<Kind>): Result<Kind, Failure> {
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
