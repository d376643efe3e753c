import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { writeWav } from '#main/platform';
import { launchChromium, takePicture, type WatchedPage, watchedPage } from '#test/browser';
import { materialFiles } from '#test/material';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { readSmf } from '#test/read-smf';
import { parseSpokenHit, type SpokenHit, StudioPage } from '#test/studio-page';
import { type RunningHost, startWebHost } from '#test/web-host';

/** A recording where there is one, a synthesised loop elsewhere. */
async function aSong(folder: string): Promise<string> {
  const [recording] = materialFiles('mdb-drums/sep/mix');
  if (recording !== undefined) return recording;
  const path = join(folder, 'Rock loop.wav');
  await writeWav(path, drumTrack(rockBars(120, 8), 17), '16');
  return path;
}

const BARS = 2;
const TEMPO = 120;
/** MIDI rounds to a tick, so an onset is at most half of one off: 31.25 / BPM ms. */
const HALF_TICK_MS = 31.25 / TEMPO;
/** The grid says offsets to a tenth of a millisecond. */
const SPOKEN_ERROR_MS = 0.05;

const secondsOf = (hit: SpokenHit): number =>
  ((hit.bar - 1) * 4 + (hit.beat - 1) + hit.sixteenth / 4) * (60 / TEMPO) + hit.offsetMs / 1000;

interface Wav {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bits: number;
  readonly format: number;
  readonly samples: Float32Array;
}

/** A 32-bit float WAV, read by this test's own few lines. */
function readFloatWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  expect([text(0), text(8)]).toEqual(['RIFF', 'WAVE']);
  let head = { format: 0, channelCount: 0, sampleRate: 0, bits: 0 };
  for (let at = 12; at + 8 <= bytes.length; at += 8 + view.getUint32(at + 4, true)) {
    const size = view.getUint32(at + 4, true);
    if (text(at) === 'fmt ') {
      const code = view.getUint16(at + 8, true);
      head = {
        format: code === 0xfffe ? view.getUint16(at + 32, true) : code,
        channelCount: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
        bits: view.getUint16(at + 22, true),
      };
    }
    if (text(at) === 'data') {
      const samples = Float32Array.from({ length: size / 4 }, (_, index) =>
        view.getFloat32(at + 8 + index * 4, true),
      );
      return { ...head, samples };
    }
  }
  throw new Error('the WAV has no data');
}

