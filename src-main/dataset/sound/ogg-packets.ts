const HEADER_BYTES = 27;
const SEGMENTS_AT = 26;
/** A segment as long as that goes on in the next. */
const FULL_SEGMENT = 255;

/** The packets of an Ogg file of one whole stream. @see RFC 3533 */
export function packetsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  let pending: number[] = [];
  for (let page = 0; page + HEADER_BYTES <= bytes.length; ) {
    const segments = bytes[page + SEGMENTS_AT]!;
    let at = page + HEADER_BYTES + segments;
    for (let segment = 0; segment < segments; segment++) {
      const length = bytes[page + HEADER_BYTES + segment]!;
      for (let byte = 0; byte < length; byte++) pending.push(bytes[at + byte]!);
      at += length;
      if (length === FULL_SEGMENT) continue;
      packets.push(Uint8Array.from(pending));
      pending = [];
    }
    page = at;
  }
  return packets;
}
