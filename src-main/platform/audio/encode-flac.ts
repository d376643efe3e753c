import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Result } from '#shared/base';
import { frameCount, type PlanarAudio } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { attempt, Failed, failureOfError } from '../files/file-failure';
import { makeFolder, syncFolder, temporaryBeside } from '../files/whole-file';
import { FLAC_BLOCK_FRAMES } from './flac-frame';
import { type FlacForm, FlacStream } from './flac-stream';
import { openWav, type WavFile } from './wav-file';

export { FLAC_BITS, type FlacBits } from './flac-stream';

export interface FlacOptions extends FlacForm {
  readonly signal: AbortSignal;
}

/** Blocks of audio that are read and written at once. */
const PIECE_BLOCKS = 16;

/**
 * Encodes a mono or stereo WAV as a FLAC whose samples are those that a WAV of as many bits would hold, with their MD5. Same audio, same
 * bytes. The file appears whole or not at all. Throws the signal's reason when it is aborted.
 */
export async function encodeFlac(
  wavPath: string,
  flacPath: string,
  options: FlacOptions,
): Promise<Result<null, Failure>> {
  const opened = await openWav(wavPath);
  if (!opened.ok) return opened;
  const temporary = temporaryBeside(flacPath);
  try {
    return await attempt(flacPath, async () => {
      await writeFlac(opened.value, flacPath, temporary, options);
      return null;
    });
  } finally {
    await opened.value.close();
    await rm(temporary, { force: true });
  }
}

async function writeFlac(wav: WavFile, path: string, temporary: string, options: FlacOptions): Promise<void> {
  const stream = new FlacStream(wav, options);
  let at = 0;
  const onDisk = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw new Failed(failureOfError(error, path, { neededBytes: at }));
    }
  };
  const handle = await onDisk(async () => {
    await makeFolder(dirname(path));
    return open(temporary, 'wx');
  });
  const append = async (bytes: Uint8Array): Promise<void> => {
    await onDisk(() => writeAt(handle, bytes, at));
    at += bytes.length;
  };
  try {
    await append(stream.head());
    for (let start = 0; start < wav.frames; start += PIECE_BLOCKS * FLAC_BLOCK_FRAMES) {
      options.signal.throwIfAborted();
      const { channels } = await wav.read(start, PIECE_BLOCKS * FLAC_BLOCK_FRAMES);
      await append(stream.encode(channels).frames);
    }
    await onDisk(async () => {
      // Now that lengths and checksum are known.
      await writeAt(handle, stream.head(), 0);
      await handle.sync();
    });
  } finally {
    await handle.close();
  }
  await onDisk(async () => {
    await rename(temporary, path);
    await syncFolder(dirname(path));
  });
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  await handle.writev([bytes], position);
}

/** A mono or stereo recording as a FLAC, and the samples in it as a WAV of as many bits has them. Same audio, same bytes. */
export function flacOf(audio: PlanarAudio, form: FlacForm): { readonly flac: Buffer; readonly pcm: Buffer } {
  const { sampleRate, channels } = audio;
  const stream = new FlacStream(
    { sampleRate, channelCount: channels.length, frames: frameCount(audio) },
    form,
  );
  const { frames, pcm } = stream.encode(channels);
  return { flac: Buffer.concat([stream.head(), frames]), pcm };
}
