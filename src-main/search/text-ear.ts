import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Ear, isAudioNetwork, openBundledEar, openImportedEar } from '#main/inference';
import { importedEarId } from '#shared/model';

const FOLDER = 'drum-clap';
/** One short text at a time: a second thread only waits. */
const THREADS = 1;
/** Texts that stay known while somebody types and goes back and forth. */
const MOST_KNOWN = 200;

/** Reads texts as the ear of some vectors reads them. */
export class TextEar {
  readonly #modelsFolder: string;
  readonly #ownModels: string;
  readonly #known = new Map<string, Float32Array>();
  #ear = '';
  #opening: Promise<Ear | null> | null = null;

  /** @param ownModels where the models of the user's own lie, each in a folder by the SHA-256 of its network */
  constructor(modelsFolder: string, ownModels: string) {
    this.#modelsFolder = modelsFolder;
    this.#ownModels = ownModels;
  }

  /** null when vectors of `ear` are not of this model, or it cannot be loaded: then measures and names alone answer. */
  async read(ear: string, text: string): Promise<Float32Array | null> {
    if (text === '') return null;
    if (ear !== this.#ear) {
      await this.close();
      this.#ear = ear;
      this.#opening = null;
      this.#known.clear();
    }
    this.#opening ??= this.#open(ear);
    const opened = await this.#opening;
    if (opened?.id !== ear) return null;
    const known = this.#known.get(text);
    if (known) return known;
    const vector = await opened.read([text]);
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(text, vector);
    return vector;
  }

  async #open(ear: string): Promise<Ear | null> {
    const own = (await readdir(this.#ownModels).catch(() => [])).find(name => importedEarId(name) === ear);
    const opened = await (own === undefined
      ? openBundledEar(join(this.#modelsFolder, FOLDER), { threads: THREADS })
      : openImportedEar(own, await partsIn(join(this.#ownModels, own))));
    return opened.ok ? opened.value : null;
  }

  async close(): Promise<void> {
    await (await this.#opening)?.close();
  }
}

/** The files of an imported model by their names, its audio network first. */
async function partsIn(
  folder: string,
): Promise<{ readonly name: string; readonly file: { readonly path: string } }[]> {
  const paths = (await readdir(folder)).map(name => join(folder, name));
  const parts = paths.map(path => ({ name: basename(path), file: { path } }));
  return parts.sort((a, b) => Number(isAudioNetwork(b.name)) - Number(isAudioNetwork(a.name)));
}
