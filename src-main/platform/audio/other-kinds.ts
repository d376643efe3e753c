/** Beginnings of files that people drop by mistake, and how the message names them. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF/, 'a PDF document'],
  [/^PK[^a-z]/, 'a ZIP archive'],
  [/^\xff\xd8\xff/, 'a JPEG picture'],
  [/^\x89PNG/, 'a PNG picture'],
  [/^GIF8/, 'a GIF picture'],
  [/^RIFF....WEBP/s, 'a WebP picture'],
  [/^(II\*\0|MM\0\*)/, 'a TIFF picture'],
  [/^BM....\0\0\0\0/s, 'a BMP picture'],
  [/^....ftyp(heic|heix|mif1|msf1|avif|crx )/s, 'a picture (HEIF)'],
  [/^MThd/, 'MIDI notes'],
  [/^RIFF....sfbk/s, 'a SoundFont'],
  [/^RIFF....AVI /s, 'an AVI video'],
  [/^RIFX/, 'a big-endian RIFF file'],
  [/^OggS/, 'an Ogg stream without Vorbis, Opus or FLAC'],
  [/^7z\xbc\xaf/, 'a 7z archive'],
  [/^Rar!/, 'a RAR archive'],
  [/^SQLite format 3/, 'an SQLite database'],
  [/^.ELF/s, 'a program'],
  [/^MZ[^a-z]/, 'a Windows program'],
  [/^(\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/, 'a program'],
  [/^\s*(<!doctype html|<html)/i, 'a web page (HTML)'],
  [/^\s*<\?xml/, 'an XML document'],
];

/** Names what a file's first bytes begin, when it is a well-known thing that is not audio. */
export function otherKind(head: Uint8Array): string | null {
  if (head.length === 0) return 'nothing (0 bytes)';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'a gzip archive';
  if (head.every(byte => byte === 0)) return 'zero bytes only';
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const known = BEGINNINGS.find(([beginning]) => beginning.test(text));
  if (known) return known[1];
  if (!isText(head)) return null;
  return /^\s*[[{]/.test(text) ? 'text (JSON?)' : 'text';
}

/** Control characters that text may hold: tab to carriage return, and the escape of terminal colours. */
const isTextByte = (byte: number): boolean => byte >= 32 || (byte >= 9 && byte <= 13) || byte === 27;

/** Whether `head` reads as UTF-8; a character cut at its end is no fault. */
function isText(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return head.every(isTextByte);
  } catch {
    return false;
  }
}
