import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { invariant } from '#shared/base';
import { TpdfDither } from '#shared/dsp';
import { frameCount, type PlanarAudio } from '#shared/model';
import { Failed, failureOfError } from '../files/file-failure';
import { checkSpace } from '../files/free-space';
import { makeFolder, syncFolder, temporaryBeside } from '../files/whole-file';
import { CHUNK_FRAMES } from './audio-reader';
import { WAV_BYTES, type WavFormat, wavHeader } from './wav-header';

export { WAV_FORMATS, type WavFormat } from './wav-header';

export interface WavWriterOptions {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly format: WavFormat;
  /** Seed of the dither of 16-bit files: same audio and same seed, same bytes. */
  readonly ditherSeed?: number | string;
  /** Length when it is known: the disk is asked for room before the work begins. */
  readonly expectedFrames?: number;
  /** Whole chunks to stand after the audio: `loopChunks`. */
  readonly trailer?: Uint8Array;
}

/** Writes a WAV in pieces; the file appears under its name at `finish`, whole. */
export interface WavWriter {
  readonly frames: number;
  /** Appends; values past full scale are clipped in the integer formats. A failure discards the file. */
  write(audio: PlanarAudio): Promise<void>;
  /** Writes the sizes, puts the file on the disk and gives it its name. */
  finish(): Promise<void>;
  /** Gives up: nothing is left. Does nothing after `finish`. */
  discard(): Promise<void>;
}

/** Begins a WAV at `path`. All of the writer throws `Failed` with `diskFull` or `notWritable`. */
export async function createWavWriter(path: string, options: WavWriterOptions): Promise<WavWriter> {
  const expectedBytes =
    (options.expectedFrames ?? 0) * options.channelCount * WAV_BYTES[options.format] + 1024;
  const space = checkSpace(path, expectedBytes);
  if (!space.ok) throw new Failed(space.failure);
  const temporary = temporaryBeside(path);
  try {
    await makeFolder(dirname(path));
    return new FileWavWriter(path, temporary, await open(temporary, 'wx'), options);
  } catch (error) {
    throw new Failed(failureOfError(error, path, { neededBytes: expectedBytes }));
  }
}

const NO_TRAILER = new Uint8Array();

class FileWavWriter implements WavWriter {
  frames = 0;
  readonly #path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;
  readonly #options: WavWriterOptions;
  readonly #dithers: readonly TpdfDither[];
  readonly #hasRoomForLongSizes: boolean;
  #at: number;
  /** Reused from piece to piece, so that a long file leaves no garbage behind. */
  #buffer = Buffer.alloc(0);
  #isOpen = true;

  constructor(path: string, temporary: string, handle: FileHandle, options: WavWriterOptions) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
    this.#options = options;
    const { channelCount, format, ditherSeed = 0, expectedFrames } = options;
    this.#dithers = Array.from({ length: channelCount }, (_, channel) => new TpdfDither(ditherSeed, channel));
    // Samplers with simple readers want the shortest header, so room is kept only where it may be needed.
    this.#hasRoomForLongSizes =
      expectedFrames === undefined || expectedFrames * channelCount * WAV_BYTES[format] > 4_000_000_000;
    this.#at = this.#header().length;
  }

  async write(audio: PlanarAudio): Promise<void> {
    invariant(this.#isOpen, 'a finished WAV is not written to');
    const { channelCount, sampleRate } = this.#options;
    invariant(audio.channels.length === channelCount, 'every piece of a WAV has its number of channels');
    invariant(audio.sampleRate === sampleRate, 'every piece of a WAV has its sample rate');
    const count = frameCount(audio);
    for (let start = 0; start < count; start += CHUNK_FRAMES) {
      const bytes = this.#encode(audio, start, Math.min(count, start + CHUNK_FRAMES));
      await this.#orDiscard(async () => {
        await writeAll(this.#handle, bytes, this.#at);
        this.#at += bytes.length;
      }, bytes.length);
    }
    this.frames += count;
  }

  async finish(): Promise<void> {
    invariant(this.#isOpen, 'a WAV is finished once');
    const header = this.#header();
    await this.#orDiscard(async () => {
      const dataBytes = this.#at - header.length;
      const padding = Buffer.alloc(dataBytes % 2);
      await writeAll(this.#handle, Buffer.concat([padding, this.#trailer]), this.#at);
      await writeAll(this.#handle, header, 0);
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#temporary, this.#path);
      await syncFolder(dirname(this.#path));
    }, header.length);
    this.#isOpen = false;
  }

  async discard(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
    await rm(this.#temporary, { force: true });
  }

  async #orDiscard(work: () => Promise<void>, moreBytes: number): Promise<void> {
    try {
      await work();
    } catch (error) {
      const neededBytes = this.#at + moreBytes;
      await this.discard();
      throw new Failed(failureOfError(error, this.#path, { neededBytes }));
    }
  }

  get #trailer(): Uint8Array {
    return this.#options.trailer ?? NO_TRAILER;
  }

  #header(): Buffer {
    const { sampleRate, channelCount, format } = this.#options;
    return wavHeader({
      sampleRate,
      channelCount,
      format,
      frames: this.frames,
      trailerBytes: this.#trailer.length,
      hasRoomForLongSizes: this.#hasRoomForLongSizes,
    });
  }

  /** Good until the next call. */
  #encode(audio: PlanarAudio, start: number, end: number): Buffer {
    const { channelCount, format } = this.#options;
    const size = WAV_BYTES[format];
    const stride = size * channelCount;
    const needed = (end - start) * stride;
    if (this.#buffer.length < needed) this.#buffer = Buffer.allocUnsafeSlow(needed);
    const bytes = this.#buffer.subarray(0, needed);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let channel = 0; channel < channelCount; channel++) {
      const samples = audio.channels[channel]!;
      const dither = this.#dithers[channel]!;
      for (let frame = start, at = channel * size; frame < end; frame++, at += stride) {
        const value = samples[frame]!;
        if (format === '32f') view.setFloat32(at, value, true);
        else if (format === '16') view.setInt16(at, dither.quantise(value, 16), true);
        else {
          const integer = Math.max(-8388608, Math.min(8388607, Math.round(value * 8388608)));
          view.setInt16(at, integer & 0xffff, true);
          view.setInt8(at + 2, integer >> 16);
        }
      }
    }
    return bytes;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
