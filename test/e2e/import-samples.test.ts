import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { closedHat, kick, snare } from '#test/hits';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startWebHost } from '#test/web-host';

describe('short files on the library screen', () => {
  const folder = suiteFolder();
  const files = ['Deep Kick', 'Dry Snare', 'Tin Hat'].map(name => join(folder, `${name}.wav`));
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;

  beforeAll(async () => {
    for (const [index, { sampleRate, samples }] of [kick(), snare(), closedHat()].entries())
      await writeWav(files[index] ?? '', { sampleRate, channels: [samples] }, '16');
    host = await startWebHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1280, height: 720 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await watched.page.locator('main[data-screen]').waitFor();
    await studio.show('Library');
    // The demo song would be heard first, which takes its time.
    const other = watched.page.getByRole('button', { name: 'Cancel First Light' });
    await other.click({ timeout: 60_000 });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('are samples when the user says so, by keyboard, and then on the kit screen', {
    timeout: 120_000,
  }, async () => {
    await studio.drop(files);
    const dialog = watched.page.getByRole('dialog', { name: 'Samples or songs?' });
    await dialog.waitFor({ timeout: 60_000 });
    expect(await dialog.textContent()).toContain('3 short files');
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await takePicture(watched.page, 'library-short-files');
    await dialog.getByRole('button', { name: 'As samples' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await studio.job('Dropped samples').waitFor();
    await studio.show('Kit');
    await watched.page.getByPlaceholder('short dark kick, or a name').fill('Tin Hat');
    await watched.page.getByText('Tin Hat', { exact: true }).first().waitFor({ timeout: 90_000 });
    await takePicture(watched.page, 'kit-samples');
    watched.complaints.length = 0;
  });
});
