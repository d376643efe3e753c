import { beforeEach, describe, expect, it } from 'vitest';
import { Door, type Knock } from '../../../src-main/host/door';

const PORT = 4321;
const HOST = `127.0.0.1:${PORT}`;
const ORIGIN = `http://${HOST}`;

let door: Door;
beforeEach(() => {
  door = new Door(PORT);
});

const knock = (changes: Partial<Knock> = {}): Knock => ({
  method: 'GET',
  target: '/',
  host: HOST,
  origin: undefined,
  cookie: undefined,
  ...changes,
});

function enter(): string {
  const { pathname, search } = new URL(door.address);
  const verdict = door.judge(knock({ target: pathname + search }));
  if (verdict.kind !== 'welcome') throw new Error(`not welcomed: ${verdict.kind}`);
  return verdict.cookie.split(';')[0] ?? '';
}

describe('the door of the web host', () => {
  it('gives a cookie that no script reads and no other site sends, for the token', () => {
    const { pathname, search } = new URL(door.address);
    const verdict = door.judge(knock({ target: pathname + search }));
    expect(verdict).toMatchObject({ kind: 'welcome' });
    expect(verdict).toHaveProperty('cookie', expect.stringMatching(/; HttpOnly; SameSite=Strict; Path=\/$/));
  });

  it('takes the token once', () => {
    const { pathname, search } = new URL(door.address);
    enter();
    expect(door.judge(knock({ target: pathname + search }))).toMatchObject({ kind: 'refuse', status: 401 });
  });

  it('lets the browser that has the cookie open the spent address again', () => {
    const { pathname, search } = new URL(door.address);
    const cookie = enter();
    expect(door.judge(knock({ target: pathname + search, cookie }))).toMatchObject({ kind: 'welcome' });
  });

  it('lets the cookie in, among others', () => {
    const cookie = `a=b; ${enter()}; c=d`;
    expect(door.judge(knock({ cookie }))).toEqual({ kind: 'enter' });
  });

  it.each(['', '/?token=', '/?token=wrong'])('refuses %j without a cookie', target => {
    expect(door.judge(knock({ target }))).toMatchObject({ kind: 'refuse', status: 401 });
  });

  it('refuses a cookie of another run on the same port', () => {
    const stranger = new Door(PORT);
    const { search } = new URL(stranger.address);
    const verdict = stranger.judge(knock({ target: `/${search}` }));
    const cookie = verdict.kind === 'welcome' ? (verdict.cookie.split(';')[0] ?? '') : '';
    expect(door.judge(knock({ cookie }))).toMatchObject({ kind: 'refuse', status: 401 });
  });

  it.each([
    'evil.example',
    `evil.example:${PORT}`,
    `127.0.0.1:${PORT + 1}`,
    `127.0.0.1.evil.example:${PORT}`,
    undefined,
  ])('answers 421 to the host name %s, cookie or not', host => {
    const cookie = enter();
    expect(door.judge(knock({ host, cookie }))).toMatchObject({ kind: 'refuse', status: 421 });
    expect(door.judgeSocket(knock({ host, cookie, origin: ORIGIN }))).toMatchObject({ status: 421 });
  });

  it.each([undefined, 'null', 'http://evil.example', `http://127.0.0.1:${PORT + 1}`, `https://${HOST}`])(
    'refuses a POST and a socket from the origin %s',
    origin => {
      const cookie = enter();
      expect(door.judge(knock({ method: 'POST', target: '/upload', cookie, origin }))).toMatchObject({
        kind: 'refuse',
        status: 403,
      });
      expect(door.judgeSocket(knock({ target: '/rpc', cookie, origin }))).toMatchObject({ status: 403 });
    },
  );

  it('lets a POST and a socket of its own page in', () => {
    const cookie = enter();
    expect(door.judge(knock({ method: 'POST', target: '/upload', cookie, origin: ORIGIN }))).toEqual({
      kind: 'enter',
    });
    expect(door.judgeSocket(knock({ target: '/rpc', cookie, origin: ORIGIN }))).toEqual({ kind: 'enter' });
  });

  it('refuses a socket of its own page without the cookie', () => {
    enter();
    expect(door.judgeSocket(knock({ target: '/rpc', origin: ORIGIN }))).toMatchObject({ status: 401 });
  });
});
