import { AxeBuilder } from '@axe-core/playwright';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LicencesSchema } from '#shared/model';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('kits for and from other programs in the studio', () => {
  const folder = suiteFolder();
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let exporting: Locator;
  let importing: Locator;
  /** The folder that the export made. */
  let made: string;

  const seriousFaults = async (): Promise<readonly string[]> => {
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  };

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    await studio.show('Kit');
    exporting = watched.page.getByRole('dialog', { name: 'Export kit' });
    importing = watched.page.getByRole('dialog', { name: 'Import kit' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('export by keyboard alone, and say before and after what a format cannot hold', async () => {
    await watched.page.keyboard.press('Control+e');
    await exporting.waitFor();
    const formats = exporting.getByRole('group', { name: 'Formats' });
    const soundFont = formats.getByRole('checkbox', { name: /^SoundFont 2/ });
    await soundFont.focus();
    await watched.page.keyboard.press('Space');
    await expect.poll(() => soundFont.isChecked()).toBe(true);
    const losses = exporting.getByRole('list', { name: 'What SoundFont 2 holds otherwise' });
    expect(await losses.innerText()).toMatch(/SF2 knows no round robins/);
    await exporting.getByRole('textbox', { name: 'Your rights in your own recordings' }).fill('All ours.');
    expect(await seriousFaults()).toEqual([]);
    await takePicture(watched.page, 'kit-export');
    await exporting.getByRole('button', { name: /^Export 3 formats/ }).focus();
    await watched.page.keyboard.press('Enter');
    const files = exporting.getByRole('list', { name: 'Written files' });
    await files.waitFor({ timeout: 60_000 });
    const links = await files.getByRole('link').all();
    const paths = await Promise.all(links.map(async link => (await link.getAttribute('title')) ?? ''));
    made = dirname(paths.at(-1) ?? '');
    expect(readdirSync(made).sort()).toEqual([
      'First Light kit.h2drumkit',
      'First Light kit.sf2',
      'LICENSES.json',
      'SFZ',
    ]);
    const licences = LicencesSchema.parse(JSON.parse(readFileSync(join(made, 'LICENSES.json'), 'utf8')));
    expect(licences).toMatchObject({ pattern: null, statement: 'All ours.' });
    await takePicture(watched.page, 'kit-exported');
    await watched.page.keyboard.press('Escape');
    await exporting.waitFor({ state: 'hidden' });
  });

  it('import: what a file holds is shown first, then its kit is open with all its pads', async () => {
    const pads = watched.page.getByRole('group', { name: 'Pads' }).locator('[data-pad]');
    const before = await pads.count();
    await watched.page.keyboard.press('Shift+Control+O');
    await importing.waitFor();
    await importing.locator('input[type="file"]').setInputFiles(join(made, 'First Light kit.h2drumkit'));
    await importing.getByText(/^Hydrogen/).waitFor();
    expect(await importing.innerText()).toMatch(/\d+ pads, \d+ sounds/);
    expect(await seriousFaults()).toEqual([]);
    await takePicture(watched.page, 'kit-import');
    await importing.getByRole('button', { name: 'Import 1 kit' }).click();
    await importing.waitFor({ state: 'hidden', timeout: 60_000 });
    await watched.page.getByText(/is in the library: \d+ pads/).waitFor();
    expect(await pads.count()).toBe(before);
  });

  it('import of what is no kit says why and stores nothing', async () => {
    const path = join(folder, 'broken.sf2');
    writeFileSync(path, 'RIFF\xff\xff\xff\x7fsfbkLIST');
    await watched.page.keyboard.press('Shift+Control+O');
    await importing.waitFor();
    await importing.locator('input[type="file"]').setInputFiles(path);
    await importing.getByRole('alert').waitFor();
    expect(await importing.getByRole('alert').innerText()).toMatch(/not a valid SoundFont/);
    await takePicture(watched.page, 'kit-refused');
    await watched.page.keyboard.press('Escape');
    expect(watched.complaints).toEqual([]);
  });
});
