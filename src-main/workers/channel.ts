import type { FromWorker, ToWorker } from '#shared/protocol';

/** The worker's end of the line to its shell. */
export interface Channel {
  send(message: FromWorker): void;
  onMessage(listener: (message: ToWorker) => void): void;
}

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The line to the process that started this one, Electron's or Node's. Ends this process when the other is gone. */
export function openChannel(): Channel {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port)
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
      send: message => port.postMessage(message),
      onMessage: listener => port.on('message', ({ data }) => listener(data as ToWorker)),
    };
  process.on('disconnect', () => process.exit(0));
  return {
    // The error of a line that broke just now is the exit above, a moment later.
    send: message => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: listener => void process.on('message', message => listener(message as ToWorker)),
  };
}
