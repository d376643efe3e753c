import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PUBLICATION, type Publication, upload, type UploadRequest } from '#main/dataset/publish';
import { writeFileWhole } from '#main/platform';
import { explain, type Failure } from '#shared/protocol';
import { neverAborted, temporaryFolder } from '#test/audio-files';
import { type HubServer, openHubServer } from '#test/hub-server';

const TOKEN = 'hf_ofTheDrummers';
const REPO = 'drummers/pad-study';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function hub(): Promise<HubServer> {
  const server = await openHubServer({ [TOKEN]: 'drummers', hf_ofSomebodyElse: 'somebody' });
  onTestFinished(() => server.close());
  return server;
}

/** A published folder of files with these many bytes each, which differ by `seed`. */
async function folderOf(
  sizes: Readonly<Record<string, number>>,
  seed = 0,
): Promise<Pick<UploadRequest, 'folder' | 'publication' | 'list'>> {
  const folder = temporaryFolder();
  const files: Publication['files'] = [];
  for (const [path, bytes] of Object.entries(sizes)) {
    const content = Buffer.alloc(bytes, `${seed} ${path} `);
    await writeFileWhole(join(folder, path), content);
    files.push({ path, bytes, sha256: sha256(content) });
  }
  const publication: Publication = {
    format: 'backbeat-publication',
    layout_version: 1,
    layout: 'parquet',
    split: 'by_profile',
    dataset: '0'.repeat(64),
    version: '1.0.0',
    date: '2026-11-20',
    repo: REPO,
    rows: { train: 1, validation: 0, test: 0 },
    left_out: 0,
    files,
  };
  const text = Buffer.from(JSON.stringify(publication));
  await writeFileWhole(join(folder, PUBLICATION), text);
  return { folder, publication, list: { path: PUBLICATION, bytes: text.length, sha256: sha256(text) } };
}

const SIZES = {
  'README.md': 4000,
  'croissant.json': 3000,
  'data/train-00000-of-00002.parquet': 3_000_000,
  'data/train-00001-of-00002.parquet': 2_000_000,
  'labels/strokes/train-00000-of-00001.parquet': 50_000,
};

const waits: number[] = [];
const request = async (server: HubServer, rest: Partial<UploadRequest> = {}): Promise<UploadRequest> => ({
  ...(await folderOf(SIZES)),
  repo: REPO,
  isPrivate: true,
  token: TOKEN,
  hubUrl: server.url,
  signal: neverAborted,
  patience: {
    connection: 20,
    busy: 3600,
    silence: 5,
    wait: async seconds => void waits.push(seconds),
  },
  ...rest,
});

/** The repository holds the very files of the folder, and nothing of them is missing. */
function expectWhole(server: HubServer, { folder, publication }: UploadRequest): void {
  const files = server.repos.get(REPO)?.files;
  for (const path of [...publication.files.map(file => file.path), PUBLICATION])
    expect([path, sha256(files?.get(path)?.content ?? Buffer.alloc(0))]).toEqual([
      path,
      sha256(readFileSync(join(folder, path))),
    ]);
  expect(server.complaints).toEqual([]);
}

const countOf = (server: HubServer, pattern: RegExp): number =>
  server.asked.filter(line => pattern.test(line)).length;

