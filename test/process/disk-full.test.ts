import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWavWriter, encodeMp3, Failed, moveIntoPlace, writeFileWhole, writeWav } from '#main/platform';
import type { Failure } from '#shared/protocol';
import { song } from '#test/audio';
import { neverAborted, temporaryFolder } from '#test/audio-files';
import { readSong } from '#test/audio-stage';

/** A real disk of 8 MB in memory; null where this user may not mount one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmdirSync(folder);
    return null;
  }
}

const disk = mountSmallDisk();
afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmdirSync(disk);
});

async function failureOf(work: () => Promise<unknown>): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Failed) return error.failure;
    throw error;
  }
}

function expectDiskFull(failure: Failure | null): void {
  if (failure?.code !== 'diskFull') throw new Error(`not diskFull: ${JSON.stringify(failure)}`);
  expect(failure.neededBytes).toBeGreaterThan(failure.freeBytes);
}

describe.skipIf(disk === null)('a full disk (a tmpfs of 8 MB, which only root may mount)', () => {
  const at = (...names: readonly string[]): string => join(disk ?? '', ...names);

  it('is seen before a WAV of known length is begun', async () => {
    const options = {
      sampleRate: 44_100,
      channelCount: 2,
      format: '32f',
      expectedFrames: 10_000_000,
    } as const;
    expectDiskFull(await failureOf(() => createWavWriter(at('song.wav'), options)));
    expect(readdirSync(at())).toEqual([]);
  });

  it('that fills up while a WAV of unknown length is written leaves nothing of it', async () => {
    const writer = await createWavWriter(at('song.wav'), {
      sampleRate: 44_100,
      channelCount: 2,
      format: '32f',
    });
    const minute = song(30);
    expectDiskFull(await failureOf(() => writer.write(minute)));
    expect(readdirSync(at())).toEqual([]);
    expect(await failureOf(() => writeFileWhole(at('small.txt'), 'there is room again'))).toBeNull();
    await moveIntoPlace(at('small.txt'), join(temporaryFolder(), 'small.txt'));
  });

  it('fails the stage that reads a song, and leaves nothing of it', async () => {
    const path = join(temporaryFolder(), 'song.wav');
    await writeWav(path, song(40), '32f');
    const { result } = await readSong(path, { folder: at('stage') });
    expectDiskFull(result.ok ? null : result.failure);
    expect(readdirSync(at('stage'))).toEqual([]);
  });

  it('leaves nothing of an MP3, a file or a copy that does not fit', async () => {
    const folder = temporaryFolder();
    const wav = join(folder, 'song.wav');
    await writeWav(wav, song(20), '16');
    mkdirSync(at('out'));
    writeFileSync(at('ballast'), Buffer.alloc(7_800_000));
    const options = { kilobits: 320, signal: neverAborted } as const;
    const mp3 = await encodeMp3(wav, at('out', 'song.mp3'), options);
    expectDiskFull(mp3.ok ? null : mp3.failure);
    expectDiskFull(await failureOf(() => writeFileWhole(at('out', 'big'), Buffer.alloc(2_000_000))));
    expectDiskFull(await failureOf(() => moveIntoPlace(wav, at('out', 'song.wav'))));
    expect(readdirSync(at('out'))).toEqual([]);
    expect(statSync(wav).size).toBeGreaterThan(3_000_000);
  });
});

describe('a place that cannot be written', () => {
  it('is said to be so, and nothing is lost', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'mine');
    const inside = join(folder, 'file', 'song.wav');
    const failure = await failureOf(() => writeWav(inside, song(0.1), '16'));
    expect(failure).toMatchObject({ code: 'notWritable', path: inside });
    expect(await failureOf(() => writeFileWhole('/proc/backbeat/song.json', '{}'))).toMatchObject({
      code: 'notWritable',
    });
  });

  it('keeps a file of the same name when told to', async () => {
    const folder = temporaryFolder();
    const [mine, yours] = [join(folder, 'mine'), join(folder, 'yours')];
    writeFileSync(mine, 'mine');
    writeFileSync(yours, 'yours');
    expect(await moveIntoPlace(mine, yours, { overwrite: false })).toBe(false);
    expect(readdirSync(folder)).toEqual(['mine', 'yours']);
    expect(await moveIntoPlace(mine, join(folder, 'new', 'name'), { overwrite: false })).toBe(true);
    expect(readdirSync(folder)).toEqual(['new', 'yours']);
  });
});
