import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '#test/browser';
import { openPageScript } from '#test/page-script';

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

  it('begins every voice on its frame', async () => {
    const errors: number[] = await page.evaluate('startErrors(400, 127.3)');
    expect(errors).toHaveLength(400);
    expect(errors.filter(error => error !== 0)).toEqual([]);
  });

  it('keeps a groove on the beats of a drifting song’s stem, to a frame, from the first to the last', async () => {
    const errors: number[] = await page.evaluate('songErrors(45)');
    expect(errors.length).toBeGreaterThan(80);
    expect(errors.filter(error => !(Math.abs(error) <= 1))).toEqual([]);
  });
});
