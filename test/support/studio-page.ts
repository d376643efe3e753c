import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';

type ScreenName = 'Library' | 'Slices' | 'Kit' | 'Groove' | 'Dataset' | 'Export' | 'Settings';

/** A hit as the grid says it aloud. */
export interface SpokenHit {
  readonly lane: string;
  readonly bar: number;
  readonly beat: number;
  /** Sixteenths after the beat. */
  readonly sixteenth: number;
  readonly velocity: number;
  readonly offsetMs: number;
}

const INSIDE_BEAT = ['', '-e', '-and', '-a'];
const SPOKEN =
  /^(.+), bar (\d+) beat (\d+)(-e|-and|-a)?, velocity (\d+), (?:on the grid|([\d.]+) ms (late|early))/;

/** "Snare, bar 2 beat 4, velocity 118, 12 ms late" as numbers. */
export function parseSpokenHit(text: string): SpokenHit {
  const match = SPOKEN.exec(text);
  if (!match) throw new Error(`no hit: ${text}`);
  const [, lane = '', bar, beat, inside = '', velocity, offset = '0', side] = match;
  return {
    lane,
    bar: Number(bar),
    beat: Number(beat),
    sixteenth: INSIDE_BEAT.indexOf(inside),
    velocity: Number(velocity),
    offsetMs: Number(offset) * (side === 'early' ? -1 : 1),
  };
}

/** The window as someone who uses it knows it. */
export class StudioPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async show(name: ScreenName): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Screens' }).getByText(name, { exact: true }).click();
    if (name === 'Export') await this.page.getByRole('dialog', { name: 'Export' }).waitFor();
    else await this.page.locator(`main[data-screen="${name.toLowerCase()}"]`).waitFor();
  }

  /** Drops files on the import area, as a hand would. */
  async drop(paths: readonly string[]): Promise<void> {
    await this.page.evaluate(
      "document.body.append(Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'held-by-the-hand' }))",
    );
    await this.page.locator('#held-by-the-hand').setInputFiles([...paths]);
    await this.page.evaluate(`{
      const hand = document.getElementById('held-by-the-hand');
      const dataTransfer = new DataTransfer();
      for (const file of hand.files) dataTransfer.items.add(file);
      const area = document.querySelector('[data-drop]');
      area.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
      area.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      hand.remove();
    }`);
  }

  job(title: string): Locator {
    return this.page.getByRole('article', { name: title });
  }

  trackRow(name: string): Locator {
    return this.page.getByRole('grid', { name: 'Tracks' }).getByRole('row', { name });
  }

  /** Waits until the bundled demo is in the library: its kit, its grooves and its song. */
  async demoReady(): Promise<void> {
    await this.trackRow('First Light')
      .filter({ hasNotText: '%' })
      .filter({ hasNotText: 'Queued' })
      .waitFor({ timeout: 120_000 });
  }

  /** The loudest that the output's analyser saw over `milliseconds`, in dBFS. */
  async loudest(milliseconds: number): Promise<number> {
    const meter = this.page.locator('[data-meter]');
    let level = -Infinity;
    for (const end = Date.now() + milliseconds; Date.now() < end; ) {
      level = Math.max(level, Number(await meter.getAttribute('data-level-dbfs')));
      await this.page.waitForTimeout(30);
    }
    return level;
  }

  /** Waits until something is heard: audio is fetched when it is first asked for. */
  async expectSound(): Promise<void> {
    await expect.poll(() => this.loudest(100), { timeout: 10_000, interval: 20 }).toBeGreaterThan(-40);
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Groove' });
  }

  /** What the cell under the cursor says. */
  async cursorCell(): Promise<string> {
    return (await this.grid.locator('[role=gridcell][tabindex="0"]').getAttribute('aria-label')) ?? '';
  }

  async expectCursorCell(wanted: string | RegExp): Promise<void> {
    await expect.poll(() => this.cursorCell(), { timeout: 5000 }).toMatch(wanted);
  }

  /** Every hit of the grid that is in sight. */
  async hits(): Promise<SpokenHit[]> {
    const cells = await this.grid.locator('[role=gridcell][data-filled=true]').all();
    const texts = await Promise.all(cells.map(cell => cell.getAttribute('aria-label')));
    return texts.map(text => parseSpokenHit(text ?? ''));
  }

  /** Clicks the body of a hit, which begins at its cell's line. */
  async clickHit(cell: Locator): Promise<void> {
    const box = await cell.boundingBox();
    if (!box) throw new Error('the cell is not in sight');
    await this.page.mouse.click(box.x + 6, box.y + box.height / 2);
  }

  /** Types into a number field and leaves it with Enter. */
  async type(field: string, text: string): Promise<void> {
    const input = this.page.getByRole('textbox', { name: field, exact: true });
    await input.fill(text);
    await input.press('Enter');
  }

  /** Bytes of an exported file, fetched by its link. */
  async exported(kind: string): Promise<Uint8Array> {
    const link = this.page.locator(`a[data-file-kind="${kind}"]`);
    const address = new URL((await link.getAttribute('href')) ?? '', this.page.url()).href;
    const answer = await this.page.request.get(address);
    expect(answer.status()).toBe(200);
    return new Uint8Array(await answer.body());
  }
}
