import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beatGraph } from '#test/beat-graph';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { DEMO_SONG } from '#test/material';
import { onnxModel } from '#test/onnx-graphs';
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
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const pace = () => watched.page.locator('[data-pace]');
const bpm = () => watched.page.getByRole('textbox', { name: 'Tempo of the track' });

/** Takes back what was said, and answers the tempo that was heard. */
async function asHeard(): Promise<number> {
  const reset = watched.page.getByRole('button', { name: 'Tempo as it was heard' });
  if (await reset.isEnabled()) await reset.click();
  await pace().filter({ hasText: 'Steady at', hasNotText: 'corrected' }).waitFor();
  return Number(await bpm().inputValue());
}

describe('the tempo of a track', () => {
  it('is halved, typed, moved and undone, by hand and by keys', async () => {
    const { page } = watched;
    await pace().filter({ hasText: 'Steady at' }).waitFor();
    const heard = Number(await bpm().inputValue());
    await page.getByRole('button', { name: 'Halve', exact: true }).click();
    await expect.poll(() => bpm().inputValue()).toBe((heard / 2).toFixed(2));
    await page.getByRole('heading', { name: 'First Light' }).first().click();
    await page.keyboard.press('d');
    await expect.poll(() => bpm().inputValue()).toBe(heard.toFixed(2));
    await page.keyboard.press('Alt+ArrowRight');
    const shift = page.getByRole('textbox', { name: 'Beats later by' });
    await expect.poll(() => shift.inputValue()).toBe('+1');
    await page.keyboard.press('Control+z');
    await expect.poll(() => shift.inputValue()).toBe('0');
    await studio.type('Tempo of the track', '97.5');
    await pace().filter({ hasText: 'Steady at 97.50, corrected' }).waitFor();
    await takePicture(page, 'tempo-tools');
    await page.getByRole('button', { name: 'Undo: Type 97.5 BPM' }).click();
    await expect.poll(() => bpm().inputValue()).toBe(heard.toFixed(2));
  });

  it('is tapped, and the recording’s own tempo is taken for what the hand meant', async () => {
    const { page } = watched;
    const heard = await asHeard();
    // By a timer of the window: the keys of a busy test machine come too unevenly.
    await page.evaluate(`(async () => {
      const begin = performance.now();
      for (let tap = 0; tap < 6; tap++) {
        const due = begin + tap * ${120_000 / heard};
        await new Promise(resolve => setTimeout(resolve, Math.max(0, due - performance.now())));
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', code: 'KeyT', bubbles: true }));
      }
    })()`);
    await pace().filter({ hasText: 'corrected' }).waitFor();
    expect(Number(await bpm().inputValue())).toBeCloseTo(heard / 2, 2);
  });

  it('keeps bar 1 and meter over a reload and over a new analysis', async () => {
    const { page } = watched;
    const heard = await asHeard();
    await page.getByRole('slider', { name: 'Position in the track' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('b');
    await pace().filter({ hasText: 'corrected' }).waitFor();
    await page.getByRole('button', { name: /Meter of the track/ }).click();
    await page.getByRole('option', { name: '3/4' }).click();
    await page.getByRole('button', { name: /3\/4 Meter of the track/ }).waitFor();
    await page.reload();
    await pace().filter({ hasText: 'corrected' }).waitFor();
    await studio.drop([DEMO_SONG]);
    await studio.job('first-light').waitFor();
    await studio
      .job('first-light')
      .waitFor({ state: 'detached', timeout: 60_000 })
      .catch(() => undefined);
    await pace().filter({ hasText: 'corrected' }).waitFor();
    await page.getByRole('button', { name: /3\/4 Meter of the track/ }).waitFor();
    expect(Number(await bpm().inputValue())).toBe(heard);
    await takePicture(page, 'tempo-corrected');
    expect(watched.complaints).toEqual([]);
  });

  it('is asked of a model of the user’s own, and the choice is shown and stays', async () => {
    const { page } = watched;
    const path = join(suiteFolder(), 'ears.onnx');
    writeFileSync(
      path,
      onnxModel(beatGraph({ from: 0, to: 16, threshold: 3 }, { from: 100, to: 128, threshold: 4 })),
    );
    await studio.show('Settings');
    await studio.drop([path]);
    const dialog = page.getByRole('dialog', { name: 'Import a model' });
    await dialog.getByRole('checkbox').press('Space');
    await dialog.getByRole('button', { name: /^Import \d/ }).press('Enter');
    await page.getByRole('button', { name: /^ears/ }).waitFor();
    await studio.show('Library');
    const picker = page.getByRole('button', { name: /Beats of .* by$/ });
    await picker.filter({ hasText: 'Drums' }).click();
    await page.getByRole('option', { name: 'ears' }).click();
    await picker.filter({ hasText: 'ears' }).waitFor();
    await page.reload();
    await picker.filter({ hasText: 'ears' }).waitFor();
    await takePicture(page, 'tempo-model');
    expect(watched.complaints).toEqual([]);
  });
});
