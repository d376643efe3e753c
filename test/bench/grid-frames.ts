// Frames of the groove grid while it plays 64 bars of 16 rows with a hit on every sixteenth, drawn by the processor alone. Drawing is
// everything that runs before a frame (grid, lane, lit hits, transport, meters); the frame adds style, layout, paint and the canvases'
// pixels. In ms of the processor, which is what they take on a quiet machine, and from frame to frame by the clock.
//   npm run bench -- grid-frames [SECONDS] [BARS] [ROWS]
import { launchChromium, watchedPage } from '#test/browser';
import { framesOf, quantile, tasksDuring } from '#test/frame-times';
import { fullGroove, startGrooveHost } from '#test/groove-host';

const [seconds = '20', bars = '64', rows = '16'] = process.argv.slice(2);

const host = await startGrooveHost('full', kit => fullGroove(kit, Number(bars), Number(rows)));
const browser = await launchChromium();
const { page } = await watchedPage(browser, { width: 1440, height: 900 });
await page.goto(host.address);
await page.getByRole('grid', { name: 'Groove' }).waitFor();
await page.waitForTimeout(2000);
await page.keyboard.press('Space');
await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
await page.waitForTimeout(2000);
const frames = framesOf(await tasksDuring(page, () => page.waitForTimeout(Number(seconds) * 1000)));
await page.keyboard.press('Enter');
const figures = (name: string, values: readonly number[]): void =>
  console.log(
    `${name.padEnd(8)} p50 ${quantile(values, 0.5).toFixed(2)} ms, p95 ${quantile(values, 0.95).toFixed(2)} ms, most ${Math.max(...values).toFixed(1)} ms`,
  );
console.log(`${bars} bars of ${rows} rows, ${frames.length} frames in ${seconds} s`);
figures(
  'drawing',
  frames.map(({ parts }) => parts.get('FireAnimationFrame') ?? 0),
);
figures(
  'frame',
  frames.map(({ processor }) => processor),
);
figures(
  'interval',
  frames.slice(1).map(({ start }, index) => start - (frames[index]?.start ?? 0)),
);
await browser.close();
await host.close();
