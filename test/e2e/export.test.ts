import { AxeBuilder } from '@axe-core/playwright';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { LicencesSchema } from '#shared/model';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('the export', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let dialog: Locator;

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    await watched.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    dialog = watched.page.getByRole('dialog', { name: 'Export' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const planned = async (): Promise<readonly string[]> =>
    dialog.getByRole('list', { name: 'Files to be written' }).getByRole('listitem').allInnerTexts();
  const names = async (): Promise<readonly string[]> =>
    (await planned()).map(text => text.split('\n')[0] ?? '');
  /** Tabs until what has the focus is called so. */
  async function tabTo(name: RegExp): Promise<void> {
    for (let times = 0; times < 80; times++) {
      const said: string = await watched.page.evaluate(
        "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''",
      );
      if (name.test(said)) return;
      await watched.page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }

  it('shows every name before it writes one, as they are set', async () => {
    await watched.page.keyboard.press('Control+4');
    await studio.grid.waitFor();
    await watched.page.keyboard.press('Control+e');
    await dialog.waitFor();
    await expect.poll(names).toContain('sunrise_mix.wav');
    expect(await names()).toEqual(
      expect.arrayContaining(['sunrise.mid', 'sunrise_mix.mp3', 'LICENSES.json']),
    );
    await takePicture(watched.page, 'export-1440x900');
    await dialog.getByText('FLAC', { exact: true }).click();
    await expect.poll(names).toContain('sunrise_core.flac');
    await dialog.getByText('File per role', { exact: true }).click();
    await expect.poll(names).toContain('sunrise_accent.mid');
    await dialog.getByText('Core + Accent', { exact: true }).click();
    await expect
      .poll(names)
      .toEqual(expect.arrayContaining(['sunrise_core-accent_mix.flac', 'sunrise_full_mix.flac']));
    await dialog.getByText('Core + Accent', { exact: true }).click();
    const naming = dialog.getByRole('textbox', { name: 'Names of the files' });
    await naming.fill('{kit} {bpm} bpm {nothing}/{role}');
    await dialog.getByText('There is no {nothing}').waitFor();
    await naming.fill('{pattern}_{bpm}/{pattern}_{role}');
    await dialog.getByText('WAV', { exact: true }).click();
    await dialog.getByLabel('MIDI type').getByText('1', { exact: true }).click();
    await dialog.getByText('Loop', { exact: true }).click();
    await dialog.getByText(/^exactly .* frames/).waitFor();
  });

  it('writes with the keyboard alone, says where, and copies a path', { timeout: 120_000 }, async () => {
    await tabTo(/^Export \d+ files/);
    await watched.page.keyboard.press('Enter');
    await dialog.getByText(/^Exported \d+ files/).waitFor({ timeout: 60_000 });
    await takePicture(watched.page, 'export-done-1440x900');
    const folder = join(host.home, 'exports', 'sunrise_96');
    const written = readdirSync(folder);
    expect(written).toEqual(
      expect.arrayContaining(['LICENSES.json', 'sunrise.mid', 'sunrise_mix.wav', 'sunrise_core.wav']),
    );
    const licences = LicencesSchema.parse(JSON.parse(readFileSync(join(folder, 'LICENSES.json'), 'utf8')));
    expect(licences.files.toSorted()).toEqual(written.filter(name => name !== 'LICENSES.json').toSorted());
    expect(licences.sources).toMatchObject([{ kind: 'bundled', licence: 'CC0-1.0' }]);
    await tabTo(/^Copy the path of sunrise_mix\.wav$/);
    await watched.page.keyboard.press('Enter');
    await dialog.getByText('Path copied').waitFor();
    expect(await watched.page.evaluate('navigator.clipboard.readText()')).toBe(
      join(folder, 'sunrise_mix.wav'),
    );
  });

  it('hands a file to whoever downloads or drags it', async () => {
    const wav = await studio.exported('wav');
    expect(
      Buffer.from(wav).equals(readFileSync(join(host.home, 'exports', 'sunrise_96', 'sunrise_mix.wav'))),
    ).toBe(true);
    const dragged: string = await watched.page.evaluate(`{
      const data = new DataTransfer();
      const link = document.querySelector('a[data-file-kind="wav"]');
      link.dispatchEvent(new DragEvent('dragstart', { bubbles: true, dataTransfer: data }));
      data.getData('DownloadURL');
    }`);
    expect(dragged).toMatch(/^application\/octet-stream:sunrise_mix\.wav:http:\/\/127\.0\.0\.1:\d+\/files\//);
  });

  it('warns of names that are taken before it writes, and gives the next number', async () => {
    await watched.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await watched.page.keyboard.press('Control+e');
    await dialog.getByText(/taken by an earlier export, so this one is number 2/).waitFor();
    await dialog.getByText('sunrise_96_2', { exact: true }).waitFor();
    await takePicture(watched.page, 'export-taken-1440x900');
    await dialog.getByText(/^Replace \d+$/).click();
    await dialog.getByText(/of an earlier export will be replaced/).waitFor();
    await dialog.getByText('sunrise_96', { exact: true }).waitFor();
  });

  it('is free of faults that axe can find, and fits the smallest window', async () => {
    await watched.page.setViewportSize({ width: 1280, height: 720 });
    await watched.page.waitForTimeout(600);
    await takePicture(watched.page, 'export-1280x720');
    expect(watched.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`)),
    ).toEqual([]);
    await watched.page.setViewportSize({ width: 1920, height: 1080 });
    await takePicture(watched.page, 'export-1920x1080');
  });
});
