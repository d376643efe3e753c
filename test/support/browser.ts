import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Pictures of what the tests saw; git ignores them. */
const RESULTS = resolve('test-results');

/** Debian's Chromium without what a machine of tests has not: a sandbox, a graphics card, a network. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['BACKBEAT_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });

export interface WatchedPage {
  readonly page: Page;
  /** What the page should never say: thrown errors, errors on the console, broken content security policy. */
  readonly complaints: string[];
}

/** A page that remembers everything that went wrong in it. */
export async function watchedPage(
  browser: Browser,
  size: { readonly width: number; readonly height: number },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(`thrown: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', event => console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI))",
  );
  return { page, complaints };
}

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  await page.screenshot({ path: join(RESULTS, `${name}.png`) });
}
