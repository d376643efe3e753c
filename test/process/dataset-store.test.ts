import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import { describe, expect, it } from 'vitest';
import { checkPart, writePart } from '#main/dataset';
import { openObjects, RunStore } from '#main/dataset/store';
import type { Failed } from '#main/platform';
import { scratchFolder } from '#test/cli';
import { freePort } from '#test/free-port';
import { datasetSample } from '#test/dataset-samples';
import { s3Server } from '#test/s3-server';

const signal = new AbortController().signal;
const RUN = 'a'.repeat(32);
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** The failure that `work` throws. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return (error as Failed).failure;
  }
  return null;
}

/** Text of every file below a folder, by its path. */
const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => [path.slice(folder.length), readFileSync(path, 'latin1')]),
  );

async function twoParts(): Promise<string> {
  const parts = scratchFolder();
  for (const index of [0, 1]) {
    const written = await writePart(parts, index, [datasetSample(2 * index), datasetSample(2 * index + 1)]);
    if (!written.ok) throw new Error(written.failure.code);
  }
  return parts;
}

interface Opened {
  readonly store: RunStore;
  readonly names: () => readonly string[];
  readonly read: (name: string) => Buffer;
  readonly write: (name: string, bytes: Uint8Array) => void;
}

async function inFolder(): Promise<Opened> {
  const folder = scratchFolder();
  const opened = await openObjects(folder, signal, {});
  if (!opened.ok) throw new Error(opened.failure.code);
  return {
    store: new RunStore(opened.value),
    names: () => Object.keys(filesOf(folder)).map(name => name.slice(1)),
    read: name => readFileSync(join(folder, name)),
    write: (name, bytes) => {
      writeFileSync(join(folder, name), bytes);
    },
  };
}

async function inBucket(): Promise<Opened> {
  const { objects, environment } = await s3Server('drums');
  const opened = await openObjects('s3://drums/studies of 2026/', signal, environment);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const full = (name: string): string => `drums/studies of 2026/${name}`;
  return {
    store: new RunStore(opened.value),
    names: () => [...objects.keys()].map(name => name.slice(full('').length)).sort(),
    read: name => objects.get(full(name)) ?? Buffer.alloc(0),
    write: (name, bytes) => {
      objects.set(full(name), Buffer.from(bytes));
    },
  };
}

