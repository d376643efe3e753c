import type { IncomingMessage } from 'node:http';
import { getWSConnectionHandler, type WSSHandlerOptions } from '@trpc/server/adapters/ws';
import type { WebSocket } from 'ws';
import { type AppRouter, codec, createRouter, failureOf, type Port, type Services } from '#shared/protocol';
import { type NodeSocket, nodeSocket, onOpen } from './node-socket';

export interface RpcOptions {
  /** Hears of errors that are no expected failure. */
  readonly reportBug: (error: unknown) => void;
}

/** The router behind both doors: sockets of the web host and ports of Electron's windows. */
export interface RpcServer {
  /** Takes over a WebSocket that was let in. */
  serveSocket(socket: WebSocket): void;
  /** Serves the page behind a port; a page that loads anew begins a new connection. Call the answer when the page is gone. */
  servePort(port: Port): () => void;
}

export function createRpcServer(services: Services, { reportBug }: RpcOptions): RpcServer {
  const options: Omit<WSSHandlerOptions<AppRouter>, 'wss'> = {
    router: createRouter(services),
    experimental_encoder: codec,
    onError({ error }) {
      if (error.code === 'INTERNAL_SERVER_ERROR' && !failureOf(error.cause)) reportBug(error);
    },
  };
  const accept = getWSConnectionHandler(options as WSSHandlerOptions<AppRouter>);
  const request = { url: '/', headers: {}, method: 'GET' } as IncomingMessage;
  return {
    serveSocket: socket => accept(socket, request),
    servePort(port) {
      let current: NodeSocket | null = null;
      onOpen(port, () => {
        current?.lost();
        current = nodeSocket(port);
        accept(current.socket, request);
        return current;
      });
      return () => current?.lost();
    },
  };
}
