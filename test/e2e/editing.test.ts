import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, takePicture, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('editing a groove', () => {
  let host: RunningHost;
  let browser: Browser;
  let page: Page;
  let studio: StudioPage;
  const faults: string[] = [];
  let complaints: string[] = [];

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const field = (name: string): Locator => page.getByRole('textbox', { name, exact: true });
  const undoes = (label: string): Promise<void> =>
    page.getByRole('button', { name: `Undo: ${label}`, exact: true }).waitFor({ timeout: 10_000 });
  const says = (text: string | RegExp): Promise<void> => studio.expectCursorCell(text);
  const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
  const findFaults = async (where: string): Promise<void> => {
    expect(complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    faults.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(node => `${where} ${id}: ${node.html.slice(0, 160)}`),
      ),
    );
    // Axe measures with style elements of its own, which the policy refuses.
    complaints.length = 0;
  };
  const close = async (open: Locator): Promise<void> => {
    await press('Escape');
    await open.waitFor({ state: 'detached' });
  };
  const all = async (): Promise<(string | null)[]> => {
    const cells = await studio.grid.locator('[role=gridcell][data-filled=true]').all();
    return Promise.all(cells.map(cell => cell.getAttribute('aria-label')));
  };
  let start: (string | null)[] = [];
  const undoEverything = async (): Promise<void> => {
    const nothing = page.getByRole('button', { name: 'Undo', exact: true });
    for (let steps = 0; steps < 60 && (await nothing.count()) === 0; steps++) await press('Control+z');
    await expect.poll(all, { timeout: 5000 }).toEqual(start);
  };
  const toGrid = async (): Promise<void> => {
    await studio.grid.locator('[role=gridcell][tabindex="0"]').focus();
  };

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    ({ page, complaints } = await watchedPage(browser, { width: 1280, height: 720 }));
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
    await press('Control+4');
    await studio.grid.waitFor();
    await toGrid();
    await press('Home');
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('ornaments, ratchets, gives a chance and moves by keys', async () => {
    await says(/^Kick, bar 1 beat 1,/);
    start = await all();
    await press('ArrowDown', 'ArrowDown', 'x', 'f', '>', ',', ',');
    await says(/^Rim, bar 1 beat 1, velocity 100, on the grid, flam, 2 strokes, 80 % chance$/);
    await press('Shift+d');
    await says(/on the grid, ruff,/);
    await undoes('Ruff on rim');
    await press('Control+ArrowRight', 'Control+ArrowRight');
    await says(/^Rim, bar 1 beat 1-and, velocity 100/);
    await press('Control+ArrowDown');
    await says(/^Clap, bar 1 beat 1-and, velocity 100/);
    await press('Alt+ArrowRight', 'Alt+ArrowRight', 'Shift+Alt+ArrowRight');
    await says(/7 ms late/);
    await undoes('Move clap by 7 ms');
  });

  it('copies hits, with the groove and without, and the groove alone', async () => {
    await press('Control+c', 'ArrowDown', 'ArrowDown', 'Control+v');
    await says(/^Pedal hat, bar 1 beat 1-and, velocity 100, 7 ms late, ruff, 2 strokes, 80 % chance$/);
    await press('ArrowDown', 'Control+Shift+v');
    await says(/^Open hat, bar 1 beat 1-and, velocity 100, on the grid$/);
    await undoes('Paste 1 hit without the groove');
    await press('Control+Alt+v');
    await says(/^Open hat, bar 1 beat 1-and, velocity 100, 7 ms late$/);
    await press('Control+x');
    await says(/empty$/);
  });

  it('gives a row a grid and a length of its own, and steps by them', async () => {
    await press('Alt+r');
    const row = dialog('Open hat');
    await row.waitFor();
    await row.getByRole('button', { name: /Steps of the row/ }).press('Enter');
    await page.getByRole('option', { name: '8th triplets' }).press('Enter');
    await undoes('Grid of open hat to 8T');
    await field('Length of the row in steps').fill('5');
    await field('Length of the row in steps').press('Enter');
    await undoes('Length of open hat to 5 steps');
    await row.getByText('Mixed in the bar').click();
    await takePicture(page, 'editing-row');
    await findFaults('row');
    await close(row);
    await press('Control+z', 'Home', 'ArrowRight');
    await page.getByRole('group', { name: 'Open hat', exact: true }).getByText('8T × 5 steps').waitFor();
    await press('x', 'ArrowRight', 'x');
    await expect
      .poll(async () => (await all()).filter(text => text?.startsWith('Open hat')).length)
      .toBeGreaterThan(2);
  });

  it('changes the meter of bars, duplicates and deletes them', async () => {
    await press('b');
    const bars = dialog(/^Meter and tempo of bar 1$/);
    await bars.waitFor();
    const meter = field('Meter, such as 4/4 or 3+2+2/8');
    await meter.fill('3+2/9');
    await meter.press('Enter');
    await bars.getByRole('alert').getByText('Like 4/4').waitFor();
    await meter.fill('3+2+2/8');
    await meter.press('Enter');
    await undoes('Meter of bar 1 to 3+2+2/8');
    await takePicture(page, 'editing-bars');
    await close(bars);
    await expect.poll(() => field('Meter of bar 1').inputValue()).toBe('3+2+2/8');
    await press('Control+d', 'Control+i');
    await undoes('Insert bar 1');
    await expect.poll(() => field('Bars of the groove').inputValue()).toBe('6');
    await press('Shift+Delete');
    // The bars of what is selected, which the new bar has moved on.
    await undoes('Delete bar 2');
    await expect.poll(() => field('Bars of the groove').inputValue()).toBe('5');
    await undoEverything();
  });

  it('selects every other hit of a row and ramps what is selected', async () => {
    await toGrid();
    await press('Home', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Control+f');
    const select = dialog('Select hits');
    await select.waitFor();
    const status = select.getByRole('status');
    const every = Number((await status.textContent())?.split(' ')[0]);
    await field('Every how many hits').fill('2');
    await field('Every how many hits').press('Enter');
    await status.getByText(`${Math.ceil(every / 2)} hits`).waitFor();
    await select.getByRole('button', { name: 'Select', exact: true }).press('Enter');
    const strip = page.getByRole('region', { name: 'Selected hits' });
    await strip.getByText(`${Math.ceil(every / 2)} hits`).waitFor();
    await press('v');
    const velocities = dialog('Velocities');
    await velocities.waitFor();
    await studio.type('Velocity of the first hit', '20');
    await studio.type('Velocity of the last hit', '120');
    await velocities.getByRole('button', { name: 'Apply' }).press('Enter');
    await strip.getByText('20–120').waitFor();
    await undoes('Velocity of kick from 20 to 120');
    await press('i');
    await strip.getByText(/^\d+ rows$/).waitFor();
    await undoEverything();
  });

  it('keeps a locked row from edits', async () => {
    await toGrid();
    await press('Home');
    await says(/^Kick, bar 1 beat 1, velocity/);
    await press('Shift+l', 'x');
    await page.getByText('The row is locked: unlock it at its head to change it.').waitFor();
    await says(/^Kick, bar 1 beat 1, velocity/);
    expect(await all()).toEqual(start);
    await press('Shift+l', 'x');
    await says(/empty$/);
    await undoEverything();
  });

  it('does the same by mouse: fields, the menu of a hit, the menu of a bar', async () => {
    const snare = studio.grid.locator('[role=gridcell][data-filled=true][aria-label^="Snare"]').first();
    await studio.clickHit(snare);
    await studio.type('Offset in milliseconds', '+7.5');
    await expect.poll(() => snare.getAttribute('aria-label')).toMatch(/7\.5 ms late/);
    await undoes('Offset of snare to +8 ms');
    const box = await snare.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 6, (box?.y ?? 0) + 24, { button: 'right' });
    const hits = page.getByRole('menu', { name: 'Hits' });
    await hits.waitFor();
    await page.getByRole('menuitem', { name: 'Flam' }).click();
    await expect.poll(() => snare.getAttribute('aria-label')).toMatch(/flam/);
    await page.mouse.click((box?.x ?? 0) + 6, (box?.y ?? 0) + 24, { button: 'right' });
    await hits.waitFor();
    await takePicture(page, 'editing-hit-menu');
    await findFaults('menu of hits');
    await close(hits);
    const grid = await studio.grid.boundingBox();
    await page.mouse.click((grid?.x ?? 0) + 120, (grid?.y ?? 0) + 12, { button: 'right' });
    const bars = page.getByRole('menu', { name: 'Bars' });
    await bars.waitFor();
    await page.getByRole('menuitem', { name: 'Duplicate bar 1' }).click();
    await undoes('Duplicate bar 1');
    await studio.type('Bars of the groove', '128');
    await undoes('Make it 128 bars');
    await studio.type('Swing, percent of the pair', '58');
    await undoes('Swing to 58 %, 16th');
    await page.getByRole('button', { name: 'Select hits' }).click();
    const menu = page.getByRole('menu', { name: 'Select hits' });
    await menu.waitFor();
    await takePicture(page, 'editing-select-menu');
    await close(menu);
    await undoEverything();
  });

  it('looks as it should in three windows, and axe finds nothing', async () => {
    await press('Control+a');
    for (const [width, height] of [
      [1280, 720],
      [1440, 900],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(400);
      await takePicture(page, `editing-${width}x${height}`);
      const overflow = await page.evaluate(
        `['[role=toolbar][aria-label=Groove]', 'section[aria-label="Selected hits"]'].map(name => {
          const element = document.querySelector(name);
          return element.scrollWidth - element.clientWidth;
        })`,
      );
      expect(overflow).toEqual([0, 0]);
    }
    await findFaults('groove');
    expect(faults).toEqual([]);
  });
});
