import type { ByteSource } from './byte-source';
import { flacCrc16 } from './flac-crc';

/** Where an encoder did not write the size of the largest frame; few reach this. */
const USUAL_LARGEST_BYTES = 64 * 1024;

/**
 * Whether a FLAC file ends with a whole frame, whose checksum proves it: then audio that is missing was lost in its
 * midst, and the file was not cut short. @see RFC 9639, section 9.3
 */
export async function endsWithWholeFrame(source: ByteSource, largestFrameBytes: number): Promise<boolean> {
  const count = largestFrameBytes || USUAL_LARGEST_BYTES;
  const bytes = await source.read(Math.max(0, source.size - count), count);
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 2 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const isSync = (bytes[at + 1]! & 0xfe) === 0xf8;
    if (isSync && flacCrc16(bytes.subarray(at)) === 0) return true;
  }
  return false;
}
