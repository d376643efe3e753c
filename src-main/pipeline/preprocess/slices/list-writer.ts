import { type FileHandle, open } from 'node:fs/promises';
import { Failed, failureOfError } from '#main/platform';

const BUFFERED_CHARACTERS = 1 << 16;

/** Writes a JSON object whose last member is a long list, one element a line, so that no more than some are in memory. */
export class ListWriter {
  readonly #handle: FileHandle;
  readonly #path: string;
  #text: string;
  #count = 0;

  private constructor(handle: FileHandle, path: string, text: string) {
    this.#handle = handle;
    this.#path = path;
    this.#text = text;
  }

  /** Begins `{...head, "list": [` in a new file. */
  static async open(
    path: string,
    head: Readonly<Record<string, unknown>>,
    list: string,
  ): Promise<ListWriter> {
    try {
      const text = `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(list)}:[\n`;
      return new ListWriter(await open(path, 'wx'), path, text);
    } catch (error) {
      throw new Failed(failureOfError(error, path, { neededBytes: 0 }));
    }
  }

  async write(element: unknown): Promise<void> {
    this.#text += `${this.#count++ === 0 ? '' : ',\n'}${JSON.stringify(element)}`;
    if (this.#text.length > BUFFERED_CHARACTERS) await this.#flush();
  }

  async finish(): Promise<void> {
    this.#text += '\n]}\n';
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Gives up; the file stays as it is, in a stage's own folder. */
  close(): Promise<void> {
    return this.#handle.close();
  }

  async #flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    try {
      await this.#handle.appendFile(text);
    } catch (error) {
      throw new Failed(failureOfError(error, this.#path, { neededBytes: text.length }));
    }
  }
}
