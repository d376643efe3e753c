import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JobFile } from '#shared/protocol';
import { fileResponse, notFound, plain } from './file-response';
import { CSP_NONCE_PLACEHOLDER, pageHeaders } from './security-headers';
import { takeUpload } from './upload';

export interface ContentOptions {
  /** The built window: index.html and its assets. */
  readonly rendererFolder: string;
  /** Where uploads are written; see `takeUpload`. */
  readonly uploadFolder: string;
  /** Path of an artefact by its SHA-256; null when the library has none. */
  artefactPath(sha256: string): Promise<string | null>;
  /** Path of the FLAC of a dataset run's sample; null when there is none. */
  datasetAudioPath(runId: string, number: number): Promise<string | null>;
  /** Path of a file that a job made for the user; null when there is none. */
  jobFilePath(file: JobFile): Promise<string | null>;
}

/** An artefact's bytes follow from its name, so they never change; a build's assets carry a hash in theirs. */
const FOR_EVER = { 'cache-control': 'private, max-age=31536000, immutable' };

/**
 * Everything that a window fetches, whichever host it runs in: `app://bundle` in Electron, the loopback address of the
 * web host. Who may ask is the host's affair; what exists and how it is answered is decided here, once.
 */
export function createContentHandler(options: ContentOptions): (request: Request) => Promise<Response> {
  return async request => {
    const segments = pathSegments(new URL(request.url).pathname);
    if (!segments) return plain(400, 'Bad path.');
    const [first = '', second = '', third = ''] = segments;
    if (request.method === 'POST') {
      return first === 'upload' && segments.length === 1
        ? takeUpload(request, options.uploadFolder)
        : notFound();
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET, HEAD and POST.');
    if (segments.length === 0 || (first === 'index.html' && segments.length === 1)) return page(options);
    if (first === 'media' && second === 'dataset')
      return segments.length === 4 ? datasetAudio(request, third, segments[3] ?? '', options) : notFound();
    if (first === 'media') return segments.length === 2 ? media(request, second, options) : notFound();
    if (first === 'files') {
      return segments.length === 3 ? jobFile(request, { jobId: second, name: third }, options) : notFound();
    }
    return fileResponse(request, {
      path: join(options.rendererFolder, ...segments),
      name: segments.at(-1) ?? '',
      headers: first === 'assets' ? FOR_EVER : { 'cache-control': 'no-cache' },
    });
  };
}

/** The decoded parts of a path; null when one of them could lead out of a folder on any system. */
function pathSegments(pathname: string): readonly string[] | null {
  try {
    const segments = pathname.split('/').slice(1).map(decodeURIComponent);
    if (segments.length === 1 && segments[0] === '') return [];
    return segments.every(isPlainSegment) ? segments : null;
  } catch {
    return null;
  }
}

const isPlainSegment = (segment: string): boolean =>
  segment !== '' && segment !== '.' && segment !== '..' && !/[\\/:\p{Cc}]/u.test(segment);

async function page({ rendererFolder }: ContentOptions): Promise<Response> {
  const html = await readFile(join(rendererFolder, 'index.html'), 'utf8').catch(() => null);
  if (html === null) return plain(404, 'The window is not built. Run npm run build.');
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll(CSP_NONCE_PLACEHOLDER, nonce), { headers: pageHeaders(nonce) });
}

async function media(request: Request, name: string, options: ContentOptions): Promise<Response> {
  const [, sha256] = /^([0-9a-f]{64})(?:\.[a-z0-9]+)?$/.exec(name) ?? [];
  const path = sha256 === undefined ? null : await options.artefactPath(sha256);
  return path === null ? notFound() : fileResponse(request, { path, name, headers: FOR_EVER });
}

/** A run that is removed and made again may have other bytes under the same number. */
async function datasetAudio(
  request: Request,
  runId: string,
  number: string,
  options: ContentOptions,
): Promise<Response> {
  const path = /^\d{1,9}$/.test(number) ? await options.datasetAudioPath(runId, Number(number)) : null;
  if (path === null) return notFound();
  return fileResponse(request, { path, name: basename(path), headers: { 'cache-control': 'no-cache' } });
}

async function jobFile(request: Request, file: JobFile, options: ContentOptions): Promise<Response> {
  const path = await options.jobFilePath(file);
  if (path === null) return notFound();
  const name = basename(path);
  const headers = {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  return fileResponse(request, { path, name, headers });
}
