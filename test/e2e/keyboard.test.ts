import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, takePicture, watchedPage } from '#test/browser';
import { parseSpokenHit, StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

/** Steps in one press, so that presses read as a hand's. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('the groove by keyboard alone', () => {
  let host: RunningHost;
  let browser: Browser;
  let page: Page;
  let studio: StudioPage;

  const cell = (): Promise<string> => studio.cursorCell();
  const hit = async () => parseSpokenHit(await cell());

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    ({ page } = await watchedPage(browser, { width: 1440, height: 900 }));
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('reaches the grid', async () => {
    await press(page, 'Control+4');
    await studio.grid.waitFor();
    for (let panel = 0; panel < 8; panel++) {
      await press(page, 'F6');
      if ((await page.locator('[role=gridcell]:focus').count()) > 0) break;
    }
    expect(await page.locator('[role=gridcell]:focus').count()).toBe(1);
    await takePicture(page, 'keyboard-grid');
  });

  it('moves between steps and rows and says where it is', async () => {
    await press(page, 'Home');
    await studio.expectCursorCell(/^Kick, bar 1 beat 1,/);
    await press(page, 'ArrowRight', 'ArrowRight');
    await studio.expectCursorCell(/^Kick, bar 1 beat 1-and,/);
    await press(page, 'Shift+ArrowRight');
    await studio.expectCursorCell(/^Kick, bar 1 beat 2-a,/);
    await press(page, 'ArrowDown');
    await studio.expectCursorCell(/^Snare, bar 1 beat 2-a,/);
    await press(page, 'PageDown');
    await studio.expectCursorCell(/^Snare, bar 2 beat 1,/);
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe(await cell());
  });

  it('puts a hit, moves it by 7 ms, takes it back and makes it again', async () => {
    await studio.expectCursorCell(/empty$/);
    await press(page, 'x');
    await studio.expectCursorCell(/velocity 100, on the grid$/);
    await press(page, 'Shift+Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowRight');
    await studio.expectCursorCell(/7 ms late$/);
    // Presses in quick succession are one gesture; on a busy machine they may be more.
    let steps = 0;
    while ((await hit()).offsetMs !== 0 && steps < 3) {
      await press(page, 'Control+z');
      steps++;
    }
    await studio.expectCursorCell(/velocity 100, on the grid$/);
    for (let step = 0; step < steps; step++) await press(page, 'Control+Shift+z');
    await studio.expectCursorCell(/7 ms late$/);
  });

  it('plays softer and louder, ghosts, and quantises', async () => {
    await press(page, 'Alt+ArrowUp', 'Shift+Alt+ArrowUp');
    expect((await hit()).velocity).toBe(106);
    await press(page, 'Alt+ArrowDown');
    expect((await hit()).velocity).toBe(105);
    await press(page, 'g');
    expect((await hit()).velocity).toBeLessThan(45);
    await press(page, 'q');
    expect((await hit()).offsetMs).toBe(0);
    await press(page, 'Control+z', 'Control+z');
    expect(await hit()).toMatchObject({ velocity: 105, offsetMs: 7 });
  });

  it('writes a late hit on the line that it is nearest to, and keeps where it sounds', async () => {
    const stepMs = 60_000 / 96 / 4;
    for (let times = 0; times < 20; times++) await press(page, 'Shift+Alt+ArrowRight');
    await studio.expectCursorCell(/107 ms late$/);
    await press(page, 'Shift+Q');
    await studio.expectCursorCell(/empty$/);
    await press(page, 'ArrowRight');
    expect((await hit()).offsetMs).toBeCloseTo(107 - stepMs, 1);
  });

  it('takes the hit away', async () => {
    await press(page, 'x');
    await studio.expectCursorCell(/empty$/);
  });

  it('mutes and solos the row', async () => {
    const row = page.getByRole('group', { name: 'Snare', exact: true });
    await press(page, 'm');
    await expect
      .poll(() => row.getByRole('button', { name: 'Mute Snare' }).getAttribute('aria-pressed'))
      .toBe('true');
    await press(page, 'm', 's');
    await expect
      .poll(() => row.getByRole('button', { name: 'Mute Snare' }).getAttribute('aria-pressed'))
      .toBe('false');
    await expect
      .poll(() => row.getByRole('button', { name: 'Solo Snare' }).getAttribute('aria-pressed'))
      .toBe('true');
    await press(page, 's');
  });

  it('generates takes, hears and compares them, keeps one, and tries another seed', async () => {
    const heard = (number: number) =>
      page.getByRole('button', { name: new RegExp(`^Take ${number}:`), pressed: true });
    await press(page, 'Control+g');
    await heard(1).waitFor();
    await page.getByRole('button', { name: /^Take 4:/ }).waitFor();
    await press(page, ']');
    await heard(2).waitFor();
    await press(page, '`');
    await page.getByRole('radio', { name: /Before/, checked: true }).waitFor();
    await press(page, '`', '[');
    await heard(1).waitFor();
    await press(page, 'Control+Enter');
    await page.getByRole('button', { name: 'Undo: Generate rock, seed 42, take 1' }).waitFor();
    const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
    await press(page, '}');
    await expect.poll(() => seed.inputValue()).not.toBe('42');
    await press(page, '{');
    await expect.poll(() => seed.inputValue()).toBe('42');
    await heard(1).waitFor();
    await press(page, 'Control+Backspace');
    await heard(1).waitFor({ state: 'detached' });
  });

  it('plays and stops', async () => {
    await press(page, 'Space');
    await studio.expectSound();
    await press(page, 'Enter');
    await page.waitForTimeout(300);
    expect(await studio.loudest(300)).toBe(-Infinity);
  });

  it('shows its keys, runs a command by name and opens the export', async () => {
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Put a hit, or take it away').waitFor();
    await press(page, 'Escape');
    await press(page, 'Control+k');
    await page.keyboard.type('open kit');
    await press(page, 'Enter');
    await page.locator('main[data-screen="kit"]').waitFor();
    await press(page, 'Control+4', 'Control+e');
    await page.getByRole('dialog', { name: 'Export' }).waitFor();
    await press(page, 'Escape');
    await page.getByRole('dialog', { name: 'Export' }).waitFor({ state: 'hidden' });
  });
});
