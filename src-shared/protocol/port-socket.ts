// A port is no window: its messages have no target origin.
/* oxlint-disable unicorn/require-post-message-target-origin */

/** One end of a channel that carries whole messages in order: a message port, Electron's IPC. */
export interface Port {
  postMessage(message: Uint8Array | string): void;
  /** There is one listener, the last one set. */
  onMessage(listener: (message: Uint8Array | string) => void): void;
  close(): void;
}

/** Text frames of our own; tRPC sends text only as "PING" and "PONG". */
export const PORT_OPEN = '\u0000open';
export const PORT_CLOSE = '\u0000close';

export interface SocketEvent {
  readonly data?: Uint8Array | ArrayBuffer | string;
  readonly code?: number;
  readonly reason?: string;
}
export type SocketListener = (event: SocketEvent) => void;
type Kind = 'open' | 'message' | 'close' | 'error';

/**
 * A WebSocket-shaped view of a port, as much of it as tRPC's client and server use, so that one protocol runs over both.
 * With `announce` (the client's end) it tells the other end that a new connection begins: after a window was
 * reloaded, that end's subscriptions of before must stop.
 */
export class PortSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  // tRPC asks an instance for OPEN, and silently sends no "stop" of a subscription where it is missing.
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  readyState: 1 | 3 = 1;
  binaryType = 'arraybuffer';
  readonly #port: Port;
  readonly #listeners: Readonly<Record<Kind, Set<SocketListener>>> = {
    open: new Set(),
    message: new Set(),
    close: new Set(),
    error: new Set(),
  };

  constructor(port: Port, announce: boolean) {
    this.#port = port;
    port.onMessage(message => this.receive(message));
    if (announce) port.postMessage(PORT_OPEN);
  }

  /** What came from the other end. */
  receive(message: Uint8Array | string): void {
    if (this.readyState === 3 || message === PORT_OPEN) return;
    if (message === PORT_CLOSE) this.#closed();
    // A port may hand out a view of a larger buffer; the client's decoder takes an ArrayBuffer as a whole.
    else this.#tell('message', { data: typeof message === 'string' ? message : ownBuffer(message) });
  }

  addEventListener(kind: string, listener: SocketListener): void {
    if (!isKind(kind)) return;
    this.#listeners[kind].add(listener);
    // A port is open at once, before tRPC has attached its listeners: each is told on its own, after it came.
    if (kind === 'open') void Promise.resolve().then(() => this.readyState === 1 && listener({}));
  }

  removeEventListener(kind: string, listener: SocketListener): void {
    if (isKind(kind)) this.#listeners[kind].delete(listener);
  }

  send(message: Uint8Array | string): void {
    if (this.readyState === 1) this.#port.postMessage(message);
  }

  close(): void {
    if (this.readyState === 3) return;
    this.#port.postMessage(PORT_CLOSE);
    this.#closed();
    this.#port.close();
  }

  /** The other end is gone: as `close`, but nothing is sent. */
  lost(): void {
    if (this.readyState === 1) this.#closed();
  }

  #closed(): void {
    this.readyState = 3;
    this.#tell('close', { code: 1000, reason: '' });
  }

  #tell(kind: Kind, event: SocketEvent): void {
    for (const listener of Array.from(this.#listeners[kind])) listener(event);
  }
}

const isKind = (kind: string): kind is Kind =>
  kind === 'open' || kind === 'message' || kind === 'close' || kind === 'error';

const ownBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
