// Frames of the kit browser over a library of 50,000 hits, drawn by the processor alone: while the list scrolls (by the wheel, and by
// leaps as with the scroll bar), and while the map is panned and zoomed. Drawing is everything that the window's scripts do for a frame:
// events, elements of rows, points, labels; the frame adds style, layout, paint and the canvases' pixels. In ms of the processor, which is
// what they take on a quiet machine. What an audition takes, `playback` measures.
//   npm run bench -- kit-frames [SECONDS] [HITS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openLibrary } from '#main/library';
import { launchChromium, takePicture, watchedPage } from '#test/browser';
import { fillLibrary } from '#test/full-library';
import { framesOf, quantile, type Task, tasksDuring } from '#test/frame-times';
import { startWebHost } from '#test/web-host';

const [seconds = '6', hits = '50000'] = process.argv.slice(2);
const STEP_MS = 16;

const home = mkdtempSync(join(tmpdir(), 'backbeat-big-'));
const opened = await openLibrary(home);
if (!opened.ok) throw new Error('the library does not open');
await fillLibrary(opened.value, Number(hits), { ear: 'drum-clap-2', isMapped: true });
await opened.value.close();
const host = await startWebHost({ home });
const browser = await launchChromium();
const { page } = await watchedPage(browser, { width: 1440, height: 900 });
await page.goto(host.address);
await page.getByRole('navigation', { name: 'Screens' }).getByText('Kit', { exact: true }).click();
const list = page.getByRole('grid', { name: 'Hits' });
await list.waitFor({ timeout: 60_000 });
const map = page.getByRole('application');
await map.waitFor();
await page.waitForTimeout(3000);
await takePicture(page, 'kit-50000');

async function boxOf(part: typeof list): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await part.boundingBox();
  if (!box) throw new Error('a part is not in sight');
  return box;
}

/** What scripts took of a frame: its own, and those of the events before it. */
const DRAWING = [
  'FireAnimationFrame',
  'EventDispatch scroll',
  'EventDispatch wheel',
  'EventDispatch pointermove',
];
const drawingOf = (task: Task): number => DRAWING.reduce((sum, part) => sum + (task.parts.get(part) ?? 0), 0);

async function measure(name: string, gesture: (step: number, page: Page) => Promise<void>): Promise<void> {
  const tasks = await tasksDuring(page, async () => {
    const end = Date.now() + Number(seconds) * 1000;
    for (let step = 0; Date.now() < end; step++) {
      await gesture(step, page);
      await page.waitForTimeout(STEP_MS);
    }
  });
  const isBusy = ({ parts }: Task): boolean => DRAWING.some(part => parts.has(part));
  const frames = tasks.filter(isBusy);
  const drawing = frames.map(drawingOf);
  const whole = framesOf(tasks).map(({ processor }) => processor);
  const told = (values: readonly number[]): string =>
    `p50 ${quantile(values, 0.5).toFixed(2)} ms, p95 ${quantile(values, 0.95).toFixed(2)} ms, most ${Math.max(...values).toFixed(1)} ms`;
  console.log(`${name}: drawing ${told(drawing)}; frame ${told(whole)} (${frames.length})`);
}

const { x, y, width, height } = await boxOf(map);
const listBox = await boxOf(list);
console.log(`${hits} hits, ${seconds} s each`);

await page.mouse.move(listBox.x + 200, listBox.y + 300);
await measure('list by the wheel', () => page.mouse.wheel(0, 90));
await measure('list by leaps', step =>
  page.evaluate(
    `{ document.querySelector('[role="grid"][aria-label="Hits"]').scrollTop = ${(step * 7919 * 30) % (Number(hits) * 29)} }`,
  ),
);
await page.mouse.move(x + width / 2, y + height / 2);
await page.mouse.down();
await measure('map panned', step =>
  page.mouse.move(x + width / 2 + 160 * Math.sin(step / 9), y + height / 2 + 120 * Math.cos(step / 7)),
);
await page.mouse.up();
await measure('map zoomed', step => page.mouse.wheel(0, Math.floor(step / 24) % 2 === 0 ? -60 : 60));
await measure('map hovered', step =>
  page.mouse.move(x + width / 2 + 200 * Math.sin(step / 5), y + height / 2 + 160 * Math.cos(step / 8)),
);
await browser.close();
await host.close();
rmSync(home, { recursive: true, force: true });
