import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasProgram, runTool, temporaryFolder } from '#test/audio-files';
import { TarFile } from '../../src-main/dataset/publish/tar-file';

it.skipIf(!hasProgram('tar'))('archives give names and contents of any length back to tar', () => {
  const pieces: Uint8Array[] = [];
  const tar = new TarFile({
    bytes: piece => pieces.push(Buffer.from(piece)),
    text: () => undefined,
    finish: () => ({ path: 'a.tar', bytes: 0, sha256: '' }),
    discard: () => undefined,
  });
  const lengths = [0, 1, 511, 512, 513, 10_000];
  // A pax record counts its own digits: lengths around 10, 100 and 1000 of it.
  const names = [90, 99, 100, 101, 200, 979, 980, 985, 986, 990].map(
    (length, index) => `${index}${'é'.repeat(2)}${'n'.repeat(length - 5 - 5)}.json`,
  );
  names.forEach((name, index) => tar.add(name, Buffer.alloc(lengths[index % lengths.length] ?? 0, name)));
  tar.finish();
  const path = join(temporaryFolder(), 'a.tar');
  writeFileSync(path, Buffer.concat(pieces));
  expect(Buffer.concat(pieces).length).toBe(tar.bytes);
  const listed = runTool('tar', '-tf', path, '--quoting-style=literal').toString('utf8').trim().split('\n');
  expect(listed).toEqual(names);
  names.forEach((name, index) => {
    const wanted = Buffer.alloc(lengths[index % lengths.length] ?? 0, name);
    expect(runTool('tar', '-xOf', path, '--', name).equals(wanted)).toBe(true);
  });
});
