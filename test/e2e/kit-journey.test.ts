import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '#main/library';
import { type AnySample, writeSamples } from '#test/any-samples';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

const FILES = 2000;

const meanSeconds = (samples: readonly (AnySample | undefined)[]): number =>
  samples.reduce((sum, sample) => sum + (sample?.seconds ?? Infinity), 0) / samples.length;

describe('from a folder of samples to a kit, out and in again', () => {
  const folder = suiteFolder();
  let samples: readonly AnySample[];
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    samples = await writeSamples(folder, FILES);
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    ({ page } = watched);
    const studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
    await page.keyboard.press('Control+3');
    await list().waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const list = () => page.getByRole('grid', { name: 'Hits' });
  const chosenName = async (): Promise<string> =>
    (
      await list().locator('[role=row][aria-selected=true]').first().getByRole('gridcell').nth(2).innerText()
    ).trim();
  const sampleOf = (name: string): AnySample | undefined => samples.find(one => name.startsWith(one.name));
  /** Pads of the newest kits, by how many hits each can play. */
  async function kits(): Promise<readonly (readonly number[])[]> {
    const library = await openLibrary(host.home);
    if (!library.ok) throw new Error('no library');
    const all = await library.value.kits.all();
    await library.value.close();
    return all.map(({ pads }) => pads.map(({ hits }) => hits.length));
  }

  it('takes in a folder of 2,000 files', { timeout: 300_000 }, async () => {
    const before = Number(await list().getAttribute('aria-rowcount'));
    await page.getByLabel('Folder of samples', { exact: true }).setInputFiles(folder);
    await expect
      .poll(async () => Number(await list().getAttribute('aria-rowcount')), {
        timeout: 280_000,
        interval: 500,
      })
      .toBe(before + FILES);
  });

  it('finds a short dark kick by its sound', { timeout: 30_000 }, async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('short dark kick');
    await list().getByRole('columnheader', { name: 'Match' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await takePicture(page, 'kit-journey-search');
    const names: string[] = [];
    for (let turn = 0; turn < 5; turn++) {
      names.push(await chosenName());
      await page.keyboard.press('ArrowDown');
    }
    // The demo has kicks of its own, which are called so.
    const found = names.filter(name => !name.startsWith('Kick')).map(sampleOf);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(sample => sample?.kind)).toEqual(found.map(() => 'kick'));
    const kicks = samples.filter(({ kind }) => kind === 'kick');
    expect(meanSeconds(found)).toBeLessThan(meanSeconds(kicks));
  });

  it('builds a kit by keyboard alone', { timeout: 30_000 }, async () => {
    const before = (await kits()).length;
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+K');
    await page.getByText(/^New kit is made of 4 hits/).waitFor();
    await expect.poll(async () => (await kits()).length).toBe(before + 1);
    await page.keyboard.press('/');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('short kick with click');
    await expect.poll(() => list().getByRole('row').nth(1).innerText()).toMatch(/Kick/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const name = await chosenName();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: new RegExp(`^Undo: Send ${name}`) }).waitFor();
    await takePicture(page, 'kit-journey-kit');
  });

  it('exports it and imports it back with the same pads', { timeout: 120_000 }, async () => {
    await page.keyboard.press('Control+e');
    const exporting = page.getByRole('dialog', { name: 'Export kit' });
    await exporting.waitFor();
    await exporting.getByRole('button', { name: /^Export \d formats?/ }).focus();
    await page.keyboard.press('Enter');
    const files = exporting.getByRole('list', { name: 'Written files' });
    await files.waitFor({ timeout: 90_000 });
    const links = await files.getByRole('link').all();
    const paths = await Promise.all(links.map(async link => (await link.getAttribute('title')) ?? ''));
    await page.keyboard.press('Escape');
    await exporting.waitFor({ state: 'hidden' });
    const [exported = []] = await kits();
    await page.keyboard.press('Shift+Control+O');
    const importing = page.getByRole('dialog', { name: 'Import kit' });
    await importing.waitFor();
    const file = join(dirname(paths.at(-1) ?? ''), 'New kit.h2drumkit');
    await importing.locator('input[type="file"]').setInputFiles(file);
    await importing.getByRole('button', { name: 'Import 1 kit' }).press('Enter');
    await page.getByText(/is in the library: \d+ pads?/).waitFor({ timeout: 60_000 });
    const [back = []] = await kits();
    expect(back).toHaveLength(exported.length);
    await takePicture(page, 'kit-journey-back');
    expect(watched.complaints).toEqual([]);
  });
});
