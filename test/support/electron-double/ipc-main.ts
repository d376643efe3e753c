type Handler = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();
const listeners = new Map<string, Set<Handler>>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  on(channel: string, listener: Handler): void {
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
  },
  off(channel: string, listener: Handler): void {
    listeners.get(channel)?.delete(listener);
  },
  emit(channel: string, event: unknown, ...args: unknown[]): void {
    for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
  },
  isHandled: (channel: string): boolean => handlers.has(channel),
  async invoke(channel: string, event: unknown, args: readonly unknown[]): Promise<unknown> {
    return handlers.get(channel)?.(event, ...args);
  },
};
