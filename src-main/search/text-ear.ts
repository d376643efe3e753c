import { join } from 'node:path';
import { type Ear, openBundledEar } from '#main/inference';

const FOLDER = 'drum-clap';
/** One short text at a time: a second thread only waits. */
const THREADS = 1;
/** Texts that stay known while somebody types and goes back and forth. */
const MOST_KNOWN = 200;

/** Reads texts as the ear of some vectors reads them. */
export class TextEar {
  readonly #modelsFolder: string;
  readonly #known = new Map<string, Float32Array>();
  #opening: Promise<Ear | null> | null = null;

  constructor(modelsFolder: string) {
    this.#modelsFolder = modelsFolder;
  }

  /** null when vectors of `ear` are not of this model, or it cannot be loaded: then measures and names alone answer. */
  async read(ear: string, text: string): Promise<Float32Array | null> {
    if (text === '') return null;
    this.#opening ??= openBundledEar(join(this.#modelsFolder, FOLDER), { threads: THREADS }).then(opened =>
      opened.ok ? opened.value : null,
    );
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

  async close(): Promise<void> {
    await (await this.#opening)?.close();
  }
}
