import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

describe('the kit browser', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  let page: Page;
  let list: Locator;
  let map: Locator;

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    ({ page } = watched);
    // Some hits are over before a meter shows them.
    await page.addInitScript(`
      globalThis.starts = 0;
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (...given) {
        globalThis.starts++;
        return start.apply(this, given);
      };
    `);
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
    await studio.show('Kit');
    list = page.getByRole('grid', { name: 'Hits' });
    map = page.getByRole('application');
    await list.getByRole('row').nth(3).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const shownCount = async (): Promise<number> => Number(await list.getAttribute('aria-rowcount')) - 1;
  const current = (): Promise<string> =>
    list.locator('[role=row][aria-selected=true]').first().getByRole('gridcell').nth(2).innerText();
  const starts = (): Promise<number> => page.evaluate('globalThis.starts');
  const search = (): Locator => page.getByRole('searchbox', { name: 'Search hits' });

  it('lists the whole library and sounds what the arrows come to', async () => {
    expect(await shownCount()).toBeGreaterThan(50);
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(starts).toBe(1);
    await page.keyboard.press('End');
    await expect
      .poll(() => list.getByRole('row', { selected: true }).getAttribute('aria-rowindex'))
      .toBe(String((await shownCount()) + 1));
    await page.keyboard.press('Home');
    await expect
      .poll(() => list.getByRole('row', { selected: true }).getAttribute('aria-rowindex'))
      .toBe('2');
  });

  it('goes by the letters of a name, commands among them', async () => {
    await list.focus();
    // S and P are commands when they are pressed alone.
    await page.keyboard.press("'");
    await page.keyboard.type('snare 0');
    await expect.poll(current).toMatch(/^Snare 0/);
    expect(await search().inputValue()).toBe('');
    await expect.poll(() => list.getAttribute('data-typing')).toBeNull();
  });

  it('finds by words, best match first, and goes back and forward again', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('short dark kick');
    await list.getByRole('columnheader', { name: 'Match' }).waitFor();
    await expect.poll(() => list.getByRole('row').nth(1).innerText()).toMatch(/Kick/);
    const before = await starts();
    await page.keyboard.press('ArrowDown');
    await expect.poll(starts).toBeGreaterThan(before);
    await expect.poll(current).toMatch(/^Kick/);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => search().inputValue()).toBe('');
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => search().inputValue()).toBe('short dark kick');
    await takePicture(page, 'kit-browser-search');
    await search().fill('');
  });

  it('filters by roles and says so when nothing is left', async () => {
    const all = await shownCount();
    await page.getByRole('group', { name: 'Roles' }).getByRole('button', { name: /^Core/ }).click();
    await expect.poll(shownCount).toBeLessThan(all);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByText('Favourites only').click();
    await page.keyboard.press('Escape');
    await list.getByText('No hit is like that.').waitFor();
    await list.getByRole('button', { name: 'Filters off' }).click();
    await expect.poll(shownCount).toBe(all);
  });

  it('marks with F, tags with T, and takes both back', async () => {
    await list.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('f');
    const first = list.getByRole('row').nth(1);
    await expect.poll(() => first.innerText()).toContain('favourite');
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'New tag' }).fill('warm');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Take away warm' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => first.innerText()).toContain('warm');
    await list.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => first.innerText()).not.toContain('warm');
    await page.keyboard.press('Control+z');
    await expect.poll(() => first.innerText()).not.toContain('favourite');
  });

  it('says why a hit is what it is, and lets the user say otherwise', async () => {
    await page.getByText('Why', { exact: true }).click();
    const why = page.getByRole('region', { name: 'Why' });
    await expect.poll(() => why.innerText()).toMatch(/\d/);
    await list.focus();
    await page.keyboard.press('5');
    const first = list.getByRole('row').nth(1);
    await expect.poll(() => first.innerText()).toContain('you');
    await page.keyboard.press('Control+z');
    await expect.poll(() => first.innerText()).not.toContain('you');
    await page.getByText('Nearest', { exact: true }).click();
  });

  it('shows the map, walks over it by arrows and encircles hits into a kit', async () => {
    const draw = page.getByRole('button', { name: 'Draw the map' });
    await map.or(draw).first().waitFor();
    if (await draw.isVisible()) await draw.click();
    await map.waitFor({ timeout: 60_000 });
    await map.focus();
    const sounded = await starts();
    const before = await map.getAttribute('aria-label');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
    await expect.poll(() => map.getAttribute('aria-label')).not.toBe(before);
    await expect.poll(starts).toBeGreaterThan(sounded);
    await page.getByRole('group', { name: 'Nearest hits' }).getByRole('button').first().waitFor();
    await takePicture(page, 'kit-browser-map');
    const box = await map.boundingBox();
    if (!box) throw new Error('the map is not in sight');
    const corner = (right: number, down: number): readonly [number, number] => [
      box.x + box.width * right,
      box.y + box.height * down,
    ];
    await page.keyboard.down('Shift');
    await page.mouse.move(...corner(0.04, 0.04));
    await page.mouse.down();
    for (const [right, down] of [
      [0.96, 0.04],
      [0.96, 0.96],
      [0.04, 0.96],
      [0.04, 0.5],
    ] as const)
      await page.mouse.move(...corner(right, down), { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const chosen = page.getByRole('group', { name: 'Chosen hits' });
    await expect.poll(async () => Number.parseInt(await chosen.innerText(), 10)).toBeGreaterThan(30);
    await chosen.getByRole('button', { name: 'Make a kit' }).click();
    await page.getByText(/New kit is made of \d+ hits/).waitFor();
    await takePicture(page, 'kit-browser-new-kit');
  });

  it('is free of faults that axe can find in the neighbours', { timeout: 60_000 }, async () => {
    expect(watched.complaints).toEqual([]);
    await page.getByText('Neighbours', { exact: true }).click();
    await page.waitForTimeout(300);
    await takePicture(page, 'kit-browser-neighbours');
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    const faults = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
    expect(faults.join('\n')).toBe('');
  });
});
