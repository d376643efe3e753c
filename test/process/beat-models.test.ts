import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import { modelOfSeparator, type Tempo, type Track, USUAL_HEARING } from '#shared/model';
import type { JobView } from '#shared/protocol';
import { beatGraph, spoiltBeatGraph } from '#test/beat-graph';
import { suiteFolder } from '#test/cli';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { type OnnxGraph, onnxModel } from '#test/onnx-graphs';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const BPM = 100;
/** Seconds of the first kick, and of the first snare a beat later. */
const KICK = 0.3;
const SNARE = 0.9;
/** In the bands below 400 Hz kicks and snares reach 5 and more; above 6 kHz only snares reach 5.5. */
const BEATS = { from: 0, to: 16, threshold: 4.9 };
const SNARES = { from: 100, to: 128, threshold: 5.5 };

const home = suiteFolder();
let studio: WatchedStudio;
let track: Track;
let byDrums: Tempo | null;

async function imported(graph: OnnxGraph, name: string): Promise<string> {
  const path = join(home, `${name}.onnx`);
  writeFileSync(path, onnxModel(graph));
  expect(await studio.services.inspectModel([path])).toMatchObject({ kind: 'beat', contract: 'beat-this' });
  const { jobId } = await studio.services.importModel({ paths: [path], acceptLicence: true, name });
  expect(await studio.jobs.finish(jobId)).toMatchObject({ state: 'done', failure: null });
  const card = (await studio.services.models()).find(model => model.name === name);
  expect(card).toMatchObject({ task: 'beat', source: 'imported', failure: null });
  return card?.sha256 ?? '';
}

async function heardBy(
  beats: string | null,
): Promise<{ readonly job: JobView; readonly tempo: Tempo | null }> {
  const hearing = { ...USUAL_HEARING, separator: 'hpss', beats };
  const { jobId } = await studio.services.setTrackHearing(track.id, hearing);
  const job = await studio.jobs.finish(jobId);
  expect(job).toMatchObject({ state: 'done', failure: null });
  return { job, tempo: (await studio.services.tracks())[0]?.tempo ?? null };
}

beforeAll(async () => {
  studio = await aStudio(home, 'suite');
  const path = join(home, 'song.wav');
  await writeWav(path, drumTrack(rockBars(BPM, 4, KICK), 10.2), '16', 'song');
  const id = await studio.jobs.enqueue('import-track', 'Song', { path, name: 'Song', separator: 'hpss' });
  await studio.jobs.finish(id);
  [track] = (await studio.services.tracks()) as [Track];
  byDrums = track.tempo;
});

describe('a beat model of the user’s own', () => {
  it.each([
    ['open', 'time'],
    ['1500 frames', 1500],
  ] as const)(
    'with a time axis of %s says where beats and bars are, and the drums how exactly',
    async (name, frames) => {
      expect(byDrums).toMatchObject({ meter: { numerator: 4, denominator: 4 } });
      expect(byDrums?.firstDownbeat).toBeCloseTo(KICK, 2);
      const model = await imported(beatGraph(BEATS, SNARES, frames), name);
      const { job, tempo } = await heardBy(model);
      expect(job.progress.notes).toEqual([]);
      expect(tempo).toMatchObject({ steady: true, meter: { numerator: 2, denominator: 4 } });
      expect(tempo?.bpm).toBeCloseTo(BPM, 1);
      expect(tempo?.firstDownbeat).toBeCloseTo(SNARE, 2);
      // Its logits are 0.2 to 0.8 above zero.
      expect(tempo?.confidence).toBeGreaterThan(0.5);
      expect(tempo?.confidence).toBeLessThan(0.75);
      expect(await heardBy(null)).toMatchObject({ tempo: byDrums });
    },
  );

  it('that fails gives way to the drums, and the job says why', async () => {
    const model = await imported(spoiltBeatGraph(), 'spoilt');
    const { job, tempo } = await heardBy(model);
    expect(job.progress.notes).toEqual([
      expect.stringMatching(
        /^The beat was found by the drums, without the model that was chosen for it\. .*not finite/,
      ),
    ]);
    expect(tempo).toEqual(byDrums);
  });

  it('that was removed does the same', async () => {
    const model = await imported(beatGraph(SNARES, SNARES), 'short stay');
    const card = (await studio.services.models()).find(({ name }) => name === 'short stay');
    expect(modelOfSeparator(card?.id ?? '')).toBe(model);
    await studio.services.removeModel(card?.id ?? '');
    const { job, tempo } = await heardBy(model);
    expect(job.progress.notes).toEqual([
      expect.stringMatching(/^The beat was found by the drums, without the model/),
    ]);
    expect(tempo).toEqual(byDrums);
  });
});
