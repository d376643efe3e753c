import { AxeBuilder } from '@axe-core/playwright';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMidi, ROLAND_TD } from '#shared/model';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { suiteFolder } from '#test/cli';
import { aNote, aPattern, meter } from '#test/pattern';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('MIDI files in the studio', () => {
  const folder = suiteFolder();
  const funk = aPattern(
    [
      aNote('kick', 0),
      aNote('chh', 2, { articulation: 'edge' }),
      // 8 ms at 125 BPM.
      aNote('snare', 4, { feel: 16 }),
      aNote('lt', 9, { articulation: 'rim' }),
      aNote('ride', 16, { articulation: 'bell' }),
      aNote('perc', 20, { articulation: 'note-99' }),
    ],
    { tempo: 125, bars: [meter(4, 4), meter(7, 8)] },
  );
  const fileOf = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const path = fileOf('Late funk.mid', encodeMidi(funk, { type: 1, map: ROLAND_TD }));
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let dialog: Locator;

  /** Drops files in the middle of the window, wherever that is. */
  async function dropAnywhere(paths: readonly string[]): Promise<void> {
    await watched.page.evaluate(
      "document.body.append(Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'held-by-the-hand' }))",
    );
    await watched.page.locator('#held-by-the-hand').setInputFiles([...paths]);
    await watched.page.evaluate(`{
      const hand = document.getElementById('held-by-the-hand');
      const dataTransfer = new DataTransfer();
      for (const file of hand.files) dataTransfer.items.add(file);
      const under = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      under.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      hand.remove();
    }`);
  }

  const becomes = async (note: number): Promise<string> =>
    dialog.getByRole('row', { name: new RegExp(`^${note} `) }).innerText();

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    dialog = watched.page.getByRole('dialog', { name: 'Import MIDI' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('are dropped on the grid and show what every note becomes by the map that they look like', async () => {
    await studio.show('Groove');
    await dropAnywhere([path]);
    await dialog.getByText('2 bars, 4/4, 7/8, 125 BPM, 6 notes').waitFor();
    expect(await becomes(22)).toMatch(/Closed hat.*edge/s);
    expect(await becomes(58)).toMatch(/Low tom.*rim/s);
    expect(await becomes(99)).toMatch(/Percussion.*not named/s);
    await takePicture(watched.page, 'midi-import-1440x900');
    const { violations } = await new AxeBuilder({ page: watched.page }).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
  });

  it('are read by another map when the user says so, which is remembered', async () => {
    await dialog.getByRole('button', { name: /Drum map/ }).click();
    await watched.page.getByRole('option', { name: 'Addictive Drums 2' }).click();
    expect(await becomes(53)).toMatch(/Closed hat.*bell/s);
    await watched.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await watched.page.keyboard.press('Control+o');
    await dialog.locator('input[type=file]').setInputFiles([path]);
    await dialog.getByText('Source of this map: Addictive Drums 2 Keymap').waitFor();
    await dialog.getByRole('button', { name: /Drum map/ }).click();
    await watched.page.getByRole('option', { name: /^As the file looks: Roland TD/ }).click();
    expect(await becomes(53)).toMatch(/Ride.*bell/s);
  });

  it('become a groove with its feel, open on a kit', async () => {
    await dialog.getByRole('button', { name: 'Import 1 file' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await watched.page.getByText('Late funk: 6 notes, each where the file has it.').waitFor();
    await watched.page.getByText(/does not name notes 99/).waitFor();
    const hits = await studio.hits();
    expect(hits).toContainEqual(
      expect.objectContaining({ lane: 'Snare', bar: 1, beat: 2, sixteenth: 0, offsetMs: 8 }),
    );
    expect(hits.length).toBe(6);
    await takePicture(watched.page, 'midi-imported-1440x900');
  });

  it('are found again in the palette, and a broken one says why it is none', async () => {
    await watched.page.keyboard.press('Control+k');
    await watched.page.keyboard.type('late f');
    await watched.page.getByRole('menuitem', { name: /Late funk/ }).waitFor();
    await watched.page.keyboard.press('Escape');
    await dropAnywhere([fileOf('broken.mid', new Uint8Array(30))]);
    await watched.page.getByText(/broken.mid is not a valid MIDI file/).waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
