import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { type AppRouter, codec, PortSocket } from '#shared/protocol';
import { studioPort } from './studio-port';

const identity = { serialize: (value: unknown) => value, deserialize: (value: unknown) => value };

type ConnectionListener = (isOpen: boolean) => void;
const listeners = new Set<ConnectionListener>();

/** Calls `listener` when the studio begins or stops to answer; returns the undo. */
export function watchConnection(listener: ConnectionListener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const tell = (isOpen: boolean): void => {
  for (const listener of listeners) listener(isOpen);
};

/** tRPC's client makes its sockets itself: in Electron this one, over the preload's port. */
class BridgeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  constructor() {
    const port = studioPort();
    if (!port) throw new Error('no studio port in this window');
    return new PortSocket(
      {
        postMessage: message => port.post(message),
        onMessage: listener => port.onMessage(listener),
        close: () => undefined,
      },
      true,
    );
  }
}

function socketAddress(): string {
  const url = new URL('/rpc', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  return url.href;
}

/** A day: the window watches the studio as long as it is open, so it is never idle. */
const IDLE_MS = 86_400_000;

const socketClient = createWSClient({
  url: () => (studioPort() ? 'ws://studio' : socketAddress()),
  ...(studioPort() ? { WebSocket: BridgeSocket as unknown as typeof WebSocket } : {}),
  // Connects when something is asked for, not when this file is imported.
  lazy: { enabled: true, closeMs: IDLE_MS },
  experimental_encoder: codec,
  onOpen: () => tell(true),
  onClose: () => tell(false),
});

/** Every command and event of the studio, typed by its router. */
export const studio = createTRPCClient<AppRouter>({
  links: [wsLink({ client: socketClient, transformer: identity })],
});
