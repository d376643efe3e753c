import { readFileSync } from 'node:fs';
import { type Browser, startBrowser } from './cdp.ts';
import { report } from './report.ts';
import { Events } from './strict.ts';

const EVENTS = ['web-contents-created', 'before-quit', 'second-instance', 'activate', 'window-all-closed'];

let running: Browser | null = null;

async function start(): Promise<void> {
  running = await startBrowser(process.env['DOUBLE_CHROMIUM'] ?? '/usr/bin/chromium');
}
const starting = start();

/** The Chromium behind all windows; there once the app is ready. */
export function browser(): Browser {
  if (!running) throw new Error('electron double: a window before the app is ready');
  return running;
}

class App extends Events {
  constructor() {
    super('app', EVENTS);
  }

  enableSandbox(): void {
    report.sandboxEnabled = true;
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    return starting;
  }

  getVersion(): string {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    return version;
  }

  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.exit(0);
  }

  exit(code: number): void {
    process.exit(code);
  }
}

export const app = new App();
