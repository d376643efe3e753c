import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommitOperation, commitIter, createRepo, HubApiError } from '@huggingface/hub';
import { Failed, networkReason } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import { compareText } from '#shared/model';
import type { Failure } from '#shared/protocol';
import { PUBLICATION, type Publication, type PublishedFile } from '../publication';
import { PATIENCE, type Patience } from './patience';
import { patientFetch } from './patient-fetch';
import { formerFiles, type HubAccess, isThere, remoteFiles } from './remote-files';

export const HUB_URL = 'https://huggingface.co';

export interface UploadRequest {
  /** Of the publication. */
  readonly folder: string;
  readonly publication: Publication;
  /** Size and hash of the list itself. */
  readonly list: PublishedFile;
  /** `owner/name`; made where it is not there. */
  readonly repo: string;
  readonly isPrivate: boolean;
  /** Goes into the header of requests to the hub, and nowhere else. */
  readonly token: string;
  readonly hubUrl: string;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
  /** Share of the bytes that are to be sent; the rate in words. */
  readonly onProgress?: (share: number, rate: string) => void;
}

export interface Uploaded {
  readonly url: string;
  /** Files that were sent, or found by their hash in the hub's store, and committed. */
  readonly committed: number;
  /** Files that the repository had already. */
  readonly unchanged: number;
  /** Files of a former publication that this one has not. */
  readonly removed: number;
  /** Bytes of files that went over the line. */
  readonly sentBytes: number;
  /** Whether the repository was made now. */
  readonly isNew: boolean;
}

/** One commit holds no more than this, so that what was sent before a stop is kept, and few of them are needed: the hub counts them. */
const COMMIT_FILES = 2000;
const COMMIT_BYTES = 5_000_000_000;

/**
 * Brings a repository of the hub to hold a publication: what it has already stays, what is missing is sent, what a former publication left over goes with
 * the last commit, which also brings card and list. It may be stopped at any moment and begun again: what was committed, and what the hub's store holds,
 * is not sent twice.
 */
export async function upload(request: UploadRequest): Promise<Result<Uploaded, Failure>> {
  const { signal, repo, hubUrl } = request;
  try {
    return ok(await uploaded(request));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failed) return fail(error.failure);
    if (error instanceof HubApiError) return fail(refusal(error, repo, hubUrl));
    if (error instanceof TypeError && error.message === 'fetch failed')
      return fail({ code: 'unreachable', server: hubUrl, reason: networkReason(error) });
    throw error;
  }
}

async function uploaded(request: UploadRequest): Promise<Uploaded> {
  const { folder, publication, list, repo, token, hubUrl, signal, onProgress } = request;
  const meter = new Meter((share, rate) => onProgress?.(share, rate));
  const ask = patientFetch({
    signal,
    patience: request.patience ?? PATIENCE,
    onBytes: bytes => meter.sent(bytes),
    onWait: seconds => meter.waits(seconds),
  });
  const access: HubAccess = { hubUrl, repo, token, fetch: ask };
  const isNew = await ensureRepository(access, request.isPrivate);
  const remote = await remoteFiles(access);
  const files = [...publication.files, list];
  const missing: PublishedFile[] = [];
  for (const file of files) if (!(await isThere(folder, file, remote.get(file.path)))) missing.push(file);
  const kept = new Set(files.map(({ path }) => path));
  const leftOver = (remote.has(PUBLICATION) ? await formerFiles(access) : [])
    .filter(path => remote.has(path) && !kept.has(path))
    .sort(compareText);
  meter.total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const batches = batchesOf(missing);
  for (const [index, batch] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const operations: CommitOperation[] = [
      ...batch.map(({ path }) => ({
        operation: 'addOrUpdate' as const,
        path,
        content: pathToFileURL(join(folder, path)),
      })),
      ...(isLast ? leftOver : []).map(path => ({ operation: 'delete' as const, path })),
    ];
    const steps = commitIter({
      repo: { type: 'dataset', name: repo },
      operations,
      title:
        batches.length === 1
          ? title(publication)
          : `${title(publication)} (${index + 1} of ${batches.length})`,
      accessToken: token,
      hubUrl,
      // The plain protocol of large files: the hub checks the SHA-256 that we say, and so does our test's server.
      useXet: false,
      abortSignal: signal,
      fetch: ask,
    });
    for (let step = await steps.next(); !step.done; ) step = await steps.next();
    meter.done(batch.reduce((sum, { bytes }) => sum + bytes, 0));
  }
  return {
    url: `${hubUrl}/datasets/${repo}`,
    committed: missing.length,
    unchanged: files.length - missing.length,
    removed: batches.length === 0 ? 0 : leftOver.length,
    sentBytes: meter.onTheLine,
    isNew,
  };
}