describe('from a song to files', () => {
  let host: RunningHost;
  let browser: Browser;
  let watched: WatchedPage;
  let studio: StudioPage;
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-song-'));
  let song: string;
  let title: string;

  beforeAll(async () => {
    song = await aSong(folder);
    title = basename(song, extname(song));
    host = await startWebHost();
    browser = await launchChromium();
    watched = await watchedPage(browser, { width: 1920, height: 1080 });
    studio = new StudioPage(watched.page);
    // Every start of a buffer, in seconds of the audio clock: what the analyser cannot tell to the frame.
    await watched.page.addInitScript(
      'window.starts = []; const start = AudioBufferSourceNode.prototype.start; AudioBufferSourceNode.prototype.start = function (...given) { window.starts.push(given[0] - (given[1] ?? 0)); return start.apply(this, given); };',
    );
    await watched.page.goto(host.address);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes a dropped song and says how far it is until it is ready', { timeout: 300_000 }, async () => {
    await studio.demoReady();
    await studio.drop([song]);
    const job = studio.job(title);
    await job.waitFor();
    const seen: number[] = [];
    const stages = new Set<string>();
    while ((await job.count()) > 0 && (await job.getAttribute('data-job-state')) !== 'done') {
      const text = await job.innerText().catch(() => '');
      const [, fraction] = /(\d+) %/.exec(text) ?? [];
      if (fraction !== undefined) seen.push(Number(fraction));
      const [, stage] = /stage (\d+) of/.exec(text) ?? [];
      if (stage !== undefined) stages.add(stage);
      expect(text).not.toMatch(/Stopped|Interrupted/);
      await watched.page.waitForTimeout(50);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(stages.size).toBeGreaterThan(1);
    const row = studio.trackRow(title);
    await row.filter({ hasText: /hits|tempo/ }).waitFor({ timeout: 120_000 });
    await row.click();
    await watched.page.getByRole('region', { name: `Track ${title}` }).waitFor();
    await takePicture(watched.page, 'library');
  });

  it('shows the slices of the song and plays one at a key', async () => {
    await studio.show('Slices');
    const slices = watched.page.getByRole('grid', { name: 'Slices' });
    await slices.getByRole('row').nth(1).click();
    await watched.page.keyboard.press('Space');
    await studio.expectSound();
    await takePicture(watched.page, 'slices');
  });

  it('opens the kit that was made of it and sounds a pad', async () => {
    await studio.show('Kit');
    const pads = watched.page.getByRole('group', { name: 'Pads' }).locator('[data-pad]');
    expect(await pads.count()).toBeGreaterThanOrEqual(2);
    await pads.first().click();
    await studio.expectSound();
    await takePicture(watched.page, 'kit');
  });

  it('swaps the hit of a pad and takes that back', async () => {
    const pad = watched.page.getByRole('region', { name: 'Pad', exact: true });
    const sounds = pad.getByRole('button', { name: /^sounds / });
    const before = await sounds.innerText();
    const rows = watched.page.getByRole('grid', { name: 'Hits' }).locator('[draggable=true]');
    await rows.nth(4).click();
    const send = pad.getByRole('button', { name: /^Send to / });
    await expect.poll(() => send.isEnabled()).toBe(true);
    await watched.page.keyboard.press('p');
    await expect.poll(() => sounds.innerText()).not.toBe(before);
    await watched.page.keyboard.press('Control+z');
    await expect.poll(() => sounds.innerText()).toBe(before);
  });

  it('generates a groove as one undo step', async () => {
    await studio.show('Groove');
    await studio.type('Bars', String(BARS));
    await studio.type('Tempo of the take', String(TEMPO));
    await watched.page.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect
      .poll(async () => (await studio.grid.getAttribute('aria-colcount')) ?? '')
      .toBe(String(BARS * 16));
    expect((await studio.hits()).length).toBeGreaterThan(8);
    await watched.page.getByRole('button', { name: 'Keep take 1' }).click();
    await watched.page.getByRole('button', { name: 'Undo: Generate rock, seed 42, take 1' }).waitFor();
    await takePicture(watched.page, 'groove');
  });

  it('moves a hit by 7 ms, takes that back and makes it again', async () => {
    const cell = studio.grid.locator('[role=gridcell][data-filled=true][aria-label*="bar 2"]').first();
    const before = (await cell.getAttribute('aria-label')) ?? '';
    await studio.clickHit(cell);
    await studio.expectCursorCell(before);
    const { offsetMs } = parseSpokenHit(before);
    await studio.type('Offset in milliseconds', String(offsetMs + 7));
    await studio.grid.locator('[role=gridcell][tabindex="0"]').focus();
    await expect
      .poll(async () => parseSpokenHit(await studio.cursorCell()).offsetMs)
      .toBeCloseTo(offsetMs + 7, 1);
    await watched.page.keyboard.press('Control+z');
    await studio.expectCursorCell(before);
    await watched.page.keyboard.press('Control+Shift+z');
    await expect
      .poll(async () => parseSpokenHit(await studio.cursorCell()).offsetMs)
      .toBeCloseTo(offsetMs + 7, 1);
  });

  it('drags a hit in true time with Alt', async () => {
    const cell = studio.grid.locator('[role=gridcell][data-filled=true][aria-label*="bar 1 beat 2"]').first();
    await studio.clickHit(cell);
    const before = parseSpokenHit(await studio.cursorCell());
    const box = await cell.boundingBox();
    if (!box) throw new Error('no cell');
    const stepMs = 60_000 / TEMPO / 4;
    await watched.page.mouse.move(box.x + 6, box.y + box.height / 2);
    await watched.page.mouse.down();
    await watched.page.keyboard.down('Alt');
    await watched.page.mouse.move(box.x + 6 + box.width / 5, box.y + box.height / 2, { steps: 4 });
    await watched.page.mouse.up();
    await watched.page.keyboard.up('Alt');
    const wanted = before.offsetMs + Math.round(stepMs / 5);
    await expect.poll(async () => parseSpokenHit(await studio.cursorCell()).offsetMs).toBeCloseTo(wanted, 0);
    await watched.page.keyboard.press('Control+z');
    await expect.poll(async () => parseSpokenHit(await studio.cursorCell()).offsetMs).toBe(before.offsetMs);
  });

  it('plays: audio flows until it is stopped', async () => {
    expect(await studio.loudest(300)).toBe(-Infinity);
    await watched.page.getByRole('button', { name: 'Play', exact: true }).click();
    await studio.expectSound();
    await watched.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await watched.page.waitForTimeout(300);
    expect(await studio.loudest(300)).toBe(-Infinity);
  });

  it('goes round the loop without a gap: each hit comes again after exactly its length', async () => {
    const loopSeconds = (BARS * 4 * 60) / TEMPO;
    await watched.page.evaluate('window.starts.length = 0');
    await watched.page.getByRole('button', { name: 'Play', exact: true }).click();
    const starts = async (): Promise<readonly number[]> => {
      const recorded: readonly number[] = await watched.page.evaluate('window.starts');
      return recorded.toSorted((a, b) => a - b);
    };
    const spanned = async (): Promise<number> => {
      const all = await starts();
      return (all.at(-1) ?? 0) - (all[0] ?? 0);
    };
    await expect.poll(spanned, { timeout: 20_000 }).toBeGreaterThan(loopSeconds * 2);
    await watched.page.getByRole('button', { name: 'Stop', exact: true }).click();
    const all = await starts();
    const pass = (number: number): readonly number[] => {
      const from = (all[0] ?? 0) + number * loopSeconds - 0.001;
      return all.filter(start => start >= from && start < from + loopSeconds);
    };
    const [first, second] = [pass(0), pass(1)];
    expect(first.length).toBeGreaterThan(8);
    expect(second.length).toBe(first.length);
    for (const [index, start] of first.entries()) {
      expect(Math.abs((second[index] ?? 0) - start - loopSeconds)).toBeLessThanOrEqual(1 / 44_100 + 1e-9);
    }
  });

  it('writes what is on the screen: WAV, stems that sum to it, MP3, MIDI', { timeout: 180_000 }, async () => {
    const hits = await studio.hits();
    await studio.show('Export');
    const dialog = watched.page.getByRole('dialog', { name: 'Export' });
    await dialog.getByText('32 float', { exact: true }).click();
    await dialog.getByRole('button', { name: /^Export \d+ files/ }).click();
    await dialog.getByText(/^Exported \d+ files/).waitFor({ timeout: 120_000 });
    await takePicture(watched.page, 'export');

    const wav = readFloatWav(await studio.exported('wav'));
    expect(wav).toMatchObject({ format: 3, bits: 32, channelCount: 2 });
    const seconds = wav.samples.length / wav.channelCount / wav.sampleRate;
    const patternSeconds = (BARS * 4 * 60) / TEMPO;
    expect(seconds).toBeGreaterThanOrEqual(patternSeconds - 1 / wav.sampleRate);
    expect(seconds).toBeLessThanOrEqual(patternSeconds + 2 + 1 / wav.sampleRate);
    expect(wav.samples.some(sample => Math.abs(sample) > 0.05)).toBe(true);

    const stemLinks = await watched.page.locator('a[data-file-kind^="stem:"]').all();
    const stemKinds = await Promise.all(
      stemLinks.map(async link => (await link.getAttribute('data-file-kind')) ?? ''),
    );
    expect(stemKinds.length).toBeGreaterThan(1);
    const sum = new Float64Array(wav.samples.length);
    for (const kind of stemKinds) {
      const stem = readFloatWav(await studio.exported(kind));
      expect(stem.samples.length).toBe(sum.length);
      for (const [index, sample] of stem.samples.entries()) sum[index] = (sum[index] ?? 0) + sample;
    }
    const worst = wav.samples.reduce(
      (most, sample, index) => Math.max(most, Math.abs(sample - (sum[index] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(1e-6);

    const midi = readSmf(await studio.exported('midi'));
    expect(midi).toMatchObject({ format: 1, division: 960 });
    const written = midi.notes.map(note => note.seconds).sort((a, b) => a - b);
    const shown = hits.map(secondsOf).sort((a, b) => a - b);
    expect(written.length).toBe(shown.length);
    for (const [index, onset] of written.entries()) {
      const off = Math.abs(onset - Math.max(0, shown[index] ?? 0)) * 1000;
      expect(off).toBeLessThanOrEqual(HALF_TICK_MS + SPOKEN_ERROR_MS + 1e-6);
    }

    const mp3 = await studio.exported('mp3');
    expect(mp3.length).toBeGreaterThan(10_000);
    await watched.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('finds everything again after a reload', async () => {
    const before = await studio.hits();
    await watched.page.keyboard.press('Control+s');
    await watched.page.waitForTimeout(1000);
    await watched.page.reload();
    await studio.grid.waitFor();
    await expect.poll(() => studio.hits()).toEqual(before);
  });

  it('never broke its content security policy and never complained', () => {
    expect(watched.complaints).toEqual([]);
  });
});
