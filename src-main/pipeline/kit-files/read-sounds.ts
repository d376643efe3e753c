import { mkdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';
import { FileRefSchema, type Stage, type StageContext, throwIfCancelled } from '#main/pipeline/stage';
import { attempt, Failed, failureOfError, openAudio, writeWav } from '#main/platform';
import { poolSpanOf } from '#shared/kit-formats';
import { frameCount, type PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { walkArchive } from './archive';
import { openSf2 } from './sf2-file';

const keyed = { key: z.string().min(1) };
const span = { from: z.number().int().min(0).default(0), to: z.number().int().nullable().default(null) };

/** The sounds of a kit, wherever they lie. */
const KitSoundsInputSchema = z.discriminatedUnion('in', [
  z.object({
    in: z.literal('files'),
    sounds: z.array(z.object({ ...keyed, ...span, file: FileRefSchema })),
  }),
  z.object({
    in: z.literal('archive'),
    file: FileRefSchema,
    /** Path in the archive. */
    sounds: z.array(z.object({ ...keyed, path: z.string().min(1) })),
  }),
  /** Keys are what `kitOfPreset` gave. */
  z.object({ in: z.literal('sf2'), file: FileRefSchema, sounds: z.array(z.object(keyed)) }),
]);
export type KitSoundsInput = z.input<typeof KitSoundsInputSchema>;

export interface KitSoundsValues {
  readonly sounds: readonly {
    readonly key: string;
    readonly sampleRate: number;
    readonly frames: number;
    /** Longer than any one-shot, and cut. */
    readonly isCut: boolean;
  }[];
  readonly refused: readonly { readonly key: string; readonly failure: Failure }[];
}

/** A one-shot of more is music. */
const MOST_SECONDS = 60;

/** Decodes the sounds of a kit, each to a WAV `0`, `1`... in the order asked for; what cannot be decoded does not stop the rest. */
export const readSoundsStage: Stage<z.output<typeof KitSoundsInputSchema>, KitSoundsValues> = {
  name: 'read-kit-sounds',
  title: 'Reading sounds',
  version: 1,
  input: KitSoundsInputSchema,
  run: (input, context) =>
    attempt(context.folder, async () => {
      const source = await sourceOf(input, context);
      const sounds: KitSoundsValues['sounds'][number][] = [];
      const refused: KitSoundsValues['refused'][number][] = [];
      const files: Record<string, string> = {};
      try {
        for (const [index, { key }] of input.sounds.entries()) {
          throwIfCancelled(context.signal);
          try {
            const { audio, isCut } = await source.read(index);
            const frames = frameCount(audio);
            if (frames === 0) throw new Failed({ code: 'emptyFile', path: key });
            await writeWav(join(context.folder, `${index}.wav`), audio, '32f');
            files[String(index)] = `${index}.wav`;
            sounds.push({ key, sampleRate: audio.sampleRate, frames, isCut });
          } catch (error) {
            throwIfCancelled(context.signal);
            const failure = failureOfError(error, key);
            if (failure.code === 'diskFull' || failure.code === 'notWritable') throw error;
            refused.push({ key, failure });
          }
          context.report((0.99 * (index + 1)) / input.sounds.length);
        }
      } finally {
        await source.close();
      }
      return { values: { sounds, refused }, files };
    }),
};

interface SoundSource {
  read(index: number): Promise<{ readonly audio: PlanarAudio; readonly isCut: boolean }>;
  close(): Promise<void>;
}

async function sourceOf(
  input: z.output<typeof KitSoundsInputSchema>,
  context: StageContext,
): Promise<SoundSource> {
  if (input.in === 'sf2') {
    const font = await openSf2(input.file.path);
    return {
      async read(index) {
        const wanted = poolSpanOf(input.sounds[index]?.key ?? '');
        const most = MOST_SECONDS * wanted.sampleRate;
        const isCut = wanted.channels.some(({ start, end }) => end - start > most);
        return { audio: await font.read(wanted, most), isCut };
      },
      close: () => font.close(),
    };
  }
  if (input.in === 'files')
    return {
      read: index => {
        const { file, from, to } = input.sounds[index] ?? { file: { path: '' }, from: 0, to: null };
        return decoded(file.path, from, to, context.signal);
      },
      close: async () => undefined,
    };
  const folder = join(context.folder, 'unpacked');
  const places = await unpacked(input.file.path, input.sounds, folder, context.signal);
  return {
    read: index => {
      const { key = '', path = '' } = input.sounds[index] ?? {};
      const place = places.get(path);
      if (place === undefined) throw new Failed({ code: 'notFound', path: key });
      return decoded(place, 0, null, context.signal, key);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Unpacks the wanted entries under names of our own; answers where each lies. */
async function unpacked(
  archive: string,
  sounds: readonly { readonly path: string }[],
  folder: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  await mkdir(folder);
  const wanted = new Set(sounds.map(({ path }) => posix.normalize(path)));
  const places = new Map<string, string>();
  await walkArchive(archive, signal, ({ path }) => {
    if (!wanted.has(path) || places.has(path)) return null;
    const file = join(folder, String(places.size));
    places.set(path, file);
    return { file };
  });
  return places;
}

/** Frames `from` to `to` of a file, in one or two channels. `name` is what its failures call it. */
async function decoded(
  path: string,
  from: number,
  to: number | null,
  signal: AbortSignal,
  name = path,
): Promise<{ readonly audio: PlanarAudio; readonly isCut: boolean }> {
  const opened = await openAudio(path, signal);
  if (!opened.ok) throw new Failed(renamed(opened.failure, path, name));
  const reader = opened.value;
  const channelCount = Math.min(2, reader.channelCount);
  const end = Math.min(to ?? Infinity, from + MOST_SECONDS * reader.sampleRate);
  const pieces: Float32Array[][] = Array.from({ length: channelCount }, () => []);
  let at = 0;
  let isCut = false;
  try {
    for await (const chunk of reader.chunks()) {
      throwIfCancelled(signal);
      const count = frameCount(chunk);
      const [first, last] = [Math.max(0, from - at), Math.max(0, Math.min(count, end - at))];
      if (last > first)
        for (let channel = 0; channel < channelCount; channel++)
          pieces[channel]?.push((chunk.channels[channel] ?? new Float32Array(count)).slice(first, last));
      at += count;
      if (at > end) {
        isCut = end !== to;
        break;
      }
    }
  } catch (error) {
    if (error instanceof Failed) throw new Failed(renamed(error.failure, path, name));
    throw error;
  } finally {
    await reader.close();
  }
  return { audio: { sampleRate: reader.sampleRate, channels: pieces.map(joined) }, isCut };
}

/** The user knows a sound of an archive by its path there. */
const renamed = (failure: Failure, path: string, name: string): Failure =>
  'path' in failure && failure.path === path ? { ...failure, path: name } : failure;

function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
