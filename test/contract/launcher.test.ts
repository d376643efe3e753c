import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findElectron, hasDisplay } from '../../scripts/launch/electron-runtime.mjs';
import { readReport } from '../../scripts/launch/run-vitest.mjs';
import { isInstalled } from '../../scripts/launch/set-up.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backbeat-launcher-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** No display and no Electron runtime, as on the machines that test. */
const environment = (): NodeJS.ProcessEnv => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  return { ...rest, BACKBEAT_HOME: join(folder, 'home') };
};

async function linesUntil(child: ChildProcess, end: RegExp): Promise<string[]> {
  const lines: string[] = [];
  if (!child.stdout) throw new Error('no stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (end.test(line)) break;
  }
  child.stdout.resume();
  return lines;
}

describe('npm start', () => {
  it('runs the whole line, tells where its files lie, serves the studio with that project, and ends with Ctrl-C', async () => {
    // Else it would install, under the feet of every other test.
    expect(isInstalled()).toBe(true);
    const out = join(folder, 'out');
    const child = spawn(process.execPath, ['scripts/start.mjs', '--out', out], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise(resolve => {
      child.once('exit', resolve);
    });
    const lines = await linesUntil(child, /Ctrl-C/);
    const text = lines.join('\n');
    const told = (label: string): string => new RegExp(`${label} +(\\S.*)`).exec(text)?.[1] ?? '';
    expect(readFileSync(told('WAV')).subarray(0, 4).toString()).toBe('RIFF');
    expect(readFileSync(told('MIDI')).subarray(0, 4).toString()).toBe('MThd');
    expect(readFileSync(told('MP3')).length).toBeGreaterThan(10_000);
    expect(existsSync(join(told('stems'), 'CORE.wav'))).toBe(true);
    expect(text).toContain('no Electron window');
    const [address = ''] = /http:\S+/.exec(text) ?? [];
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('says which song is not there', async () => {
    const run = promisify(execFile)(process.execPath, ['scripts/start.mjs', '/nowhere/song.wav'], {
      env: environment(),
    });
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('/nowhere/song.wav is not there') as string,
    });
  });
});

describe('whether the packages are installed', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: {
        '': { version: '1.0.0' },
        'node_modules/a': { version },
        'node_modules/other-machine': { version: '1.0.0', optional: true },
      },
    });

  beforeAll(() => {
    write('installed/package-lock.json', lock('1.0.0'));
    write(
      'installed/node_modules/.package-lock.json',
      lock('1.0.0').replace(/,"node_modules\/other.*?\}/, ''),
    );
    write('installed/node_modules/a/index.js', '');
  });

  it('is seen by the lock file that npm leaves, packages of other machines aside', () => {
    expect(isInstalled(join(folder, 'installed'))).toBe(true);
  });

  it('is not the case before the first install, after an update, or when a folder is gone', () => {
    for (const name of ['none', 'updated', 'gone']) {
      cpSync(join(folder, 'installed'), join(folder, name), { recursive: true });
    }
    rmSync(join(folder, 'none/node_modules'), { recursive: true });
    write('updated/package-lock.json', lock('1.0.1'));
    rmSync(join(folder, 'gone/node_modules/a'), { recursive: true });
    for (const name of ['none', 'updated', 'gone']) expect(isInstalled(join(folder, name))).toBe(false);
  });
});

describe('the Electron runtime', () => {
  const make = (name: string, files: Readonly<Record<string, string>>): string => {
    for (const [path, text] of Object.entries(files)) write(`${name}/${path}`, text);
    return join(folder, name);
  };
  const whole = {
    'package.json': '{"version":"45.0.0"}',
    'path.txt': 'electron',
    'dist/version': '45.0.0',
    'dist/electron': '',
  };

  it('is found by its files', () => {
    const electron = make('whole', whole);
    expect(findElectron(electron, {})).toBe(join(electron, 'dist/electron'));
  });

  it('is not there when it is missing, half unpacked, or of another version', () => {
    expect(findElectron(make('bare', { 'package.json': whole['package.json'] }), {})).toBeNull();
    const { 'path.txt': _path, ...half } = whole;
    expect(findElectron(make('half', half), {})).toBeNull();
    expect(findElectron(make('old', { ...whole, 'dist/version': '44.0.0' }), {})).toBeNull();
  });

  it('needs a display on Linux', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });
});

describe('the count of npm test', () => {
  const test = (status: string, fullName: string) => ({ status, fullName });

  it('names skipped tests and counts a file that could not be loaded as a failure', () => {
    const report = {
      testResults: [
        {
          status: 'passed',
          assertionResults: [test('passed', 'a'), test('skipped', 'b'), test('todo', 'c')],
        },
        { status: 'failed', assertionResults: [test('failed', 'd'), test('passed', 'e')] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(readReport(report)).toEqual({ passed: 2, failed: 2, skipped: ['b', 'c'] });
  });
});
