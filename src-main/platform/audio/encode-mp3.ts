import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createMp3Encoder } from 'wasm-media-encoders';
import { invariant, type Result } from '#shared/base';
import { Resampler } from '#shared/dsp';
import { frameCount } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { attempt, Failed, failureOfError } from '../files/file-failure';
import { makeFolder, syncFolder, temporaryBeside } from '../files/whole-file';
import { crc16, lameTag, tagFrame } from './lame-tag';
import { mpegFrameAt } from './mpeg-frame';
import { openWav, type WavFile } from './wav-file';

export const MP3_KILOBITS = [32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
export type Mp3Kilobits = (typeof MP3_KILOBITS)[number];

export interface Mp3Options {
  /** Constant bit rate in kilobits a second. */
  readonly kilobits: Mp3Kilobits;
  readonly signal: AbortSignal;
}

/** Sample rates of MPEG-1 layer III; others are converted to the nearer family. */
const MP3_RATES = new Set([32_000, 44_100, 48_000]);
/** The encoder's memory grows with the piece it is given. */
const PIECE_FRAMES = 1152 * 16;

/**
 * Encodes a mono or stereo WAV as an MP3 that says its exact length, so that players start and end it where the WAV
 * does. The file appears whole or not at all. Throws the signal's reason when it is aborted.
 */
export async function encodeMp3(
  wavPath: string,
  mp3Path: string,
  options: Mp3Options,
): Promise<Result<null, Failure>> {
  const opened = await openWav(wavPath);
  if (!opened.ok) return opened;
  const temporary = temporaryBeside(mp3Path);
  try {
    return await attempt(mp3Path, async () => {
      await writeMp3(opened.value, mp3Path, temporary, options);
      return null;
    });
  } finally {
    await opened.value.close();
    await rm(temporary, { force: true });
  }
}

async function writeMp3(wav: WavFile, path: string, temporary: string, options: Mp3Options): Promise<void> {
  const file = new Mp3File();
  const onDisk = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw new Failed(failureOfError(error, path, { neededBytes: file.bytes }));
    }
  };
  await onDisk(async () => {
    await makeFolder(dirname(path));
    await file.open(temporary);
  });
  try {
    for await (const bytes of encode(wav, file, options)) await onDisk(() => file.append(bytes));
    await onDisk(() => file.finish());
  } finally {
    await file.close();
  }
  await onDisk(async () => {
    await rename(temporary, path);
    await syncFolder(dirname(path));
  });
}

/** The encoded stream in pieces. */
async function* encode(
  wav: WavFile,
  file: Mp3File,
  { kilobits, signal }: Mp3Options,
): AsyncGenerator<Uint8Array> {
  const { channelCount } = wav;
  invariant(channelCount === 1 || channelCount === 2, 'an MP3 is mono or stereo');
  const isMp3Rate = MP3_RATES.has(wav.sampleRate);
  const rate = isMp3Rate ? wav.sampleRate : wav.sampleRate % 11_025 === 0 ? 44_100 : 48_000;
  const resampler = isMp3Rate ? null : new Resampler(wav.sampleRate, rate, channelCount);
  const encoder = await createMp3Encoder();
  encoder.configure({
    channels: channelCount,
    sampleRate: rate,
    outputSampleRate: rate as 32_000 | 44_100 | 48_000,
    bitrate: kilobits,
  });
  for (let start = 0; start < wav.frames; start += PIECE_FRAMES) {
    signal.throwIfAborted();
    const piece = await wav.read(start, PIECE_FRAMES);
    const channels = resampler ? resampler.push(piece.channels) : piece.channels;
    file.audioFrames += frameCount({ sampleRate: rate, channels });
    yield encoder.encode(channels);
  }
  if (resampler) {
    const channels = resampler.finish();
    file.audioFrames += frameCount({ sampleRate: rate, channels });
    yield encoder.encode(channels);
  }
  yield encoder.finalize();
}

/** The MP3 on its way to the disk; its tag, which says how long it is, is written last and stands first. */
class Mp3File {
  /** Bytes of the stream so far, without the tag. */
  bytes = 0;
  audioFrames = 0;
  #handle: FileHandle | null = null;
  #header: Uint8Array | null = null;
  #tagBytes = 0;
  #crc = 0;
  #frameCount = 0;
  /** The beginning of a frame whose end is still to come. */
  #pending: Buffer = Buffer.alloc(0);

  async open(temporary: string): Promise<void> {
    this.#handle = await open(temporary, 'wx');
  }

  /** `bytes` lies in the encoder's memory and is only good until its next call. */
  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    if (!this.#header) {
      this.#header = Buffer.from(bytes.subarray(0, 4));
      this.#tagBytes = tagFrame(this.#header).frame.bytes;
    }
    this.#crc = crc16(bytes, this.#crc);
    this.#count(bytes);
    await this.#handle?.writev([Buffer.from(bytes)], this.#tagBytes + this.bytes);
    this.bytes += bytes.length;
  }

  async finish(): Promise<void> {
    invariant(this.#header && this.#handle, 'LAME writes at least one frame');
    const { bytes, audioFrames } = this;
    const tag = lameTag({
      header: this.#header,
      frameCount: this.#frameCount,
      bytes,
      crc: this.#crc,
      audioFrames,
    });
    await this.#handle.writev([tag], 0);
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }

  #count(bytes: Uint8Array): void {
    let held = Buffer.concat([this.#pending, bytes]);
    for (
      let frame = mpegFrameAt(held, 0);
      frame && held.length >= frame.bytes;
      frame = mpegFrameAt(held, 0)
    ) {
      this.#frameCount++;
      held = held.subarray(frame.bytes);
    }
    this.#pending = held;
  }
}
