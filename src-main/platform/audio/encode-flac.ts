import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { invariant, type Result } from '#shared/base';
import { TpdfDither } from '#shared/dsp';
import type { Failure } from '#shared/protocol';
import { attempt, Failed, failureOfError } from '../files/file-failure';
import { makeFolder, syncFolder, temporaryBeside } from '../files/whole-file';
import { FLAC_BLOCK_FRAMES, FlacFrames } from './flac-frame';
import { openWav, type WavFile } from './wav-file';

export const FLAC_BITS = [16, 24] as const;
export type FlacBits = (typeof FLAC_BITS)[number];

export interface FlacOptions {
  readonly bits: FlacBits;
  /** Seed of the dither of 16-bit files: as a WAV's, so that both hold the same samples. */
  readonly ditherSeed?: number | string;
  /** Fields of the comment block: `BPM`, `TITLE`. */
  readonly comments?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const STREAM_INFO_BYTES = 34;
const VENDOR = 'Backbeat';
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
  invariant(wav.channelCount === 1 || wav.channelCount === 2, 'a FLAC of ours is mono or stereo');
  invariant(
    wav.sampleRate <= 65_535 || wav.sampleRate === 96_000 || wav.sampleRate === 192_000,
    'a FLAC of ours says its rate in every frame',
  );
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
      await append(stream.encode(channels));
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

/** The encoded stream on its way to the disk. */
class FlacStream {
  readonly #wav: WavFile;
  readonly #options: FlacOptions;
  readonly #frames: FlacFrames;
  readonly #dithers: readonly TpdfDither[];
  readonly #hash = createHash('md5');
  #digest: Buffer = Buffer.alloc(16);
  #encoded = 0;
  #smallest = Infinity;
  #largest = 0;

  constructor(wav: WavFile, options: FlacOptions) {
    this.#wav = wav;
    this.#options = options;
    this.#frames = new FlacFrames(wav.sampleRate, options.bits);
    this.#dithers = Array.from(
      { length: wav.channelCount },
      (_, channel) => new TpdfDither(options.ditherSeed ?? 0, channel),
    );
  }

  /** Signature, STREAMINFO as far as it is known, comments. */
  head(): Buffer {
    const { sampleRate, channelCount, frames } = this.#wav;
    const { bits, comments = {} } = this.#options;
    const info = Buffer.alloc(STREAM_INFO_BYTES);
    info.writeUInt16BE(FLAC_BLOCK_FRAMES, 0);
    info.writeUInt16BE(FLAC_BLOCK_FRAMES, 2);
    if (this.#largest > 0) {
      info.writeUIntBE(this.#smallest, 4, 3);
      info.writeUIntBE(this.#largest, 7, 3);
    }
    const high = Math.floor(frames / 2 ** 32);
    info.writeUInt32BE(sampleRate * 2 ** 12 + ((channelCount - 1) << 9) + ((bits - 1) << 4) + high, 10);
    info.writeUInt32BE(frames % 2 ** 32, 14);
    this.#digest.copy(info, 18);
    return Buffer.concat([
      Buffer.from('fLaC', 'latin1'),
      ...block(0, info, false),
      ...block(4, commentsOf(comments), true),
    ]);
  }

  /** The frames of a piece, which is of whole blocks but for the last one. */
  encode(channels: readonly Float32Array[]): Buffer {
    const { bits } = this.#options;
    const count = channels[0]?.length ?? 0;
    const integers = channels.map((samples, channel) => this.#integers(samples, channel));
    this.#hash.update(interleaved(integers, bits / 8));
    const parts: Buffer[] = [];
    for (let start = 0; start < count; start += FLAC_BLOCK_FRAMES) {
      const blocks = integers.map(samples => samples.slice(start, start + FLAC_BLOCK_FRAMES));
      const part = Buffer.from(this.#frames.encode(blocks));
      this.#smallest = Math.min(this.#smallest, part.length);
      this.#largest = Math.max(this.#largest, part.length);
      parts.push(part);
    }
    this.#encoded += count;
    if (this.#encoded === this.#wav.frames) this.#digest = this.#hash.digest();
    return Buffer.concat(parts);
  }

  #integers(samples: Float32Array, channel: number): Float64Array {
    const { bits } = this.#options;
    const dither = this.#dithers[channel];
    const scale = 2 ** (bits - 1);
    return Float64Array.from(samples, value => {
      if (bits === 16 && dither) return dither.quantise(value, 16);
      return Math.max(-scale, Math.min(scale - 1, Math.round(value * scale)));
    });
  }
}

/** As the MD5 is taken of: little-endian, channels in turn. */
function interleaved(channels: readonly Float64Array[], size: number): Buffer {
  const stride = channels.length * size;
  const bytes = Buffer.alloc((channels[0]?.length ?? 0) * stride);
  for (const [channel, samples] of channels.entries()) {
    for (let frame = 0, at = channel * size; frame < samples.length; frame++, at += stride) {
      bytes.writeIntLE(samples[frame]!, at, size);
    }
  }
  return bytes;
}

function block(type: number, body: Buffer, isLast: boolean): Buffer[] {
  const head = Buffer.alloc(4);
  head[0] = type | (isLast ? 0x80 : 0);
  head.writeUIntBE(body.length, 1, 3);
  return [head, body];
}

function commentsOf(comments: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(comments).map(([name, value]) => `${name}=${value}`);
  return Buffer.concat([...text(VENDOR), u32(lines.length), ...lines.flatMap(text)]);
}

function text(line: string): Buffer[] {
  const bytes = Buffer.from(line, 'utf8');
  return [u32(bytes.length), bytes];
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
