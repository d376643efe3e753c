const tableOf = (polynomial: number, bits: 8 | 16): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    const top = 1 << (bits - 1);
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << bits) - 1);
  });

const TABLE_8 = tableOf(0x07, 8);
const TABLE_16 = tableOf(0x8005, 16);
/** A byte's share once one, two and three more bytes came behind it: four bytes go in one step. */
const behind = (table: Uint16Array): Uint16Array =>
  table.map(crc => ((crc << 8) & 0xffff) ^ TABLE_16[crc >>> 8]!);
const BEHIND_1 = behind(TABLE_16);
const BEHIND_2 = behind(BEHIND_1);
const BEHIND_3 = behind(BEHIND_2);

/** Of a frame's header; most significant bit first. @see RFC 9639, section 9.1.8 */
export function flacCrc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = TABLE_8[crc ^ byte]!;
  return crc;
}

/** Of a whole frame; 0 over one with its own checksum. @see RFC 9639, section 9.3 */
export function flacCrc16(bytes: Uint8Array): number {
  const fours = bytes.length - (bytes.length % 4);
  let crc = 0;
  for (let at = 0; at < fours; at += 4)
    crc =
      BEHIND_3[(crc >>> 8) ^ bytes[at]!]! ^
      BEHIND_2[(crc & 0xff) ^ bytes[at + 1]!]! ^
      BEHIND_1[bytes[at + 2]!]! ^
      TABLE_16[bytes[at + 3]!]!;
  for (let at = fours; at < bytes.length; at++)
    crc = ((crc << 8) & 0xffff) ^ TABLE_16[(crc >>> 8) ^ bytes[at]!]!;
  return crc;
}
