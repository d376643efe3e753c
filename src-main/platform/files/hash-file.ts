import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const PIECE_BYTES = 1 << 18;

/**
 * SHA-256 of a file's bytes in hexadecimal. One buffer takes all of the file in turn: a stream would allocate each
 * piece anew, and those of an hour of audio are hundreds of megabytes before the collector looks. Throws system errors.
 */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, size + 1));
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(piece, 0, piece.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
