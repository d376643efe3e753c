import type { WebSocket } from 'ws';
import { type Port, PORT_OPEN, PortSocket, type SocketEvent } from '#shared/protocol';

export interface NodeSocket {
  /** As tRPC's server takes it: a `ws` with `on`, `once`, `send`, `close` and `terminate`. */
  readonly socket: WebSocket;
  receive(message: Uint8Array | string): void;
  lost(): void;
}

/** A port as `ws` would show it. */
export function nodeSocket(port: Port): NodeSocket {
  const inner = new PortSocket(
    {
      postMessage: message => port.postMessage(message),
      onMessage: () => undefined,
      close: () => port.close(),
    },
    false,
  );
  const on = (kind: string, listener: (...args: unknown[]) => void): void =>
    inner.addEventListener(kind, event => listener(...nodeArguments(kind, event)));
  const socket = {
    OPEN: inner.OPEN,
    get readyState() {
      return inner.readyState;
    },
    on,
    // A port closes once, and "close" is all that tRPC listens to once.
    once: on,
    send: (message: Uint8Array | string) => inner.send(message),
    close: () => inner.close(),
    terminate: () => inner.close(),
  };
  return {
    socket: socket as unknown as WebSocket,
    receive: message => inner.receive(message),
    lost: () => inner.lost(),
  };
}

/** `ws` hands out a Buffer and whether it was binary; tRPC's server refuses anything but a Buffer. */
function nodeArguments(kind: string, event: SocketEvent): unknown[] {
  if (kind !== 'message') return [event.code ?? 1000];
  return typeof event.data === 'string'
    ? [Buffer.from(event.data), false]
    : [Buffer.from((event.data ?? new ArrayBuffer(0)) as ArrayBuffer), true];
}

/** Calls `open` whenever the other end begins a connection, and hands its messages to what that answers. */
export function onOpen(port: Port, open: () => NodeSocket): void {
  let current: NodeSocket | null = null;
  port.onMessage(message => {
    if (message === PORT_OPEN) current = open();
    else current?.receive(message);
  });
}
