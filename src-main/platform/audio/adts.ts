/** Raw AAC: three ADTS headers in a row, each where the one before says. @see ISO/IEC 13818-7, 6.2 */
export function looksLikeAdts(bytes: Uint8Array): boolean {
  let at = 0;
  for (let count = 0; count < 3; count++) {
    if (at === bytes.length && count > 0) return true;
    if (at + 7 > bytes.length) return false;
    // Sync word, then the layer bits, which are 0 in AAC and never in MP3.
    if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return false;
    const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
    if (length < 7) return false;
    at += length;
  }
  return true;
}
