import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '#test/browser';
import { openPageScript } from '#test/page-script';
import type { Loudness } from '#shared/dsp';

describe('the mixer of the window', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await openPageScript(browser, 'mixer-page');
  });
  afterAll(() => browser?.close());

  it.each(['plain', 'full'])('plays what the render writes of a %s mix, below -80 dBFS', async name => {
    const found: { difference: number; peak: number } = await page.evaluate(`mixerAgainstRender('${name}')`);
    expect(found.peak).toBeGreaterThan(-6);
    expect(found.difference).toBeLessThan(-80);
  });

  it('meters what sounds, and silences a role within a moment', async () => {
    const found: { strip: number[]; master: number[]; loudness: Loudness } =
      await page.evaluate('liveMeters()');
    for (const peak of [...found.strip, ...found.master]) expect(20 * Math.log10(peak)).toBeCloseTo(-6, 1);
    expect(found.loudness.momentaryLufs).toBeCloseTo(-6, 1);
    expect(found.loudness.truePeakDecibels).toBeCloseTo(-6, 1);
  });
});
