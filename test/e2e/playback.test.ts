import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { openPageScript } from '#test/page-script';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

interface Comparison {
  readonly difference: number;
  readonly peak: number;
  readonly strokes: number;
  readonly choked: number;
}

describe('what the window plays', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await openPageScript(browser, 'playback-page');
  });
  afterAll(() => browser?.close());

  it.each([1, 2, 3])('is what the render writes, below -80 dBFS: dense pattern %i, looped', async seed => {
    const found: Comparison = await page.evaluate(`previewAgainstRender(${seed})`);
    expect(found.strokes).toBeGreaterThan(300);
    expect(found.choked).toBeGreaterThan(60);
    expect(found.peak).toBeGreaterThan(-6);
    expect(found.difference).toBeLessThan(-80);
  });

  it.each([5, 6])('plays layers, takes and shapes as the render does (seed %i)', async seed => {
    const found: { difference: number; peak: number; strokes: number; hits: number; shaped: number } =
      await page.evaluate(`previewAgainstRender(${seed}, true)`);
    expect(found.strokes).toBeGreaterThan(300);
    expect(found.hits).toBeGreaterThan(18);
    expect(found.shaped).toBeGreaterThan(200);
    expect(found.peak).toBeGreaterThan(-12);
    expect(found.difference).toBeLessThan(-80);
  });

  it('begins every voice on its frame', async () => {
    const errors: number[] = await page.evaluate('startErrors(400, 127.3)');
    expect(errors).toHaveLength(400);
    expect(errors.filter(error => error !== 0)).toEqual([]);
  });

  it('plays on through changes without a click, and mutes what rings', async () => {
    const found: { before: number; after: number; step: number; tone: number } =
      await page.evaluate('changesWhilePlaying()');
    expect(found.before).toBeGreaterThan(0.4);
    expect(found.after).toBe(0);
    // Falling over 8 ms is steeper than the tone by 1/384 a frame at most.
    expect(found.step).toBeLessThan(0.5 * (found.tone + 1 / 380));
  });

  it('keeps a groove on the beats of a drifting song’s stem, to a frame, from the first to the last', async () => {
    const errors: number[] = await page.evaluate('songErrors(45)');
    expect(errors.length).toBeGreaterThan(80);
    expect(errors.filter(error => !(Math.abs(error) <= 1))).toEqual([]);
  });
});

/** What a source of sound was told, on the audio clock in seconds. */
interface Start {
  readonly now: number;
  readonly when: number;
  readonly seconds: number;
  readonly rate: number;
}

const CLICK_SECONDS = 0.04;
const isClick = ({ seconds }: Start): boolean => Math.abs(seconds - CLICK_SECONDS) < 1e-3;
/** Stems are read in pieces of 2 s, the first a quarter of it. */
const isPieceOfStem = ({ seconds }: Start): boolean => Math.abs(seconds - 2) < 0.01;

