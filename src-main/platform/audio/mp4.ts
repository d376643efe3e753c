import type { ByteSource } from './byte-source';

export interface Mp4Audio {
  /** Code of the sample description: `mp4a`, `alac`, `drms` (protected), `enca` (encrypted). */
  readonly codec: string;
  readonly seconds: number;
}

interface Box {
  readonly type: string;
  readonly body: number;
  readonly end: number;
}

/** The first audio track of an MP4 file; null when its `moov` box, the table of contents, is missing or has none. */
export async function readMp4Audio(source: ByteSource): Promise<Mp4Audio | null> {
  const moov = await findBox(source, 0, source.size, 'moov');
  if (!moov) return null;
  for await (const track of boxes(source, moov.body, moov.end)) {
    const media = track.type === 'trak' ? await findBox(source, track.body, track.end, 'mdia') : null;
    const audio = media && (await audioOf(source, media));
    if (audio) return audio;
  }
  return null;
}

/** @see ISO/IEC 14496-12: mdhd 8.4.2, hdlr 8.4.3, stsd 8.5.2 */
async function audioOf(source: ByteSource, media: Box): Promise<Mp4Audio | null> {
  const header = await findBox(source, media.body, media.end, 'mdhd');
  const handler = await findBox(source, media.body, media.end, 'hdlr');
  if (!header || !handler) return null;
  if ((await source.read(handler.body + 8, 4)).toString('latin1') !== 'soun') return null;
  let table: Box | null = media;
  for (const type of ['minf', 'stbl', 'stsd'])
    table = table && (await findBox(source, table.body, table.end, type));
  if (!table) return null;
  const entry = await source.read(table.body + 8, 8);
  const time = await source.read(header.body, 32);
  if (entry.length < 8 || time.length < 32) return null;
  const isLong = time[0] === 1;
  const scale = time.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(time.readBigUInt64BE(24)) : time.readUInt32BE(16);
  return { codec: entry.toString('latin1', 4, 8), seconds: scale === 0 ? 0 : duration / scale };
}

async function findBox(source: ByteSource, start: number, end: number, type: string): Promise<Box | null> {
  for await (const box of boxes(source, start, end)) if (box.type === type) return box;
  return null;
}

async function* boxes(source: ByteSource, start: number, end: number): AsyncGenerator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const head = await source.read(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.length === 16;
    const size = short === 0 ? end - at : isLong ? Number(head.readBigUInt64BE(8)) : short;
    if (size < 8) return;
    yield {
      type: head.toString('latin1', 4, 8),
      body: at + (isLong ? 16 : 8),
      end: Math.min(end, at + size),
    };
    at += size;
  }
}
