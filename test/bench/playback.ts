// Cost of scheduling a pass of 64 bars and 16 rows, start error of voices in frames, difference of preview and render, and from a key to
// a started hit. Needs Chromium and the built program.
//   npm run bench -- playback
import { performance } from 'node:perf_hooks';
import { kitOfPattern } from '#shared/mix';
import { COMMON_TIME, INSTRUMENTS, type Pattern, PLAIN_FRAME, sortedNotes, STEP_TICKS } from '#shared/model';
import { ticks } from '#shared/units';
import { launchChromium } from '#test/browser';
import { openPageScript } from '#test/page-script';
import { aNote } from '#test/pattern';
import { StudioPage } from '#test/studio-page';
import { startDemoHost } from '#test/web-host';
import { Sequencer } from '../../src-renderer/playback/sequencer';
import type { Program } from '../../src-renderer/playback/program';

const RATE = 48_000;
const BARS = 64;
const ROWS = 16;

/** Every step of every row; two of the rows share an instrument in another role. */
function fullPattern(probability: number): Pattern {
  const notes = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: BARS * 16 }, (__, step) =>
      aNote(INSTRUMENTS[row % INSTRUMENTS.length] ?? 'kick', step, {
        role: row < INSTRUMENTS.length ? 'MOTION' : 'TEXTURE',
        at: ticks(step * STEP_TICKS),
        feel: (step % 7) - 3,
        probability,
      }),
    ),
  ).flat();
  const bars = Array.from({ length: BARS }, () => COMMON_TIME);
  return {
    ...PLAIN_FRAME,
    tempo: 120,
    bars,
    swing: { percent: 56, base: '16th' },
    notes: sortedNotes(notes),
  };
}

const programOf = (pattern: Pattern): Program => ({
  sections: [{ gainDecibels: 0, pattern, kit: kitOfPattern(pattern, RATE), hits: [], silent: new Set() }],
  isLooping: true,
  loop: null,
  hasClick: false,
  song: null,
});
const sequencer = (): Sequencer =>
  new Sequencer(RATE, () => ({ hitFrames: () => RATE / 2, preRollFrames: () => 100 }));
const START = { section: 0, ticks: 0, along: 0 };
const milliseconds = (work: () => void): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};
const told = (times: readonly number[], digits = 2): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(digits);
  return `median ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)} (${sorted.length})`;
};

for (const [name, probability] of [
  ['certain hits', 1],
  ['chances', 0.5],
] as const) {
  const pattern = fullPattern(probability);
  const program = programOf(pattern);
  const first = Array.from({ length: 9 }, () => {
    const fresh = programOf({ ...pattern });
    return milliseconds(() => {
      const at = sequencer();
      at.start(fresh, START, 0);
      at.take(200, 0);
    });
  });
  const edits = Array.from({ length: 9 }, (_, index) => {
    const at = sequencer();
    at.start(program, START, 0);
    at.take(0.5, 0);
    const edited = { ...pattern, notes: pattern.notes.toSpliced(index * 100, 1) };
    const next = programOf(edited);
    return milliseconds(() => {
      at.replace(next, 0.1);
      at.take(0.6, 0.1);
    });
  });
  const at = sequencer();
  at.start(program, START, 0);
  const turns: number[] = [];
  for (let now = 0; now < 300; now += 0.025) turns.push(milliseconds(() => at.take(now + 0.5, now)));
  console.log(`${BARS} bars x ${ROWS} rows, ${pattern.notes.length} hits, ${name}`);
  console.log(`  a pass scheduled anew, ms: ${told(first)}`);
  console.log(`  an edit while it plays, ms: ${told(edits)}`);
  console.log(`  a turn of 25 ms, ms: ${told(turns, 3)}`);
}

const browser = await launchChromium();
const page = await openPageScript(browser, 'playback-page');
const errors: number[] = await page.evaluate('startErrors(1000, 127.3)');
console.log(`start error of ${errors.length} voices, frames: most ${Math.max(...errors.map(Math.abs))}`);
for (const seed of [1, 2, 3]) {
  const found: { difference: number; peak: number; strokes: number } = await page.evaluate(
    `previewAgainstRender(${seed})`,
  );
  const { difference, peak, strokes } = found;
  console.log(
    `preview against render, ${strokes} strokes: ${difference.toFixed(1)} dBFS at a peak of ${peak.toFixed(1)} dBFS`,
  );
}
const drift: number[] = await page.evaluate('songErrors(180)');
console.log(
  `groove against the stem of a drifting song of 3 min, ${drift.length} beats, frames: most ${Math.max(...drift.map(Math.abs))}`,
);

const host = await startDemoHost();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const app = await context.newPage();
await app.addInitScript(`
  let pressed = 0;
  globalThis.auditions = [];
  addEventListener('keydown', () => { pressed = performance.now(); }, true);
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    auditions.push([performance.now() - pressed, Math.max(0, when - this.context.currentTime) * 1000]);
    return start.call(this, when, ...rest);
  };
`);
await app.goto(host.address);
const studio = new StudioPage(app);
await studio.demoReady();
await studio.show('Kit');
await app.getByRole('grid', { name: 'Hits' }).focus();
for (const round of ['first', 'again'] as const) {
  await app.evaluate('auditions.length = 0');
  for (let press = 0; press < 12; press++) {
    await app.keyboard.press(round === 'first' ? 'ArrowDown' : 'ArrowUp');
    await app.waitForTimeout(150);
  }
  const starts: [number, number][] = await app.evaluate('auditions');
  console.log(
    `audition by arrow key, ${round}: key to start() ${told(starts.map(([at]) => at))} ms, then scheduled within ${told(starts.map(([, ahead]) => ahead))} ms`,
  );
}
await host.close();
await browser.close();
