const tableOf = (polynomial: number, bits: 8 | 16): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    const top = 1 << (bits - 1);
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << bits) - 1);
  });

const TABLE_8 = tableOf(0x07, 8);
const TABLE_16 = tableOf(0x8005, 16);

/** Of a frame's header; most significant bit first. @see RFC 9639, section 9.1.8 */
export function flacCrc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = TABLE_8[crc ^ byte]!;
  return crc;
}

/** Of a whole frame; 0 over one with its own checksum. @see RFC 9639, section 9.3 */
export function flacCrc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ TABLE_16[(crc >>> 8) ^ byte]!;
  return crc;
}
