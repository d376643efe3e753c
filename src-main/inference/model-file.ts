import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { failureOfError } from '#main/platform';
import { type OnnxHeader, readOnnxHeader } from './onnx-header';

/** A file that belongs to a model: weights that the ONNX file keeps elsewhere, or what its maker wrote of it. */
export interface Companion {
  /** Its plain name, beside the ONNX file. */
  readonly name: string;
  /** Bytes that the model needs of it; null for one that it can do without. */
  readonly neededBytes: number | null;
}

/** The files that belong to the ONNX file at `path`, wherever they lie now. */
export async function companionsOf(path: string): Promise<Result<readonly Companion[], Failure>> {
  const header = await readOnnxHeader(path);
  if (!header.ok) return header;
  const outside = header.value.externalFiles.find(({ name }) =>
    /[/\\]|^\.\.?$/.test(name.replace(/^\.\//, '')),
  );
  if (outside) {
    const reason = `it wants to read ${outside.name}, which lies outside of its folder`;
    return fail({ code: 'modelRefused', path, reason });
  }
  const data = header.value.externalFiles.map(({ name, bytes }) => ({
    name: name.replace(/^\.\//, ''),
    neededBytes: bytes,
  }));
  return ok([...data, { name: sidecarName(path), neededBytes: null }]);
}

/** htdemucs.onnx -> htdemucs.json */
const sidecarName = (path: string): string =>
  `${(path.split(/[/\\]/).at(-1) ?? '').replace(/\.onnx$/i, '')}.json`;

/** A model file with its companions beside it, ready to be loaded: whole, and with what its maker says of it. */
export async function readModelFile(
  path: string,
): Promise<Result<{ readonly path: string; readonly metadata: OnnxHeader['metadata'] }, Failure>> {
  const companions = await companionsOf(path);
  if (!companions.ok) return companions;
  for (const { name, neededBytes } of companions.value) {
    if (neededBytes === null) continue;
    const part = join(dirname(path), name);
    const found = await stat(part).catch(() => null);
    if (!found?.isFile()) return fail({ code: 'modelPart', path, part: name, neededBytes });
    if (found.size < neededBytes)
      return fail({ code: 'modelTruncated', path: part, foundBytes: found.size, promisedBytes: neededBytes });
  }
  const header = await readOnnxHeader(path);
  if (!header.ok) return header;
  const sidecar = await readSidecar(join(dirname(path), sidecarName(path)));
  return ok({ path, metadata: { ...sidecar, ...header.value.metadata } });
}

const SidecarSchema = z.record(z.string(), z.unknown());

/** What a JSON file beside the model says, in the form of a model's own metadata; nothing where there is none. */
async function readSidecar(path: string): Promise<Record<string, string>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // Only a system's refusal is an expected one.
    failureOfError(error, path);
    return {};
  }
  try {
    const said = SidecarSchema.parse(JSON.parse(text));
    return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, plainText(value)]));
  } catch {
    return {};
  }
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
