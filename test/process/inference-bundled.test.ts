import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MixSource, openBundledSeparator, separateWithModel } from '#main/inference';
import { explain, type Failure } from '#shared/protocol';

const BUNDLED = join(import.meta.dirname, '../../native-models/drum-stem');
const RATE = 44_100;

interface Reference {
  readonly frames: number;
  readonly tolerance: number;
  readonly at: readonly number[];
  readonly drumsLeft: readonly number[];
  readonly drumsRight: readonly number[];
}

/** The reference's audio: two tones and a decaying low one every 4096 frames, as reference.json says in words. */
function referenceSong(frames: number): Float32Array[] {
  const drum = (frame: number): number => {
    const since = frame % 4096;
    return 0.4 * Math.exp(-since / 300) * Math.sin((2 * Math.PI * 60 * since) / RATE);
  };
  const channel = (hertz: number, level: number): Float32Array =>
    Float32Array.from(
      { length: frames },
      (_, frame) => level * Math.sin((2 * Math.PI * hertz * frame) / RATE) + drum(frame),
    );
  return [channel(110, 0.5), channel(220, 0.3)];
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backbeat-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A copy of the bundled model, to be spoilt. */
async function copied(): Promise<string> {
  const copy = await mkdtemp(join(folder, 'drum-stem-'));
  for (const name of ['drum-stem.onnx', 'manifest.json'])
    await copyFile(join(BUNDLED, name), join(copy, name));
  return copy;
}

async function failureOf(copy: string): Promise<Failure> {
  const opened = await openBundledSeparator(copy);
  if (opened.ok) throw new Error('it was accepted');
  return opened.failure;
}

describe('the bundled drum-stem', () => {
  it('gives what its training code gives', async () => {
    const opened = await openBundledSeparator(BUNDLED, { threads: 1 });
    if (!opened.ok) throw new Error(explain(opened.failure));
    const reference = JSON.parse(await readFile(join(BUNDLED, 'reference.json'), 'utf8')) as Reference;
    const channels = referenceSong(reference.frames);
    const mix: MixSource = {
      sampleRate: RATE,
      channelCount: 2,
      frames: reference.frames,
      async *pieces() {
        for (let at = 0; at < reference.frames; at += 1000)
          yield await Promise.resolve(channels.map(channel => channel.slice(at, at + 1000)));
      },
    };
    const drums: number[][] = [[], []];
    const result = await separateWithModel(
      opened.value,
      mix,
      ({ stems: [stem = []] }) => {
        stem.forEach((channel, side) => drums[side]?.push(...channel));
        return Promise.resolve();
      },
      { seed: 1, signal: new AbortController().signal },
    );
    await opened.value.close();
    expect(result.ok).toBe(true);
    expect(drums.map(({ length }) => length)).toEqual([reference.frames, reference.frames]);
    reference.at.forEach((frame, index) => {
      const off = [reference.drumsLeft, reference.drumsRight].map((values, side) =>
        Math.abs((drums[side]?.[frame] ?? Number.NaN) - (values[index] ?? Number.NaN)),
      );
      expect(Math.max(...off)).toBeLessThan(reference.tolerance);
    });
  });

  it('is refused when a byte of it has changed', async () => {
    const copy = await copied();
    const path = join(copy, 'drum-stem.onnx');
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    const failure = await failureOf(copy);
    expect(failure).toMatchObject({ code: 'modelChanged', path });
  });

  it('is refused when it is cut off', async () => {
    const copy = await copied();
    await truncate(join(copy, 'drum-stem.onnx'), 5000);
    expect(await failureOf(copy)).toMatchObject({ code: 'modelTruncated', foundBytes: 5000 });
  });

  it.each([
    ['that is no JSON', () => '{'],
    ['without a checksum', (text: string) => text.replace('"sha256"', '"sha1"')],
    ['whose file lies elsewhere', (text: string) => text.replace('"drum-stem.onnx"', '"../drum-stem.onnx"')],
  ])('is refused with a manifest %s', async (_, spoil) => {
    const copy = await copied();
    const path = join(copy, 'manifest.json');
    await writeFile(path, spoil(await readFile(path, 'utf8')));
    expect(await failureOf(copy)).toMatchObject({ code: 'badFile', path, format: 'manifest' });
  });

  it('is refused when its folder is empty', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'));
    expect(await failureOf(empty)).toMatchObject({ code: 'notFound' });
  });
});
