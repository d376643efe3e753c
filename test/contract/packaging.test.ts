import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unbundled } from '../../scripts/notices/collect.mjs';
import packageJson from '../../package.json' with { type: 'json' };
import { filesOfAsar, makeDistribution, readFuses } from '#test/electron-distribution';

const BUILDER = 'node_modules/electron-builder/cli.js';

const pack = (...options: string[]): Promise<unknown> => {
  const args = [BUILDER, '--linux', 'dir', '--config', 'electron-builder.yml', ...options];
  return promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
};

let folder = '';
let files: readonly string[] = [];
const packed = (path: string): string => join(folder, 'release/linux-unpacked', path);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backbeat-package-'));
  makeDistribution(join(folder, 'electron'));
  const output = `-c.directories.output=${join(folder, 'release')}`;
  await pack(`-c.electronDist=${join(folder, 'electron')}`, output);
  files = filesOfAsar(packed('resources/app.asar'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packaged app', () => {
  it('has its fuses set: no plain Node, no foreign options, code from the archive alone', () => {
    expect(readFuses(packed('backbeat'))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it.each([
    'package.json',
    'LICENSE',
    'THIRD-PARTY-NOTICES',
    packageJson.main,
    'dist/preload/preload.cjs',
    'dist/renderer/index.html',
    'dist/main/workers/stage-worker.js',
    'assets/drag-icon.png',
    'assets/demo/first-light.mp3',
    'native-models/drum-stem/drum-stem.onnx',
    'native-models/drum-stem/manifest.json',
    'soundfonts/manifest.json',
    'soundfonts/marching-snare.sf2',
    'node_modules/js-synthesizer/dist/js-synthesizer.js',
    'node_modules/js-synthesizer/externals/libfluidsynth-2.4.6.js',
  ])('holds %s', file => {
    expect(files).toContain(file);
  });

  it('holds every package that is not bundled, and what those need', () => {
    const needed = [...Object.keys(packageJson.dependencies), '@wasm-audio-decoders/common', 'codec-parser'];
    for (const name of needed) expect(files).toContain(`node_modules/${name}/package.json`);
  });

  it('holds no package that is bundled, only built or only tested with', () => {
    const names = Object.keys(packageJson.devDependencies);
    expect(files.filter(file => names.some(name => file.startsWith(`node_modules/${name}/`)))).toEqual([]);
  });

  it('holds no other Node, no sources, tests or maps', () => {
    expect(
      files.filter(file => /node_modules\/node-|\.map$|^(src-|test\/|native-models\/training)/.test(file)),
    ).toEqual([]);
  });

  it('has the native binaries of its machine, outside of the archive, and no others', () => {
    const natives = files.filter(file => /\.(node|so|dylib|dll)(\.\d+)*$/.test(file));
    expect(natives.length).toBeGreaterThan(0);
    for (const file of natives) {
      expect(file).toMatch(new RegExp(`linux[-/]${process.arch}`));
      expect(existsSync(packed(`resources/app.asar.unpacked/${file}`))).toBe(true);
    }
  });

  it('holds the packages that the third-party notices name, and no others', () => {
    const inArchive = files.flatMap(file => /^(node_modules\/.*)\/package\.json$/.exec(file)?.[1] ?? []);
    const packages = inArchive.filter(path => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/.test(path));
    expect(new Set(packages)).toEqual(unbundled('.'));
  });
});

describe('the configuration of the packager', () => {
  it('is checked: an unknown setting is refused', async () => {
    await expect(pack('-c.appIdd=x')).rejects.toMatchObject({
      stdout: expect.stringContaining('unknown property') as string,
    });
  });
});
