import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Loudness } from '#shared/dsp';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { openPageScript } from '#test/page-script';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

describe('the mixer of the window', () => {
  let page: Page;
  beforeAll(async () => {
    page = await openPageScript(browser, 'mixer-page');
  });

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

describe('the mixer under the grid', () => {
  let host: RunningHost;
  let watched: WatchedPage;
  let studio: StudioPage;
  const undo = (label: string): Promise<void> =>
    watched.page.getByRole('button', { name: `Undo: ${label}`, exact: true }).waitFor();
  const fader = () => watched.page.getByRole('slider', { name: 'Gain of the Accent bus' });
  const gain = () => watched.page.getByRole('textbox', { name: 'Gain of the Accent bus, dB' });

  beforeAll(async () => {
    host = await startDemoHost();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    await studio.show('Groove');
    await studio.grid.waitFor();
  }, 180_000);
  afterAll(() => host?.close());

  it('opens on its key, and takes keys, numbers and a hand: each gesture is one step', async () => {
    const { page } = watched;
    await page.keyboard.press('Shift+M');
    await fader().focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowDown');
    await undo('Accent bus −2.0 dB');
    expect(await fader().getAttribute('aria-valuetext')).toBe('−2.0 dB');
    const box = await fader().boundingBox();
    if (!box) throw new Error('the fader is not in sight');
    const middle = box.x + box.width / 2;
    await page.mouse.move(middle, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(middle, box.y + 30, { steps: 5 });
    await page.mouse.up();
    expect(await gain().inputValue()).not.toBe('−2.0');
    await page.keyboard.press('Control+z');
    await expect.poll(() => gain().inputValue()).toBe('−2.0');
    await page.keyboard.press('Control+z');
    await expect.poll(() => gain().inputValue()).toBe('0.0');
    await studio.type('Drive of the Core bus, percent', '70');
    await undo('Core bus drive 70 %');
  });

  it('is heard: a driven master is held at the limiter’s ceiling, and a muted mix is silent', async () => {
    const { page } = watched;
    await studio.type('Gain of the master, dB', '12');
    await page.getByText('Limiter', { exact: true }).click();
    await undo('Limiter at −1.0 dBTP');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await studio.expectSound();
    const reading = async (name: string): Promise<number> => {
      const text = await page.locator(`[data-reading="${name}"]`).textContent();
      return Number((text ?? '').replace('−', '-'));
    };
    await expect.poll(() => reading('truePeak'), { timeout: 15_000 }).toBeGreaterThan(-1.5);
    expect(await reading('truePeak')).toBeLessThanOrEqual(-0.9);
    await expect.poll(() => reading('momentaryLufs')).toBeGreaterThan(-40);
    await takePicture(page, 'mixer');
    for (const role of ['Core', 'Accent', 'Motion', 'Fill', 'Texture']) {
      await page.getByRole('button', { name: `Mute the ${role} bus` }).click();
    }
    await expect.poll(() => studio.loudest(200), { timeout: 10_000 }).toBe(-Infinity);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  });

  it('is free of faults that axe can find, and of complaints', async () => {
    expect(watched.complaints).toEqual([]);
    const { violations } = await new AxeBuilder({ page: watched.page })
      .include('section[aria-label="Mixer"]')
      .analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
  });
});