const title = ({ layout, version }: Publication): string => `Version ${version} as ${layout}`;

/** Makes the repository; answers false where it was there. Throws. */
async function ensureRepository(access: HubAccess, isPrivate: boolean): Promise<boolean> {
  try {
    await createRepo({
      repo: { type: 'dataset', name: access.repo },
      visibility: isPrivate ? 'private' : 'public',
      accessToken: access.token,
      hubUrl: access.hubUrl,
      fetch: access.fetch,
    });
    return true;
  } catch (error) {
    if (error instanceof HubApiError && error.statusCode === 409) return false;
    throw error;
  }
}

/** Data in lots, card and list at the very end: a repository never says that it holds what is not there yet. */
function batchesOf(files: readonly PublishedFile[]): PublishedFile[][] {
  const lasts = files.filter(({ path }) => !path.includes('/'));
  const batches: PublishedFile[][] = [];
  let bytes = Infinity;
  for (const file of files.filter(({ path }) => path.includes('/'))) {
    const current = batches.at(-1);
    if (!current || current.length === COMMIT_FILES || bytes + file.bytes > COMMIT_BYTES) {
      batches.push([file]);
      bytes = file.bytes;
    } else {
      current.push(file);
      bytes += file.bytes;
    }
  }
  const [last] = batches.slice(-1);
  if (last) last.push(...lasts);
  else if (lasts.length > 0) batches.push(lasts);
  return batches;
}

/** What the hub said, without addresses: those of its store are keys to it. */
function refusal({ statusCode, data }: HubApiError, repo: string, server: string): Failure {
  const { error } = (data ?? {}) as { readonly error?: unknown };
  const said = typeof error === 'string' ? error : '';
  return { code: 'hubRefused', server, repo, status: statusCode, said: said.slice(0, 300) };
}

/** How much of an upload is done, and how fast it goes. */
class Meter {
  total = 0;
  /** Bytes of bodies that were taken by the line. */
  onTheLine = 0;
  readonly #tell: (share: number, rate: string) => void;
  #done = 0;
  readonly #moments: { readonly at: number; readonly bytes: number }[] = [];
  #waiting = 0;
  #share = 0;

  constructor(tell: (share: number, rate: string) => void) {
    this.#tell = tell;
  }

  sent(bytes: number): void {
    this.onTheLine += bytes;
    const at = performance.now() / 1000;
    if (at - (this.#moments.at(-1)?.at ?? -1) > 0.25) this.#moments.push({ at, bytes: this.onTheLine });
    while ((this.#moments[0]?.at ?? at) < at - RATE_SECONDS) this.#moments.shift();
    this.#report();
  }

  waits(seconds: number): void {
    this.#waiting = seconds;
    this.#report();
  }

  /** So many bytes are committed, whether they were sent now or the hub's store had them. */
  done(bytes: number): void {
    this.#done += bytes;
    this.#report();
  }

  #report(): void {
    const share = Math.max(this.#done, Math.min(this.onTheLine, this.total)) / Math.max(1, this.total);
    this.#share = Math.max(this.#share, Math.min(1, share));
    this.#tell(
      this.#share,
      this.#waiting > 0 ? `waiting ${Math.round(this.#waiting)} s for the hub` : this.#rate(),
    );
  }

  #rate(): string {
    const [first, last] = [this.#moments[0], this.#moments.at(-1)];
    if (!first || !last || last.at - first.at < 1) return '';
    return `${((last.bytes - first.bytes) / (last.at - first.at) / 1e6).toFixed(1)} MB/s`;
  }
}

/** The rate is that of the last so many seconds. */
const RATE_SECONDS = 10;
