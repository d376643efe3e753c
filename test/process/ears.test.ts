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
import { kick as kickHit, snare as snareHit } from '#test/hits';
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
    const folder = temporaryFolder();
    for (const stroke of ['1', '2', '3', '4', '5'])
      for (const [name, drum] of Object.entries({ snare: snareHit, kick: kickHit })) {
        const { sampleRate, samples } = drum({ stroke });
        await writeWav(join(folder, `${name} ${stroke}.wav`), { sampleRate, channels: [samples] }, '32f');
      }
    const { jobIds } = await studio.services.importSamples([folder]);
    const { made } = await studio.jobs.finish(jobIds[0] ?? '');
    const scope = { kind: 'source', id: made.sourceId ?? '' } as const;
    const stored = async (): Promise<ReadonlyMap<string, Hit>> =>
      new Map((await studio.library.hits.ofSource(scope.id)).map(hit => [hit.name ?? '', hit]));
    const before = await stored();
    expect(before.size).toBe(10);
    // The user has another word for this snare, and says it of two.
    const said = ['snare 1', 'snare 2'].map(name => before.get(name)?.id ?? '');
    for (const id of said) await studio.services.overrideHit(id, { instrument: 'clap' });
    const { examples } = await studio.services.rescoreHits({ scope, by: 'examples' });
    expect(examples).toBe(2);
    const after = await stored();
    for (const name of ['snare 3', 'snare 4', 'snare 5']) {
      const [was, is] = [before.get(name)?.judgement, after.get(name)?.judgement];
      expect(is?.instrument).toBe('clap');
      expect(is?.reasons.at(-1)).toBe('like 2 hits that you called Clap');
      expect(is?.plain).toEqual(was);
    }
    for (const name of ['kick 1', 'kick 5'])
      expect(after.get(name)?.judgement?.instrument).toBe(before.get(name)?.judgement?.instrument);
    // What the user said is kept apart from what the machine thinks of these hits.
    expect(after.get('snare 1')).toMatchObject({
      override: { instrument: 'clap' },
      judgement: before.get('snare 1')?.judgement,
    });
    // The same again gives the same: it starts from what the machine thought by itself.
    const again = await studio.services.rescoreHits({ scope, by: 'examples' });
    expect(again).toEqual({ examples: 2, changed: [] });
    await studio.services.rescoreHits({ scope, by: 'machine' });
    const back = await stored();
    for (const [name, { judgement }] of before) expect(back.get(name)?.judgement).toEqual(judgement);
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
