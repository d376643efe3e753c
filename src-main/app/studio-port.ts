import { type BrowserWindow, ipcMain } from 'electron';
import type { Port } from '#shared/protocol';
import { CHANNELS } from '#main/preload';
import { isFromOwnPage } from './window-ipc';

/** RPC's channel to one window. Messages of anything but its own page are dropped. */
export function portOf(window: BrowserWindow): Port {
  let listener: Parameters<Port['onMessage']>[0] = () => undefined;
  const receive = (event: Electron.IpcMainEvent, message: unknown): void => {
    if (!isFromOwnPage(event, window)) return;
    if (typeof message === 'string' || message instanceof Uint8Array) listener(message);
  };
  ipcMain.on(CHANNELS.rpc, receive);
  window.once('closed', () => ipcMain.off(CHANNELS.rpc, receive));
  return {
    postMessage(message) {
      if (!window.isDestroyed()) window.webContents.send(CHANNELS.rpc, message);
    },
    onMessage(next) {
      listener = next;
    },
    close: () => undefined,
  };
}
