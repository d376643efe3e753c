import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Failed, failureOfError } from '#main/platform';
import { type Slice, SliceSchema, type SlicesFile, SlicesFileSchema } from '#shared/model';
import type { Failure } from '#shared/protocol';

export type SlicesHead = Omit<SlicesFile, 'slices'>;

const BUFFERED_CHARACTERS = 1 << 16;
/** Decimals of a fingerprint's coordinates: an error of a cosine below 0.0005. */
const FINGERPRINT_SCALE = 1e4;

/** Writes `slices.json` one slice a line, so that no more than one is in memory. */
export class SlicesWriter {
  readonly #handle: FileHandle;
  readonly #path: string;
  #text: string;
  #count = 0;

  private constructor(handle: FileHandle, path: string, text: string) {
    this.#handle = handle;
    this.#path = path;
    this.#text = text;
  }

  static async open(path: string, head: SlicesHead): Promise<SlicesWriter> {
    return new SlicesWriter(
      await open(path, 'wx'),
      path,
      `${JSON.stringify(head).slice(0, -1)},"slices":[\n`,
    );
  }

  async write(slice: Omit<Slice, 'fingerprint'>, fingerprint: Float32Array): Promise<void> {
    const coordinates = Array.from(
      fingerprint,
      value => Math.round(value * FINGERPRINT_SCALE) / FINGERPRINT_SCALE,
    );
    this.#text += `${this.#count++ === 0 ? '' : ',\n'}${JSON.stringify({ ...slice, fingerprint: coordinates })}`;
    if (this.#text.length > BUFFERED_CHARACTERS) await this.#flush();
  }

  async finish(): Promise<void> {
    this.#text += '\n]}\n';
    await this.#flush();
    await this.#handle.sync();
    await this.close();
  }

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

/** Reads `slices.json` line by line and hands each slice to `take`. Throws `Failed` when it is not what a `slices` stage wrote. */
export async function readSlices(path: string, take: (slice: Slice) => void): Promise<SlicesHead> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let head: SlicesHead | null = null;
  let isWhole = false;
  try {
    for await (const line of lines) {
      if (!head) {
        const { slices: _none, ...rest } = SlicesFileSchema.parse(JSON.parse(`${line}]}`));
        head = rest;
      } else if (line === ']}') isWhole = true;
      else if (line !== '') take(SliceSchema.parse(JSON.parse(line.replace(/,$/, ''))));
    }
  } catch (error) {
    throw new Failed(
      error instanceof SyntaxError || isZodError(error)
        ? damaged(path, error.message.split('\n')[0] ?? '')
        : failureOfError(error, path),
    );
  } finally {
    lines.close();
  }
  if (!head || !isWhole) throw new Failed(damaged(path, 'it ends too early'));
  return head;
}

const isZodError = (error: unknown): error is Error => error instanceof Error && error.name === 'ZodError';

const damaged = (path: string, problem: string): Failure => ({
  code: 'badFile',
  path,
  format: 'slices file',
  problems: [problem],
});