describe('an upload', () => {
  it('makes the repository and brings every file to it, large ones by their SHA-256', async () => {
    const server = await hub();
    const shares: number[] = [];
    const asked = await request(server, { onProgress: share => shares.push(share) });
    const result = await upload(asked);
    expect(result).toMatchObject({
      ok: true,
      value: { url: `${server.url}/datasets/${REPO}`, committed: 6, unchanged: 0, removed: 0, isNew: true },
    });
    expectWhole(server, asked);
    expect(server.repos.get(REPO)?.isPrivate).toBe(true);
    expect(server.repos.get(REPO)?.files.get('README.md')?.isLarge).toBe(false);
    expect(server.repos.get(REPO)?.files.get('data/train-00000-of-00002.parquet')?.isLarge).toBe(true);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
  });

  it('sends nothing again that is there already, and makes no commit of it', async () => {
    const server = await hub();
    const asked = await request(server);
    await upload(asked);
    const before = server.asked.length;
    expect(await upload(asked)).toMatchObject({
      ok: true,
      value: { committed: 0, unchanged: 6, sentBytes: 0, isNew: false },
    });
    expect(server.asked.slice(before).filter(line => !line.startsWith('GET '))).toEqual([
      'POST /api/repos/create',
    ]);
    expect(server.repos.get(REPO)?.commits).toBe(1);
  });

  it('sends what has changed, and takes away what a former publication left over but nothing of others', async () => {
    const server = await hub();
    await upload(await request(server));
    server.repos.get(REPO)?.files.set('notes.txt', { content: Buffer.from('mine'), isLarge: false });
    const { 'data/train-00001-of-00002.parquet': _, ...fewer } = SIZES;
    const asked = await request(
      server,
      await folderOf({ ...fewer, 'data/test-00000-of-00001.parquet': 90_000 }),
    );
    expect(await upload(asked)).toMatchObject({
      ok: true,
      value: { committed: 2, unchanged: 4, removed: 1 },
    });
    expectWhole(server, asked);
    const names = [...(server.repos.get(REPO)?.files.keys() ?? [])];
    expect(names).toContain('notes.txt');
    expect(names).not.toContain('data/train-00001-of-00002.parquet');
  });

  it('goes on where its connection broke in the middle of a file', async () => {
    const server = await hub();
    server.fail(/^PUT /, { cut: 500_000 });
    const asked = await request(server);
    expect(await upload(asked)).toMatchObject({ ok: true, value: { committed: 6 } });
    expectWhole(server, asked);
    expect(countOf(server, /^PUT /)).toBe(4);
  });

  it('that a lost connection ended is taken up by the next one, which sends only what is missing', async () => {
    const server = await hub();
    const large = sha256(
      readFileSync(join((await folderOf(SIZES)).folder, 'data/train-00000-of-00002.parquet')),
    );
    server.fail(new RegExp(`^PUT /store/${large}`), ...Array.from({ length: 20 }, () => ({ cut: 100_000 })));
    const asked = await request(server);
    const broken = await upload(asked);
    expect(broken).toMatchObject({ ok: false, failure: { code: 'unreachable', server: server.url } });
    expect(server.repos.get(REPO)?.commits).toBe(0);
    const calm = await hub();
    for (const [oid, content] of server.store) calm.store.set(oid, content);
    const again = { ...asked, hubUrl: calm.url };
    const result = await upload(again);
    expect(result).toMatchObject({ ok: true, value: { committed: 6 } });
    expectWhole(calm, again);
    expect(countOf(calm, /^PUT /)).toBe(3 - server.store.size);
    expect(calm.asked).toContain(`PUT /store/${large}`);
  });

  it('waits as long as a busy hub asks, and twice as long each time where it does not', async () => {
    const server = await hub();
    server.fail(/^POST .*\/commit\//, { status: 429, headers: { 'Retry-After': '7' } }, { status: 503 });
    server.fail(/^POST .*\/preupload\//, { status: 500 }, { status: 502 }, { status: 504 });
    waits.length = 0;
    const asked = await request(server);
    expect((await upload(asked)).ok).toBe(true);
    expect(waits).toEqual([1, 2, 4, 7, 2]);
    expectWhole(server, asked);
  });

  it('tells a line that is dead from one that is slow', async () => {
    const server = await hub();
    server.fail(/^PUT /, { stalls: true });
    const asked = await request(server, {
      patience: { connection: 20, busy: 20, silence: 0.3, wait: () => Promise.resolve() },
    });
    expect((await upload(asked)).ok).toBe(true);
    expectWhole(server, asked);
  });

  it('stops at once when it is told to, and keeps what was sent', async () => {
    const server = await hub();
    server.fail(/^PUT /, { stalls: true });
    const stop = new AbortController();
    const going = upload(await request(server, { signal: stop.signal }));
    await expect.poll(() => countOf(server, /^PUT /), { timeout: 5000 }).toBeGreaterThan(0);
    const before = performance.now();
    stop.abort();
    await expect(going).rejects.toThrow('aborted');
    expect(performance.now() - before).toBeLessThan(2000);
    expect(server.repos.get(REPO)?.commits).toBe(0);
  });

  it('stops while it waits for a busy hub too', async () => {
    const server = await hub();
    server.fail(/^POST \/api\/repos\/create/, { status: 429, headers: { 'Retry-After': '600' } });
    const stop = new AbortController();
    const { patience: _, ...asked } = await request(server, { signal: stop.signal });
    const going = upload(asked);
    await expect.poll(() => server.asked.length, { timeout: 5000 }).toBe(1);
    stop.abort();
    await expect(going).rejects.toThrow('aborted');
  });
});

describe('a hub that says no', () => {
  const failureOf = async (rest: Partial<UploadRequest>): Promise<Failure> => {
    const server = await hub();
    const result = await upload(await request(server, rest));
    if (result.ok) throw new Error('it did not refuse');
    expect(server.repos.get(REPO)).toBeUndefined();
    return result.failure;
  };

  it('to the token', async () => {
    const failure = await failureOf({ token: 'hf_wrong' });
    expect(failure).toMatchObject({ code: 'hubRefused', status: 401 });
    expect(explain(failure)).toMatch(/does not accept the access token \(401: Invalid username/);
    expect(JSON.stringify(failure)).not.toContain('hf_wrong');
  });

  it('to a name that is somebody else’s', async () => {
    const failure = await failureOf({ repo: 'somebody/pad-study' });
    expect(failure).toMatchObject({ code: 'hubRefused', status: 403, repo: 'somebody/pad-study' });
    expect(explain(failure)).toMatch(/may not write to somebody\/pad-study .*namespace "somebody"/);
  });

  it('that is not there', async () => {
    const failure = await failureOf({ hubUrl: 'http://127.0.0.1:9' });
    expect(failure).toEqual({
      code: 'unreachable',
      server: 'http://127.0.0.1:9',
      reason: expect.stringMatching(/\w/) as string,
    });
  });

  it('for good, without a word of where its store is', async () => {
    const server = await hub();
    server.fail(/^PUT /, ...Array.from({ length: 3 }, () => ({ status: 403 })));
    const result = await upload(await request(server));
    expect(result).toMatchObject({ ok: false, failure: { code: 'hubRefused', status: 403 } });
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});
