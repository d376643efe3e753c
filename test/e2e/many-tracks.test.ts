import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openLibrary } from '#main/library';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { type RunningHost, startWebHost } from '#test/web-host';

const TRACKS = 5000;
/** A page of rows has to be on the screen this soon after its key; a frame of a busy machine is longer than 16 ms. */
const SOON_MS = 200;

describe('a library of 5,000 tracks', () => {
  let home: string;
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'backbeat-many-'));
    const library = await openLibrary(home);
    if (!library.ok) throw new Error('the library did not open');
    await library.value.write(async at => {
      for (let index = 0; index < TRACKS; index++) {
        await at.tracks.put({
          id: `track-${index}`,
          name: `Song ${String(index).padStart(4, '0')}${index === 42 ? `, ${'a name that goes on and on '.repeat(12)}` : ''}`,
          path: `/music/${index}.wav`,
          sha256: index.toString(16).padStart(64, '0'),
          seconds: 60 + (index % 300),
          sampleRate: 44_100,
          channelCount: 2,
          tempo: null,
          stems: [],
          addedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
        });
      }
    });
    await library.value.close();
    host = await startWebHost({ home });
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1280, height: 720 });
    await watched.page.goto(host.address);
    await watched.page.locator('main[data-screen]').waitFor();
    await watched.page
      .getByRole('navigation', { name: 'Screens' })
      .getByText('Library', { exact: true })
      .click();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('lists them all and holds only those in sight', async () => {
    const table = watched.page.getByRole('grid', { name: 'Tracks' });
    await expect.poll(async () => Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(TRACKS);
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    await takePicture(watched.page, 'library-5000-tracks');
  });

  it('goes through them without a pause', async () => {
    await watched.page.evaluate(
      "{ window.pauses = []; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.pauses.push(entry.duration); }).observe({ type: 'longtask' }); }",
    );
    const table = watched.page.getByRole('grid', { name: 'Tracks' });
    await table.focus();
    await watched.page.keyboard.press('End');
    for (let pages = 0; pages < 30; pages++) await watched.page.keyboard.press('PageUp');
    await watched.page.keyboard.press('Home');
    await expect.poll(() => table.getByRole('row', { selected: true }).count()).toBe(1);
    const pauses = (await watched.page.evaluate('window.pauses')) as readonly number[];
    expect(Math.max(0, ...pauses)).toBeLessThan(SOON_MS);
  });

  it('finds one by its name', async () => {
    await watched.page.getByRole('searchbox', { name: 'Filter tracks' }).fill('song 0042');
    const table = watched.page.getByRole('grid', { name: 'Tracks' });
    await expect.poll(() => table.getAttribute('aria-rowcount')).toBe('2');
    await table.getByRole('row', { name: 'Song 0042' }).click();
    await watched.page.getByRole('region', { name: /^Track Song 0042/ }).waitFor();
    const overflow = await watched.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    await takePicture(watched.page, 'library-long-name');
  });
});
