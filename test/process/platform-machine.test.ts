import { execFileSync } from 'node:child_process';
import { openSync, closeSync, ftruncateSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog, findProgram, openWav, runProgram } from '#main/platform';
import { hasProgram, neverAborted, runTool, temporaryFolder } from '#test/audio-files';
import { wavHeader } from '../../src-main/platform/audio/wav-header';

describe('the log', () => {
  const now = (): Date => new Date('2026-01-02T03:04:05Z');

  it('writes a JSON line an event, errors with their message', () => {
    const folder = join(temporaryFolder(), 'logs');
    const log = createLog({ folder, name: 'app', now });
    log.write('info', 'started', { version: '1.0' });
    log.write('error', 'failed', { error: new TypeError('bad "thing"') });
    const lines = readFileSync(join(folder, 'app.log'), 'utf8').trim().split('\n');
    expect(lines.map(line => JSON.parse(line) as unknown)).toMatchObject([
      { time: '2026-01-02T03:04:05.000Z', level: 'info', event: 'started', version: '1.0' },
      { level: 'error', event: 'failed', error: { name: 'TypeError', message: 'bad "thing"' } },
    ]);
  });

  it('begins a new file when one is full, and keeps the newest', () => {
    const folder = temporaryFolder();
    const log = createLog({ folder, name: 'app', now, maxBytes: 300, keep: 2 });
    for (let index = 0; index < 30; index++) log.write('info', `event ${index}`);
    expect(readdirSync(folder).toSorted()).toEqual(['app.1.log', 'app.2.log', 'app.log']);
    const all = ['app.2.log', 'app.1.log', 'app.log']
      .map(name => readFileSync(join(folder, name), 'utf8'))
      .join('');
    const events = all
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { event: string }).event);
    expect(events.at(-1)).toBe('event 29');
    expect(events).toEqual(
      Array.from({ length: events.length }, (_, at) => `event ${30 - events.length + at}`),
    );
  });

  it('never stops the work when it cannot write', () => {
    expect(() => createLog({ folder: '/dev/null/logs', name: 'app' }).write('info', 'x')).not.toThrow();
  });
});

describe('a program of the machine', () => {
  it('answers what it wrote and how it ended', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const run = await runProgram(process.execPath, ['-e', script], neverAborted);
    expect(run).toEqual({ code: 3, output: 'out\n', errors: 'err\n' });
  });

  it('is killed when it is no longer wanted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const began = performance.now();
    const args = ['-e', 'setInterval(() => {}, 1000)'];
    await expect(runProgram(process.execPath, args, controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('that is not there fails with a reason and no exit code', async () => {
    const run = await runProgram('/nowhere/program', [], neverAborted);
    expect(run.code).toBeNull();
    expect(run.errors).toContain('ENOENT');
    expect(await findProgram('surely-no-such-program')).toBeNull();
  });
});

describe('a WAV past 4 GB', () => {
  it('is read at its end, here and by ffprobe', async () => {
    const path = join(temporaryFolder(), 'long.wav');
    const frames = 700_000_000;
    const header = wavHeader({
      sampleRate: 44_100,
      channelCount: 2,
      format: '32f',
      frames,
      hasRoomForLongSizes: true,
    });
    // A sparse file: it takes a few kilobytes of disk.
    const file = openSync(path, 'w');
    writeSync(file, header);
    ftruncateSync(file, header.length + frames * 8);
    writeSync(file, new Float32Array([0.25, -0.25]), 0, 8, header.length + (frames - 1) * 8);
    closeSync(file);
    const opened = await openWav(path);
    if (!opened.ok) throw new Error(opened.failure.code);
    expect(opened.value.frames).toBe(frames);
    const last = await opened.value.read(frames - 2, 10);
    await opened.value.close();
    expect(last.channels.map(channel => [...channel])).toEqual([
      [0, 0.25],
      [0, -0.25],
    ]);
    const seconds = hasProgram('ffprobe')
      ? Number(runTool('ffprobe', '-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path))
      : frames / 44_100;
    expect(seconds).toBeCloseTo(frames / 44_100, 3);
    expect(Number(execFileSync('du', ['-k', path]).toString().split('\t')[0])).toBeLessThan(1000);
  });
});
