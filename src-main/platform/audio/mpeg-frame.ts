/** One frame of an MPEG-1, 2 or 2.5 audio stream, layer I, II or III. */
export interface MpegFrame {
  readonly bytes: number;
  /** Frames of audio that it decodes to. */
  readonly audioFrames: number;
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  readonly layer: 1 | 2 | 3;
  readonly isMpeg1: boolean;
  readonly kilobits: number;
}

export const MPEG_HEADER_BYTES = 4;

/** Kilobits a second by index 1..14. @see ISO/IEC 11172-3 table 2.4.2.3, ISO/IEC 13818-3 */
const KILOBITS = {
  mpeg1: {
    1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  },
  mpeg2: {
    1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    3: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  },
} as const;

const SAMPLE_RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44100, 48000, 32000],
  2: [22050, 24000, 16000],
  0: [11025, 12000, 8000],
};

const LAYERS = { 3: 1, 2: 2, 1: 3 } as const;

/** The frame whose header stands at byte `at`; null when none does (free-format streams are not read). */
export function mpegFrameAt(bytes: Uint8Array, at: number): MpegFrame | null {
  if (at + MPEG_HEADER_BYTES > bytes.length) return null;
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  if (bytes[at] !== 0xff || (second & 0xe0) !== 0xe0) return null;
  const version = (second >> 3) & 3;
  const layerBits = (second >> 1) & 3;
  const sampleRate = SAMPLE_RATES[version]?.[(third >> 2) & 3];
  if (sampleRate === undefined || layerBits === 0) return null;
  const layer = LAYERS[layerBits as 1 | 2 | 3];
  const isMpeg1 = version === 3;
  const kilobits = KILOBITS[isMpeg1 ? 'mpeg1' : 'mpeg2'][layer][(third >> 4) - 1];
  if (kilobits === undefined) return null;
  const padding = (third >> 1) & 1;
  const audioFrames = layer === 1 ? 384 : layer === 3 && !isMpeg1 ? 576 : 1152;
  const slots = Math.floor((audioFrames * kilobits * 125) / (sampleRate * (layer === 1 ? 4 : 1))) + padding;
  return {
    bytes: layer === 1 ? slots * 4 : slots,
    audioFrames,
    sampleRate,
    channelCount: bytes[at + 3]! >> 6 === 3 ? 1 : 2,
    layer,
    isMpeg1,
    kilobits,
  };
}

const isSameStream = (a: MpegFrame, b: MpegFrame): boolean =>
  a.sampleRate === b.sampleRate && a.layer === b.layer && a.isMpeg1 === b.isMpeg1;

/** Whether a frame stands at `at` and `count - 1` more of its stream follow; the end of the file ends the proof. */
export function isMpegChain(bytes: Uint8Array, at: number, count: number, isEnd: boolean): boolean {
  const first = mpegFrameAt(bytes, at);
  if (!first) return false;
  let next = at;
  let frame: MpegFrame | null = first;
  for (let seen = 0; seen < count; seen++) {
    if (isEnd && seen > 0 && next >= bytes.length - 128) return true;
    frame = mpegFrameAt(bytes, next);
    if (!frame || !isSameStream(first, frame)) return false;
    next += frame.bytes;
  }
  return true;
}

/** Where an MPEG stream begins in `bytes`, after any junk; null when there is none. Four headers in a row are proof. */
export function findMpegStream(bytes: Uint8Array, isEnd: boolean): number | null {
  for (let at = 0; at + MPEG_HEADER_BYTES <= bytes.length; at++) {
    if (bytes[at] === 0xff && isMpegChain(bytes, at, 4, isEnd)) return at;
  }
  return null;
}
