import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseByteRange } from './byte-range';
import { mediaType } from './media-type';
import { BASE_HEADERS } from './security-headers';

export interface FileAnswer {
  readonly path: string;
  /** Name that decides the media type; the path of an artefact has no extension. */
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const plain = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { ...BASE_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

export const notFound = (): Response => plain(404, 'Not found.');

/** Streams a file, or the byte range that `request` asks for; never holds more than a piece of it in memory. */
export async function fileResponse(request: Request, answer: FileAnswer): Promise<Response> {
  const handle = await open(answer.path).catch(() => null);
  if (!handle) return notFound();
  const close = (): Promise<void> => handle.close();
  const facts = await handle.stat();
  if (!facts.isFile()) {
    await close();
    return notFound();
  }
  const headers: Record<string, string> = {
    ...BASE_HEADERS,
    'content-type': mediaType(answer.name),
    'accept-ranges': 'bytes',
    ...answer.headers,
  };
  const range = parseByteRange(request.headers.get('range'), facts.size);
  if (range.kind === 'unsatisfiable') {
    await close();
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${facts.size}` },
    });
  }
  const first = range.kind === 'part' ? range.first : 0;
  const last = range.kind === 'part' ? range.last : facts.size - 1;
  headers['content-length'] = String(last - first + 1);
  if (range.kind === 'part') headers['content-range'] = `bytes ${first}-${last}/${facts.size}`;
  const status = range.kind === 'part' ? 206 : 200;
  if (request.method === 'HEAD' || last < first) {
    await close();
    return new Response(null, { status, headers });
  }
  const stream = Readable.toWeb(handle.createReadStream({ start: first, end: last }));
  return new Response(stream, {
    status,
    headers,
  });
}
