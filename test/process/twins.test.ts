import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forkWorker, openJobs } from '#main/jobs';
import type { Library } from '#main/library';
import { writeWav } from '#main/platform';
import { findTwinsProgram, twinHits } from '#main/usecases';
import { EMBEDDING_SIZE, hitId, type MonoAudio } from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { kick, snare } from '#test/hits';
import { aLibrary } from '#test/library';
import { testWorker } from '#test/worker-build';

/** A hit with its audio in the library, heard as the vector along one axis. */
async function store(library: Library, id: string, audio: MonoAudio, axis: number): Promise<void> {
  const path = join(temporaryFolder(), `${id}.wav`);
  await writeWav(path, { sampleRate: audio.sampleRate, channels: [audio.samples] }, '32f');
  const bytes = await readFile(path);
  const artefact = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    extension: '.wav',
    bytes: bytes.length,
  };
  await library.store.take(path, artefact);
  const vector = new Float32Array(EMBEDDING_SIZE);
  vector[axis] = 1;
  await library.write(async at => {
    await at.artefacts.hold(`hit:${id}`, [artefact]);
    await at.hits.putLoose([
      {
        id: hitId(id),
        index: 0,
        onsetFrame: 0,
        startFrame: 0,
        frames: audio.samples.length,
        flamFrames: null,
        gain: 1,
        velocity: 1,
        sampleRate: audio.sampleRate,
        audio: artefact.sha256,
        name: id,
        sourceId: null,
        duplicates: [],
        judgement: null,
        quality: null,
        override: null,
      },
    ]);
    const measures = { brightness: 1, decaySeconds: 0.1, pitch: null, loudness: -20 };
    await at.sounds.put('an-ear', [{ audio: artefact.sha256, vector, measures, earMeasures: null }]);
  });
}

test('twins are found by their vectors and confirmed by their sound', async () => {
  const library = await aLibrary();
  // The ear takes the snare of this library for a kick; the fingerprints do not.
  await store(library, 'kick', kick(), 0);
  await store(library, 'quieter kick', kick({ level: 0.5 }), 0);
  await store(library, 'snare', snare(), 0);
  await store(library, 'other kick', kick({ level: 0.3 }), 1);
  const [hit] = await library.hits.some(['kick']);
  if (!hit) throw new Error('the kick is in the library');
  await library.write(at => at.hits.putLoose([{ ...hit, id: hitId('the same file') }]));
  const jobs = await openJobs({
    library,
    programs: { 'find-twins': findTwinsProgram(library) },
    workerCount: 1,
    openProc: forkWorker(await testWorker()),
    modelsFolder: resolve('native-models'),
  });
  onTestFinished(() => jobs.close());
  const jobId = await jobs.enqueue('find-twins', 'Twins', {});
  expect(await jobs.finish(jobId)).toMatchObject({ state: 'done', failure: null });
  const groups = await twinHits(library, await library.hitBook.read());
  expect(groups).toHaveLength(1);
  expect([...(groups[0]?.ids ?? [])].sort()).toEqual(['kick', 'quieter kick', 'the same file']);
  expect(groups[0]?.likeness).toBeGreaterThan(0.98);
});
