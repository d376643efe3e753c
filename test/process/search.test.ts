import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { forkWorker, type OpenProc, openStageRunner, type Proc } from '#main/jobs';
import type { Library } from '#main/library';
import { openHitSearch } from '#main/usecases';
import { hitId } from '#shared/model';
import type { SearchRequest } from '#shared/protocol';
import { ANY_EAR, fillLibrary } from '#test/full-library';
import { aLibrary } from '#test/library';
import { testWorker } from '#test/worker-build';

const COUNT = 400;
const request = (change: Partial<SearchRequest>): SearchRequest => ({
  text: null,
  like: null,
  aspects: { timbre: 1, brightness: 0, length: 0, pitch: 0, loudness: 0 },
  roles: [],
  instruments: [],
  placeIds: [],
  favourites: false,
  tags: [],
  limit: 20,
  ...change,
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function searching(library: Library, patience = 60_000) {
  const procs: Proc[] = [];
  const fork = forkWorker(await testWorker());
  const open: OpenProc = () => {
    const proc = fork();
    procs.push(proc);
    return proc;
  };
  const runner = openStageRunner(open);
  closing.push(() => runner.close());
  const search = openHitSearch(library, { runner, modelsFolder: resolve('native-models'), patience });
  return { search, procs };
}

describe('the searcher', () => {
  test('answers by likeness, by words and by filters, and follows the library', async () => {
    const library = await aLibrary();
    const book = await fillLibrary(library, COUNT);
    const { search } = await searching(library);
    const [first = ''] = book.ids;

    const near = await search.search(request({ like: hitId(first) }));
    expect(near.ids).toHaveLength(20);
    expect(near.ids).not.toContain(first);
    expect([...near.match]).toEqual([...near.match].sort((a, b) => b - a));

    const kicks = await search.search(request({ text: 'short dark kick' }));
    const rows = kicks.ids.map(id => book.ids.indexOf(id));
    expect(rows.every(row => book.instrument[row] === 0)).toBe(true);

    const [last = ''] = near.ids.slice(-1);
    await library.write(at => at.marks.change([last], { favourite: true, add: ['found'], remove: [] }));
    const marked = await search.search(request({ like: hitId(first), tags: ['found'] }));
    expect(marked.ids).toEqual([last]);

    // A new sound is found from the moment it is stored.
    const [hit] = await library.hits.some([first]);
    const heard = (await library.sounds.of(ANY_EAR, [hit?.audio ?? ''])).get(hit?.audio ?? '');
    if (!hit || !heard) throw new Error('the first hit was heard');
    const copy = { ...hit, id: hitId('a copy'), audio: 'f'.repeat(64), sourceId: hit.sourceId };
    await library.write(async at => {
      await at.hits.putLoose([copy]);
      await at.sounds.put(ANY_EAR, [{ ...heard, audio: copy.audio }]);
    });
    const again = await search.search(request({ like: hitId(first) }));
    expect(again.ids[0]).toBe('a copy');
    expect(again.match[0]).toBeGreaterThan(0.999);
    expect(again.bookVersion).toBe(await library.hitBook.version());
  });

  test('is started again when its process has died, and says so while it is being made ready', async () => {
    const library = await aLibrary();
    await fillLibrary(library, 50);
    const { search, procs } = await searching(library, 0);
    expect((await search.search(request({ text: 'kick' }))).isWarm).toBe(false);
    await expect.poll(async () => (await search.search(request({ text: 'kick' }))).isWarm).toBe(true);
    procs.at(-1)?.kill();
    await expect
      .poll(() =>
        search.search(request({ text: 'kick' })).then(
          answer => answer.isWarm,
          () => false,
        ),
      )
      .toBe(true);
    expect(procs.length).toBeGreaterThan(1);
  });

  test('of an empty library finds nothing', async () => {
    const { search } = await searching(await aLibrary());
    expect((await search.search(request({ text: 'kick' }))).ids).toEqual([]);
    expect((await search.search(request({ like: hitId('nothing') }))).ids).toEqual([]);
  });
});
