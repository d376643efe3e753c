import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { companionsOf } from '#main/inference';
import { Failed } from '#main/platform';
import type { ResolveUpload } from '../uploads';

/** A file of a model and the name by which its other files know it. */
export interface ModelFile {
  readonly name: string;
  readonly path: string;
}

const UPLOAD = 'upload:';

function fileAt(given: string, resolveUpload: ResolveUpload): ModelFile {
  if (!given.startsWith(UPLOAD)) return { name: basename(given), path: resolve(given) };
  const upload = resolveUpload(given.slice(UPLOAD.length));
  if (!upload) throw new Failed({ code: 'notFound', path: given });
  return { name: basename(upload.name), path: upload.path };
}

/**
 * The ONNX file among `paths`, first, and all files that belong to it: of `paths` by their names, else beside it. Throws
 * `Failed` when one is missing.
 */
export async function modelFiles(
  paths: readonly string[],
  resolveUpload: ResolveUpload,
): Promise<readonly ModelFile[]> {
  const given = paths.map(path => fileAt(path, resolveUpload));
  const graph = given.find(({ name }) => extname(name).toLowerCase() === '.onnx') ?? given[0];
  if (!graph) throw new Failed({ code: 'notFound', path: paths.join(', ') });
  const companions = await companionsOf(graph.path);
  if (!companions.ok) throw new Failed(companions.failure);
  const files: ModelFile[] = [graph];
  for (const { name, neededBytes } of companions.value) {
    const path = given.find(file => file.name === name)?.path ?? join(dirname(graph.path), name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) {
      if (neededBytes === null) continue;
      throw new Failed({ code: 'modelPart', path: graph.path, part: name, neededBytes });
    }
    if (neededBytes !== null && found.size < neededBytes)
      throw new Failed({ code: 'modelTruncated', path, foundBytes: found.size, promisedBytes: neededBytes });
    files.push({ name, path });
  }
  return files;
}
