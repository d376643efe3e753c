import { type MpegFrame, mpegFrameAt } from './mpeg-frame';
import { sideBytes } from './xing';

/** Frames that LAME's encoder puts before the audio; decoders add their own 529. */
const ENCODER_DELAY_FRAMES = 576;
/** `Info` and its four fields, then LAME's extension. */
const TAG_BYTES = 120 + 36;
const HIGHEST_KILOBITS_INDEX = 14;

interface EncodedMp3 {
  /** Header of any frame of the stream. */
  readonly header: Uint8Array;
  readonly frameCount: number;
  /** Bytes of the stream without the tag. */
  readonly bytes: number;
  /** CRC-16 of the stream without the tag. */
  readonly crc: number;
  /** Length of the audio that was encoded. */
  readonly audioFrames: number;
}

/** The frame that will hold the tag: the stream's own, at a bit rate high enough to hold it. */
export function tagFrame(header: Uint8Array): { readonly header: Buffer; readonly frame: MpegFrame } {
  const own = Buffer.from(header.subarray(0, 4));
  // Protected frames have a checksum between header and side information; the tag's has none.
  own[1]! |= 1;
  for (let index = own[2]! >> 4; index <= HIGHEST_KILOBITS_INDEX; index++) {
    own[2] = (index << 4) | (own[2]! & 0x0c);
    const frame = mpegFrameAt(own, 0);
    if (frame && frame.bytes >= 4 + sideBytes(frame) + TAG_BYTES) return { header: own, frame };
  }
  throw new RangeError('no MPEG frame is large enough for a tag');
}

/**
 * The `Info` frame that begins a gapless constant-bit-rate MP3: number of frames, bytes, seek table, and how much
 * was padded before and after.
 * @see Gabriel Bouvigne, "MP3 Info Tag rev 1 specifications"
 */
export function lameTag({ header, frameCount, bytes, crc, audioFrames }: EncodedMp3): Buffer {
  const { header: tagHeader, frame } = tagFrame(header);
  const tag = Buffer.alloc(frame.bytes);
  tagHeader.copy(tag);
  const padding = frameCount * frame.audioFrames - ENCODER_DELAY_FRAMES - audioFrames;
  const total = tag.length + bytes;
  let at = 4 + sideBytes(frame);
  at += tag.write('Info', at, 'latin1');
  at = tag.writeUInt32BE(0x0f, at);
  at = tag.writeUInt32BE(frameCount, at);
  at = tag.writeUInt32BE(total, at);
  // Byte i is where i percent of the time lie, in 256ths of the file: a straight line at a constant rate.
  for (let percent = 0; percent < 100; percent++) tag[at++] = Math.floor((percent * 256) / 100);
  at = tag.writeUInt32BE(100, at);
  // Decoders take the padding into account only when they know the encoder.
  at += tag.write('LAME3.100', at, 'latin1');
  tag[at] = 1;
  tag[at + 11] = Math.min(255, frame.kilobits);
  tag[at + 12] = ENCODER_DELAY_FRAMES >> 4;
  tag[at + 13] = ((ENCODER_DELAY_FRAMES & 15) << 4) | (padding >> 8);
  tag[at + 14] = padding & 255;
  tag.writeUInt32BE(total, at + 19);
  tag.writeUInt16BE(crc, at + 23);
  tag.writeUInt16BE(crc16(tag.subarray(0, at + 25), 0), at + 25);
  return tag;
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
});

/** CRC-16/ARC of `bytes`, going on from `crc`; begins at 0. */
export function crc16(bytes: Uint8Array, crc: number): number {
  let register = crc;
  for (const byte of bytes) register = (register >>> 8) ^ CRC_TABLE[(register ^ byte) & 0xff]!;
  return register;
}
