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

  read(start: number, count: number): Promise<Buffer> {
    return this.#fill(Buffer.allocUnsafe(Math.max(0, Math.min(count, this.size - start))), start);
  }

  /** The bytes from `start` to `end` in pieces of `pieceBytes`, each good until the next: they share one buffer. */
  async *pieces(start: number, end: number, pieceBytes: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(pieceBytes, end - start)));
    for (let at = start; at < end; ) {
      signal.throwIfAborted();
      const piece = await this.#fill(buffer.subarray(0, end - at), at);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  async #fill(bytes: Buffer, start: number): Promise<Buffer> {
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}
