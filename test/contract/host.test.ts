import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningHost, startWebHost } from '#test/web-host';

let host: RunningHost;
let origin = '';
let cookie = '';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Node's own client, because fetch sets Host and Origin itself. */
async function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: Uint8Array } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  const sent = request(`${origin}${path}`, { method, headers, agent: false });
  sent.end(body);
  const [message] = (await once(sent, 'response')) as [
    AsyncIterable<Buffer> & { statusCode: number; headers: IncomingHttpHeaders },
  ];
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece);
  return { status: message.statusCode, headers: message.headers, body: Buffer.concat(pieces) };
}

const inside = (headers: Record<string, string> = {}): Record<string, string> => ({ cookie, ...headers });

async function socketStatus(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', reject);
  });
}

beforeAll(async () => {
  host = await startWebHost();
  const url = new URL(host.address);
  origin = url.origin;
  const welcome = await ask(url.pathname + url.search);
  cookie = welcome.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
});

afterAll(() => host.close());

describe('who may enter the web host', () => {
  it('whoever opened the printed address, and then goes on without the token', async () => {
    expect(cookie).not.toBe('');
    const page = await ask('/', { headers: inside() });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('<div id="root">');
  });

  it.each(['/', '/index.html', `/media/${'a'.repeat(64)}.wav`, '/files/job/mix.wav', '/nothing'])(
    'nobody else: %s is refused without the cookie',
    async path => {
      expect((await ask(path)).status).toBe(401);
    },
  );

  it('nobody under a foreign host name', async () => {
    expect((await ask('/', { headers: inside({ host: 'evil.example' }) })).status).toBe(421);
  });

  it('no upload from another site', async () => {
    const headers = inside({ origin: 'https://evil.example' });
    expect(
      (await ask('/upload?name=a.wav', { method: 'POST', headers, body: Buffer.from('x') })).status,
    ).toBe(403);
  });

  it('no socket from another site, without the cookie, or beside /rpc', async () => {
    expect(await socketStatus({ cookie, origin })).toBe(101);
    expect(await socketStatus({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await socketStatus({ cookie })).toBe(403);
    expect(await socketStatus({ origin })).toBe(401);
    expect(await socketStatus({ cookie, origin }, '/other')).toBe(404);
  });

  it('nobody from another machine: it listens on the loopback address alone', async () => {
    const port = Number(new URL(origin).port);
    const others = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const socket = connect({ host: address, port });
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
  });
});

describe('what the web host answers', () => {
  it('is a page with a strict policy, a fresh nonce at every load, isolated from other origins', async () => {
    const [one, two] = [await ask('/', { headers: inside() }), await ask('/', { headers: inside() })];
    const policy = String(one.headers['content-security-policy']);
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(one.body.toString()).toContain(`nonce="${nonce}"`);
    expect(one.body.toString()).not.toContain('__CSP_NONCE__');
    expect(two.body.toString()).not.toContain(nonce);
    expect(policy).toMatch(/default-src 'none'.*script-src 'self';/);
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    expect(one.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('lets a built script be kept for ever, its name being its hash', async () => {
    const page = (await ask('/', { headers: inside() })).body.toString();
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? [];
    const answer = await ask(script, { headers: inside() });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  it.each([
    ['/..%2f..%2fpackage.json', 400],
    ['/%2e%2e/%2e%2e/package.json', 404],
    ['/assets/..%5c..%5cpackage.json', 400],
    ['/%00', 400],
    ['/%ff', 400],
    ['/assets', 404],
    ['/media/..%2fdatabase', 400],
    ['/media/abc.wav', 404],
    [`/media/${'0'.repeat(64)}.wav`, 404],
    ['/files/none/mix.wav', 404],
    ['/upload', 404],
  ])('%s is answered with %i', async (path, status) => {
    expect((await ask(path, { headers: inside() })).status).toBe(status);
  });

  it('refuses other methods', async () => {
    expect((await ask('/', { method: 'DELETE', headers: inside({ origin }) })).status).toBe(405);
  });

  it('answers PONG over RPC', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
    await once(socket, 'open');
    socket.send('PING');
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(data.toString()).toBe('PONG');
    socket.close();
  });
});

describe('an upload', () => {
  const uploads = (): string => join(host.home, 'uploads');

  it('lies whole in the library under its name, and nothing else with it', async () => {
    const bytes = Buffer.alloc(3_000_000, 'song');
    const answer = await ask('/upload?name=..%2FMy%20song.wav', {
      method: 'POST',
      headers: inside({ origin }),
      body: bytes,
    });
    expect(answer.status).toBe(200);
    const { id } = JSON.parse(answer.body.toString()) as { id: string };
    expect(readdirSync(join(uploads(), id))).toEqual(['My song.wav']);
    expect(readFileSync(join(uploads(), id, 'My song.wav')).equals(bytes)).toBe(true);
  });

  it('of nothing is refused with the reason', async () => {
    const answer = await ask('/upload?name=a.wav', { method: 'POST', headers: inside({ origin }) });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      failure: { code: 'emptyFile', path: 'a.wav' },
    });
  });

  it('that is broken off leaves nothing', async () => {
    const before = readdirSync(uploads());
    const headers = inside({ origin, 'content-length': '1000000' });
    const sent = request(`${origin}/upload?name=half.wav`, { method: 'POST', headers, agent: false });
    sent.on('error', () => undefined);
    sent.write(Buffer.alloc(1000));
    await expect.poll(() => readdirSync(uploads()).length).toBe(before.length + 1);
    sent.destroy();
    await expect.poll(() => readdirSync(uploads())).toEqual(before);
  });
});

describe('the end of the web host', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('comes at once with %s, and counts as success', async signal => {
    const other = await startWebHost();
    const start = performance.now();
    other.process.kill(signal);
    expect(await other.ended).toBe(0);
    expect(performance.now() - start).toBeLessThan(5000);
    await other.close();
  });

  it.each([
    ['taken', () => new URL(origin).port, 'must be a port that no other program uses'],
    ['no number', () => 'many', 'must be a whole number'],
  ])('comes with a sentence when its port is %s', async (_why, port, sentence) => {
    const args = ['dist/main/host.js', '--port', port()];
    const env = { ...process.env, BACKBEAT_HOME: join(host.home, 'other') };
    const run = promisify(execFile)(process.execPath, args, { env });
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) as string });
  });
});
