import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { StudioPage } from '#test/studio-page';
import { type RunningHost, startDemoHost } from '#test/web-host';

let browser: Browser;
let host: RunningHost;
let watched: WatchedPage;
let studio: StudioPage;

/** A device with a way in and a way out: a drum pad and a drum machine. */
const MIDI_DOUBLE = `{
  const port = (id, name) => Object.assign(new EventTarget(), { id, name, state: 'connected', open: async () => {} });
  globalThis.midiPad = port('pad', 'Pad Nine');
  globalThis.midiSent = [];
  const machine = Object.assign(port('machine', 'Drum Machine'), {
    send: (bytes, time) => midiSent.push({ bytes: [...bytes], time }),
    clear: () => { midiSent = midiSent.filter(({ time }) => time <= performance.now()); },
  });
  globalThis.strikePad = (note, velocity) =>
    midiPad.dispatchEvent(Object.assign(new Event('midimessage'), { data: new Uint8Array([0x99, note, velocity]) }));
  navigator.requestMIDIAccess = async () =>
    Object.assign(new EventTarget(), { inputs: new Map([['pad', midiPad]]), outputs: new Map([['machine', machine]]) });
}`;

interface Sent {
  readonly bytes: readonly number[];
  /** Of the page's clock, ms. */
  readonly time: number;
}

