import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import type { Library } from '#main/library';

/** Half a frame of audio: shorter sounds have no length. */
const SHORTEST_SECONDS = 1e-5;

export interface SoundsFile {
  readonly path: string;
  /** Of its rows. */
  readonly audio: readonly string[];
  /** Numbers of a vector. */
  readonly size: number;
  remove(): Promise<void>;
}

/**
 * Writes sounds of an ear for a stage: their facts or their places, and their vectors as they lie in the library. A page at a time, so
 * that the shell answers others in between.
 */
export async function writeSoundsFile(
  library: Library,
  ear: string,
  wanted: 'all' | 'missing' | 'fitted',
): Promise<SoundsFile> {
  const path = join(tmpdir(), `backbeat-sounds-${randomUUID()}.f32`);
  const remove = () => rm(path, { force: true });
  const audio: string[] = [];
  let size = 0;
  try {
    const handle = await open(path, 'wx');
    try {
      for await (const page of library.places.sounds(ear, wanted)) {
        const parts: Uint8Array[] = [];
        for (const sound of page) {
          const head = Buffer.alloc(8);
          const [first, second] =
            wanted === 'fitted'
              ? [sound.x ?? 0, sound.y ?? 0]
              : [sound.brightness, Math.log2(Math.max(SHORTEST_SECONDS, sound.decaySeconds))];
          head.writeFloatLE(first, 0);
          head.writeFloatLE(second, 4);
          parts.push(head, sound.vector);
          audio.push(sound.audio);
          size = sound.vector.byteLength / 4;
        }
        await handle.writev(parts);
        await breath();
      }
    } finally {
      await handle.close();
    }
    return { path, audio, size, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
