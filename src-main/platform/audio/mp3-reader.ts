import { MPEGDecoder } from 'mpg123-decoder';
import { Failed } from '../files/file-failure';
import type { AudioReader } from './audio-reader';
import type { ByteSource } from './byte-source';
import { compressedReader } from './compressed-reader';
import { isMpegChain, MPEG_HEADER_BYTES, type MpegFrame, mpegFrameAt } from './mpeg-frame';
import { parseXing } from './xing';

const PIECE_BYTES = 64 * 1024;
/** Largest frame: layer II, 384 kbit/s at 32 kHz, is 1728 bytes; layer I reaches 2016. */
const LARGEST_FRAME_BYTES = 2048;
/** Damage that no listener notices and that moves later hits by no more than two frames. */
const TOLERATED_LOST_BYTES = 2 * 1045;

/**
 * Decodes MPEG audio from `start`, where a frame stands. The decoder is given whole frames only: what it does with
 * junk between them is to search for ever.
 */
export async function mp3Reader(
  source: ByteSource,
  start: number,
  signal: AbortSignal,
): Promise<AudioReader> {
  const head = await source.read(start, 4096);
  const first = mpegFrameAt(head, 0);
  if (!first)
    throw new Failed({ code: 'corrupt', path: source.path, format: 'MP3', reason: 'it has no frame' });
  const decoder = new MPEGDecoder({ enableGapless: true });
  await decoder.ready;
  const walk = new FrameWalk(source, start, first, signal);
  const nothing = { channelData: [], samplesDecoded: 0, sampleRate: first.sampleRate, errors: [] };
  return compressedReader({
    source,
    format: 'MP3',
    sampleRate: first.sampleRate,
    channelCount: first.channelCount,
    frames: parseXing(head, first)?.audioFrames ?? null,
    decoder: { decode: bytes => decoder.decode(bytes), flush: () => nothing, free: () => decoder.free() },
    pieces: () => walk.pieces(),
    fraction: () => walk.at / source.size,
    damage: async () =>
      walk.lostBytes > TOLERATED_LOST_BYTES ? `${walk.lostBytes} bytes in its midst are no audio` : null,
  });
}

/** Walks from header to header and hands out runs of whole frames, without tags and junk. */
class FrameWalk {
  at: number;
  /** Bytes between frames that belong to none and to no tag, and after which audio went on. */
  lostBytes = 0;
  readonly #source: ByteSource;
  readonly #first: MpegFrame;
  readonly #signal: AbortSignal;

  constructor(source: ByteSource, start: number, first: MpegFrame, signal: AbortSignal) {
    this.#source = source;
    this.at = start;
    this.#first = first;
    this.#signal = signal;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    let skipped = 0;
    while (this.at < this.#source.size) {
      this.#signal.throwIfAborted();
      const bytes = await this.#source.read(this.at, PIECE_BYTES);
      const isEnd = this.at + bytes.length >= this.#source.size;
      const length = this.#runLength(bytes);
      if (length > 0) {
        this.lostBytes += skipped;
        skipped = 0;
        yield bytes.subarray(0, length);
        this.at += length;
        continue;
      }
      if (isEnd && bytes.length < LARGEST_FRAME_BYTES && mpegFrameAt(bytes, 0)) return;
      const tag = tagBytes(bytes);
      if (tag > 0) this.at += tag;
      else {
        const gap = this.#gapLength(bytes, isEnd);
        skipped += gap;
        this.at += gap;
      }
    }
  }

  /** Bytes of whole frames of this stream at the beginning of `bytes`. */
  #runLength(bytes: Uint8Array): number {
    let at = 0;
    for (;;) {
      const frame = mpegFrameAt(bytes, at);
      if (!frame || at + frame.bytes > bytes.length) return at;
      if (frame.sampleRate !== this.#first.sampleRate || frame.layer !== this.#first.layer) return at;
      at += frame.bytes;
    }
  }

  /** Bytes up to the next place where two frames follow each other. */
  #gapLength(bytes: Uint8Array, isEnd: boolean): number {
    const last = isEnd ? bytes.length : Math.max(1, bytes.length - 2 * LARGEST_FRAME_BYTES);
    for (let at = 1; at + MPEG_HEADER_BYTES <= last; at++) {
      if (bytes[at] === 0xff && isMpegChain(bytes, at, 2, false)) return at;
    }
    return last;
  }
}

/** Size of the tag that begins `bytes`; 0 when none does. */
function tagBytes(bytes: Buffer): number {
  const id = bytes.toString('latin1', 0, 8);
  if (id.startsWith('TAG')) return 128;
  if (id.startsWith('APETAGEX') && bytes.length >= 16) return 32 + bytes.readUInt32LE(12);
  if (id.startsWith('ID3') && bytes.length >= 10) {
    return 10 + ((bytes[6]! << 21) | (bytes[7]! << 14) | (bytes[8]! << 7) | bytes[9]!);
  }
  return id.startsWith('LYRICS') ? bytes.length : 0;
}
