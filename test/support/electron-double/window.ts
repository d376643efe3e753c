import { app, browser } from './app.ts';
import { ipcMain } from './ipc-main.ts';
import { type IpcMessage, Page } from './page.ts';
import { report } from './report.ts';
import { Events, onlyKnown, strict } from './strict.ts';

const WINDOW_OPTIONS = [
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'backgroundColor',
  'autoHideMenuBar',
  'webPreferences',
];
const WEB_PREFERENCES = ['preload', 'contextIsolation', 'sandbox', 'nodeIntegration', 'backgroundThrottling'];

interface WindowOptions {
  readonly width: number;
  readonly height: number;
  readonly webPreferences: Record<string, unknown> & { readonly preload: string };
}

interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
}

type Settled = { readonly value: unknown } | { readonly error: string };
type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

class WebContentsDouble extends Events {
  /** Live: its url is the page's. */
  readonly topFrame: Frame;
  readonly #page: Page;
  openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(page: Page) {
    super('webContents', ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']);
    this.#page = page;
    this.topFrame = {
      get url() {
        return page.url;
      },
      parent: null,
    };
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page.deliver({ kind: 'send', channel, args }).catch((error: unknown) => {
      report.problems.push(`send: ${String(error)}`);
    });
  }

  startDrag(item: object): void {
    onlyKnown('startDrag', item, ['file', 'files', 'icon']);
    report.drags.push(item);
  }
}

class BrowserWindowDouble extends Events {
  static readonly all = new Set<BrowserWindowDouble>();
  readonly webContents: WebContentsDouble;
  readonly page: Page;
  readonly #opened: Promise<void>;
  #isDestroyed = false;

  constructor(options: WindowOptions) {
    super('BrowserWindow', ['ready-to-show', 'closed']);
    onlyKnown('BrowserWindow', options, WINDOW_OPTIONS);
    onlyKnown('webPreferences', options.webPreferences, WEB_PREFERENCES);
    report.windows.push(options.webPreferences);
    this.page = new Page(browser(), {
      message: message => void this.#receive(message),
      mayNavigate: (url, isMainFrame) => this.#mayNavigate(url, isMainFrame),
      popup: url => this.#popup(url),
      loaded: () => this.emit('ready-to-show'),
      closed: () => this.#closed(),
    });
    this.webContents = strict('webContents', new WebContentsDouble(this.page));
    const { width, height, webPreferences } = options;
    this.#opened = this.page.open({ width, height, preload: webPreferences.preload });
    BrowserWindowDouble.all.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    await this.page.load(url);
  }

  show(): void {}
  focus(): void {}
  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** Hands `frame`'s message to the main process; answers what an `invoke` of it would get. */
  async tryReceive(channel: string, args: readonly unknown[], senderFrame: Frame | null): Promise<Settled> {
    const event = strict('an IPC event', { sender: this.webContents, senderFrame });
    if (!ipcMain.isHandled(channel)) {
      ipcMain.emit(channel, event, ...args);
      return { value: undefined };
    }
    try {
      return { value: await ipcMain.invoke(channel, event, args) };
    } catch (error) {
      return { error: String(error) };
    }
  }

  async #receive({ kind, id, channel, args }: IpcMessage): Promise<void> {
    const settled = await this.tryReceive(channel, args, this.webContents.topFrame);
    if (kind === 'invoke') await this.page.deliver({ kind: 'answer', id, channel, ...settled });
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    let isPrevented = false;
    const event = { url, preventDefault: () => (isPrevented = true) };
    this.webContents.emit('will-frame-navigate', event);
    if (isMainFrame) this.webContents.emit('will-navigate', event);
    if (isPrevented) report.deniedNavigations.push(url);
    return !isPrevented;
  }

  #popup(url: string): void {
    const { action } = this.webContents.openHandler({ url });
    if (action === 'deny') report.deniedPopups.push(url);
    else report.problems.push(`a popup was allowed: ${url}`);
  }

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    BrowserWindowDouble.all.delete(this);
    this.emit('closed');
    if (BrowserWindowDouble.all.size === 0) app.emit('window-all-closed');
  }
}

export const windows = BrowserWindowDouble.all;

/** `new BrowserWindow(...)` of an instance that throws on what it does not offer. */
export const BrowserWindow = new Proxy(BrowserWindowDouble, {
  construct: (target, [options]: [WindowOptions]) => strict('BrowserWindow', new target(options)),
  get(_target, key) {
    throw new Error(`electron double: BrowserWindow.${String(key)} is not offered`);
  },
});
