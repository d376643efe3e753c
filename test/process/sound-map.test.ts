import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forkWorker, openJobs } from '#main/jobs';
import type { Library } from '#main/library';
import { drawMap, drawMapProgram } from '#main/usecases';
import { hitId } from '#shared/model';
import { ANY_EAR, fillLibrary } from '#test/full-library';
import { aLibrary } from '#test/library';
import { testWorker } from '#test/worker-build';

async function drawing(library: Library) {
  const jobs = await openJobs({
    library,
    programs: { 'draw-map': drawMapProgram(library) },
    workerCount: 1,
    openProc: forkWorker(await testWorker()),
    modelsFolder: resolve('native-models'),
  });
  onTestFinished(() => jobs.close());
  return async (afresh: boolean) => {
    const jobId = await drawMap(library, jobs, afresh);
    return jobId === null ? null : jobs.finish(jobId);
  };
}

const placesIn = async (library: Library) => {
  const { ids, audio, x, y } = await library.hitBook.read();
  return new Map(ids.map((_, row) => [audio[row] ?? '', [x[row], y[row]]]));
};

test('a map is the same from the same sounds, and what is new moves nothing', async () => {
  const library = await aLibrary();
  const draw = await drawing(library);
  expect(await draw(false)).toBeNull();

  const book = await fillLibrary(library, 300);
  const first = await draw(false);
  expect(first).toMatchObject({
    state: 'done',
    failure: null,
    data: { ear: ANY_EAR, sounds: 300, fitted: 300 },
  });
  const { trustworthiness } = (first?.data ?? {}) as { readonly trustworthiness?: number };
  expect(trustworthiness).toBeGreaterThan(0.85);
  const places = await placesIn(library);
  for (const [x = NaN, y = NaN] of places.values())
    expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThanOrEqual(0);
  expect(await draw(false)).toBeNull();

  // Another library with the same sounds, stored in another order.
  const other = await aLibrary();
  await fillLibrary(other, 300);
  await (await drawing(other))(false);
  expect(await placesIn(other)).toEqual(places);

  const [hit] = await library.hits.some([book.ids[7] ?? '']);
  const heard = (await library.sounds.of(ANY_EAR, [hit?.audio ?? ''])).get(hit?.audio ?? '');
  if (!hit || !heard) throw new Error('the hit was heard');
  const audio = '0'.repeat(64);
  await library.write(async at => {
    await at.hits.putLoose([{ ...hit, id: hitId('twin'), audio }]);
    await at.sounds.put(ANY_EAR, [{ ...heard, audio }]);
  });
  expect(await draw(false)).toMatchObject({ state: 'done', data: { placed: 1 } });
  const more = await placesIn(library);
  const [twinX = NaN, twinY = NaN] = more.get(audio) ?? [];
  const [x = NaN, y = NaN] = places.get(hit.audio) ?? [];
  expect(Math.hypot(twinX - x, twinY - y)).toBeLessThan(0.02);
  more.delete(audio);
  expect(more).toEqual(places);
});
