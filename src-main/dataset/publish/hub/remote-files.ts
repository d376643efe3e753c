import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubApiError, listFiles } from '@huggingface/hub';
import { PUBLICATION, type PublishedFile, publicationOf } from '../publication';

export interface HubAccess {
  readonly hubUrl: string;
  /** `owner/name`. */
  readonly repo: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** A file of the repository: large ones are known by their SHA-256, small ones by git's name of their content. */
type RemoteFile = { readonly sha256: string } | { readonly blob: string };

/** What lies in the repository, by path. */
export async function remoteFiles(access: HubAccess): Promise<ReadonlyMap<string, RemoteFile>> {
  const found = new Map<string, RemoteFile>();
  const files = listFiles({
    repo: { type: 'dataset', name: access.repo },
    recursive: true,
    accessToken: access.token,
    hubUrl: access.hubUrl,
    fetch: access.fetch,
  });
  for await (const { type, path, oid, lfs } of files) {
    if (type !== 'file') continue;
    if (lfs) found.set(path, { sha256: lfs.oid });
    else if (oid !== undefined) found.set(path, { blob: oid });
  }
  return found;
}

/** Small files are commited as they are; larger ones are never known by git's name. */
const SMALL_BYTES = 20_000_000;

/** Whether the repository has the very bytes of a file of `folder`. */
export async function isThere(
  folder: string,
  { path, bytes, sha256 }: PublishedFile,
  remote: RemoteFile | undefined,
): Promise<boolean> {
  if (!remote) return false;
  if ('sha256' in remote) return remote.sha256 === sha256;
  if (bytes > SMALL_BYTES) return false;
  const content = await readFile(join(folder, path));
  const name = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  return name === remote.blob;
}

/** The files that an earlier publication of ours put there; none where there was none, or where its list cannot be read. */
export async function formerFiles({
  hubUrl,
  repo,
  token,
  fetch: ask,
}: HubAccess): Promise<readonly string[]> {
  const answer = await ask(`${hubUrl}/datasets/${repo}/resolve/main/${PUBLICATION}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (answer.status === 404) return [];
  if (!answer.ok) throw new HubApiError(answer.url, answer.status, undefined, answer.statusText);
  return publicationOf(await answer.text())?.files.map(({ path }) => path) ?? [];
}
