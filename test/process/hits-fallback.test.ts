import { cpSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { writeWav } from '#main/platform';
import { temporaryFolder } from '#test/audio-files';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { aStudio } from '#test/worker-studio';
import { describe, expect, it } from 'vitest';

/** The onsets of a loop by a studio whose hit finder is cut off. */
async function withoutNetwork(detector: 'drum-hits' | null) {
  const folder = temporaryFolder();
  const models = join(folder, 'native-models');
  cpSync('native-models/drum-hits', join(models, 'drum-hits'), { recursive: true });
  truncateSync(join(models, 'drum-hits', 'drum-hits.onnx'), 1000);
  const file = join(folder, 'loop.wav');
  await writeWav(file, drumTrack(rockBars(120, 2), 4.5), '32f');
  const studio = await aStudio(join(folder, 'home'), 'test', models);
  const params = {
    step: 'onsets',
    file,
    separate: null,
    sensitivity: 0.5,
    detector,
    out: join(folder, 'out'),
  };
  const id = await studio.jobs.enqueue('step', 'loop', params);
  return studio.jobs.finish(id);
}

describe('hits without the network', () => {
  it('are found by the flux when its file is damaged, and the job says so', async () => {
    const job = await withoutNetwork(null);
    expect(job).toMatchObject({ state: 'done', failure: null });
    expect(job.progress.notes).toEqual([
      expect.stringMatching(/^Hits were found by the flux alone.* is cut off/),
    ]);
  });

  it('are refused when it was asked for by name', async () => {
    const job = await withoutNetwork('drum-hits');
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'modelTruncated' } });
  });
});
