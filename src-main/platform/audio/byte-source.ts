import { type FileHandle, open } from 'node:fs/promises';

/** A file read at any place; a read past the end answers fewer bytes. */
export class ByteSource {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;
  #open = true;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.path = path;
    this.#handle = handle;
    this.size = size;
  }

  /** Throws system errors. */
  static async open(path: string): Promise<ByteSource> {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      // Opening a folder succeeds on Linux; reading it is what fails.
      await handle.read(new Uint8Array(1), 0, 1, 0);
      return new ByteSource(path, handle, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(start: number, count: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(count, this.size - start)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** The bytes from `start` to `end` in pieces of `pieceBytes`. */
  async *pieces(start: number, end: number, pieceBytes: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      signal.throwIfAborted();
      const piece = await this.read(at, Math.min(pieceBytes, end - at));
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}
