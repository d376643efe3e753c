import type { MpegFrame } from './mpeg-frame';

export interface XingTag {
  /** Length of the audio in frames, without what the encoder padded, when the tag says that. */
  readonly audioFrames: number;
}

/** Bytes of side information between a frame's header and where the tag lies. */
export const sideBytes = (frame: MpegFrame): number =>
  frame.isMpeg1 ? (frame.channelCount === 1 ? 17 : 32) : frame.channelCount === 1 ? 9 : 17;

/**
 * The tag in the first frame that tells a VBR or gapless MP3's length; null when there is none.
 * @see Gabriel Bouvigne, "MP3 Info Tag rev 1 specifications"
 */
export function parseXing(bytes: Buffer, frame: MpegFrame): XingTag | null {
  if (frame.layer !== 3) return null;
  const at = 4 + sideBytes(frame);
  const id = bytes.toString('latin1', at, at + 4);
  if (id === 'Xing' || id === 'Info') return xingLength(bytes, at, frame);
  if (bytes.toString('latin1', 36, 40) === 'VBRI' && bytes.length >= 54) {
    return { audioFrames: bytes.readUInt32BE(50) * frame.audioFrames };
  }
  return null;
}

function xingLength(bytes: Buffer, at: number, frame: MpegFrame): XingTag | null {
  const flags = bytes.readUInt32BE(at + 4);
  if ((flags & 1) === 0) return null;
  const count = bytes.readUInt32BE(at + 8);
  const lame = at + 8 + 4 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const delay = (bytes[lame + 21]! << 4) | (bytes[lame + 22]! >> 4);
  const padding = ((bytes[lame + 22]! & 15) << 8) | bytes[lame + 23]!;
  const hasLame = /^(LAME|Lavf|Lavc|GOGO|L3.9)/.test(bytes.toString('latin1', lame, lame + 4));
  return { audioFrames: Math.max(0, count * frame.audioFrames - (hasLame ? delay + padding : 0)) };
}
