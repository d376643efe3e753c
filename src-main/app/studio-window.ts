import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { START_URL } from './own-origin';

const PRELOAD = join(import.meta.dirname, '../preload/preload.cjs');

/** The only place where a window is made. It shows itself once its first frame is painted, so it never flashes white. */
export function openStudioWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1280,
    minHeight: 720,
    show: false,
    backgroundColor: '#0f1114',
    autoHideMenuBar: true,
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      // Playback and job progress go on behind other windows.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(START_URL);
  return window;
}
