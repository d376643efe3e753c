import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { oddGroove, startGrooveHost } from '#test/groove-host';
import { StudioPage } from '#test/studio-page';
import type { RunningHost } from '#test/web-host';

const BAR = 3840;

describe('the grid of a groove with everything in it', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let studio: StudioPage;

  beforeAll(async () => {
    host = await startGrooveHost('odd', oddGroove, { offsetScale: '4', stepWidth: 27 });
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    ({ page } = watched);
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.grid.waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const cell = (row: string, tick: number): Locator => studio.grid.locator(`[data-cell="${row}:${tick}"]`);
  const words = async (row: string, tick: number): Promise<string> =>
    (await cell(row, tick).getAttribute('aria-label')) ?? '';
  const says = async (row: string, tick: number, wanted: RegExp): Promise<void> => {
    await expect.poll(() => words(row, tick), { timeout: 5000 }).toMatch(wanted);
  };
  /** Px of the window, `along` px after a cell's line. */
  async function placeIn(row: string, tick: number, along = 6): Promise<{ x: number; y: number }> {
    await page.evaluate(
      `document.querySelector('[data-cell="${row}:${tick}"]').scrollIntoView({ block: 'center', inline: 'nearest' })`,
    );
    const box = await cell(row, tick).boundingBox();
    if (!box) throw new Error('the cell is not in sight');
    return { x: box.x + along, y: box.y + box.height / 2 };
  }
  async function drag(
    from: { x: number; y: number },
    to: { x: number; y: number },
    ...keys: readonly string[]
  ): Promise<void> {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const key of keys) await page.keyboard.down(key);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
    for (const key of keys) await page.keyboard.up(key);
  }
  const undo = (): Promise<void> => page.keyboard.press('Control+z');
  const announced = (): Promise<string> => page.locator('main [role=status].sr-only').last().innerText();

  it('is a grid of each row’s own steps, every cell with its place in the whole', async () => {
    await expect.poll(() => studio.grid.getAttribute('aria-rowcount')).not.toBe('0');
    const row = studio.grid.locator('[role=row]:has([data-cell="MOTION chh:0"])');
    const triplet = row.getByRole('gridcell').nth(1);
    expect(await triplet.getAttribute('aria-label')).toMatch(
      /^Closed hat( as motion)?, bar 1 beat 1, triplet 2, velocity/,
    );
    expect(await row.locator('[aria-label*="bar 1 "]').count()).toBe(12);
    const plain = studio.grid.getByRole('row', { name: 'Kick', exact: true });
    expect(await plain.locator('[aria-label*="bar 1 "]').count()).toBe(16);
    expect(await plain.locator('[aria-label*="bar 2 "]').count()).toBe(14);
    const column = Number(await triplet.getAttribute('aria-colindex'));
    const next = Number(await row.getByRole('gridcell').nth(2).getAttribute('aria-colindex'));
    expect(next - column).toBe(Number((await triplet.getAttribute('aria-colspan')) ?? 1));
    expect(Number(await studio.grid.getAttribute('aria-colcount'))).toBeGreaterThan(46);
  });

  it('loops the bars that are drawn along the ruler’s edge, and all again after a click there', async () => {
    const first = await placeIn('CORE kick', 0);
    const second = await placeIn('CORE kick', BAR + 240);
    const edge = (await page.locator('[data-ruler]').boundingBox())?.y ?? Number.NaN;
    await drag({ x: first.x, y: edge + 3 }, { x: first.x + 80, y: edge + 3 });
    await page.getByText(/, loops bar 1$/).waitFor();
    await page.keyboard.down('Shift');
    await drag({ x: first.x, y: edge + 20 }, { x: second.x, y: edge + 20 });
    await page.keyboard.up('Shift');
    await page.getByText(/, loops bars 1–2$/).waitFor();
    await page.mouse.click(first.x, edge + 3);
    await page.getByText(/, loop of \d+ bars$/).waitFor();
  });

  it('says what each hit is', async () => {
    expect(await words('ACCENT snare', BAR + 4 * 240)).toMatch(
      /^Snare( as accent)?, bar 2 beat 3, velocity 96, 7 ms late/,
    );
    expect(await words('ACCENT snare', 12 * 240)).toMatch(/flam/);
    expect(await words('ACCENT rim', 6 * 240)).toMatch(/60/);
    expect(await words('FILL mt', 6 * 240)).toMatch(/at bar 1 beat 2-and and 77 ticks/);
    expect(await words('TEXTURE perc', 12 * 240)).toMatch(/repeat of bar 1 beat 1/);
    await takePicture(page, 'grid-odd-1440');
  });

  it('puts a hit on the row’s own step by a click, and takes it away by a double click', async () => {
    const tick = BAR + 960 + 320;
    await says('MOTION chh', tick, /triplet 3, empty$/);
    await page.mouse.click(...at(await placeIn('MOTION chh', tick)));
    await says('MOTION chh', tick, /triplet 3, velocity 100, on the grid/);
    await expect.poll(announced).toMatch(/^Put closed hat/);
    await page.waitForTimeout(600);
    await page.mouse.dblclick(...at(await placeIn('MOTION chh', tick, 5)));
    await says('MOTION chh', tick, /empty$/);
    await undo();
    await undo();
    await expect.poll(announced).toMatch(/^Undone: Put closed hat/);
  });

  it('drags a hit from step to step with its offset, in true time with Alt, and to another row', async () => {
    const from = await placeIn('ACCENT snare', 960, 12);
    await drag(from, { x: from.x + 54, y: from.y });
    await says('ACCENT snare', 1440, /14 ms late/);
    await says('ACCENT snare', 960, /empty$/);
    await undo();
    await drag(from, { x: from.x - 5, y: from.y }, 'Alt');
    // 27 px are 125 ms.
    await says('ACCENT snare', 960, /9 ms early/);
    await undo();
    const rim = await placeIn('ACCENT rim', 960, 12);
    await drag(from, { x: from.x, y: rim.y });
    await says('ACCENT rim', 960, /14 ms late/);
    await undo();
    await says('ACCENT snare', 960, /14 ms late/);
  });

  it('edits the source of a repeat', async () => {
    const first = 12 * 240;
    await page.mouse.click(...at(await placeIn('TEXTURE perc', first + 4 * 240)));
    await says('TEXTURE perc', first + 4 * 240, /velocity 100.*repeat of bar 1 beat 2/);
    await says('TEXTURE perc', 4 * 240, /velocity 100/);
    await page.keyboard.press('Delete');
    await says('TEXTURE perc', 4 * 240, /empty$/);
    await undo();
    await undo();
  });

  it('chooses with a rubber band, adds with Shift, and moves what is chosen together', async () => {
    const kick = await placeIn('CORE kick', 0, 20);
    await drag({ x: kick.x, y: kick.y - 12 }, { x: kick.x + 27 * 12, y: kick.y + 8 });
    const chosen = studio.grid.locator('[aria-selected=true]');
    await expect.poll(() => chosen.count()).toBe(2);
    await page.keyboard.down('Shift');
    await page.mouse.click(...at(await placeIn('ACCENT snare', 960, 12)));
    await page.keyboard.up('Shift');
    await expect.poll(() => chosen.count()).toBe(3);
    await page.keyboard.press('Shift+Alt+ArrowRight');
    await says('CORE kick', 7 * 240, /2 ms late/);
    await says('ACCENT snare', 960, /19 ms late/);
    await undo();
  });

  it('moves by keys over a row’s own steps, and says so', async () => {
    await page.mouse.click(...at(await placeIn('MOTION chh', 0, 5)));
    await page.keyboard.press('ArrowRight');
    await studio.expectCursorCell(/triplet 2/);
    expect(await page.locator(':focus').getAttribute('data-cell')).toBe('MOTION chh:320');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await studio.expectCursorCell(/bar 3 beat 1/);
    expect(await page.locator(':focus').getAttribute('role')).toBe('gridcell');
    await page.keyboard.press('x');
    await studio.expectCursorCell(/bar 3 beat 1, velocity 100/);
    await undo();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
  });

  it('draws velocities and chances across the row', async () => {
    const lane = page.locator('[data-value-lane]');
    const box = await lane.boundingBox();
    const kick = await placeIn('CORE kick', 0, 6);
    await page.mouse.click(kick.x, kick.y);
    if (!box) throw new Error('no lane');
    await drag(
      { x: kick.x - 4, y: box.y + box.height - 8 },
      { x: kick.x + 27 * 11, y: box.y + box.height - 8 },
    );
    await says('CORE kick', 0, /velocity 1,/);
    await says('CORE kick', 10 * 240, /velocity 1,/);
    await undo();
    await page.keyboard.press('Shift+V');
    await page.getByRole('region', { name: 'Chance of Kick' }).waitFor();
    await drag(
      { x: kick.x - 4, y: box.y + box.height / 2 },
      { x: kick.x + 27 * 11, y: box.y + box.height / 2 },
    );
    await says('CORE kick', 7 * 240, /(49|50|51) %/);
    await takePicture(page, 'grid-chance');
    await undo();
    await page.keyboard.press('Shift+V');
  });

  it('zooms about the pointer, and goes elsewhere by the overview', async () => {
    const scrolled = (): Promise<number> =>
      page.evaluate<number>('document.querySelector("[data-grid-content]").parentElement.scrollLeft');
    const wide = async (): Promise<number> => (await cell('CORE kick', 0).boundingBox())?.width ?? 0;
    const before = await wide();
    const { x, y } = await placeIn('CORE kick', 1920, 0);
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await expect.poll(wide).toBeGreaterThan(1.5 * before);
    await expect.poll(async () => (await cell('CORE kick', 1920).boundingBox())?.x).toBeCloseTo(x, -1);
    const overview = await page.locator('[data-overview]').boundingBox();
    if (!overview) throw new Error('no overview');
    const was = await scrolled();
    await page.mouse.click(overview.x + overview.width - 4, overview.y + 8);
    await expect.poll(scrolled).toBeGreaterThan(was);
    await page.keyboard.press('w');
    await expect.poll(() => page.locator('[data-overview]').count()).toBe(0);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
  });

  it('shows a row for each role, where a click puts the instrument it is on', async () => {
    await page.keyboard.press('Shift+R');
    await expect.poll(() => studio.grid.getAttribute('aria-rowcount')).toBe('5');
    expect(await words('ACCENT', 6 * 240)).toMatch(/^Accent, bar 1 beat 2-and, rim, velocity/);
    await takePicture(page, 'grid-roles');
    await page.keyboard.press('Shift+R');
    await expect.poll(() => studio.grid.getAttribute('aria-rowcount')).not.toBe('5');
  });

  it('is without fault in both themes and in every size', async () => {
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(500);
      expect(watched.complaints).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      // Axe measures with style elements of its own, which the policy refuses.
      watched.complaints.length = 0;
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`)),
      ).toEqual([]);
      await takePicture(page, `grid-odd-${width}`);
      await page.keyboard.press('Control+Shift+l');
    }
  });
});

const at = ({ x, y }: { readonly x: number; readonly y: number }): readonly [number, number] => [x, y];
