import { Failed } from '../files/file-failure';
import type { ByteSource } from './byte-source';
import { bytesPerFrame, type PcmEncoding, type PcmLayout } from './pcm';
import { isChunkId } from './riff';

interface Common {
  readonly channelCount: number;
  readonly frames: number;
  readonly bits: number;
  readonly sampleRate: number;
  /** AIFC's kind of coding; `NONE` in plain AIFF. */
  readonly coding: string;
}

/**
 * Reads the header of an AIFF or AIFC file that begins at `start`. Chunks come in any order, the audio's too.
 * @see Apple, "Audio Interchange File Format AIFF-C", 1991
 */
export async function parseAiff(
  source: ByteSource,
  start: number,
): Promise<PcmLayout | { readonly codec: string }> {
  const corrupt = (reason: string): Failed =>
    new Failed({ code: 'corrupt', path: source.path, format: 'AIFF', reason });
  let common: Common | null = null;
  let sound: { readonly dataStart: number; readonly bytes: number } | null = null;
  for (let at = start + 12; !(common && sound); ) {
    const head = await source.read(at, 8);
    if (head.length < 8 || !isChunkId(head))
      throw corrupt(common ? 'it has no audio data' : 'it has no format description');
    const id = head.toString('latin1', 0, 4);
    const size = head.readUInt32BE(4);
    if (id === 'COMM') common = parseCommon(await source.read(at + 8, Math.min(size, 22)), corrupt);
    if (id === 'SSND') {
      const offset = (await source.read(at + 8, 4)).readUInt32BE(0);
      sound = { dataStart: at + 16 + offset, bytes: Math.max(0, size - 8 - offset) };
    }
    at += 8 + size + (size & 1);
  }
  const encoding = encodingOf(common);
  if (!encoding) return { codec: common.coding };
  const { channelCount, sampleRate } = common;
  const stride = bytesPerFrame({ encoding, channelCount });
  const inFile = Math.floor((source.size - sound.dataStart) / stride);
  // A file written to a pipe says 0 frames.
  const promisedFrames = common.frames === 0 ? inFile : common.frames;
  const inChunk = sound.bytes === 0 ? inFile : Math.floor(sound.bytes / stride);
  return {
    format: 'AIFF',
    sampleRate,
    channelCount,
    encoding,
    dataStart: sound.dataStart,
    frames: Math.max(0, Math.min(inFile, inChunk, promisedFrames)),
    promisedFrames,
  };
}

function parseCommon(bytes: Buffer, corrupt: (reason: string) => Failed): Common {
  if (bytes.length < 18) throw corrupt('its format description is cut short');
  const channelCount = bytes.readUInt16BE(0);
  const sampleRate = Math.round(extendedAt(bytes, 8));
  if (channelCount === 0) throw corrupt('it claims to have no channels');
  if (!(sampleRate > 0 && sampleRate < 2 ** 32)) throw corrupt('its sample rate cannot be read');
  return {
    channelCount,
    frames: bytes.readUInt32BE(2),
    bits: bytes.readUInt16BE(6),
    sampleRate,
    coding: bytes.length >= 22 ? bytes.toString('latin1', 18, 22) : 'NONE',
  };
}

/** An 80-bit IEEE 754 extended number, as Apple wrote sample rates. */
function extendedAt(bytes: Buffer, at: number): number {
  const exponent = (bytes.readUInt16BE(at) & 0x7fff) - 16383;
  return (
    bytes.readUInt32BE(at + 2) * 2 ** (exponent - 31) + bytes.readUInt32BE(at + 6) * 2 ** (exponent - 63)
  );
}

function encodingOf({ coding, bits }: Common): PcmEncoding | null {
  // Odd depths are left-justified in whole bytes.
  const bytes = Math.ceil(bits / 8);
  switch (coding) {
    case 'NONE':
    case 'twos':
      if (bytes === 1) return 's8';
      return bytes === 2 || bytes === 3 || bytes === 4 ? `s${(bytes * 8) as 16 | 24 | 32}be` : null;
    case 'sowt':
      if (bytes === 1) return 's8';
      return bytes === 2 || bytes === 3 || bytes === 4 ? `s${(bytes * 8) as 16 | 24 | 32}le` : null;
    case 'raw ':
      return 'u8';
    case 'in24':
      return 's24be';
    case 'in32':
      return 's32be';
    case 'fl32':
    case 'FL32':
      return 'f32be';
    case 'fl64':
    case 'FL64':
      return 'f64be';
    default:
      return null;
  }
}
