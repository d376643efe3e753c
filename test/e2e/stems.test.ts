import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator } from 'playwright-core';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('the stems of a track', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let detail: Locator;

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    studio = new StudioPage(watched.page);
    await watched.page.goto(host.address);
    await studio.demoReady();
    await studio.trackRow('First Light').click();
    detail = watched.page.getByRole('region', { name: 'Track First Light' });
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const stem = (name: string): Locator => detail.getByRole('group', { name, exact: true });
  const level = async (name: string): Promise<number> =>
    Number(await stem(name).locator('[data-stem-meter]').getAttribute('data-level-dbfs'));
  /** The loudest that a stem's meter showed in a while. */
  async function loudest(name: string, milliseconds = 700): Promise<number> {
    let most = -Infinity;
    for (const end = Date.now() + milliseconds; Date.now() < end; ) {
      most = Math.max(most, await level(name));
      await watched.page.waitForTimeout(40);
    }
    return most;
  }
  async function expectSound(name: string): Promise<void> {
    await expect.poll(() => loudest(name)).toBeGreaterThan(-50);
  }
  async function expectSilence(name: string): Promise<void> {
    await expect.poll(() => loudest(name)).toBe(-Infinity);
  }
  const isPressed = (name: string): Promise<string | null> =>
    detail.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
  /** Where the playhead stands, as a share of the track. */
  const position = async (): Promise<number> => {
    const style = await watched.page.locator('[data-playhead]').getAttribute('style');
    return Number(/left: ([\d.]+)%/.exec(style ?? '')?.[1] ?? 0) / 100;
  };

  it('shows drums, the rest and how much of it still sounds in the drums', async () => {
    await stem('Drums').waitFor();
    await stem('The rest').waitFor();
    // Its curve is fetched after the track is shown.
    await expect
      .poll(() => detail.locator('[data-bleed]').innerText())
      .toMatch(/Bleed\s+−?\d+ dB, most at \d:\d\d/);
  });

  it('sounds both, and each meter moves', async () => {
    await watched.page.keyboard.press('Space');
    await expectSound('Drums');
    await expectSound('The rest');
    const seen = new Set<number>();
    await expect.poll(async () => seen.add(await level('Drums')).size).toBeGreaterThan(3);
    const held = await stem('Drums').locator('[data-stem-meter]').getAttribute('data-held-dbfs');
    expect(Number(held)).toBeGreaterThan(-50);
  });

  it('mutes by a click and takes it back', async () => {
    await detail.getByRole('button', { name: 'Mute The rest', exact: true }).click();
    await expectSilence('The rest');
    await expectSound('Drums');
    await detail.getByRole('button', { name: 'Mute The rest', exact: true }).click();
    await expectSound('The rest');
  });

  it('solos and mutes the chosen stem by keys, and with Alt only it', async () => {
    await detail.getByRole('button', { name: 'Choose The rest' }).focus();
    await watched.page.keyboard.press('Enter');
    await watched.page.keyboard.press('s');
    await expectSilence('Drums');
    await expectSound('The rest');
    await watched.page.keyboard.press('ArrowUp');
    await watched.page.keyboard.press('s');
    await expectSound('Drums');
    expect([await isPressed('Solo Drums'), await isPressed('Solo The rest')]).toEqual(['true', 'true']);
    await watched.page.keyboard.press('Alt+s');
    expect([await isPressed('Solo Drums'), await isPressed('Solo The rest')]).toEqual(['true', 'false']);
    await expectSilence('The rest');
    await watched.page.keyboard.press('s');
    await watched.page.keyboard.press('m');
    await expectSilence('Drums');
    // What is heard in the end is what the meters say: all else is silent.
    await watched.page.keyboard.press('ArrowDown');
    await watched.page.keyboard.press('m');
    await expect.poll(() => studio.loudest(200)).toBe(-Infinity);
    await watched.page.keyboard.press('Alt+m');
    expect([await isPressed('Mute Drums'), await isPressed('Mute The rest')]).toEqual(['false', 'true']);
    await watched.page.keyboard.press('Alt+m');
    await expectSound('The rest');
  });

  it('turns a stem down to nothing by its slider', async () => {
    const slider = stem('Drums').getByRole('slider', { name: 'Level of Drums' });
    await slider.focus();
    await watched.page.keyboard.press('Home');
    await expectSilence('Drums');
    await watched.page.keyboard.press('End');
    await expectSound('Drums');
    expect(await stem('Drums').innerText()).toContain('+6.0 dB');
    for (let step = 0; step < 12; step++) await watched.page.keyboard.press('ArrowLeft');
    expect(await stem('Drums').innerText()).toContain('0.0 dB');
  });

  it('goes where the lanes are clicked, and round a loop that is drawn on them', async () => {
    const lanes = detail.getByRole('slider', { name: 'Position in the track' });
    const box = await lanes.boundingBox();
    if (!box) throw new Error('no lanes');
    const at = (fraction: number): [number, number] => [
      box.x + box.width * fraction,
      box.y + box.height - 20,
    ];
    await watched.page.mouse.click(...at(0.5));
    await expect.poll(position).toBeGreaterThan(0.49);
    await watched.page.keyboard.down('Shift');
    await watched.page.mouse.move(...at(0.2));
    await watched.page.mouse.down();
    await watched.page.mouse.move(...at(0.25), { steps: 3 });
    await watched.page.mouse.up();
    await watched.page.keyboard.up('Shift');
    await detail.getByRole('button', { name: 'No loop in the song' }).waitFor();
    await watched.page.mouse.click(...at(0.22));
    const places: number[] = [];
    await expect
      .poll(async () => {
        places.push(await position());
        return places.filter((place, index) => place < (places[index - 1] ?? 0) - 0.01).length;
      })
      .toBeGreaterThanOrEqual(2);
    expect(Math.max(...places.slice(3))).toBeLessThan(0.26);
    await expectSound('Drums');
    await takePicture(watched.page, 'stems');
    await watched.page.keyboard.press('Shift+L');
    await detail.getByRole('button', { name: 'No loop in the song' }).waitFor({ state: 'hidden' });
    await watched.page.keyboard.press('Space');
    await expect.poll(() => studio.loudest(200)).toBe(-Infinity);
  });

  it('hears a track again as it was left', async () => {
    await detail.getByRole('button', { name: 'Mute The rest', exact: true }).click();
    await watched.page.waitForTimeout(900);
    await watched.page.reload();
    await expect.poll(() => isPressed('Mute The rest')).toBe('true');
  });

  it('never complained, and is accessible in both themes', async () => {
    // Before axe, which copies the styles of shadow trees to where the security policy forbids them.
    expect(watched.complaints).toEqual([]);
    for (const theme of ['dark', 'light']) {
      const { violations } = await new AxeBuilder({ page: watched.page })
        .include('[aria-label^="Track "]')
        .analyze();
      expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
      await watched.page.keyboard.press('Control+Shift+L');
    }
  });
});
