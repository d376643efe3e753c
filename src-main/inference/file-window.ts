import type { FileHandle } from 'node:fs/promises';

const WINDOW_BYTES = 1 << 16;

/** Reads a file a stretch at a time, for a reader that asks for a few bytes here and a few further on. */
export class FileWindow {
  readonly #file: FileHandle;
  #start = 0;
  #held: Buffer = Buffer.alloc(0);

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Fewer than `length` at the end of the file; valid until the next call. */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (position < this.#start || position + length > this.#start + this.#held.length) {
      const { buffer, bytesRead } = await this.#file.read(
        Buffer.allocUnsafe(Math.max(length, WINDOW_BYTES)),
        0,
        Math.max(length, WINDOW_BYTES),
        position,
      );
      this.#start = position;
      this.#held = buffer.subarray(0, bytesRead);
    }
    const from = position - this.#start;
    return this.#held.subarray(from, from + length);
  }
}
