import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { Failed } from '../files/file-failure';
import type { AudioReader } from './audio-reader';
import type { ByteSource } from './byte-source';
import { compressedReader, type Decoded } from './compressed-reader';
import { endsWithWholeFrame } from './flac-tail';

/** Small, because a long silence packs 4096 frames into a dozen bytes. */
export const FLAC_PIECE_BYTES = 8 * 1024;

export interface StreamInfo {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bits: number;
  /** Length; null when the encoder did not know it. */
  readonly frames: number | null;
  /** Size of the largest FLAC frame in bytes; 0 unknown. */
  readonly largestFrameBytes: number;
}

const STREAM_INFO_BYTES = 34;

/** @see RFC 9639, section 8.2 */
export function parseStreamInfo(bytes: Buffer): StreamInfo | null {
  if (bytes.length < STREAM_INFO_BYTES) return null;
  const packed = bytes.readUInt32BE(10);
  const frames = (bytes[13]! & 15) * 2 ** 32 + bytes.readUInt32BE(14);
  const sampleRate = packed >>> 12;
  if (sampleRate === 0) return null;
  return {
    sampleRate,
    channelCount: ((packed >>> 9) & 7) + 1,
    bits: ((packed >>> 4) & 31) + 1,
    frames: frames === 0 ? null : frames,
    largestFrameBytes: bytes.readUIntBE(7, 3),
  };
}

/** Decodes a native FLAC stream that begins at `start`. */
export async function flacReader(
  source: ByteSource,
  start: number,
  signal: AbortSignal,
): Promise<AudioReader> {
  const corrupt = (reason: string): Failed =>
    new Failed({ code: 'corrupt', path: source.path, format: 'FLAC', reason });
  const info = parseStreamInfo(await source.read(start + 8, STREAM_INFO_BYTES));
  if (!info) throw corrupt('its STREAMINFO cannot be read');
  const audioStart = await afterMetadata(source, start + 4);
  const decoder = new FLACDecoder();
  await decoder.ready;
  let at = audioStart;
  return compressedReader({
    source,
    format: 'FLAC',
    sampleRate: info.sampleRate,
    channelCount: info.channelCount,
    frames: info.frames,
    decoder: {
      decode: async bytes => exactScale(await decoder.decode(bytes), info.bits),
      flush: async () => exactScale(await decoder.flush(), info.bits),
      free: () => decoder.free(),
    },
    async *pieces() {
      for await (const piece of source.pieces(audioStart, source.size, FLAC_PIECE_BYTES, signal)) {
        yield piece;
        at += piece.length;
      }
    },
    fraction: () => at / source.size,
    damage: async isShort =>
      isShort && (await endsWithWholeFrame(source, info.largestFrameBytes))
        ? 'frames in its midst cannot be decoded'
        : null,
  });
}

/** The first byte after the metadata blocks, of which the last has its top bit set. */
async function afterMetadata(source: ByteSource, firstBlock: number): Promise<number> {
  for (let at = firstBlock; ; ) {
    const head = await source.read(at, 4);
    if (head.length < 4) return source.size;
    at += 4 + head.readUIntBE(1, 3);
    if (head[0]! & 0x80) return at;
  }
}

/**
 * The decoder divides integers by 2^(bits-1) - 1; ours are divided by 2^(bits-1), so that they come back bit for bit.
 * Works in place.
 */
export function exactScale(decoded: Decoded, bits: number): Decoded {
  const largest = 2 ** (bits - 1) - 1;
  for (const samples of decoded.channelData) {
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = Math.round(samples[frame]! * largest) / (largest + 1);
    }
  }
  return decoded;
}
