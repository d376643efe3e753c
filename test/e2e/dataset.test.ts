import { AxeBuilder } from '@axe-core/playwright';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

const RUDIMENTS = ['Flam Tap', 'Single Paradiddle', 'Five Stroke Roll'];
const PLAYERS = 8;
const SAMPLES = RUDIMENTS.length * PLAYERS;
const NAME = 'drills';

describe('the dataset screen', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let page: Page;
  let run: Locator;
  let strokes: Locator;

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    page = watched.page;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
    run = page.locator('[data-run-state]');
    strokes = page.getByRole('grid', { name: /^Strokes of/ });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  async function faults(): Promise<string[]> {
    expect(watched.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    // Axe measures with style elements of its own, which the policy refuses.
    watched.complaints.length = 0;
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
  }

  const sampleShown = async (): Promise<string> =>
    ((await strokes.getAttribute('aria-label')) ?? '').replace('Strokes of ', '');

  /** Pixels of the picture's audio that are not its ground. */
  const inkOfWave = (): Promise<number> =>
    page.evaluate(`{
      const canvas = document.querySelector('[role=grid][data-audio] canvas');
      const [top, height] = [Math.round(canvas.height * 0.1), Math.round(canvas.height * 0.15)];
      const { data } = canvas.getContext('2d').getImageData(0, top, canvas.width, height);
      let ink = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) ink++;
      ink;
    }`);

  it('estimates a run while it is put together, and says it as a command', async () => {
    await studio.show('Dataset');
    await page.getByText('No dataset yet').waitFor();
    await studio.type('Name of the dataset', NAME);
    await page.getByRole('button', { name: /^Rudiments:/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Rudiments' });
    await dialog.getByRole('button', { name: 'None' }).click();
    for (const name of RUDIMENTS) await dialog.getByText(name, { exact: true }).click();
    await dialog.getByRole('button', { name: 'Take 3 rudiments' }).click();
    await studio.type('Players', String(PLAYERS));
    await studio.type('Tempos of each rudiment', '1');
    await studio.type('Length of each performance', '2');
    const border = page.getByRole('slider', { name: 'Border of Adv and Pro' });
    await border.focus();
    await page.keyboard.press('ArrowRight');
    expect(await border.getAttribute('aria-valuetext')).toBe('Adv 26 %, Pro 14 %');
    await page.getByRole('button', { name: `Generate ${SAMPLES} samples` }).waitFor({ timeout: 60_000 });
    const estimate = page.getByRole('region', { name: 'Estimate' });
    await estimate.getByText(/^[\d.]+ GB free, nothing is missing$/).waitFor();
    await page.getByRole('button', { name: 'Copy command' }).click();
    await page.getByText(/^Copied: /).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      /^backbeat dataset generate .*--profiles 8/,
    );
  });

  it('generates, rests when it is told to, and goes on', { timeout: 120_000 }, async () => {
    await page.getByRole('button', { name: `Generate ${SAMPLES} samples` }).click();
    await run.getByRole('button', { name: 'Pause' }).click({ timeout: 20_000 });
    await page.locator('[data-run-state=paused]').waitFor({ timeout: 40_000 });
    await run.getByText(/^Paused by you\. \d+ samples are kept/).waitFor();
    await run.getByRole('button', { name: 'Resume' }).click();
    await page.locator('[data-run-state=done]').waitFor({ timeout: 90_000 });
    await run.getByText(`of ${SAMPLES} samples`).waitFor();
  });

  it('shows a sample as its labels have it, and plays it', async () => {
    await page.locator('[role=grid][data-audio=here]').waitFor();
    await page.getByText(`1 of ${SAMPLES}`, { exact: true }).waitFor();
    const id = await sampleShown();
    const file = await asyncBufferFromFile(join(host.home, 'exports', NAME, 'labels/samples.parquet'));
    const rows = await parquetReadObjects({ file, columns: ['sample_id', 'num_strokes'] });
    expect(rows.length).toBe(SAMPLES);
    const row = rows.find(each => each['sample_id'] === id);
    expect(Number(await strokes.getAttribute('aria-colcount'))).toBe(Number(row?.['num_strokes']));
    await expect.poll(inkOfWave).toBeGreaterThan(1500);
    await strokes.focus();
    await page.keyboard.press('ArrowRight');
    await strokes.getByText(/^Stroke 1 of \d+, .+ hand, meant at/).waitFor();
    const seconds = async (): Promise<number> =>
      Number(await page.locator('[data-playhead]').getAttribute('data-seconds'));
    await page.keyboard.press('Space');
    await studio.expectSound();
    await expect.poll(seconds).toBeGreaterThan(0.3);
    await page.keyboard.press('Space');
    await takePicture(page, 'dataset-1440x900');
    expect(await faults()).toEqual([]);
  });

  it('goes through the samples by keys and finds them by what they are', async () => {
    await strokes.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText(`2 of ${SAMPLES}`, { exact: true }).waitFor();
    const first = await sampleShown();
    await page.keyboard.press('End');
    await page.getByText(`${SAMPLES} of ${SAMPLES}`, { exact: true }).waitFor();
    await expect.poll(sampleShown).not.toBe(first);
    await page.getByRole('textbox', { name: /^Part of a sample/ }).fill('flam_tap');
    await page.getByText(`1 of ${PLAYERS}`, { exact: true }).waitFor();
    await expect.poll(sampleShown).toContain('flam_tap');
    await page.getByRole('textbox', { name: /^Part of a sample/ }).fill('nothing is called so');
    await page.getByText('No sample is like that').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Show all samples' }).last().click();
    await page.getByText(`1 of ${SAMPLES}`, { exact: true }).waitFor();
  });

  it('validates, reports, and tells what publishing would send', { timeout: 120_000 }, async () => {
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Validate').click();
    await page.getByRole('button', { name: 'Validate', exact: true }).click();
    await page.getByText(/^\d+ of \d+ passed, 24 samples$/).waitFor({ timeout: 90_000 });
    expect(await page.locator('[data-check-state=failed]').count()).toBe(0);
    expect(await page.locator('[data-check-state=passed]').count()).toBeGreaterThan(20);
    await page.getByText('No distributions: there are too few strokes').waitFor();
    await page.getByRole('link', { name: 'Open report.html' }).waitFor();
    await takePicture(page, 'dataset-report-1440x900');
    expect(await faults()).toEqual([]);
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Splits').click();
    await page.getByRole('rowheader', { name: 'by_kit' }).waitFor();
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Publish').click();
    await page.getByRole('button', { name: 'Show what would be sent' }).click();
    await page.getByText(/^Would be written: \d+ files, /).waitFor({ timeout: 60_000 });
    await page.getByText('Nothing was sent.').waitFor();
    await takePicture(page, 'dataset-publish-1440x900');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Generate').click();
    await page.locator('[role=grid][data-audio=here]').waitFor();
    await takePicture(page, 'dataset-1280x720');
    expect(watched.complaints).toEqual([]);
  });
});
