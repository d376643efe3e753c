// From the press of a key that puts a hit or takes it away to the frame that shows it, on 64 bars of 16 rows with a hit on every
// sixteenth: ms of the clock from the key's event until that frame was handed on, and ms of the processor that the window spent on it
// (editing, the screen's elements, the frame), which is what it takes on a quiet machine beside the wait for the frame.
//   npm run bench -- key-to-pixel [PRESSES] [BARS] [ROWS]
import { launchChromium, watchedPage } from '#test/browser';
import { quantile, type Task, tasksDuring } from '#test/frame-times';
import { fullGroove, startGrooveHost } from '#test/groove-host';

const [presses = '60', bars = '64', rows = '16'] = process.argv.slice(2);

/** Notes when the key is pressed, and when the frame is over in which a canvas of the grid was drawn after that. */
const TIMED_KEYS = `{
  const latencies = (window.keyLatencies = []);
  let pressed = 0;
  window.addEventListener('keydown', event => { if (event.key === 'x') pressed = event.timeStamp; }, true);
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...given) {
    if (pressed > 0 && this.canvas.closest('[data-grid-content]')) {
      const from = pressed;
      pressed = 0;
      // A message that is sent while a frame is made arrives after it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => latencies.push(performance.now() - from);
      port2.postMessage(null);
    }
    return clearRect.apply(this, given);
  };
}`;

const host = await startGrooveHost('full', kit => fullGroove(kit, Number(bars), Number(rows)));
const browser = await launchChromium();
const { page } = await watchedPage(browser, { width: 1440, height: 900 });
await page.addInitScript(TIMED_KEYS);
await page.goto(host.address);
const grid = page.getByRole('grid', { name: 'Groove' });
await grid.waitFor();
await grid.locator('[role=gridcell][tabindex="0"]').focus();
await page.waitForTimeout(2000);
await page.evaluate('void (window.keyLatencies.length = 0)');
const tasks = await tasksDuring(page, async () => {
  for (let press = 0; press < Number(presses); press++) {
    await page.keyboard.press('x');
    await page.waitForTimeout(150);
  }
});
const clock = (await page.evaluate('window.keyLatencies')) as readonly number[];

/** Everything from a press to its frame. */
const toFrame = (press: number): readonly Task[] => {
  const frame = tasks.findIndex(({ parts }, at) => at > press && parts.has('FireAnimationFrame'));
  return frame < 0 ? [] : tasks.slice(press, frame + 1);
};
const processor = tasks
  .flatMap(({ parts }, at) => (parts.has('EventDispatch keydown') ? [toFrame(at)] : []))
  .filter(each => each.length > 0)
  .map(each => each.reduce((sum, task) => sum + task.processor, 0));
const figures = (name: string, values: readonly number[]): void =>
  console.log(
    `${name.padEnd(10)} median ${quantile(values, 0.5).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms, most ${Math.max(...values).toFixed(1)} ms`,
  );
console.log(`${clock.length} presses on ${bars} bars of ${rows} rows`);
figures('clock', clock);
figures('processor', processor);
await browser.close();
await host.close();
