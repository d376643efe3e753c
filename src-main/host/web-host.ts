import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { fail, ok, type Result } from '#shared/base';
import type { Failure } from '#shared/protocol';
import { Door, type Knock } from './door';
import { sendResponse, toRequest } from './node-fetch';

export interface WebHostOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers everything but RPC. */
  readonly content: (request: Request) => Promise<Response>;
  /** Takes over a socket that was let in. */
  readonly acceptSocket: (socket: WebSocket) => void;
  readonly reportBug: (error: unknown) => void;
}

export interface WebHost {
  /** Address to open, with the token that works once. */
  readonly address: string;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** A pattern of thousands of notes is under 1 MB; audio never goes over RPC. */
const MAX_MESSAGE_BYTES = 32 * 2 ** 20;

const knockOf = (message: IncomingMessage): Knock => ({
  method: message.method ?? 'GET',
  target: message.url ?? '/',
  host: message.headers.host,
  origin: message.headers.origin,
  cookie: message.headers.cookie,
});

const refusalHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  connection: 'close',
};

/** The studio over loopback HTTP and WebSocket, for one browser on this machine. */
export async function openWebHost(options: WebHostOptions): Promise<Result<WebHost, Failure>> {
  const server = createServer();
  // An upload of hours of audio may take longer than Node's five minutes for a whole request.
  server.requestTimeout = 0;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const port = await listen(server, options.port);
  if (port === null) {
    const value = String(options.port);
    return fail({ code: 'badOption', option: '--port', value, wanted: 'a port that no other program uses' });
  }
  const door = new Door(port);
  server.on('request', (message, answer) => void handleRequest(message, answer, door, options));
  server.on('upgrade', (message, stream, head) => {
    if (!mayConnect(message, stream, door)) return;
    sockets.handleUpgrade(message, stream, head, socket => options.acceptSocket(socket));
  });
  return ok({
    address: door.address,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  });
}

/** The port that it listens on; null when that is taken or not allowed. */
async function listen(server: Server, port: number): Promise<number | null> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return null;
    throw error;
  }
  return (server.address() as AddressInfo).port;
}

async function handleRequest(
  message: IncomingMessage,
  answer: ServerResponse,
  door: Door,
  options: WebHostOptions,
): Promise<void> {
  const gone = new AbortController();
  answer.on('close', () => gone.abort());
  try {
    const verdict = door.judge(knockOf(message));
    if (verdict.kind === 'refuse') {
      answer.writeHead(verdict.status, refusalHeaders).end(verdict.reason);
    } else if (verdict.kind === 'welcome') {
      const headers = { location: '/', 'set-cookie': verdict.cookie, 'cache-control': 'no-store' };
      answer.writeHead(303, headers).end();
    } else {
      const request = toRequest(message, `http://${message.headers.host ?? LOOPBACK}`, gone.signal);
      await sendResponse(await options.content(request), answer);
    }
  } catch (error) {
    // A client that goes away in the middle is its own affair.
    if (gone.signal.aborted || message.destroyed) return;
    options.reportBug(error);
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(500, refusalHeaders).end('Something went wrong in Backbeat; its log says what.');
  }
}

function mayConnect(message: IncomingMessage, stream: Duplex, door: Door): boolean {
  const verdict = message.url === '/rpc' ? door.judgeSocket(knockOf(message)) : null;
  if (verdict?.kind === 'enter') return true;
  const status = verdict?.kind === 'refuse' ? verdict.status : 404;
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return false;
}
