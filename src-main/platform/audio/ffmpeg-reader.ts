import { Failed } from '../files/file-failure';
import { findProgram, startProgram } from '../run-program';
import { type AudioFormat, type AudioReader, CHUNK_FRAMES } from './audio-reader';
import type { ByteSource } from './byte-source';
import { checkLength } from './compressed-reader';
import { readMp4Audio } from './mp4';
import { decodePcm } from './pcm';

/** Sun's AU header, the shortest that carries rate and channels through a pipe: magic, offset, size, encoding, rate, channels. */
const AU_HEADER_BYTES = 24;

interface FfmpegFile {
  readonly source: ByteSource;
  readonly format: AudioFormat;
  /** What the message calls it when ffmpeg is missing: "AAC (M4A)". */
  readonly name: string;
  /** Length that the file promises in seconds; null unknown. */
  readonly seconds: number | null;
}

/** Decodes an MP4 file's audio track through ffmpeg, after looking for DRM. */
export async function mp4Reader(source: ByteSource, signal: AbortSignal): Promise<AudioReader> {
  const { path } = source;
  const audio = await readMp4Audio(source);
  if (!audio) {
    const reason = 'it has no table of contents with an audio track; was its download cut short?';
    throw new Failed({ code: 'corrupt', path, format: 'M4A', reason });
  }
  if (audio.codec === 'drms' || audio.codec === 'enca') throw new Failed({ code: 'protected', path });
  const name = audio.codec === 'alac' ? 'Apple Lossless (M4A)' : 'AAC (M4A)';
  return ffmpegReader({ source, format: 'M4A', name, seconds: audio.seconds || null }, signal);
}

/** Decodes through the ffmpeg of the user's machine, as a stream of floats; it is never part of our package. */
export async function ffmpegReader(
  { source, format, name, seconds }: FfmpegFile,
  signal: AbortSignal,
): Promise<AudioReader> {
  const { path } = source;
  const ffmpeg = await findProgram('ffmpeg');
  if (ffmpeg === null) throw new Failed({ code: 'needsFfmpeg', path, format: name });
  // A file may be a playlist in disguise, so ffmpeg may open nothing but files.
  const input = ['-protocol_whitelist', 'file,pipe', '-i', `file:${path}`, '-map', '0:a:0'];
  const output = ['-c:a', 'pcm_f32be', '-f', 'au', 'pipe:1'];
  const run = startProgram(ffmpeg, ['-v', 'error', '-nostdin', ...input, ...output], signal);
  const bytes = new ByteQueue(run.output());
  const header = await bytes.take(AU_HEADER_BYTES);
  if (header.length < AU_HEADER_BYTES) {
    const { errors } = await run.ended();
    await source.close();
    signal.throwIfAborted();
    throw new Failed({ code: 'corrupt', path, format, reason: firstLine(errors) });
  }
  await bytes.take(header.readUInt32BE(4) - AU_HEADER_BYTES);
  const sampleRate = header.readUInt32BE(16);
  const channelCount = header.readUInt32BE(20);
  const promised = seconds === null ? null : Math.round(seconds * sampleRate);
  let done = 0;
  return {
    format,
    sampleRate,
    channelCount,
    // Only ffmpeg knows how much of the encoder's padding it will trim.
    frames: null,
    async *chunks() {
      const stride = 4 * channelCount;
      for (;;) {
        const piece = await bytes.take(CHUNK_FRAMES * stride);
        if (piece.length === 0) break;
        const chunk = decodePcm(piece, { sampleRate, channelCount, encoding: 'f32be' });
        done += piece.length / stride;
        yield chunk;
      }
      const { code, errors } = await run.ended();
      if (code !== 0) throw new Failed({ code: 'corrupt', path, format, reason: firstLine(errors) });
      checkLength(path, done, promised && promised - PADDING_FRAMES, sampleRate);
    },
    fraction: () => (promised === null ? 0 : Math.min(1, done / promised)),
    async close() {
      run.stop();
      await source.close();
    },
  };
}

/** AAC's encoders put up to 2112 frames before the audio and a packet after it, which count in the promised length. */
const PADDING_FRAMES = 2112 + 1024;

const firstLine = (text: string): string =>
  text
    .split('\n')
    .map(line => line.replace(/^\[[^\]]*\] /, '').trim())
    .find(line => line !== '') ?? 'ffmpeg could not decode it';

/** Bytes that arrive in pieces of any size, taken in pieces of a wanted size. */
class ByteQueue {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, or what is left at the end. */
  async take(count: number): Promise<Buffer> {
    const parts = [this.#held];
    let length = this.#held.length;
    while (length < count) {
      const next = await this.#pieces.next();
      if (next.done) break;
      parts.push(Buffer.from(next.value));
      length += next.value.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(count);
    return all.subarray(0, count);
  }
}
