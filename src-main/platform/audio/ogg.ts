import type { ByteSource } from './byte-source';

export interface OggTail {
  /** Position at the end of the last whole page, in the codec's frames; null when no page was found. */
  readonly granule: number | null;
  /** Whether the file ends with a whole page. */
  readonly isWhole: boolean;
}

const PAGE_HEADER_BYTES = 27;
const LARGEST_PAGE_BYTES = 65_307;

/** Reads where an Ogg file says it ends. @see RFC 3533, section 6 */
export async function readOggTail(source: ByteSource): Promise<OggTail> {
  const start = Math.max(0, source.size - 2 * LARGEST_PAGE_BYTES);
  const bytes = await source.read(start, 2 * LARGEST_PAGE_BYTES);
  let granule: number | null = null;
  let isWhole = false;
  for (let at = bytes.indexOf('OggS'); at >= 0; ) {
    const end = pageEnd(bytes, at);
    isWhole = end === bytes.length;
    if (end === null || end > bytes.length) break;
    const position = bytes.readBigInt64LE(at + 6);
    // -1 marks a page on which no packet ends.
    if (position >= 0n) granule = Number(position);
    at = bytes.indexOf('OggS', end);
  }
  return { granule, isWhole };
}

function pageEnd(bytes: Buffer, at: number): number | null {
  const segments = bytes[at + 26];
  if (segments === undefined || at + PAGE_HEADER_BYTES + segments > bytes.length) return null;
  const table = bytes.subarray(at + PAGE_HEADER_BYTES, at + PAGE_HEADER_BYTES + segments);
  return at + PAGE_HEADER_BYTES + segments + table.reduce((sum, length) => sum + length, 0);
}
