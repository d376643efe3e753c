import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the place of the fuses in Electron's program. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const FUSE_VERSION = 1;

/** Fuses in the order of their bytes (version 1 of the format). */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
export type Fuse = (typeof FUSES)[number];

/** As Electron is delivered: one byte a fuse, "1" on, "0" off. */
const DELIVERED = '10110001';

/** A folder that electron-builder takes for an unpacked Electron runtime; its program is only a place for fuses. */
export function makeDistribution(folder: string): void {
  const version = (
    JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')) as { version: string }
  ).version;
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const program = Buffer.concat([
    Buffer.from('stands in for Electron '),
    SENTINEL,
    Buffer.from([FUSE_VERSION, FUSES.length]),
    Buffer.from(DELIVERED),
  ]);
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 });
  writeFileSync(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak']) {
    writeFileSync(join(folder, name), 'stands in for a file of Electron\n');
  }
}

export function readFuses(program: string): Readonly<Record<Fuse, boolean>> {
  const bytes = readFileSync(program);
  const at = bytes.indexOf(SENTINEL) + SENTINEL.length;
  const states = bytes.subarray(at + 2, at + 2 + FUSES.length).toString();
  return Object.fromEntries(FUSES.map((fuse, index) => [fuse, states[index] === '1'])) as Record<
    Fuse,
    boolean
  >;
}

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly unpacked?: boolean;
}

/** Every file of an archive, with "/" between folders. Its header is JSON after four 32-bit lengths. */
export function filesOfAsar(path: string): string[] {
  const bytes = readFileSync(path);
  const json = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString();
  const walk = (entry: AsarEntry, name: string): string[] =>
    entry.files
      ? Object.entries(entry.files).flatMap(([part, inner]) =>
          walk(inner, name === '' ? part : `${name}/${part}`),
        )
      : [name];
  return walk(JSON.parse(json) as AsarEntry, '');
}
