import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, explain } from '#shared/protocol';
import { failureOfError } from '#main/platform';
import { BASE_HEADERS } from './security-headers';

/** File names on every system are at most 255 bytes; a character takes up to four. */
const NAME_CHARACTERS = 60;

/** Keeps what the user called the file, without anything that could lead out of a folder or that a system forbids. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}<>:"|?*]/gu, '_').replace(/^\.+/, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 ? clean.slice(dot).slice(0, 12) : '';
  const stem = (dot > 0 ? clean.slice(0, dot) : clean).slice(0, NAME_CHARACTERS).trim();
  return `${stem === '' ? 'upload' : stem}${extension.trimEnd()}`;
}

const answer = (status: number, body: unknown): Response =>
  Response.json(body, { status, headers: { ...BASE_HEADERS, 'cache-control': 'no-store' } });

const STATUS_OF_FAILURE: Readonly<Partial<Record<Failure['code'], number>>> = {
  emptyFile: 400,
  diskFull: 507,
};

const refuse = (failure: Failure): Response =>
  answer(STATUS_OF_FAILURE[failure.code] ?? 500, { failure, message: explain(failure) });

/**
 * Takes in a file that has no path here (dropped into a browser, or decoded by the window): `POST /upload?name=song.wav`,
 * its bytes as the body. Answers `{ id }`; the file is then `<folder>/<id>/<name>` and is imported as `upload:<id>`.
 * Written piece by piece as it comes, and there only once it is whole.
 */
export async function takeUpload(request: Request, folder: string): Promise<Response> {
  const name = safeFileName(new URL(request.url).searchParams.get('name') ?? '');
  if (!request.body) return refuse({ code: 'emptyFile', path: name });
  const id = randomUUID();
  const partial = join(folder, `.${id}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const bytes = await writePieces(partial, request.body);
    if (bytes === 0) {
      await discard(partial);
      return refuse({ code: 'emptyFile', path: name });
    }
    await mkdir(join(folder, id));
    await rename(partial, join(folder, id, name));
    return answer(200, { id });
  } catch (error) {
    await discard(partial);
    await discard(join(folder, id));
    return refuse(failureOfError(error, join(folder, name), { neededBytes: promisedBytes(request) }));
  }
}

const promisedBytes = (request: Request): number => Number(request.headers.get('content-length') ?? 0) || 0;

/** What went wrong before is what the user is told, not that there was nothing to clean up. */
const discard = (path: string): Promise<void> =>
  rm(path, { force: true, recursive: true }).catch(() => undefined);

async function writePieces(path: string, body: ReadableStream<Uint8Array>): Promise<number> {
  const file = await open(path, 'wx');
  let bytes = 0;
  try {
    for await (const piece of body) {
      let written = 0;
      while (written < piece.length) written += (await file.write(piece, written)).bytesWritten;
      bytes += piece.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}

/** The file behind `upload:<id>`: null when there is none of that id. */
export function resolveUpload(
  folder: string,
  id: string,
): { readonly path: string; readonly name: string } | null {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  try {
    const [name] = readdirSync(join(folder, id));
    return name === undefined ? null : { path: join(folder, id, name), name };
  } catch {
    return null;
  }
}
