import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { openLibrary } from '#main/library';
import type { Kit, Pad } from '#shared/model';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

const KIT = 'demo-kit';

describe('the pads of a kit', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let studio: StudioPage;

  const pads = (): Locator => page.getByRole('group', { name: 'Pads' });
  const pad = (name: string): Locator =>
    pads()
      .getByRole('button', { name: new RegExp(`^${name}\\b`) })
      .first();
  const layers = (name: string): Locator =>
    page.getByRole('group', { name: `Layers of ${name}` }).getByRole('button');
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const field = (name: string): Locator => page.getByRole('textbox', { name, exact: true });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const type = async (name: string, value: string): Promise<void> => {
    await field(name).fill(value);
    await press('Enter');
  };
  const onPage = (name: string): Promise<void> =>
    page.getByRole('radiogroup', { name: 'Page of the pad' }).getByText(name, { exact: true }).click();
  const undoes = async (label: string): Promise<void> => {
    await page.getByRole('button', { name: `Undo: ${label}`, exact: true }).waitFor();
  };
  const fromMenu = async (menu: string, choice: string): Promise<void> => {
    await button(menu).click();
    await page.getByRole('menuitem', { name: choice }).click();
  };

  /** A kit as the library has it, once everything is saved. */
  async function stored(id: string): Promise<Kit> {
    await page.locator('h1').getByText('edited').waitFor({ state: 'detached' });
    const library = await openLibrary(host.home);
    if (!library.ok) throw new Error('no library');
    const kit = await library.value.kits.one(id);
    await library.value.close();
    if (!kit) throw new Error(`no kit ${id}`);
    return kit;
  }
  const storedPad = async (name: string): Promise<Pad> => {
    const found = (await stored(KIT)).pads.find(one => one.name === name);
    if (!found) throw new Error(`no pad ${name}`);
    return found;
  };

  /** What was started since the last time, each sound by a sum over its samples. */
  const sounds = (): Promise<number[]> => page.evaluate('globalThis.sounds.splice(0)');

  beforeAll(async () => {
    host = await startDemoHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1440, height: 900 });
    ({ page } = watched);
    await page.addInitScript(`
      globalThis.sounds = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (...given) {
        globalThis.sounds.push(this.buffer.getChannelData(0).reduce((sum, value, at) => sum + value * (1 + (at % 97)), 0));
        return start.apply(this, given);
      };`);
    studio = new StudioPage(page);
    await page.goto(host.address);
    await studio.demoReady();
    await studio.show('Kit');
    await pads().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    expect(watched?.complaints).toEqual([]);
  });

  it('answer keys by velocity: soft and hard strokes with their layers, the takes of each in turn', async () => {
    await pad('Snare').click();
    await page.waitForTimeout(300);
    await sounds();
    await press('Shift+X', 'Shift+X', 'Shift+X', 'Shift+X');
    const hard = await sounds();
    await press('Alt+X', 'Alt+X', 'Alt+X');
    const soft = await sounds();
    expect([hard.length, new Set(hard).size, hard[3] === hard[0]]).toEqual([4, 3, true]);
    expect([soft.length, new Set(soft).size, soft[2] === soft[0]]).toEqual([3, 2, true]);
    expect(hard.filter(sound => soft.includes(sound))).toEqual([]);
    await takePicture(page, 'pads-takes');
  });

  it('are reached by arrows from the lowest row up', async () => {
    await press('Home', 'ArrowUp', 'ArrowRight');
    await page.getByRole('heading', { name: 'Pedal hat' }).waitFor();
    await press('ArrowDown');
    await page.getByRole('heading', { name: 'Snare' }).waitFor();
  });

  it('have layers whose borders are moved by keys, by hand and by number, each an undo step', async () => {
    expect(await layers('Snare').count()).toBe(2);
    const border = page.getByRole('slider', { name: 'Border above layer 1' });
    await border.focus();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(await border.getAttribute('aria-valuenow')).toBe('75');
    await undoes('Border of layers of Snare');
    await type('Layer 1 answers up to', '50');
    await undoes('Velocities of layer 1 of Snare');
    const box = await border.boundingBox();
    if (!box) throw new Error('no border');
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 20, { steps: 4 });
    await page.mouse.up();
    const dragged = Number(await border.getAttribute('aria-valuenow'));
    expect(dragged).toBeGreaterThan(65);
    expect((await storedPad('Snare')).layers[0]?.upTo).toBe(dragged);
    await press('Control+z', 'Control+z', 'Control+z');
    expect(await border.getAttribute('aria-valuenow')).toBe('72');
    await layers('Snare').first().click();
    await button('Take 2 earlier').click();
    expect((await storedPad('Snare')).layers[0]?.hits).toEqual(['demo-snare-soft-2', 'demo-snare-soft-1']);
    await press('Control+z');
  });

  it('make layers of takes by their levels, and go back to one hit', async () => {
    await pad('Kick').click();
    await button('One hit').click();
    await undoes('One hit on Kick');
    expect((await storedPad('Kick')).layers).toEqual([]);
    await fromMenu('Make layers on Kick', 'Of the pad’s 5 hits');
    await undoes('Make layers of 5 takes on Kick');
    const made = await storedPad('Kick');
    expect(made.layers.map(({ hits }) => hits.length)).toEqual([2, 3]);
    expect(made.layers.at(-1)?.upTo).toBe(127);
    await press('Control+z', 'Control+z');
    expect((await storedPad('Kick')).layers[0]?.upTo).toBe(72);
  });

  it('shape a hit by handles and numbers, hear it so, and give its shape to all takes', async () => {
    await pad('Rim').click();
    await onPage('Hit');
    await sounds();
    await button('Listen as shaped').click();
    const [plain] = await sounds();
    await type('Cut from the start', '2');
    expect(await field('Fade in of the hit').inputValue()).toBe('3.0');
    await page.getByRole('slider', { name: 'End', exact: true }).focus();
    await press('Shift+ArrowLeft', 'ArrowLeft');
    expect(await field('Cut from the end').inputValue()).toBe('11.0');
    await page.getByText('Reversed').click();
    await type('Tune of the hit', '-3');
    await button('Listen as shaped').click();
    const [shaped] = await sounds();
    expect(shaped).not.toBe(plain);
    await takePicture(page, 'pads-hit');
    const { shapes } = await stored(KIT);
    expect(shapes).toMatchObject({
      'demo-rim-1': { trimStart: 0.002, fadeIn: 0.003, reversed: true, semitones: -3 },
    });
    expect(shapes['demo-rim-1' as keyof typeof shapes]?.trimEnd).toBeCloseTo(0.011, 6);
    await button('As it was cut').click();
    expect((await stored(KIT)).shapes).toEqual({});
    await press('Control+z');
    expect(await field('Tune of the hit').inputValue()).toBe('−3.00');
    await press('Control+z', 'Control+z', 'Control+z', 'Control+z');
    expect((await stored(KIT)).shapes).toEqual({});
    await pad('Snare').click();
    await onPage('Hit');
    await type('Tune of the hit', '2');
    await button('Apply to all takes').click();
    const all = Object.values((await stored(KIT)).shapes).map(({ semitones }) => semitones);
    expect(all).toEqual([2, 2, 2, 2, 2]);
    await press('Control+z', 'Control+z');
  });

  it('shuffle what is not locked, by a seed that draws the same again', async () => {
    await pads().getByRole('button', { name: 'Lock Kick' }).click();
    const before = await stored(KIT);
    await button('Shuffle unlocked').click();
    const seed = field('Seed of the shuffle');
    const first = await seed.inputValue();
    const one = await stored(KIT);
    const sounding = (kit: Kit): (string | undefined)[] => kit.pads.map(({ hits, chosen }) => hits[chosen]);
    expect(sounding(one)).not.toEqual(sounding(before));
    expect(one.pads[0]).toEqual(before.pads[0]);
    await type('Seed of the shuffle', first === '4711' ? '4712' : '4711');
    await page.getByRole('button', { name: /^Undo: Shuffle \d+ pads, seed 471[12]$/ }).waitFor();
    expect(sounding(await stored(KIT))).not.toEqual(sounding(one));
    await type('Seed of the shuffle', first);
    await page
      .getByRole('button', { name: new RegExp(`^Undo: Shuffle \\d+ pads, seed ${first}$`) })
      .waitFor();
    expect(sounding(await stored(KIT))).toEqual(sounding(one));
    for (let step = 0; step < 4; step++) await page.getByRole('button', { name: /^Undo: / }).click();
    expect(await stored(KIT)).toEqual({
      ...before,
      pads: before.pads.map(one => ({ ...one, locked: false })),
    });
  });

  it('compare two states as loud as each other, by key', async () => {
    await pad('Snare').click();
    await onPage('Pad');
    await press('`');
    await type('Level of the pad', '-30');
    const match = page.getByTitle('What makes B as loud as A');
    await expect.poll(() => match.textContent()).toMatch(/^B \+(?!0\.0)\d/);
    await pad('Snare').focus();
    await press('`');
    expect(await field('Level of the pad').inputValue()).toBe('0.0');
    await press('`');
    expect(await field('Level of the pad').inputValue()).toBe('−30.0');
    await press('`');
    await button('Keep A').click();
    expect((await storedPad('Snare')).gainDecibels).toBe(0);
  });

  it('belong to choke groups, and are added, named and removed', async () => {
    await button('Groups').click();
    const dialog = page.getByRole('dialog', { name: 'Choke groups' });
    await dialog.getByRole('radiogroup', { name: 'Group' }).getByText('B', { exact: true }).click();
    await dialog.getByText('Crash').click();
    await dialog.getByText('Ride').click();
    await takePicture(page, 'pads-chokes');
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect((await stored(KIT)).pads.filter(({ choke }) => choke === 'B').map(({ name }) => name)).toEqual([
      'Crash',
      'Ride',
    ]);
    await fromMenu('What to do with the kit', 'Add an empty pad');
    await type('Name of the pad', 'Bottle');
    await type('MIDI note of the pad', '90');
    expect(await storedPad('Bottle')).toMatchObject({ note: 90, hits: [] });
    await page
      .getByRole('grid', { name: 'Hits' })
      .or(page.getByRole('listbox', { name: 'Hits' }))
      .locator('[draggable=true]')
      .nth(6)
      .dragTo(pad('Bottle'));
    await page.getByRole('button', { name: /^Undo: Send .* to Bottle$/ }).waitFor();
    expect((await storedPad('Bottle')).hits).toHaveLength(1);
    await button('Remove pad').click();
    expect((await stored(KIT)).pads.map(({ name }) => name)).not.toContain('Bottle');
  });

  it('are kept in kits that are duplicated, renamed and deleted, but not while grooves play them', async () => {
    await fromMenu('What to do with the kit', 'Delete');
    await page.getByText(/First Light kit is played by .*Give them another kit first/).waitFor();
    await fromMenu('What to do with the kit', 'Duplicate');
    await page.getByRole('heading', { name: 'First Light kit copy', exact: true }).waitFor();
    await fromMenu('What to do with the kit', 'Rename');
    await type('Name of the kit', 'Dry room');
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Dry room', exact: true }).waitFor();
    await fromMenu('What to do with the kit', 'Delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'First Light kit', exact: true }).waitFor();
  });

  it('have no faults that axe can find', async () => {
    await pad('Snare').click();
    for (const name of ['Takes', 'Hit', 'Pad']) {
      await onPage(name);
      await page.waitForTimeout(150);
      const { violations } = await new AxeBuilder({ page })
        .include('[aria-label=Pad]')
        .include('[aria-label=Kit]')
        .analyze();
      expect(
        violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`)),
      ).toEqual([]);
    }
    // Axe measures with style elements of its own, which the policy refuses.
    watched.complaints.length = 0;
  });
});
