import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { readSmf } from '#test/read-smf';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

const TITLE = 'Played loop';

describe('takes of a song’s own groove', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-song-'));

  const button = (name: string | RegExp): Locator =>
    watched.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const choose = async (picker: RegExp, option: string): Promise<void> => {
    await watched.page.getByLabel('Generate', { exact: true }).getByRole('button', { name: picker }).click();
    await watched.page.getByRole('option', { name: option, exact: true }).click();
  };
  const take = (number: number): Locator => button(new RegExp(`^Take ${number}:`));
  const generate = async (): Promise<void> => {
    await button('Generate').click();
    for (const number of [1, 2, 3, 4]) await take(number).waitFor({ timeout: 60_000 });
  };
  const keep = async (number: number, step: string): Promise<void> => {
    await button(`Keep take ${number}`).click();
    await button(`Undo: Generate ${step}, seed 42, take ${number}`).waitFor();
  };
  const columns = async (): Promise<number> => Number(await studio.grid.getAttribute('aria-colcount'));

  beforeAll(async () => {
    await writeWav(join(folder, `${TITLE}.wav`), drumTrack(rockBars(100, 8), 21), '16');
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('imports a song and opens its own groove', { timeout: 300_000 }, async () => {
    await studio.demoReady();
    await studio.drop([join(folder, `${TITLE}.wav`)]);
    const row = studio.trackRow(TITLE);
    await row.filter({ hasText: /\d hits|BPM/ }).waitFor({ timeout: 240_000 });
    await row.click();
    await watched.page.getByRole('region', { name: `Track ${TITLE}` }).waitFor();
    await button(/Drums to pattern/)
      .first()
      .click();
    await watched.page.locator('main[data-screen="groove"]').waitFor();
    expect((await studio.hits()).length).toBeGreaterThan(8);
  });

  it('humanises it: the same strokes, played otherwise', async () => {
    await choose(/Generator$/, 'Humanise');
    await generate();
    const said = (await take(1).getAttribute('aria-label')) ?? '';
    expect(said).toMatch(/100 % kept, 0 new, \d+ changed, 0 gone/);
    await keep(1, 'humanised');
  });

  it('morphs it with a skeleton, hears the groove before at the same loudness, and keeps a take', async () => {
    await choose(/Generator$/, 'Morph');
    await choose(/Groove to morph towards$/, 'Funk skeleton');
    await generate();
    await watched.page.keyboard.press(']');
    await watched.page.getByRole('button', { name: /^Take 2:/, pressed: true }).waitFor();
    const heard = (await studio.hits()).length;
    await watched.page.getByText(/^Matched, [+−]?\d+\.\d dB$/).waitFor();
    await watched.page.getByRole('radio', { name: /Before/ }).focus();
    await watched.page.keyboard.press('`');
    await watched.page.getByRole('radio', { name: /Before/, checked: true }).waitFor();
    await watched.page.keyboard.press('`');
    await expect.poll(async () => (await studio.hits()).length).toBe(heard);
    await takePicture(watched.page, 'takes');
    await keep(2, 'morphed');
  });

  it('fills two bars in and leaves the others as they are', async () => {
    const before = await studio.hits();
    await choose(/Generator$/, 'Transformer');
    await choose(/What is written$/, 'Fill in bars');
    await studio.type('First bar filled in', '1');
    await studio.type('Last bar filled in', '2');
    await generate();
    const outside = (hits: typeof before) => hits.filter(hit => hit.bar > 2);
    expect(outside(await studio.hits())).toEqual(outside(before));
    await keep(1, 'filled in');
  });

  it('writes a fill, and takes it back in one step', async () => {
    const before = await studio.hits();
    await choose(/What is written$/, 'Write a fill');
    await studio.type('Bar of the fill', '2');
    await generate();
    await watched.page.keyboard.press('Control+z');
    await expect.poll(() => studio.hits()).toEqual(before);
    await take(3).click();
    await keep(3, 'with a fill');
    await watched.page.keyboard.press('Control+z');
    await expect.poll(() => studio.hits()).toEqual(before);
    await watched.page.keyboard.press('Control+y');
  });

  it('puts takes away and leaves the groove as it was', async () => {
    const before = await studio.hits();
    const bars = await columns();
    await choose(/Generator$/, 'Skeleton');
    await studio.type('Bars', '1');
    await generate();
    expect(await columns()).toBe(16);
    await watched.page.keyboard.press('Control+Backspace');
    await take(1).waitFor({ state: 'detached' });
    expect(await columns()).toBe(bars);
    expect(await studio.hits()).toEqual(before);
  });

  it('exports what was kept', { timeout: 180_000 }, async () => {
    await watched.page.keyboard.press('Control+e');
    const dialog = watched.page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: /^Export \d+ files/ }).click();
    await dialog.getByText(/^Exported \d+ files/).waitFor({ timeout: 120_000 });
    expect(readSmf(await studio.exported('midi')).notes.length).toBeGreaterThan(8);
  });
});
