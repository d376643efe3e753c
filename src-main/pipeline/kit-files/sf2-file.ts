import { type FileHandle, open } from 'node:fs/promises';
import { Failed } from '#main/platform';
import type { PlanarAudio } from '#shared/model';
import { type PoolSpan, readSf2, type Sf2Font } from '#shared/kit-formats';

/** A SoundFont on disk: what it says of its kits in memory, its audio where it lies. */
export interface Sf2File {
  readonly font: Sf2Font;
  read(span: PoolSpan, mostFrames: number): Promise<PlanarAudio>;
  close(): Promise<void>;
}

interface Chunk {
  readonly tag: string;
  readonly start: number;
  readonly bytes: number;
}

/** Lists of presets and texts; the largest fonts there are have some megabytes. */
const MOST_LIST_BYTES = 64_000_000;

/** Throws `Failed` for what is no SoundFont, or a broken one. */
export async function openSf2(path: string): Promise<Sf2File> {
  const file = await open(path, 'r');
  try {
    return await openFont(path, file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFont(path: string, file: FileHandle): Promise<Sf2File> {
  const bad = (problem: string): Failed =>
    new Failed({ code: 'badFile', path, format: 'SoundFont', problems: [problem] });
  const { size } = await file.stat();
  const head = await bytesAt(file, 0, 12);
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'sfbk')
    throw bad('it does not begin as a SoundFont does');
  const lists = new Map<string, Chunk>();
  for (const chunk of await chunksOf(file, 12, size, bad)) {
    if (chunk.tag !== 'LIST' || chunk.bytes < 4) continue;
    const kind = (await bytesAt(file, chunk.start, 4)).toString('latin1');
    lists.set(kind, { tag: kind, start: chunk.start + 4, bytes: chunk.bytes - 4 });
  }
  const list = (kind: string): Chunk => {
    const found = lists.get(kind);
    if (!found) throw bad(`it has no list ${kind}`);
    return found;
  };
  const small = (kind: string): Promise<Buffer> => {
    const { start, bytes } = list(kind);
    if (bytes > MOST_LIST_BYTES) throw bad(`its list ${kind} is ${Math.round(bytes / 1e6)} MB long`);
    return bytesAt(file, start, bytes);
  };
  const parsed = readSf2(await small('INFO'), await small('pdta'));
  if (!parsed.ok) throw bad(parsed.failure.problems.join('; '));
  const { start, bytes } = list('sdta');
  const audio = await chunksOf(file, start, start + bytes, bad);
  const pool = audio.find(({ tag }) => tag === 'smpl');
  if (!pool) throw bad('it has no audio');
  const frames = Math.floor(pool.bytes / 2);
  const low = audio.find(chunk => chunk.tag === 'sm24' && chunk.bytes >= frames) ?? null;
  return {
    font: parsed.value,
    async read({ channels, sampleRate }, mostFrames) {
      const read = async (from: number, to: number): Promise<Float32Array> => {
        if (to > frames) throw bad(`a sample ends at frame ${to} of ${frames}`);
        const end = Math.min(to, from + mostFrames);
        const high = await bytesAt(file, pool.start + from * 2, (end - from) * 2);
        const bits = low && (await bytesAt(file, low.start + from, end - from));
        return Float32Array.from(
          { length: end - from },
          (_, at) => (high.readInt16LE(at * 2) * 256 + (bits?.[at] ?? 0)) / 8_388_608,
        );
      };
      const read1 = await Promise.all(channels.map(({ start: from, end }) => read(from, end)));
      return { sampleRate, channels: read1 };
    },
    close: () => file.close(),
  };
}

async function bytesAt(file: FileHandle, start: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  let done = 0;
  while (done < count) {
    const { bytesRead } = await file.read(buffer, done, count - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

/** The chunks from `start` to `end`, by their heads. */
async function chunksOf(
  file: FileHandle,
  start: number,
  end: number,
  bad: (problem: string) => Failed,
): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  let at = start;
  while (at + 8 <= end) {
    const head = await bytesAt(file, at, 8);
    if (head.length < 8) break;
    const bytes = head.readUInt32LE(4);
    if (at + 8 + bytes > end)
      throw bad(`a chunk of ${bytes} bytes begins at ${at}, but the file or its list ends at ${end}`);
    chunks.push({ tag: head.toString('latin1', 0, 4), start: at + 8, bytes });
    at += 8 + bytes + (bytes % 2);
  }
  return chunks;
}
