import { readFileSync } from 'node:fs';
import type { Browser, Session } from './cdp.ts';
import { report } from './report.ts';
import { answer, fromWeb, toWeb, WEB_PATTERN } from './schemes.ts';
import { decode, encode } from './wire.ts';

const WORLD = 'Electron Isolated Context';
const world = (name: string): string => readFileSync(new URL(`worlds/${name}.js`, import.meta.url), 'utf8');

export interface IpcMessage {
  readonly kind: 'send' | 'invoke';
  readonly id?: number;
  readonly channel: string;
  readonly args: readonly unknown[];
}

export interface PageEvents {
  message(message: IpcMessage): void;
  /** Whether a page may go to `url`; called for what it starts itself, never for `load`. */
  mayNavigate(url: string, isMainFrame: boolean): boolean;
  popup(url: string): void;
  loaded(): void;
  closed(): void;
}

export interface PageOptions {
  readonly width: number;
  readonly height: number;
  /** Path of the preload script. */
  readonly preload: string;
}

/** A page of Chromium wired as Electron wires a window's: preload in its own world, own schemes, guarded navigation. */
export class Page {
  readonly #browser: Browser;
  readonly #events: PageEvents;
  #session: Session | null = null;
  #targetId = '';
  #mainFrame = '';
  /** Execution context of the preload's world; null while no document is there. */
  #preloadContext: number | null = null;
  #loading = '';
  #url = '';

  constructor(browser: Browser, events: PageEvents) {
    this.#browser = browser;
    this.#events = events;
  }

  get url(): string {
    return this.#url;
  }

  async open({ width, height, preload }: PageOptions): Promise<void> {
    const { targetId } = await this.#browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    const { sessionId } = await this.#browser.send('Target.attachToTarget', { targetId, flatten: true });
    this.#targetId = String(targetId);
    const session = this.#browser.session(String(sessionId));
    this.#session = session;
    session.on('Runtime.executionContextCreated', ({ context }) => this.#onContext(context as ContextFacts));
    session.on('Runtime.executionContextsCleared', () => {
      this.#preloadContext = null;
    });
    session.on('Runtime.bindingCalled', ({ payload }) =>
      this.#events.message(decode(String(payload)) as IpcMessage),
    );
    session.on('Fetch.requestPaused', request => void this.#onRequest(request as unknown as PausedRequest));
    session.on('Page.loadEventFired', () => this.#events.loaded());
    session.on('Page.frameNavigated', ({ frame }) => {
      const { url, parentId } = frame as { url: string; parentId?: string };
      if (parentId === undefined) this.#url = fromWeb(url);
    });
    session.on('Page.windowOpen', ({ url }) => this.#events.popup(String(url)));
    session.on('Runtime.exceptionThrown', ({ exceptionDetails }) =>
      report.problems.push(`page: ${JSON.stringify(exceptionDetails)}`),
    );
    this.#browser.on('Target.targetDestroyed', gone => {
      if (gone['targetId'] === targetId) this.#events.closed();
    });
    await this.#browser.send('Target.setDiscoverTargets', { discover: true });
    await session.send('Runtime.enable');
    await session.send('Page.enable');
    const tree = (await session.send('Page.getFrameTree'))['frameTree'] as { frame: { id: string } };
    this.#mainFrame = tree.frame.id;
    await session.send('Fetch.enable', {
      patterns: [{ urlPattern: WEB_PATTERN }, { urlPattern: '*', resourceType: 'Document' }],
    });
    await session.send('Runtime.addBinding', { name: '__doublePost', executionContextName: WORLD });
    await this.#addScript(world('main-world'));
    const script = readFileSync(preload, 'utf8');
    const source = `${world('preload-world')}
      (function (require, module, exports, process) { ${script}
      })(__electronDouble.require, { exports: {} }, {}, { type: 'renderer', sandboxed: true });`;
    await this.#addScript(source, WORLD);
  }

  async load(url: string): Promise<void> {
    this.#loading = url;
    const { errorText } = await this.#send('Page.navigate', { url: toWeb(url) });
    if (errorText !== undefined) report.problems.push(`load ${url}: ${JSON.stringify(errorText)}`);
  }

  async deliver(message: object): Promise<void> {
    const contextId = this.#preloadContext;
    // Between two documents nobody listens, as in Electron.
    if (contextId === null) return;
    const expression = `__electronDouble.deliver(${JSON.stringify(encode(message))})`;
    await this.#send('Runtime.evaluate', { contextId, expression });
  }

  /** Lets `webUtils.getPathForFile` of this document answer `path` for a file of that name. */
  async setPath(name: string, path: string): Promise<void> {
    const expression = `__electronDouble.paths[${JSON.stringify(name)}] = ${JSON.stringify(path)}`;
    await this.#send('Runtime.evaluate', { contextId: this.#preloadContext, expression });
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId });
  }

  #send(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    if (!this.#session) throw new Error('electron double: the page is not open yet');
    return this.#session.send(method, params);
  }

  async #addScript(source: string, worldName?: string): Promise<void> {
    await this.#send('Page.addScriptToEvaluateOnNewDocument', {
      source,
      ...(worldName ? { worldName } : {}),
    });
  }

  #onContext({ id, name, auxData }: ContextFacts): void {
    if (name === WORLD && auxData?.frameId === this.#mainFrame) this.#preloadContext = id;
  }

  async #onRequest({ requestId, request, resourceType, frameId }: PausedRequest): Promise<void> {
    const url = fromWeb(request.url);
    if (resourceType === 'Document') {
      const isOurs = url === this.#loading;
      this.#loading = '';
      if (!isOurs && !this.#events.mayNavigate(url, frameId === this.#mainFrame)) {
        // An answer without content leaves the page where it is.
        await this.#send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
        return;
      }
    }
    try {
      const body = request.postData === undefined ? {} : { body: request.postData };
      const response = await answer(
        new Request(url, { method: request.method, headers: request.headers, ...body }),
      );
      const bytes = Buffer.from(await response.arrayBuffer());
      await this.#send('Fetch.fulfillRequest', {
        requestId,
        responseCode: response.status,
        responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
        body: bytes.toString('base64'),
      });
    } catch (error) {
      report.problems.push(`request ${url}: ${String(error)}`);
      await this.#send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    }
  }
}

interface ContextFacts {
  readonly id: number;
  readonly name: string;
  readonly auxData?: { readonly frameId?: string };
}

interface PausedRequest {
  readonly requestId: string;
  readonly resourceType: string;
  readonly frameId: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly postData?: string;
  };
}
