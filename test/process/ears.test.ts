import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '#main/platform';
import type { Hit, Track } from '#shared/model';
import { explain, type Failure } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { clapFolder, TINY_SIZE } from '#test/clap-folder';
import { suiteFolder } from '#test/cli';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const STROKES = [0.5, 1, 1.5, 2, 2.5, 3] as const;
const home = suiteFolder();
let studio: WatchedStudio;
let track: Track;

const hits = (): Promise<readonly Hit[]> => studio.services.hits(track.id);

async function importedEar(folder: string): Promise<string> {
  const { jobId } = await studio.services.importModel({
    paths: [folder],
    acceptLicence: true,
    name: 'Tiny CLAP',
  });
  const job = await studio.jobs.finish(jobId);
  if (job.failure) throw new Error(explain(job.failure));
  return job.made.modelId ?? '';
}

const refusalOf = async (folder: string): Promise<string> =>
  studio.services.inspectModel([folder]).then(
    () => 'accepted',
    (error: unknown) => explain((error as { failure: Failure }).failure),
  );

beforeAll(async () => {
  studio = await aStudio(home, 'suite');
  const path = join(home, 'song.wav');
  const strokes = STROKES.map((time, index) => [kick, snare, hat][index % 3]!(time));
  await writeWav(path, drumTrack(strokes, 4), '16', 'song');
  const id = await studio.jobs.enqueue('import-track', 'Song', { path, name: 'Song', separator: 'hpss' });
  const done = await studio.jobs.finish(id);
  if (done.failure) throw new Error(explain(done.failure));
  [track] = (await studio.services.tracks()) as [Track];
});

describe('the bundled ear', () => {
  it('has heard every hit of a track when it is in the library, and says so among the reasons', async () => {
    const found = await hits();
    const [ear] = await studio.library.sounds.ears();
    expect(ear?.ear).toMatch(/^drum-clap-\d+$/);
    const sounds = await studio.library.sounds.of(
      ear?.ear ?? '',
      found.map(({ audio }) => audio),
    );
    expect(sounds.size).toBe(new Set(found.map(({ audio }) => audio)).size);
    for (const { vector } of sounds.values()) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    for (const { judgement } of found) expect(judgement?.reasons.join()).toMatch(/sounds like "/);
    expect(await studio.library.sounds.missing(ear?.ear ?? '')).toEqual([]);
  });
});

describe('hits that the user said something of', () => {
  it('are examples for the others when the user asks, and no longer when the user takes it back', async () => {
    const before = await hits();
    const [first, ...others] = before.filter(
      hit => hit.judgement?.instrument === before[0]?.judgement?.instrument,
    );
    const example = first ?? expect.fail('no hits');
    await studio.services.overrideHit(example.id, { instrument: 'perc' });
    const scope = { kind: 'track', id: track.id } as const;
    const answer = await studio.services.rescoreHits({ scope, by: 'examples' });
    expect(answer.examples).toBe(1);
    const after = await hits();
    const own = after.find(({ id }) => id === example.id);
    expect(own?.judgement).toEqual(example.judgement);
    expect(own?.override).toEqual({ instrument: 'perc' });
    const moved = after.filter(({ judgement }) => judgement?.plain !== undefined);
    for (const hit of moved) {
      const former = before.find(({ id }) => id === hit.id)?.judgement;
      expect(hit.judgement?.plain).toEqual(former);
      expect(hit.judgement?.instrumentScores.perc).toBeGreaterThan(former?.instrumentScores.perc ?? 0);
    }
    // Takes of one drum sound alike: at least they follow, if the track has more than one of them.
    if (others.length > 0) expect(moved.map(({ id }) => id)).toContain(others[0]?.id);
    // The same again gives the same: it starts from what the machine thought by itself.
    expect(await studio.services.rescoreHits({ scope, by: 'examples' })).toEqual({
      examples: 1,
      changed: [],
    });
    await studio.services.rescoreHits({ scope, by: 'machine' });
    expect((await hits()).map(({ judgement }) => judgement)).toEqual(
      before.map(({ judgement }) => judgement),
    );
    await studio.services.overrideHit(example.id, null);
  });
});

describe('a published audio-text model in a folder', () => {
  it('is taken in with its networks, tokenizer and settings, its licence shown, and listens once it is chosen', async () => {
    const inspected = await studio.services.inspectModel([clapFolder(temporaryFolder())]);
    expect(inspected).toMatchObject({ kind: 'ear', contract: 'clap', sampleRate: 48_000 });
    expect(inspected?.notice).toContain('Apache-2.0');
    expect(inspected?.parts.map(({ name }) => name)).toEqual([
      'audio_model.onnx',
      'text_model.onnx',
      'tokenizer.json',
      'preprocessor_config.json',
      'tokenizer_config.json',
    ]);
    const id = await importedEar(clapFolder(temporaryFolder()));
    expect((await studio.services.models()).find(({ sha256 }) => sha256 === id)).toMatchObject({
      task: 'ear',
      source: 'imported',
      failure: null,
    });
    await studio.services.saveSetting('ear', `user:${id}`);
    await studio.ensureSounds();
    const ear = `clap-${id.slice(0, 12)}`;
    expect((await studio.library.sounds.ears()).map(each => each.ear)).toContain(ear);
    const [hit] = await hits();
    const sound = (await studio.library.sounds.of(ear, [hit?.audio ?? ''])).get(hit?.audio ?? '');
    expect(sound?.vector).toHaveLength(TINY_SIZE);
    expect(Math.hypot(...(sound?.vector ?? []))).toBeCloseTo(1, 4);
    // It left the list of jobs without a word, and there is nothing more to hear.
    expect((await studio.services.jobs()).filter(({ kind }) => kind === 'embed-library')).toEqual([]);
    const ran = studio.ran.length;
    await studio.ensureSounds();
    expect(studio.ran).toHaveLength(ran);
  });

  it('gives way to the bundled one when it is gone', async () => {
    const id = await importedEar(clapFolder(temporaryFolder()));
    await studio.services.saveSetting('ear', `user:${id}`);
    rmSync(join(studio.library.modelFolder.path(id, ''), 'text_model.onnx'));
    const folder = temporaryFolder();
    await writeWav(join(folder, 'one.wav'), drumTrack([kick(0.1)], 1), '16');
    const job = await studio.jobs.finish(
      await studio.jobs.enqueue('step', 'one', {
        step: 'classify',
        file: join(folder, 'one.wav'),
        config: null,
        prompts: null,
      }),
    );
    expect(job.state).toBe('done');
    expect(job.progress.notes.join()).toContain('The bundled audio-text model listened instead');
    expect(JSON.stringify(job.data)).toContain('sounds like');
    await studio.services.removeModel(`user:${id}`);
    expect(await studio.library.settings.one('ear')).toBeUndefined();
  });

  it('is refused when a part is missing or says what cannot be followed, by name', async () => {
    const without = clapFolder(temporaryFolder());
    rmSync(join(without, 'tokenizer.json'));
    expect(await refusalOf(without)).toContain('tokenizer.json');
    expect(await refusalOf(clapFolder(temporaryFolder(), { frames: 500 }))).not.toBe('accepted');
    expect(await refusalOf(temporaryFolder())).toContain('audio_model.onnx');
  });
});