describe('the transport', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.addInitScript(`
      globalThis.starts = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
        const { currentTime, sampleRate } = this.context;
        starts.push({ now: currentTime, when, seconds: this.buffer.duration, rate: sampleRate });
        return start.call(this, when, ...rest);
      };
    `);
    await watched.page.goto(host.address);
    await studio.demoReady();
    await studio.show('Groove');
    await studio.grid.waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const press = (keys: string): Promise<void> => watched.page.keyboard.press(keys);
  const bar = () => watched.page.getByRole('contentinfo', { name: 'Transport' });
  const place = (): Promise<string> => bar().locator('b').first().innerText();
  const begun = (): Promise<Start[]> => watched.page.evaluate('starts');
  const forget = (): Promise<unknown> => watched.page.evaluate('starts.length = 0');

  it('starts every hit on a whole frame, ahead of its time', async () => {
    await press('Space');
    await studio.expectSound();
    await expect.poll(async () => (await begun()).length).toBeGreaterThan(12);
    for (const { now, when, rate } of await begun()) {
      expect(Math.abs(when * rate - Math.round(when * rate))).toBeLessThan(1e-4);
      expect(when).toBeGreaterThanOrEqual(now - 0.01);
    }
  });

  it('goes on in time when the window is stuck, without a burst of what went by', async () => {
    await forget();
    await watched.page.evaluate('for (const end = performance.now() + 1500; performance.now() < end; );');
    await expect.poll(async () => (await begun()).length).toBeGreaterThan(3);
    expect((await begun()).filter(({ now, when }) => when < now - 0.01)).toEqual([]);
    await studio.expectSound();
  });

  it('looks seconds ahead while the window is hidden', async () => {
    await forget();
    await watched.page.evaluate(`{
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await expect
      .poll(async () => Math.max(0, ...(await begun()).map(({ now, when }) => when - now)))
      .toBeGreaterThan(3);
    await watched.page.evaluate('delete document.hidden');
  });

  it('has a metronome that is heard at once and stops at once', async () => {
    await press('c');
    await expect.poll(async () => (await begun()).some(isClick)).toBe(true);
    await bar().getByRole('slider', { name: 'Level of the metronome' }).waitFor();
    await press('c');
    await watched.page.waitForTimeout(100);
    await forget();
    await watched.page.waitForTimeout(900);
    expect((await begun()).filter(isClick)).toEqual([]);
  });

  it('keeps its place through a change of tempo', async () => {
    const before = await place();
    await studio.type('Tempo', '140');
    const after = await place();
    const beats = (text: string): number => {
      const [bars = 0, beat = 0] = text.split('.').map(Number);
      return 4 * (bars - 1) + beat - 1;
    };
    // Some beats may go by while it is typed, not the pattern's sixteen.
    expect((beats(after) - beats(before) + 16) % 16).toBeLessThan(8);
    await studio.expectSound();
    await press('Control+z');
    await watched.page.evaluate('document.activeElement.blur()');
  });

  it('loops the bars of what is selected', async () => {
    await press('Space');
    await press('Enter');
    const hit = studio.grid.locator('[role=gridcell][data-filled=true][aria-label*="bar 1 "]').first();
    await hit.scrollIntoViewIfNeeded();
    await studio.clickHit(hit);
    await press('Alt+l');
    await bar()
      .getByText(/loops bar 1/)
      .waitFor();
    await press('Space');
    const seen: string[] = [];
    await expect
      .poll(
        async () => {
          seen.push(await place());
          return seen.some((at, index) => at.startsWith('1.1') && seen[index - 1]?.startsWith('1.4'));
        },
        { interval: 40 },
      )
      .toBe(true);
    expect(seen.filter(at => !at.startsWith('1.'))).toEqual([]);
    await press('Space');
    await press('Alt+l');
  });

  it('counts a bar in before the first hit', async () => {
    await press('Enter');
    await press('Shift+C');
    await bar().getByRole('button', { name: 'Count-in 1', pressed: true }).waitFor();
    await forget();
    await press('Space');
    await expect.poll(place).toMatch(/^−[1-4]$/);
    await expect.poll(async () => (await begun()).some(start => !isClick(start))).toBe(true);
    const starts = await begun();
    const clicks = starts.filter(isClick);
    const first = Math.min(...starts.filter(start => !isClick(start)).map(({ when }) => when));
    expect(clicks).toHaveLength(4);
    expect(Math.max(...clicks.map(({ when }) => when))).toBeLessThan(first);
    await press('Shift+C');
    await press('Shift+C');
  });

  it('plays the song without its drums under the groove, from a bar of it and at a level', async () => {
    await press('Shift+S');
    const song = bar().getByRole('group', { name: 'Song under the groove' });
    await song.getByRole('slider', { name: 'Level of the song' }).waitFor();
    await expect.poll(async () => (await begun()).some(isPieceOfStem)).toBe(true);
    await studio.type('Bar of the song', '3');
    await studio.expectSound();
    await takePicture(watched.page, 'playback-song');
    await watched.page.reload();
    await studio.grid.waitFor();
    await expect
      .poll(() => bar().getByRole('textbox', { name: 'Bar of the song' }).inputValue())
      .toMatch(/^3/);
  });

  it('never complained, and is accessible', async () => {
    // Before axe, which copies styles to where the security policy forbids them.
    expect(watched.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page: watched.page })
      .include('[aria-label="Transport"]')
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});
