import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

interface Stored {
  readonly content: Buffer;
  /** Kept by its SHA-256 in the store of large files. */
  readonly isLarge: boolean;
}

export interface HubRepo {
  readonly isPrivate: boolean;
  readonly files: Map<string, Stored>;
  commits: number;
}

/** What a request is answered with in place of what it asked for; `cut`: its connection breaks after so many bytes of the body. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cut: number }
  | { readonly stalls: true };

export interface HubServer {
  readonly url: string;
  readonly repos: Map<string, HubRepo>;
  /** Large files by their SHA-256, whether committed or not. */
  readonly store: Map<string, Buffer>;
  /** `METHOD /path` of every request, in turn. */
  readonly asked: string[];
  /** Whatever was not as the protocol wants it. */
  readonly complaints: string[];
  /** The next requests whose `METHOD /path` matches fail like this. */
  fail(pattern: RegExp, ...faults: Fault[]): void;
  close(): Promise<void>;
}

const LARGE = /\.(parquet|tar|flac|mid)$/;
const PAGE = 5;

const CreateSchema = z.strictObject({
  name: z.string(),
  organization: z.string(),
  type: z.literal('dataset'),
  visibility: z.enum(['public', 'private']),
});
const PreuploadSchema = z.object({
  files: z.array(z.strictObject({ path: z.string(), size: z.number(), sample: z.base64() })).max(100),
});
const BatchSchema = z.object({
  operation: z.literal('upload'),
  transfers: z.array(z.string()),
  hash_algo: z.literal('sha_256'),
  objects: z.array(z.strictObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number() })).max(100),
});
const LineSchema = z.discriminatedUnion('key', [
  z.strictObject({
    key: z.literal('header'),
    value: z.object({ summary: z.string().min(1), description: z.string().optional() }),
  }),
  z.strictObject({
    key: z.literal('file'),
    value: z.strictObject({ path: z.string(), content: z.base64(), encoding: z.literal('base64') }),
  }),
  z.strictObject({
    key: z.literal('lfsFile'),
    value: z.strictObject({ path: z.string(), algo: z.literal('sha256'), oid: z.string(), size: z.number() }),
  }),
  z.strictObject({ key: z.literal('deletedFile'), value: z.strictObject({ path: z.string() }) }),
]);

/**
 * A hub of datasets as far as uploads go, speaking the protocol that the official client speaks: repositories, preupload, the batch of large files, a store
 * that checks SHA-256 and takes no token, commits as lines of JSON, listing by pages. `owners`: who each token belongs to.
 */
