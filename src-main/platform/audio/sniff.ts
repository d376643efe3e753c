import type { AudioFormat } from './audio-reader';
import { ByteSource } from './byte-source';
import { findMpegStream } from './mpeg-frame';
import { looksLikeAdts } from './adts';
import { otherKind } from './other-kinds';

export type Sniffed =
  /** `start`: where the stream begins, after ID3 tags and junk. */
  | { readonly kind: 'audio'; readonly format: AudioFormat; readonly start: number }
  | { readonly kind: 'other'; readonly looksLike: string };

/** How far into a file an MPEG stream is looked for behind junk. */
const JUNK_BYTES = 256 * 1024;

/** Tells from a file's bytes what it holds. An empty file is `other`. */
export async function sniff(source: ByteSource): Promise<Sniffed> {
  const start = await afterTags(source);
  const head = await source.read(start, 64);
  const format = signature(head);
  if (format) return { kind: 'audio', format, start };
  const other = otherKind(await source.read(start, 4096));
  if (other !== null && start === 0) return { kind: 'other', looksLike: other };
  const body = await source.read(start, JUNK_BYTES);
  if (looksLikeAdts(body)) return { kind: 'audio', format: 'AAC', start };
  const mpeg = findMpegStream(body, start + body.length === source.size);
  if (mpeg !== null) return { kind: 'audio', format: 'MP3', start: start + mpeg };
  return { kind: 'other', looksLike: start > 0 ? 'an ID3 tag and nothing else' : 'data of an unknown kind' };
}

/** A quick look for listing folders: whether the first bytes are those of an audio file; containers of video are not. */
export async function beginsAsAudio(path: string): Promise<boolean> {
  const source = await ByteSource.open(path);
  try {
    const head = await source.read(0, 64);
    const format = signature(head);
    if (format)
      return format !== 'WebM' && (format !== 'M4A' || /^....ftypM4[ABP]/s.test(head.toString('latin1')));
    return head.toString('latin1', 0, 3) === 'ID3';
  } finally {
    await source.close();
  }
}

/** Position after any ID3v2 tags, which begin FLAC and AIFF files too. */
async function afterTags(source: ByteSource): Promise<number> {
  let at = 0;
  for (;;) {
    const head = await source.read(at, 10);
    if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return at;
    const hasFooter = (head[5]! & 0x10) !== 0;
    at += 10 + syncsafe(head.subarray(6)) + (hasFooter ? 10 : 0);
  }
}

/** A 28-bit number in four bytes of seven bits, as ID3v2 writes sizes. */
export const syncsafe = (bytes: Uint8Array): number =>
  ((bytes[0]! & 0x7f) << 21) | ((bytes[1]! & 0x7f) << 14) | ((bytes[2]! & 0x7f) << 7) | (bytes[3]! & 0x7f);

function signature(head: Buffer): AudioFormat | null {
  const text = head.toString('latin1');
  if (/^RIFF....WAVE/s.test(text)) return 'WAV';
  if (/^(RF64|BW64)....WAVE/s.test(text)) return 'RF64';
  if (/^FORM....AIF[FC]/s.test(text)) return 'AIFF';
  if (text.startsWith('fLaC')) return 'FLAC';
  if (text.startsWith('caff')) return 'CAF';
  if (text.startsWith('.snd')) return 'AU';
  if (text.startsWith('wvpk')) return 'WavPack';
  if (text.startsWith('\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return 'WMA';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'WebM';
  if (/^....ftyp(?!heic|heix|mif1|msf1|avif|crx )/s.test(text)) return 'M4A';
  return text.startsWith('OggS') ? oggSignature(text) : null;
}

/** The first packet of an Ogg file begins after a page header of 27 bytes and a one-byte segment table. */
function oggSignature(text: string): AudioFormat | null {
  const packet = text.slice(28);
  if (packet.startsWith('\x01vorbis')) return 'Ogg Vorbis';
  if (packet.startsWith('OpusHead')) return 'Opus';
  if (packet.startsWith('\x7fFLAC')) return 'Ogg FLAC';
  return null;
}
