import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createRpcServer } from '#main/rpc';
import { type AppRouter, codec, type Port, PortSocket, type Services } from '#shared/protocol';

const identity = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value };

type SocketClass = NonNullable<Parameters<typeof createWSClient>[0]['WebSocket']>;

function clientOver(url: string, socket: SocketClass) {
  const client = createWSClient({ url, WebSocket: socket, experimental_encoder: codec });
  onTestFinished(() => void client.close());
  return { client, rpc: createTRPCClient<AppRouter>({ links: [wsLink({ client, transformer: identity })] }) };
}

/** A page in a browser: a WebSocket over loopback. */
export async function overWebSocket(services: Services, bugs: unknown[]) {
  const server = createRpcServer(services, { reportBug: error => bugs.push(error) });
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });
  sockets.on('connection', socket => server.serveSocket(socket));
  await once(sockets, 'listening');
  const { port } = sockets.address() as AddressInfo;
  const connect = () => clientOver(`ws://127.0.0.1:${port}`, WebSocket as unknown as SocketClass);
  return { ...connect(), connect };
}

const portOf = (port: MessagePort): Port => ({
  postMessage: message => port.postMessage(message),
  onMessage(listener) {
    port.removeAllListeners('message');
    port.on('message', listener);
  },
  close: () => undefined,
});

/** A window in Electron: a port whose bytes are cloned as IPC clones them. `connect` again is the window loading anew. */
export async function overPort(services: Services, bugs: unknown[]) {
  const { port1, port2 } = new MessageChannel();
  const server = createRpcServer(services, { reportBug: error => bugs.push(error) });
  const hangUp = server.servePort(portOf(port1));
  onTestFinished(() => {
    hangUp();
    port1.close();
  });
  class Socket extends PortSocket {
    constructor() {
      super(portOf(port2), true);
    }
  }
  const connect = () => clientOver('ws://studio', Socket as unknown as SocketClass);
  return { ...connect(), connect };
}
