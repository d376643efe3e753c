import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

let host: RunningHost;
let browser: Browser;
let watched: WatchedPage;
let studio: StudioPage;

beforeAll(async () => {
  [host, browser] = await Promise.all([startDemoHost(), launchChromium()]);
  watched = await watchedPage(browser, { width: 1440, height: 900 });
  studio = new StudioPage(watched.page);
  await watched.page.goto(host.address);
  await studio.show('Library');
  await studio.demoReady();
  await studio.trackRow('First Light').click();
  await studio.show('Groove');
  await studio.grid.waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const undoButton = () => watched.page.getByRole('button', { name: /^Undo/ }).first();
const saved = () =>
  watched.page.locator('header').filter({ hasNotText: 'edited' }).filter({ hasNotText: 'not saved' });
const hitCount = async (): Promise<number> => (await studio.hits()).length;
const focusGrid = () => studio.grid.locator('[role=gridcell][tabindex="0"]').focus();
const reload = async (): Promise<void> => {
  await watched.page.reload();
  await studio.grid.waitFor();
};

describe('the history of a groove', () => {
  it('is there after a restart of the window, step by step', async () => {
    const { page } = watched;
    const before = await hitCount();
    await focusGrid();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await expect.poll(hitCount).toBe(before - 1);
    await page.keyboard.press('ArrowRight');
    await saved().waitFor();
    await reload();
    await expect.poll(hitCount).toBe(before - 1);
    await undoButton().click();
    await expect.poll(hitCount).toBe(before);
    await saved().waitFor();
    await reload();
    await page.getByRole('button', { name: /^Redo/ }).first().click();
    await expect.poll(hitCount).toBe(before - 1);
    await undoButton().click();
    await expect.poll(hitCount).toBe(before);
    expect(watched.complaints).toEqual([]);
  });

  it('keeps edits that the studio never got, and brings them back', async () => {
    const { page } = watched;
    await saved().waitFor();
    const before = await hitCount();
    // The studio goes away under the window: nothing that is edited from here on can be saved.
    await page.evaluate(`{
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) { if (!window.isCutOff) send.call(this, data); };
      window.isCutOff = true;
    }`);
    await focusGrid();
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await expect.poll(hitCount).toBe(before - 1);
    await expect.poll(() => page.evaluate('Object.keys(localStorage).join()')).toContain('backbeat.unsaved');
    await reload();
    await page.getByText('that were not saved when the window ended are back').waitFor();
    await expect.poll(hitCount).toBe(before - 1);
    await undoButton().click();
    await expect.poll(hitCount).toBe(before);
    await saved().waitFor();
  });
});

describe('the feel of a groove', () => {
  it('is tried, heard and seen at once, kept as one step, and taken as a template', async () => {
    const { page } = watched;
    await page.getByRole('radio', { name: 'Feel' }).click({ force: true });
    const offsets = async (): Promise<string> => (await studio.hits()).map(hit => hit.offsetMs).join();
    const asItWas = await offsets();
    await page.getByRole('button', { name: /Groove template$/ }).click();
    await page.getByRole('option', { name: 'Laid back' }).click();
    await expect.poll(offsets).not.toBe(asItWas);
    await takePicture(page, 'feel');
    await page.getByRole('button', { name: 'As it was' }).click();
    await expect.poll(offsets).toBe(asItWas);
    await page.getByRole('button', { name: 'Keep the feel' }).click();
    await expect.poll(offsets).not.toBe(asItWas);
    await page.getByRole('button', { name: 'Undo: Feel of Laid back' }).click();
    await expect.poll(offsets).toBe(asItWas);
    await page.getByRole('button', { name: 'Keep as a template' }).click();
    await page.getByRole('button', { name: /Remove the template/ }).waitFor();
    await page.getByRole('slider', { name: 'Amount of the feel' }).press('ArrowLeft');
    await page.getByRole('button', { name: 'As it was' }).click();
    await expect.poll(offsets).toBe(asItWas);
    await page.getByRole('button', { name: /Remove the template/ }).click();
    await page.getByRole('button', { name: /Remove the template/ }).waitFor({ state: 'detached' });
    expect(watched.complaints).toEqual([]);
  });
});
