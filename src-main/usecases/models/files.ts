import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { CLAP_FILES, companionsOf, isAudioNetwork, textNetworkOf } from '#main/inference';
import { Failed } from '#main/platform';
import type { ResolveUpload } from '../uploads';

/** A file of a model and the name by which its other files know it. */
export interface ModelFile {
  readonly name: string;
  readonly path: string;
}

const UPLOAD = 'upload:';

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false;

/** Where the networks of a published model lie in its folder, the plain one before smaller copies of it. */
const NETWORK_FOLDERS = ['', 'onnx'];
const AUDIO_NETWORKS = ['audio_model.onnx', 'audio_model_fp16.onnx', 'audio_model_quantized.onnx'];

/** A folder as the audio network of the published model in it; a file as itself. */
async function inFolder(file: ModelFile): Promise<ModelFile> {
  if (!(await stat(file.path).catch(() => null))?.isDirectory()) return file;
  for (const name of AUDIO_NETWORKS)
    for (const folder of NETWORK_FOLDERS) {
      const path = join(file.path, folder, name);
      if (await isFile(path)) return { name, path };
    }
  throw new Failed({
    code: 'modelRefused',
    path: file.path,
    reason: `there is no ${AUDIO_NETWORKS[0]} in it; choose the ONNX file itself`,
  });
}

/** Everything beside an audio network that a published audio-text model needs; nothing for other models. */
async function clapParts(graph: ModelFile, given: readonly ModelFile[]): Promise<readonly ModelFile[]> {
  const text = textNetworkOf(graph.name);
  if (text === null) return [];
  const home = dirname(graph.path);
  const folders = [home, ...(basename(home) === 'onnx' ? [dirname(home)] : [])];
  const find = async (name: string): Promise<ModelFile | null> => {
    const own = given.find(file => file.name === name);
    if (own) return own;
    for (const folder of folders)
      if (await isFile(join(folder, name))) return { name, path: join(folder, name) };
    return null;
  };
  const parts: ModelFile[] = [];
  for (const name of [text, CLAP_FILES.tokenizer, CLAP_FILES.preprocessor]) {
    const part = await find(name);
    if (!part)
      throw new Failed({
        code: 'modelRefused',
        path: graph.path,
        reason: `${name}, which belongs to it, is neither beside it nor among the chosen files`,
      });
    parts.push(part);
  }
  const config = await find(CLAP_FILES.tokenizerConfig);
  return config ? [...parts, config] : parts;
}

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
  const given = await Promise.all(paths.map(async path => inFolder(fileAt(path, resolveUpload))));
  const graph =
    given.find(({ name }) => isAudioNetwork(name)) ??
    given.find(({ name }) => extname(name).toLowerCase() === '.onnx') ??
    given[0];
  if (!graph) throw new Failed({ code: 'notFound', path: paths.join(', ') });
  const companions = await companionsOf(graph.path);
  if (!companions.ok) throw new Failed(companions.failure);
  const files: ModelFile[] = [graph, ...(await clapParts(graph, given))];
  for (const { name, neededBytes } of companions.value) {
    if (files.some(file => file.name === name)) continue;
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