describe.each([
  ['a folder', inFolder],
  ['a bucket', inBucket],
])('a store of parts in %s', (_where, open) => {
  it('gives back each part as it was, and the same archive whoever sent it', async () => {
    const { store, names, read } = await open();
    const parts = await twoParts();
    await store.putPart(RUN, 0, parts, signal);
    await store.putPart(RUN, 1, parts, signal);
    const archive = `runs/${RUN}/part-000001.tar`;
    expect(names()).toEqual([`runs/${RUN}/part-000000.tar`, archive]);
    expect(await store.parts(RUN, signal)).toEqual(new Set([0, 1]));
    expect(await store.hasPart(RUN, 2, signal)).toBe(false);
    const first = sha256(read(archive));
    await store.putPart(RUN, 1, await twoParts(), signal);
    expect(sha256(read(archive))).toBe(first);

    const fetched = scratchFolder();
    expect((await store.getPart(RUN, 1, fetched, signal))?.samples).toBe(2);
    expect((await store.getPart(RUN, 1, fetched, signal))?.samples).toBe(2);
    expect(readdirSync(fetched)).toEqual(['part-000001']);
    expect(filesOf(join(fetched, 'part-000001'))).toEqual(filesOf(join(parts, 'part-000001')));
    expect(await store.getPart(RUN, 7, fetched, signal)).toBeNull();

    await store.putText(RUN, 'what it is', scratchFolder(), signal);
    expect(await store.text(RUN, scratchFolder(), signal)).toBe('what it is');
    await store.remove(RUN, signal);
    expect(names()).toEqual([]);
    expect(await store.text(RUN, scratchFolder(), signal)).toBeNull();
  });

  it('throws a part away that was changed, torn, or is another', async () => {
    const { store, names, read, write } = await open();
    const parts = await twoParts();
    await store.putPart(RUN, 0, parts, signal);
    await store.putPart(RUN, 1, parts, signal);
    const name = `runs/${RUN}/part-000001.tar`;
    const whole = read(name);
    const changed = Buffer.from(whole);
    const at = changed.length - 2000;
    changed[at] = (changed[at] ?? 0) ^ 1;
    for (const bytes of [
      changed,
      whole.subarray(0, 2048),
      Buffer.alloc(0),
      read(`runs/${RUN}/part-000000.tar`),
    ]) {
      write(name, bytes);
      const fetched = scratchFolder();
      expect(await store.getPart(RUN, 1, fetched, signal)).toBeNull();
      expect(readdirSync(fetched)).toEqual([]);
      expect(names()).not.toContain(name);
    }
  });

  it('unpacks no link that would lead out of the folder', async () => {
    const { store, write } = await open();
    const [packed, outside, fetched] = [scratchFolder(), scratchFolder(), scratchFolder()];
    cpSync(join(await twoParts(), 'part-000000'), packed, { recursive: true });
    symlinkSync(outside, join(packed, 'zz'));
    await create({ file: join(outside, 'archive.tar'), cwd: packed }, readdirSync(packed));
    await store.putText(RUN, 'so that its folder is there', fetched, signal);
    write(`runs/${RUN}/part-000000.tar`, readFileSync(join(outside, 'archive.tar')));
    expect((await store.getPart(RUN, 0, fetched, signal))?.samples).toBe(2);
    expect(readdirSync(join(fetched, 'part-000000'))).not.toContain('zz');
    expect((await checkPart(join(fetched, 'part-000000'))).ok).toBe(true);
  });

  it("keeps the user's files once by what is in them", async () => {
    const { store, names, write } = await open();
    const [folder, cache] = [scratchFolder(), scratchFolder()];
    const path = join(folder, 'my font.sf2');
    writeFileSync(path, 'a font');
    const hash = sha256('a font');
    await store.putResource(hash, path, signal);
    expect(names()).toEqual([`resources/${hash}`]);
    writeFileSync(path, 'changed since');
    await store.putResource(hash, path, signal);
    expect(await failureOf(store.putResource(sha256('other'), path, signal))).toMatchObject({
      code: 'badFile',
      path,
    });

    const here = await store.resource(hash, cache, signal);
    expect(here).toBe(join(cache, hash));
    expect(readFileSync(here ?? '', 'utf8')).toBe('a font');
    write(`resources/${hash}`, Buffer.from('torn'));
    expect(await store.resource(hash, cache, signal)).toBe(here);
    expect(await failureOf(store.resource(hash, scratchFolder(), signal))).toMatchObject({ code: 'badFile' });
    expect(await store.resource(sha256('never sent'), cache, signal)).toBeNull();
  });
});

describe('a store that is not there', () => {
  const failureFor = async (address: string, environment: Readonly<Record<string, string>> = {}) => {
    const opened = await openObjects(address, signal, environment);
    return opened.ok ? null : opened.failure;
  };

  it('is said to be missing, and not made: it may be a share that was not mounted', async () => {
    const path = join(scratchFolder(), 'share');
    expect(await failureFor(path)).toEqual({ code: 'notFound', path });
    writeFileSync(path, '');
    expect(await failureFor(path)).toMatchObject({ code: 'unreadable', path });
  });

  it('is said why in one sentence when it is a bucket', async () => {
    const { environment } = await s3Server('drums');
    expect(await failureFor('s3://cymbals/2026', environment)).toEqual({
      code: 'notFound',
      path: 's3://cymbals/2026',
    });
    expect(await failureFor('s3://drums', { ...environment, AWS_SECRET_ACCESS_KEY: 'not this' })).toEqual({
      code: 'unreadable',
      path: 's3://drums',
      reason: 'the server says 403, SignatureDoesNotMatch, The signature is another',
    });
    const port = await freePort();
    expect(
      await failureFor('s3://drums', { ...environment, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }),
    ).toEqual({
      code: 'unreachable',
      server: `s3://drums at 127.0.0.1:${port}`,
      reason: 'nothing listens there',
    });
    expect(await failureFor('s3://drums', {})).toMatchObject({
      code: 'badOption',
      option: 'AWS_ACCESS_KEY_ID',
    });
    expect(await failureFor('s3://', environment)).toMatchObject({ code: 'badOption', option: '--store' });
    expect(await failureFor('s3://drums', { ...environment, AWS_ENDPOINT_URL: 'here' })).toMatchObject({
      code: 'badOption',
      option: 'AWS_ENDPOINT_URL',
    });
  });

  it('is asked again when it asks for patience', async () => {
    const { environment, slowDown } = await s3Server('drums');
    slowDown(2);
    expect(await failureFor('s3://drums', environment)).toBeNull();
  });
});
