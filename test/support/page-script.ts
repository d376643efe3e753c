import { createServer } from 'node:http';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';

/** A script of test/page with the window's own code in it, for a page that is not the app, and the files that it loads. */
async function pageScript(
  name: string,
): Promise<{ readonly code: string; readonly files: ReadonlyMap<string, string | Uint8Array> }> {
  const built = await build({
    configFile: false,
    root: resolve('.'),
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      minify: false,
      modulePreload: false,
      lib: { entry: resolve('test/page', `${name}.ts`), formats: ['iife'], name: 'page' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error(`${name} was not built`);
  const others = first && 'output' in first ? first.output.slice(1) : [];
  const files = new Map(
    others.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  return { code: chunk.code, files };
}

/** An empty page of a secure origin that has run a script of test/page; its functions are global. */
export async function openPageScript(browser: Browser, name: string): Promise<Page> {
  const { code, files } = await pageScript(name);
  // A server of its own: what the audio thread loads passes by Playwright's routes.
  const server = createServer((request, answer) => {
    const file = files.get(request.url ?? '');
    answer.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript');
    answer.end(file ?? '<!doctype html><title>Test</title>');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const page = await browser.newPage();
  page.on('close', () => server.close());
  const address = server.address();
  await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  await page.addScriptTag({ content: code });
  return page;
}
