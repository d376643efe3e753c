import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

type Params = Record<string, unknown>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** One session of the DevTools protocol with a page; the browser itself is the session without an id. */
export interface Session {
  send(method: string, params?: Params): Promise<Params>;
  on(method: string, listener: (params: Params) => void): void;
}

export interface Browser extends Session {
  /** A second client (Playwright) connects here. */
  readonly endpoint: string;
  session(id: string): Session;
  close(): void;
}

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--remote-debugging-port=0',
  // A popup is only ever asked for (Page.windowOpen); making and closing it would upset a second client.
  '--block-new-web-contents',
];

/** Chromium with a profile of its own: a test names the folder, and removes it afterwards. */
export async function startBrowser(program: string): Promise<Browser> {
  const profile = process.env['DOUBLE_PROFILE'] ?? mkdtempSync(join(tmpdir(), 'backbeat-double-'));
  const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Without a handler a signal would end this process, but not Chromium.
  process.once('SIGTERM', () => process.exit(0));
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = await endpointOf(child);
  const socket = new WebSocket(endpoint);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return { ...connect(socket), endpoint, close: () => void child.kill('SIGKILL') };
}

async function endpointOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('no stderr');
  for await (const line of createInterface({ input: child.stderr })) {
    const [, endpoint] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (endpoint !== undefined) {
      child.stderr.resume();
      return endpoint;
    }
  }
  throw new Error('Chromium ended before it listened');
}

function connect(socket: WebSocket): Session & { session(id: string): Session } {
  const pending = new Map<number, { resolve(result: Params): void; reject(error: Error): void }>();
  const listeners = new Map<string, ((params: Params) => void)[]>();
  let count = 0;
  socket.addEventListener('message', event => {
    const message = JSON.parse(String(event.data)) as Message;
    if (message.id === undefined) {
      const key = `${message.sessionId ?? ''} ${message.method ?? ''}`;
      for (const listener of listeners.get(key) ?? []) listener(message.params ?? {});
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result ?? {});
  });
  const session = (id: string | null): Session => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        pending.set(++count, { resolve, reject });
        socket.send(JSON.stringify({ id: count, method, params, ...(id === null ? {} : { sessionId: id }) }));
      }),
    on(method, listener) {
      const key = `${id ?? ''} ${method}`;
      listeners.set(key, [...(listeners.get(key) ?? []), listener]);
    },
  });
  return { ...session(null), session };
}
