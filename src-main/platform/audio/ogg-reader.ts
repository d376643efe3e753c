import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { OggOpusDecoder } from 'ogg-opus-decoder';
import { Failed } from '../files/file-failure';
import type { AudioReader } from './audio-reader';
import type { ByteSource } from './byte-source';
import { compressedReader, type Decoded, type StreamDecoder } from './compressed-reader';
import { exactScale, FLAC_PIECE_BYTES, parseStreamInfo } from './flac-reader';
import { readOggTail } from './ogg';

type OggFormat = 'Ogg Vorbis' | 'Opus' | 'Ogg FLAC';

/** Vorbis and Opus order their speakers in their own way; these are the places of WAV's order in theirs. */
const WAV_ORDER: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};

/** The channels in WAV's order. @see RFC 7845, section 5.1.1.2; Vorbis I, section 4.3.9 */
function inWavOrder(decoded: Decoded): Decoded {
  const order = WAV_ORDER[decoded.channelData.length];
  if (!order) return decoded;
  return { ...decoded, channelData: order.map(channel => decoded.channelData[channel]!) };
}

const reordered = (decoder: OggVorbisDecoder | OggOpusDecoder): StreamDecoder => ({
  decode: async bytes => inWavOrder(await decoder.decode(bytes)),
  flush: async () => inWavOrder(await decoder.flush()),
  free: () => decoder.free(),
});

interface Stream {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Frames at the beginning that count in the position but are not played. */
  readonly skippedFrames: number;
  readonly pieceBytes: number;
  readonly decoder: StreamDecoder;
}

/** Where the first packet begins: after a page header of 27 bytes and a segment table of one. */
const FIRST_PACKET = 28;

/** Decodes the one stream of an Ogg file. */
export async function oggReader(
  source: ByteSource,
  format: OggFormat,
  start: number,
  signal: AbortSignal,
): Promise<AudioReader> {
  const packet = await source.read(start + FIRST_PACKET, 64);
  const corrupt = (reason: string): Failed =>
    new Failed({ code: 'corrupt', path: source.path, format, reason });
  if (packet.length < 64) throw corrupt('it ends within its first page');
  const tail = await readOggTail(source);
  const stream = await streamOf(format, packet);
  if (!stream) throw corrupt('its first packet cannot be read');
  let at = start;
  return compressedReader({
    source,
    format,
    sampleRate: stream.sampleRate,
    channelCount: stream.channelCount,
    frames: tail.granule === null ? null : Math.max(0, tail.granule - stream.skippedFrames),
    decoder: stream.decoder,
    async *pieces() {
      for await (const piece of source.pieces(start, source.size, stream.pieceBytes, signal)) {
        yield piece;
        at += piece.length;
      }
    },
    fraction: () => at / source.size,
    damage: async () => (tail.isWhole ? null : endsEarly(tail.granule, stream)),
  });
}

const endsEarly = (granule: number | null, { sampleRate, skippedFrames }: Stream): string =>
  `it ends in the middle of a page, at ${(((granule ?? 0) - skippedFrames) / sampleRate).toFixed(1)} s`;

async function streamOf(format: OggFormat, packet: Buffer): Promise<Stream | null> {
  switch (format) {
    case 'Ogg Vorbis': {
      const decoder = new OggVorbisDecoder();
      await decoder.ready;
      const [channelCount, sampleRate] = [packet[11]!, packet.readUInt32LE(12)];
      return {
        sampleRate,
        channelCount,
        skippedFrames: 0,
        pieceBytes: 8 * 1024,
        decoder: reordered(decoder),
      };
    }
    case 'Opus': {
      const decoder = new OggOpusDecoder();
      await decoder.ready;
      const [channelCount, skippedFrames] = [packet[9]!, packet.readUInt16LE(10)];
      // Opus always decodes to 48 kHz; the rate in its header is only what the source had.
      return {
        sampleRate: 48_000,
        channelCount,
        skippedFrames,
        pieceBytes: 8 * 1024,
        decoder: reordered(decoder),
      };
    }
    case 'Ogg FLAC': {
      const info = parseStreamInfo(packet.subarray(17));
      if (!info) return null;
      const decoder = new FLACDecoder();
      await decoder.ready;
      const { sampleRate, channelCount, bits } = info;
      return {
        sampleRate,
        channelCount,
        skippedFrames: 0,
        pieceBytes: FLAC_PIECE_BYTES,
        decoder: {
          decode: async bytes => exactScale(await decoder.decode(bytes), bits),
          flush: async () => exactScale(await decoder.flush(), bits),
          free: () => decoder.free(),
        },
      };
    }
  }
}
