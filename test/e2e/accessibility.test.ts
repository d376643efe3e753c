import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

const SCREENS = ['Library', 'Slices', 'Kit', 'Groove', 'Dataset', 'Export', 'Settings'] as const;

describe('every screen', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1280, height: 720 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    await studio.trackRow('First Light').click();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  async function faults(): Promise<string[]> {
    await watched.page.waitForTimeout(600);
    expect(watched.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    // Axe measures with style elements of its own, which the policy refuses.
    watched.complaints.length = 0;
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
  }

  for (const theme of ['dark', 'light'] as const) {
    for (const screen of SCREENS) {
      it(`${screen} is free of faults that axe can find, ${theme}`, { timeout: 60_000 }, async () => {
        if ((await watched.page.locator('html').getAttribute('data-theme')) !== theme) {
          await watched.page.keyboard.press('Control+Shift+L');
        }
        await studio.show(screen);
        await takePicture(watched.page, `${screen.toLowerCase()}-${theme}-1280x720`);
        const found = await faults();
        if (screen === 'Export') await watched.page.keyboard.press('Escape');
        expect(found).toEqual([]);
      });
    }
  }

  it('says its keys without faults', async () => {
    await watched.page.keyboard.press('?');
    await watched.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    const found = await faults();
    await watched.page.keyboard.press('Escape');
    await watched.page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
    expect(found).toEqual([]);
  });

  it('fits the smallest window: nothing scrolls but lists and the grid', async () => {
    for (const screen of ['Library', 'Slices', 'Kit', 'Groove', 'Dataset', 'Settings'] as const) {
      await studio.show(screen);
      const overflow = await watched.page.evaluate(
        '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]',
      );
      expect(overflow).toEqual([0, 0]);
    }
    expect(watched.complaints).toEqual([]);
  });
});
