import type { PlanarAudio } from '#shared/model';

/** How uncompressed audio lies in a file. */
export interface PcmLayout {
  readonly format: 'WAV' | 'RF64' | 'AIFF';
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: PcmEncoding;
  /** Byte offset of the first frame. */
  readonly dataStart: number;
  /** Whole frames that are really in the file. */
  readonly frames: number;
  /** Frames that the header promises; equals `frames` in a sound file. */
  readonly promisedFrames: number;
}

/** `u8` is WAV's unsigned byte; all others are signed or floating point. `le` and `be`: the byte order. */
export type PcmEncoding = 'u8' | 's8' | `s${16 | 24 | 32}${'le' | 'be'}` | `f${32 | 64}${'le' | 'be'}`;

const BYTES: Readonly<Record<PcmEncoding, number>> = {
  u8: 1,
  s8: 1,
  s16le: 2,
  s16be: 2,
  s24le: 3,
  s24be: 3,
  s32le: 4,
  s32be: 4,
  f32le: 4,
  f32be: 4,
  f64le: 8,
  f64be: 8,
};

export const bytesPerFrame = (layout: Pick<PcmLayout, 'encoding' | 'channelCount'>): number =>
  BYTES[layout.encoding] * layout.channelCount;

/** Value at byte `at` as -1..1. Integers of b bits are divided by 2^(b-1), so that they come back bit for bit. */
function valueReader(encoding: PcmEncoding, view: DataView): (at: number) => number {
  switch (encoding) {
    case 'u8':
      return at => (view.getUint8(at) - 128) / 128;
    case 's8':
      return at => view.getInt8(at) / 128;
    case 's16le':
      return at => view.getInt16(at, true) / 32768;
    case 's16be':
      return at => view.getInt16(at, false) / 32768;
    case 's24le':
      return at => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608;
    case 's24be':
      return at => ((view.getInt16(at, false) << 8) | view.getUint8(at + 2)) / 8388608;
    case 's32le':
      return at => view.getInt32(at, true) / 2147483648;
    case 's32be':
      return at => view.getInt32(at, false) / 2147483648;
    case 'f32le':
      return at => view.getFloat32(at, true);
    case 'f32be':
      return at => view.getFloat32(at, false);
    case 'f64le':
      return at => view.getFloat64(at, true);
    case 'f64be':
      return at => view.getFloat64(at, false);
  }
}

/** The whole frames in `bytes`, which begin on a frame. Floating-point values that are not numbers become 0. */
export function decodePcm(
  bytes: Uint8Array,
  layout: Pick<PcmLayout, 'sampleRate' | 'channelCount' | 'encoding'>,
): PlanarAudio {
  const { sampleRate, channelCount, encoding } = layout;
  const stride = bytesPerFrame(layout);
  const size = stride / channelCount;
  const count = Math.floor(bytes.byteLength / stride);
  const valueAt = valueReader(encoding, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const isFloat = encoding.startsWith('f');
  const channels = Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(count);
    for (let frame = 0, at = channel * size; frame < count; frame++, at += stride) {
      const value = valueAt(at);
      samples[frame] = isFloat && !Number.isFinite(value) ? 0 : value;
    }
    return samples;
  });
  return { sampleRate, channels };
}