export async function openHubServer(owners: Readonly<Record<string, string>>): Promise<HubServer> {
  const repos = new Map<string, HubRepo>();
  const store = new Map<string, Buffer>();
  const asked: string[] = [];
  const complaints: string[] = [];
  const faults: { readonly pattern: RegExp; readonly rest: Fault[] }[] = [];

  const routes: readonly [RegExp, (request: Asked) => Promise<void> | void][] = [
    [/^POST \/api\/repos\/create$/, createRepo],
    [/^GET \/api\/datasets\/([^/]+\/[^/]+)\/tree\/main$/, listTree],
    [/^POST \/api\/datasets\/([^/]+\/[^/]+)\/preupload\/main$/, preupload],
    [/^POST \/datasets\/([^/]+\/[^/]+)\.git\/info\/lfs\/objects\/batch$/, lfsBatch],
    [/^PUT \/store\/([0-9a-f]{64})$/, putObject],
    [/^POST \/api\/datasets\/([^/]+\/[^/]+)\/commit\/main$/, commit],
    [/^GET \/datasets\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/, resolveFile],
  ];

  interface Asked {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly url: URL;
    readonly found: readonly string[];
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      complaints.push(String(error));
      json(response, 500, { error: 'the double broke' });
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base());
    const line = `${request.method ?? ''} ${url.pathname}`;
    asked.push(line);
    const fault = faults.find(({ pattern, rest }) => rest.length > 0 && pattern.test(line))?.rest.shift();
    if (fault && 'status' in fault) {
      request.resume();
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
      return json(response, fault.status, { error: 'try later' });
    }
    if (fault && 'stalls' in fault) return void request.pause();
    if (fault) {
      const { socket } = request;
      let bytes = 0;
      for await (const piece of request as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes >= fault.cut) break;
      }
      socket.destroy();
      return;
    }
    for (const [pattern, handle] of routes) {
      const match = pattern.exec(line);
      if (match) return handle({ request, response, url, found: match.slice(1) });
    }
    complaints.push(`nobody answers ${line}`);
    json(response, 404, { error: 'Not found' });
  }

  const ownerOf = (request: IncomingMessage): string | null => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return owners[token] ?? null;
  };

  /** The repository, if whoever asks may write to it; else the refusal is sent. */
  function writable({ request, response, found }: Asked): HubRepo | null {
    const owner = ownerOf(request);
    const [name = ''] = found;
    const repo = repos.get(name);
    if (owner === null) json(response, 401, { error: 'Invalid username or password.' });
    else if (!repo) json(response, 404, { error: 'Repository not found' });
    else if (!name.startsWith(`${owner}/`)) json(response, 403, { error: "You don't have write access" });
    else return repo;
    return null;
  }

  async function createRepo({ request, response }: Asked): Promise<void> {
    const body = CreateSchema.parse(JSON.parse((await bodyOf(request)).toString()));
    const owner = ownerOf(request);
    const name = `${body.organization}/${body.name}`;
    if (owner === null) return json(response, 401, { error: 'Invalid username or password.' });
    if (owner !== body.organization)
      return json(response, 403, {
        error: `You don't have the rights to create a dataset under the namespace "${body.organization}"`,
      });
    if (repos.has(name)) return json(response, 409, { error: 'You already created this dataset repo' });
    const files = new Map([['.gitattributes', { content: Buffer.from('*.tar lfs\n'), isLarge: false }]]);
    repos.set(name, { isPrivate: body.visibility === 'private', files, commits: 0 });
    json(response, 200, { url: `${base()}/datasets/${name}`, id: name });
  }

  function listTree(at: Asked): void {
    const repo = writable(at);
    if (!repo) return;
    const first = Number(at.url.searchParams.get('cursor') ?? 0);
    const all = [...repo.files].sort(([a], [b]) => (a < b ? -1 : 1));
    if (first + PAGE < all.length) {
      const next = new URL(at.url);
      next.searchParams.set('cursor', String(first + PAGE));
      at.response.setHeader('Link', `<${next.href}>; rel="next"`);
    }
    json(
      at.response,
      200,
      all.slice(first, first + PAGE).map(([path, { content, isLarge }]) => ({
        type: 'file',
        path,
        size: content.length,
        oid: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
        ...(isLarge ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 130 } } : {}),
      })),
    );
  }

  async function preupload(at: Asked): Promise<void> {
    const repo = writable(at);
    if (!repo) return;
    const { files } = PreuploadSchema.parse(JSON.parse((await bodyOf(at.request)).toString()));
    json(at.response, 200, {
      files: files.map(({ path }) => ({ path, uploadMode: LARGE.test(path) ? 'lfs' : 'regular' })),
    });
  }

  async function lfsBatch(at: Asked): Promise<void> {
    const repo = writable(at);
    if (!repo) return;
    const { objects, transfers } = BatchSchema.parse(JSON.parse((await bodyOf(at.request)).toString()));
    if (!transfers.includes('basic')) complaints.push('the plain transfer was not offered');
    json(at.response, 200, {
      transfer: 'basic',
      objects: objects.map(({ oid, size }) => ({
        oid,
        size,
        ...(store.has(oid)
          ? {}
          : { actions: { upload: { href: `${base()}/store/${oid}?signature=secret` } } }),
      })),
    });
  }

  async function putObject({ request, response, found }: Asked): Promise<void> {
    if (request.headers.authorization !== undefined) complaints.push('the token was sent to the store');
    if (request.headers['content-length'] === undefined) complaints.push('an object came without its length');
    const content = await bodyOf(request);
    const [oid = ''] = found;
    if (sha256(content) !== oid) {
      complaints.push(`the object ${oid} has another SHA-256`);
      return json(response, 400, { error: 'BadDigest' });
    }
    store.set(oid, content);
    response.writeHead(200, { ETag: `"${oid}"` }).end();
  }

  async function commit(at: Asked): Promise<void> {
    const repo = writable(at);
    if (!repo) return;
    if (at.request.headers['content-type'] !== 'application/x-ndjson')
      complaints.push('a commit is no NDJSON');
    const lines = (await bodyOf(at.request)).toString().split('\n');
    const [header, ...operations] = lines.map(line => LineSchema.parse(JSON.parse(line)));
    if (header?.key !== 'header') complaints.push('a commit has no header');
    for (const each of operations) {
      if (each.key === 'file') {
        repo.files.set(each.value.path, {
          content: Buffer.from(each.value.content, 'base64'),
          isLarge: false,
        });
      } else if (each.key === 'lfsFile') {
        const content = store.get(each.value.oid);
        if (content?.length !== each.value.size) {
          complaints.push(`${each.value.path} was committed, but not sent`);
          return json(at.response, 400, { error: 'LFS object missing' });
        }
        repo.files.set(each.value.path, { content, isLarge: true });
      } else if (each.key === 'deletedFile' && !repo.files.delete(each.value.path)) {
        complaints.push(`${each.value.path} was removed, but not there`);
      }
    }
    repo.commits++;
    json(at.response, 200, {
      commitOid: String(repo.commits).padStart(40, '0'),
      commitUrl: base(),
      hookOutput: '',
    });
  }

  function resolveFile(at: Asked): void {
    const file = writable(at)?.files.get(at.found[1] ?? '');
    if (at.response.writableEnded) return;
    if (file) at.response.writeHead(200).end(file.content);
    else json(at.response, 404, { error: 'Entry not found' });
  }

  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base(),
    repos,
    store,
    asked,
    complaints,
    fail: (pattern, ...rest) => void faults.push({ pattern, rest }),
    close: () =>
      new Promise(closed => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  if (response.writableEnded) return;
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
