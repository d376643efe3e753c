import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { onnxModel } from '#test/onnx-graphs';
import { waveformGraph } from '#test/separation-graphs';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startWebHost } from '#test/web-host';

/** As long as the studio keeps of a sent file's name. */
const NAME = 'four-stems-under-a-name-longer-than-a-row-would-ever-want';

/** Milliseconds for work in another process, on a machine that has much to do. */
const PATIENCE = 240_000;

describe('models in Settings', () => {
  const folder = suiteFolder();
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;

  const fileOf = (name: string, gains: readonly number[]): string => {
    const path = join(folder, name);
    writeFileSync(path, onnxModel(waveformGraph({ gains }, ['mix', 'stems'])));
    return path;
  };
  const row = (name: string) => watched.page.getByRole('button', { name: new RegExp(`^${name}`) });
  async function faults(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    watched.complaints.length = 0;
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
  }

  beforeAll(async () => {
    host = await startWebHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1280, height: 720 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await watched.page.keyboard.press('Control+,');
    await row('drum-stem').waitFor({ timeout: PATIENCE });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('says why a model is not imported', async () => {
    await studio.drop([fileOf('spoilt.onnx', [Number.NaN, 0, 0, 0])]);
    const refusal = watched.page.getByRole('alert').filter({ hasText: 'spoilt.onnx was not imported' });
    await refusal.waitFor({ timeout: PATIENCE });
    expect(await refusal.textContent()).toContain('not finite (NaN)');
    expect(await faults()).toEqual([]);
    await refusal.getByRole('button', { name: 'Dismiss' }).click();
  });

  it('imports a model once its licence is accepted, by keyboard', async () => {
    await studio.drop([fileOf(`${NAME}.onnx`, [0.4, 0.3, 0.2, 0.1])]);
    const dialog = watched.page.getByRole('dialog', { name: 'Import a model' });
    await dialog.waitFor({ timeout: PATIENCE });
    const submit = dialog.getByRole('button', { name: /^Import \d/ });
    expect(await submit.isDisabled()).toBe(true);
    expect(await dialog.textContent()).toContain('for scientific purposes');
    expect(await faults()).toEqual([]);
    await takePicture(watched.page, 'settings-licence');
    await dialog.getByRole('checkbox').press('Space');
    await submit.press('Enter');
    await row(NAME).waitFor({ timeout: PATIENCE });
    await row(NAME).press('Enter');
    await watched.page.getByRole('complementary', { name: NAME }).waitFor();
    await takePicture(watched.page, 'settings-imported');
    expect(await faults()).toEqual([]);
  });

  it('separates new songs with it, and lets a job that it fails go on with the bundled one', async () => {
    await watched.page.getByRole('button', { name: 'Use for new songs' }).click();
    await watched.page.getByRole('button', { name: 'Used for new songs' }).waitFor();
    expect(await watched.page.getByRole('radio', { name: NAME }).isChecked()).toBe(true);
    rmSync(join(host.home, 'models'), { recursive: true });
    const song = join(folder, 'short.wav');
    await writeWav(song, drumTrack(rockBars(120, 2), 4), '24');
    await studio.show('Library');
    // The demo song would be heard first, which takes its time.
    const other = watched.page.getByRole('button', { name: 'Cancel First Light' });
    if ((await other.count()) > 0) await other.click();
    await studio.drop([song]);
    const card = studio.job('short');
    await card.getByRole('button', { name: 'Use the bundled separator' }).click({ timeout: PATIENCE });
    await studio
      .trackRow('short')
      .filter({ hasNotText: '%' })
      .filter({ hasNotText: 'Queued' })
      .waitFor({ timeout: PATIENCE });
    await expect.poll(() => card.getByText('Stopped').count()).toBe(0);
  });

  it('removes it after asking', async () => {
    await studio.show('Settings');
    await row(NAME).click();
    await watched.page.getByRole('button', { name: 'Remove', exact: true }).click();
    const dialog = watched.page.getByRole('dialog', { name: 'Remove the model' });
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: /^Remove \d/ }).click();
    await row(NAME).waitFor({ state: 'detached' });
    await expect.poll(() => watched.page.getByRole('radio', { name: /drum-stem/ }).isChecked()).toBe(true);
  });
});