beforeAll(async () => {
  host = await startDemoHost();
  browser = await launchChromium();
  watched = await watchedPage(browser, { width: 1440, height: 900 });
  studio = new StudioPage(watched.page);
  await watched.page.addInitScript(MIDI_DOUBLE);
  await watched.page.goto(host.address);
  await studio.demoReady();
  await studio.show('Groove');
  await studio.grid.waitFor();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const press = (keys: string): Promise<void> => watched.page.keyboard.press(keys);
const parts = () => watched.page.getByRole('list', { name: /^Parts of/ }).getByRole('button');
const spoken = (): Promise<string[]> => parts().allTextContents();
/** Opens the first groove of the library that is not `other`. */
const openAnother = async (other: string): Promise<void> => {
  await watched.page.getByRole('button', { name: /Pattern$/ }).click();
  await watched.page.getByRole('option').filter({ hasNotText: other }).first().click();
  await watched.page.getByRole('heading', { name: other }).waitFor({ state: 'detached' });
};

describe('a song of grooves', () => {
  it('is chained of three, one of them twice, put in order by keys, and undone in its strip', async () => {
    const { page } = watched;
    await press('Shift+P');
    await page.getByRole('button', { name: /^Begin one with/ }).click();
    await expect.poll(() => parts().count()).toBe(1);
    await openAnother('Sunrise');
    await press('Alt+p');
    await press('Alt+p');
    await expect.poll(() => parts().count()).toBe(3);
    await parts().nth(0).focus();
    await studio.type('Times the part is played', '2');
    await expect.poll(async () => (await spoken())[0]).toContain('2 times');
    await parts().nth(2).focus();
    const before = await spoken();
    await press('Alt+ArrowLeft');
    await press('Alt+ArrowUp');
    await expect.poll(async () => (await spoken())[1]).toContain('2 times');
    await press('Control+z');
    await expect.poll(spoken).toEqual(before);
    await press('Delete');
    await expect.poll(() => parts().count()).toBe(2);
    await press('Control+z');
    await expect.poll(spoken).toEqual(before);
    const [from, to] = await Promise.all([parts().nth(2).boundingBox(), parts().nth(0).boundingBox()]);
    await page.mouse.move((from?.x ?? 0) + 30, (from?.y ?? 0) + 10);
    await page.mouse.down();
    await page.mouse.move((to?.x ?? 0) + 40, (to?.y ?? 0) + 10, { steps: 4 });
    await page.mouse.move((to?.x ?? 0) + 10, (to?.y ?? 0) + 10);
    await page.mouse.up();
    await expect.poll(async () => (await spoken())[1]).toContain('2 times');
    await press('Control+z');
    await expect.poll(spoken).toEqual(before);
    await takePicture(page, 'song');
  });

  it('plays across a seam, and shows where it is', async () => {
    const { page } = watched;
    await parts().nth(1).focus();
    await press('p');
    await studio.expectSound();
    const x = (): Promise<number> =>
      page.evaluate(
        "Number(/-?\\d+/.exec(document.querySelector('[data-song-playhead]').style.transform)?.[0] ?? -1)",
      );
    const box = await parts().nth(1).boundingBox();
    const first = await parts().nth(0).boundingBox();
    const edge = (box?.x ?? 0) - (first?.x ?? 0);
    expect(await x()).toBeGreaterThanOrEqual(edge);
    await expect.poll(x, { timeout: 15_000 }).toBeGreaterThan(edge + (box?.width ?? 0));
    await studio.expectSound();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
  });

  it('is there again after a reload, as it was left', async () => {
    const before = await spoken();
    await watched.page.waitForTimeout(600);
    await watched.page.reload();
    await studio.grid.waitFor();
    await expect.poll(spoken, { timeout: 10_000 }).toEqual(before);
  });
});

describe('recording', () => {
  const undo = (label: RegExp) => watched.page.getByRole('button', { name: label });

  it('takes keys over a loop as one step of hits, which one undo takes back', async () => {
    const { page } = watched;
    await parts().filter({ hasText: 'Sunrise' }).click();
    await page.getByRole('heading', { name: 'Sunrise' }).waitFor();
    await studio.grid.locator('[role=gridcell][tabindex="0"]').focus();
    const before = (await studio.hits()).length;
    await press('r');
    await page.getByRole('region', { name: 'Recording' }).waitFor();
    await page
      .getByRole('group', { name: 'Rim' })
      .getByText(/^key C$/)
      .waitFor();
    await press('Space');
    await studio.expectSound();
    for (let tap = 0; tap < 3; tap++) {
      await press('c');
      await page.waitForTimeout(310);
    }
    await page.getByText(/^[1-3] hits? in this pass$/).waitFor();
    await press('Space');
    await undo(/^Undo: Overdub 3 hits$/).waitFor();
    expect((await studio.hits()).filter(({ lane }) => lane === 'Rim').length).toBeGreaterThan(0);
    await takePicture(page, 'record');
    await press('Control+z');
    await expect.poll(async () => (await studio.hits()).length).toBe(before);
    await press('r');
    await press('Enter');
  });
});

describe('a MIDI device', () => {
  const sent = (): Promise<Sent[]> => watched.page.evaluate('midiSent');
  const CLOCK = 0xf8;
  const NOTE_ON = 0x99;
  /** Between the clocks of `messages`, ms. */
  const stepsOf = (messages: readonly Sent[]): number[] => {
    const clocks = messages.filter(({ bytes }) => bytes[0] === CLOCK).map(({ time }) => time);
    return clocks.slice(1).map((time, at) => time - (clocks[at] ?? 0));
  };
  const farthest = (steps: readonly number[], from: number): number =>
    Math.max(...steps.map(step => Math.abs(step - from)));

  it('is asked for in Settings only, and chosen there', async () => {
    const { page } = watched;
    await studio.show('Settings');
    await page.getByRole('button', { name: 'MIDI', exact: true }).click();
    await page.getByRole('button', { name: 'Turn on MIDI' }).click();
    await page.getByRole('button', { name: /MIDI output$/ }).click();
    await page.getByRole('option', { name: 'Drum Machine' }).click();
    await page.evaluate('strikePad(36, 100)');
    await page.getByText('Note 36, velocity 100').waitFor();
    const { violations } = await new AxeBuilder({ page }).include('section[aria-label="MIDI"]').analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
    await takePicture(page, 'midi-settings');
    await studio.show('Groove');
  });

  it('is played with notes and an even clock, and falls silent when playing stops', async () => {
    const { page } = watched;
    await page.evaluate('midiSent.length = 0');
    await press('Space');
    await expect
      .poll(async () => (await sent()).filter(({ bytes }) => bytes[0] === CLOCK).length)
      .toBeGreaterThan(60);
    const messages = await sent();
    expect(messages.find(({ bytes }) => (bytes[0] ?? 0) >= 0xfa)?.bytes).toEqual([0xfa]);
    // 24 clocks a beat at 96 BPM. The browser's two clocks are read better and better: by one block of audio at most. A machine that
    // has too much to do may hold the window up once, and the clock then goes on from where it should be: one stretch of three is even.
    const wanted = 60_000 / 96 / 24;
    let steps = stepsOf(messages);
    for (let stretch = 1; stretch < 3 && farthest(steps, wanted) >= 25; stretch++) {
      await page.evaluate('midiSent.length = 0');
      await expect.poll(async () => stepsOf(await sent()).length).toBeGreaterThan(60);
      steps = stepsOf(await sent());
    }
    expect(farthest(steps, wanted)).toBeLessThan(25);
    const median = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
    expect(median).toBeCloseTo(wanted, 1);
    const notes = messages.filter(({ bytes }) => bytes[0] === NOTE_ON);
    expect(notes.some(({ bytes }) => bytes[1] === 36 && (bytes[2] ?? 0) > 60)).toBe(true);
    await press('Space');
    await expect.poll(async () => (await sent()).some(({ bytes }) => bytes[0] === 0xfc)).toBe(true);
    expect((await sent()).some(({ bytes }) => bytes[0] === 0xb9 && bytes[1] === 123)).toBe(true);
  });

  it('plays in: its strokes become hits of the groove', async () => {
    const { page } = watched;
    await press('r');
    await page.getByText('Keys, Pad Nine').waitFor();
    await press('Space');
    await studio.expectSound();
    await page.evaluate('strikePad(37, 110)');
    await page.getByText('1 hit in this pass').waitFor();
    await press('Space');
    await page.getByRole('button', { name: 'Undo: Overdub 1 hit' }).waitFor();
    const rim = (await studio.hits()).find(({ lane }) => lane === 'Rim');
    expect(rim?.velocity).toBe(110);
    await press('Control+z');
  });

  it('taps a rhythm freely that becomes a groove of its own', async () => {
    const { page } = watched;
    const times: number[] = [];
    for (let tap = 0; tap < 8; tap++) {
      const strike = `(strikePad(${tap % 2 === 0 ? 36 : 38}, 100), performance.now())`;
      times.push(await page.evaluate<number>(strike));
      await page.waitForTimeout(500 - 12);
    }
    const told = await page.getByText(/^8 taps, \d+(\.\d)? BPM$/).textContent();
    // A machine with too much to do taps slower than it was asked to.
    const tapped = 60_000 / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / 7);
    expect(Number(/, (\S+) BPM/.exec(told ?? '')?.[1]) / tapped).toBeCloseTo(1, 1);
    await page.getByRole('button', { name: 'Make a groove' }).click();
    await page.getByText(/^8 taps at .* are a groove now/).waitFor();
    await expect.poll(async () => (await studio.hits()).length).toBe(8);
  });

  it('leaves no fault that axe can find, and no complaint', async () => {
    await press('r');
    const { violations } = await new AxeBuilder({ page: watched.page })
      .include('section[aria-label="Song"]')
      .include('section[aria-label="Recording"]')
      .analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
