import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('slices by hand', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let studio: StudioPage;
  let table: Locator;
  /** As the machine hears the song. */
  let heard: number;

  const count = async (): Promise<number> => Number(await table.getAttribute('aria-rowcount')) - 1;
  const row = (index: number): Locator => table.locator(`[aria-rowindex="${index + 2}"]`);
  const mark = (index: number): Promise<string> => row(index).getByRole('gridcell').last().innerText();
  const undo = (): Promise<void> => page.keyboard.press('Control+z');
  const edits = (): Locator => page.locator('[data-frozen]');
  const isCut = async (): Promise<void> => {
    await page.getByText('Cutting …').waitFor({ state: 'hidden', timeout: 120_000 });
  };
  /** The onset that the inspector tells, in seconds. */
  async function onset(): Promise<number> {
    const text = await page.getByRole('complementary', { name: 'Slice' }).innerText();
    const [, minutes, seconds] = /Onset\s+(\d+):([\d.]+)/.exec(text) ?? [];
    return 60 * Number(minutes) + Number(seconds);
  }

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    ({ page } = watched);
    studio = new StudioPage(page);
    table = page.getByRole('grid', { name: 'Slices' });
    await page.goto(host.address);
    await studio.demoReady();
    await studio.trackRow('First Light').click();
    await studio.show('Slices');
    await row(0).waitFor();
    heard = await count();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('follow the sensitivity while it is set, and undo takes it back', async () => {
    const slider = page.getByRole('slider', { name: 'Sensitivity' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(count).toBeLessThan(heard);
    await page.getByRole('button', { name: 'Undo: Sensitivity' }).waitFor();
    await undo();
    await expect.poll(count).toBe(heard);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(count).toBeLessThan(heard);
    await undo();
    await expect.poll(count).toBe(heard);
  });

  it('are moved, deleted, merged and split by keys, each a step that undo takes back', async () => {
    await row(1).click();
    const before = await onset();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => mark(1)).toContain('Moved');
    expect((await onset()) - before).toBeCloseTo(0.001, 2);
    await undo();
    await expect.poll(() => mark(1)).not.toContain('Moved');
    await page.keyboard.press('Delete');
    await expect.poll(count).toBe(heard - 1);
    await undo();
    await expect.poll(count).toBe(heard);
    await row(2).click();
    await page.keyboard.press('j');
    await expect.poll(count).toBe(heard - 1);
    expect(await mark(1)).toContain('Merged');
    await undo();
    await expect.poll(count).toBe(heard);
    await row(0).click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => page.locator('[data-chosen]').innerText()).toBe('3 slices');
    await page.keyboard.press('Delete');
    await expect.poll(count).toBe(heard - 3);
    await undo();
    await expect.poll(count).toBe(heard);
    expect(watched.complaints).toEqual([]);
  });

  it('are dragged, split where one clicks and added by a double click', async () => {
    await row(0).click();
    const first = await onset();
    await row(1).click();
    const second = await onset();
    const box = await page.locator('[data-slices-picture]').boundingBox();
    if (!box) throw new Error('no picture');
    const from = Math.max(0, first - 0.2);
    const xOf = (seconds: number): number => box.x + ((seconds - from) / 4) * box.width;
    const y = box.y + box.height * 0.6;
    await page.mouse.move(xOf(second), y);
    await page.mouse.down();
    await page.mouse.move(xOf(second) + 15, y, { steps: 3 });
    await page.keyboard.down('Alt');
    await page.mouse.move(xOf(second) + 20, y);
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect.poll(() => mark(1)).toContain('Moved');
    expect((await onset()) - second).toBeCloseTo((20 / box.width) * 4, 2);
    await page.mouse.click(xOf((first + second) / 2), y);
    await page.keyboard.press('s');
    await expect.poll(count).toBe(heard + 1);
    await page.keyboard.down('Alt');
    await page.mouse.dblclick(xOf(first + (second - first) / 4), y);
    await page.keyboard.up('Alt');
    await expect.poll(count).toBe(heard + 2);
    expect(await edits().innerText()).toContain('3 edits');
    await takePicture(page, 'slices-edited');
  });

  it('freeze the detection, and stay through a reload and another way of cutting', {
    timeout: 300_000,
  }, async () => {
    await expect.poll(() => page.getByRole('slider', { name: /Sensitivity/ }).isDisabled()).toBe(true);
    await isCut();
    await page.reload();
    await row(0).waitFor();
    await expect.poll(count).toBe(heard + 2);
    expect(await edits().innerText()).toContain('3 edits');
    await page.getByText('Two hits', { exact: true }).click();
    await page.getByText('Cutting …').waitFor();
    await isCut();
    expect(await edits().innerText()).toContain('3 edits');
    const marks = async (): Promise<string> => (await Promise.all([0, 1, 2, 3].map(mark))).join();
    await expect.poll(marks, { timeout: 30_000 }).not.toContain('To be cut');
    for (const word of ['Moved', 'Split', 'Added']) expect(await marks()).toContain(word);
  });

  it('are as the machine hears them after Reset, which asks first and can be undone', async () => {
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await edits().waitFor({ state: 'hidden' });
    await expect.poll(count).toBe(heard);
    await undo();
    await edits().waitFor();
    expect(await edits().innerText()).toContain('3 edits');
    expect(watched.complaints).toEqual([]);
  });

  it('have no faults that axe can find while they are edited', async () => {
    await page.getByRole('button', { name: 'Tails' }).click();
    await page.getByRole('dialog', { name: 'Tails and fades' }).waitFor();
    await page.waitForTimeout(300);
    const open = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
    await page.keyboard.press('Escape');
    const closed = await new AxeBuilder({ page }).analyze();
    const faults = [...open.violations, ...closed.violations].flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 160)}`),
    );
    expect(faults).toEqual([]);
  });
});
