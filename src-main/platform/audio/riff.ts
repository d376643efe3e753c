import { Failed } from '../files/file-failure';
import type { ByteSource } from './byte-source';
import { bytesPerFrame, type PcmEncoding, type PcmLayout } from './pcm';

/** A WAV whose audio is compressed: ADPCM, mu-law, MP3 in RIFF. */
export interface CompressedWav {
  readonly codec: string;
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const CODECS: Readonly<Record<number, string>> = {
  2: 'ADPCM',
  6: 'A-law',
  7: 'mu-law',
  0x11: 'IMA ADPCM',
  0x31: 'GSM',
  0x50: 'MPEG',
  0x55: 'MP3',
  0xff: 'AAC',
};
/** A data chunk of this size or more that does not fit its file was written to a pipe: sox writes about 2^31, ffmpeg 2^32 - 1. */
const STREAMED_BYTES = 0x7ffff000;

interface Format {
  readonly tag: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly bits: number;
  readonly blockBytes: number;
}

/**
 * Reads the header of a WAV, RF64 or BW64 file. Chunks come in any order before the data.
 * @see EBU Tech 3306 (RF64); Microsoft, "Multiple Channel Audio Data and WAVE Files"
 */
export async function parseWav(source: ByteSource, start = 0): Promise<PcmLayout | CompressedWav> {
  const corrupt = (reason: string): Failed =>
    new Failed({ code: 'corrupt', path: source.path, format: 'WAV', reason });
  const isLong = (await source.read(start, 4)).toString('latin1') !== 'RIFF';
  let format: Format | null = null;
  let longDataBytes: number | null = null;
  for (let at = start + 12; ; ) {
    const head = await source.read(at, 8);
    if (head.length < 8 || !isChunkId(head))
      throw corrupt(format ? 'it has no audio data' : 'it has no format description');
    const id = head.toString('latin1', 0, 4);
    const size = head.readUInt32LE(4);
    const body = at + 8;
    if (id === 'data') {
      if (!format) throw corrupt('its audio comes before its format description');
      if (format.tag !== PCM && format.tag !== FLOAT) {
        return { codec: CODECS[format.tag] ?? `codec 0x${format.tag.toString(16)}` };
      }
      const isStreamed = size >= STREAMED_BYTES && body + size > source.size && !isLong;
      const bytes = isLong && size === 0xffffffff ? (longDataBytes ?? source.size - body) : size;
      const isUnknown = isStreamed || (bytes === 0 && source.size > body);
      return layoutOf(source, format, body, isUnknown ? source.size - body : bytes, isLong, corrupt);
    }
    if (id === 'fmt ') format = parseFormat(await source.read(body, Math.min(size, 40)), corrupt);
    if (id === 'ds64') longDataBytes = Number((await source.read(body, 16)).readBigUInt64LE(8));
    at = body + size + (size & 1);
  }
}

/** Four printable characters; anything else is no chunk, and stepping on through it would take for ever. */
export const isChunkId = (head: Uint8Array): boolean =>
  head.subarray(0, 4).every(byte => byte >= 0x20 && byte < 0x7f);

function parseFormat(bytes: Buffer, corrupt: (reason: string) => Failed): Format {
  if (bytes.length < 16) throw corrupt('its format description is cut short');
  const tag = bytes.readUInt16LE(0);
  return {
    // The first two bytes of an extensible format's GUID are the tag that it stands for.
    tag: tag === EXTENSIBLE && bytes.length >= 26 ? bytes.readUInt16LE(24) : tag,
    channelCount: bytes.readUInt16LE(2),
    sampleRate: bytes.readUInt32LE(4),
    blockBytes: bytes.readUInt16LE(12),
    bits: bytes.readUInt16LE(14),
  };
}

function layoutOf(
  source: ByteSource,
  { tag, channelCount, sampleRate, bits, blockBytes }: Format,
  dataStart: number,
  dataBytes: number,
  isLong: boolean,
  corrupt: (reason: string) => Failed,
): PcmLayout {
  if (channelCount === 0) throw corrupt('it claims to have no channels');
  if (sampleRate === 0) throw corrupt('its sample rate is 0 Hz');
  // Odd depths (12, 20 bits) are left-justified in whole bytes, so the container alone sets the scale.
  const encoding = encodingOf(tag, bits > 0 && bits % 8 === 0 ? bits : (blockBytes / channelCount) * 8);
  if (!encoding)
    throw corrupt(`${bits}-bit ${tag === FLOAT ? 'floating-point' : 'integer'} audio is unknown`);
  const stride = bytesPerFrame({ encoding, channelCount });
  if (blockBytes !== stride)
    throw corrupt(`a frame of ${channelCount} x ${bits} bits cannot be ${blockBytes} bytes`);
  return {
    format: isLong ? 'RF64' : 'WAV',
    sampleRate,
    channelCount,
    encoding,
    dataStart,
    frames: Math.floor(Math.min(dataBytes, source.size - dataStart) / stride),
    promisedFrames: Math.floor(dataBytes / stride),
  };
}

function encodingOf(tag: number, bits: number): PcmEncoding | null {
  if (tag === FLOAT) return bits === 32 ? 'f32le' : bits === 64 ? 'f64le' : null;
  if (bits === 8) return 'u8';
  return bits === 16 || bits === 24 || bits === 32 ? `s${bits}le` : null;
}
