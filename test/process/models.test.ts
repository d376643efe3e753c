import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWav, writeWav } from '#main/platform';
import { separatorOfModel } from '#shared/model';
import { explain, type JobView, type ModelInspection } from '#shared/protocol';
import { song } from '#test/audio';
import { hasProgram, temporaryFolder } from '#test/audio-files';
import { drumTrack, rockBars } from '#test/drum-sounds';
import { GAINS } from '#test/model-runs';
import { type OnnxGraph, onnxModel } from '#test/onnx-graphs';
import { hungryGraph, likeGraph, waveformGraph } from '#test/separation-graphs';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const SIX_GAINS = [0.3, 0.25, 0.2, 0.1, 0.1, 0.05];

function modelFile(graph: OnnxGraph, name = 'four.onnx', folder = temporaryFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, onnxModel(graph));
  return path;
}

const fourStems = (): string => modelFile(waveformGraph({ gains: GAINS }, ['mix', 'stems']));

/** Three seconds of drums in the middle and tones at the sides. */
async function songFile(): Promise<string> {
  const path = join(temporaryFolder(), 'song.wav');
  const [drums = new Float32Array()] = drumTrack(rockBars(120, 2), 3).channels;
  const rest = song(3);
  const channels = rest.channels.map(channel =>
    channel.map((value, frame) => 0.3 * value + (drums[frame] ?? 0)),
  );
  await writeWav(path, { ...rest, channels }, '32f');
  return path;
}

async function imported(studio: WatchedStudio, path: string, name = 'Four'): Promise<string> {
  const { jobId } = await studio.services.importModel({ paths: [path], acceptLicence: true, name });
  const job = await studio.jobs.finish(jobId);
  if (job.failure) throw new Error(explain(job.failure));
  expect(job.state).toBe('done');
  return separatorOfModel(job.made.modelId ?? '');
}

async function importedSong(studio: WatchedStudio, separator: string): Promise<JobView> {
  await studio.services.saveSetting('separator', separator);
  const { jobIds } = await studio.services.importTracks([await songFile()]);
  return studio.jobs.finish(jobIds[0] ?? '');
}

/** A song separated into files, which takes less time than to hear all of it. */
const separated = async (studio: WatchedStudio, separator: string): Promise<JobView> =>
  studio.jobs.finish(
    await studio.jobs.enqueue('step', 'song', {
      step: 'separate',
      file: await songFile(),
      out: temporaryFolder(),
      separator,
    }),
  );

const refusalOf = async (studio: WatchedStudio, paths: readonly string[]): Promise<string> => {
  const failure = await studio.services.inspectModel(paths).then(
    () => null,
    (error: unknown) => (error as { failure?: Parameters<typeof explain>[0] }).failure ?? null,
  );
  return failure ? explain(failure) : 'accepted';
};

describe('a model of the user’s own', () => {
  it('is told what it is before it is imported, and is not imported before its licence is accepted', async () => {
    const studio = await aStudio();
    const path = fourStems();
    const found = await studio.services.inspectModel([path]);
    expect(found).toMatchObject<Partial<ModelInspection>>({
      kind: 'separation',
      contract: 'C',
      stems: ['drums', 'bass', 'other', 'vocals'],
      known: null,
      notice: expect.stringContaining('scientific purposes') as string,
    });
    const { jobId } = await studio.services.importModel({ paths: [path], acceptLicence: false, name: null });
    const refused = await studio.jobs.finish(jobId);
    expect(refused).toMatchObject({ state: 'failed', failure: { code: 'licenceNotAccepted' } });
    expect(existsSync(join(studio.folder, 'models'))).toBe(false);
    expect((await studio.services.models()).some(model => model.source === 'imported')).toBe(false);
  });

  it('is copied whole into the library, told of to every watcher, and removed without a trace', async () => {
    const studio = await aStudio();
    const told: string[] = [];
    const stop = studio.services.watchLibrary(nouns => told.push(...nouns));
    const path = fourStems();
    const id = await imported(studio, path, 'My separator');
    rmSync(path);
    const folder = join(studio.folder, 'models', id.replace('user:', ''));
    expect(readdirSync(folder)).toEqual(['four.onnx']);
    const card = (await studio.services.models()).find(model => model.source === 'imported');
    expect(card).toMatchObject({ id, name: 'My separator', task: 'separation', failure: null });
    await studio.services.saveSetting('separator', id);
    await studio.services.removeModel(id);
    await expect.poll(() => told).toContain('models');
    stop();
    expect(existsSync(join(studio.folder, 'models'))).toBe(false);
    expect(await studio.services.settings()).not.toHaveProperty('separator');
    await expect(studio.services.removeModel(id)).rejects.toMatchObject({ failure: { code: 'notFound' } });
  });

  it('brings along the weights that it keeps in another file, wherever the browser put that', async () => {
    const studio = await aStudio();
    const gains = Float32Array.from(GAINS);
    const graph = waveformGraph({ gains: GAINS }, ['mix', 'stems']);
    const external = { location: 'weights.data', offset: 8 };
    const path = modelFile({
      ...graph,
      constants: { ...graph.constants, 'stems.gains': { dims: [1, 4, 1, 1], values: gains, external } },
    });
    expect(await refusalOf(studio, [path])).toMatch(/weights\.data, which is not beside it/);
    const data = join(temporaryFolder(), 'weights.data');
    writeFileSync(data, new Uint8Array([...new Uint8Array(8), ...new Uint8Array(gains.buffer)]));
    truncateSync(data, 20);
    expect(await refusalOf(studio, [path, data])).toMatch(/weights\.data is cut off/);
    writeFileSync(data, new Uint8Array([...new Uint8Array(8), ...new Uint8Array(gains.buffer)]));
    const { jobId } = await studio.services.importModel({
      paths: [data, path],
      acceptLicence: true,
      name: null,
    });
    const job = await studio.jobs.finish(jobId);
    expect(job).toMatchObject({ state: 'done', title: 'four' });
    for (const file of [path, data]) rmSync(file);
    const done = await separated(studio, separatorOfModel(job.made.modelId ?? ''));
    expect(done).toMatchObject({ state: 'done', failure: null });
  });

  it('is refused with the reason and what to do when it cannot be used', async () => {
    const studio = await aStudio();
    const opset = modelFile({ ...waveformGraph({ gains: GAINS }, ['mix', 'stems']), opset: 99 });
    expect(await refusalOf(studio, [opset])).toMatch(/opset 99; opsets up to \d+ can be run/);
    const vocals = modelFile(
      likeGraph({ name: 'input', dims: [1, 4, 64, 64] }, ['output'], { gains: [1] }),
      'vocals.onnx',
    );
    expect(await refusalOf(studio, [vocals])).toMatch(/gives vocals, but no drums/);
    const cut = fourStems();
    truncateSync(cut, 200);
    expect(await refusalOf(studio, [cut])).toMatch(/is cut off/);
    const spoilt = modelFile(waveformGraph({ gains: [Number.NaN, 0, 0, 0] }, ['mix', 'stems']));
    expect(await refusalOf(studio, [spoilt])).toMatch(/not finite \(NaN\)/);
    const outside = waveformGraph({ gains: GAINS }, ['mix', 'stems']);
    const external = { location: '../../etc/passwd', offset: 0 };
    const leading = modelFile({
      ...outside,
      constants: { ...outside.constants, 'stems.gains': { dims: [1, 4, 1, 1], values: GAINS, external } },
    });
    expect(await refusalOf(studio, [leading])).toMatch(/lies outside of its folder/);
    expect(await studio.services.jobs()).toEqual([]);
  });

  it('does not wait until songs are done', async () => {
    const studio = await aStudio();
    const { jobIds } = await studio.services.importTracks([await songFile()]);
    expect(await studio.services.inspectModel([fourStems()])).not.toBeNull();
    expect(await studio.services.jobs()).toMatchObject([{ id: jobIds[0], state: 'running' }]);
  });

  it('leaves all its stems with the track: their sum is the mix, and drums and residual are as always', async () => {
    const studio = await aStudio();
    const id = await imported(studio, modelFile(waveformGraph({ gains: SIX_GAINS }, ['mix', 'stems'])));
    const job = await importedSong(studio, id);
    expect(job.failure).toBeNull();
    const [track] = await studio.services.tracks();
    expect(track?.stems.map(stem => stem.kind)).toEqual([
      'mix',
      'drums',
      'residual',
      'bass',
      'other',
      'vocals',
      'guitar',
      'piano',
    ]);
    const audio = new Map<string, Float32Array>();
    for (const stem of track?.stems ?? []) {
      const wav = await readWav((await studio.library.artefactPath(stem.audio)) ?? '');
      if (!wav.ok) throw new Error(wav.failure.code);
      audio.set(stem.kind, wav.value.channels[0] ?? new Float32Array());
      const peaks = readFileSync((await studio.library.artefactPath(stem.peaks)) ?? '');
      expect(peaks.length).toBe(8 * Math.ceil(stem.frames / 512));
    }
    const mix = audio.get('mix') ?? new Float32Array();
    const worst = (kinds: readonly string[]): number =>
      mix.reduce((most, value, frame) => {
        const sum = kinds.reduce((all, kind) => all + (audio.get(kind)?.[frame] ?? 0), 0);
        return Math.max(most, Math.abs(sum - value));
      }, 0);
    expect(worst(['drums', 'residual'])).toBeLessThan(1e-6);
    expect(worst(['drums', 'bass', 'other', 'vocals', 'guitar', 'piano'])).toBeLessThan(1e-4);
  });
});

describe('a job whose model fails', () => {
  /** Lets a failed job go on with the bundled model; answers what it failed with and what it wrote then. */
  async function goneOn(studio: WatchedStudio, failed: JobView) {
    await studio.services.retryJob(failed.id, 'drum-stem');
    const { state, failure, files } = await studio.jobs.finish(failed.id);
    return {
      failedWith: failed.failure?.code,
      state,
      failure,
      files: files.map(file => file.name),
      readings: studio.ran.filter(({ stage }) => stage === 'read').length,
    };
  }
  const goneOnAfter = (code: string) => ({
    failedWith: expect.stringMatching(new RegExp(`^(${code})$`)) as string,
    state: 'done',
    failure: null,
    files: ['drums.wav', 'residual.wav'],
    readings: 1,
  });

  it('goes on with the bundled one when the file is gone from the library', async () => {
    const studio = await aStudio();
    const id = await imported(studio, fourStems());
    rmSync(join(studio.folder, 'models', id.replace('user:', ''), 'four.onnx'));
    expect(await goneOn(studio, await separated(studio, id))).toEqual(goneOnAfter('modelMissing'));
  });

  it('says so when the file is another one than was imported', async () => {
    const studio = await aStudio();
    const id = await imported(studio, fourStems());
    writeFileSync(join(studio.folder, 'models', id.replace('user:', ''), 'four.onnx'), 'spoilt');
    expect(await goneOn(studio, await separated(studio, id))).toEqual(goneOnAfter('modelChanged'));
  });

  it('goes on with the bundled one when the model brings down its process', async () => {
    const studio = await aStudio();
    const id = await imported(studio, fourStems());
    studio.atStage('separate', 0, proc => proc.kill());
    const failed = await separated(studio, id);
    expect(explain(failed.failure ?? { code: 'unknown', what: '' })).toMatch(/^The model Four brought down/);
    expect(await goneOn(studio, failed)).toEqual(goneOnAfter('modelCrashed'));
  });

  it.runIf(hasProgram('prlimit'))('survives a model that needs more memory than there is', async () => {
    const studio = await aStudio();
    let before: ReturnType<typeof workersNow> = [];
    studio.atStage('inspect-model', 0, () => (before = workersNow()));
    const id = await imported(studio, modelFile(hungryGraph({ gains: GAINS }, 600e6)));
    studio.atStage('separate', 0, () => {
      for (const { pid, bytes } of before)
        execFileSync('prlimit', ['--pid', pid, `--as=${bytes + 250_000_000}`]);
    });
    expect(await goneOn(studio, await separated(studio, id))).toEqual(
      goneOnAfter('modelMemory|modelCrashed'),
    );
  });

  it('is separated without a model, and says so, when the bundled one is damaged', async () => {
    const models = join(temporaryFolder(), 'native-models');
    cpSync('native-models/drum-stem', join(models, 'drum-stem'), { recursive: true });
    truncateSync(join(models, 'drum-stem', 'drum-stem.onnx'), 1000);
    const studio = await aStudio(temporaryFolder(), 'test', models);
    const job = await separated(studio, 'drum-stem');
    expect(job).toMatchObject({ state: 'done', failure: null });
    expect(job.progress.notes).toEqual([
      expect.stringMatching(/^The song was separated without a model \(hpss\).* is cut off/),
    ]);
  });
});

/** This process's workers and the address space that each has now. */
function workersNow(): { readonly pid: string; readonly bytes: number }[] {
  const pids = execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return pids.flatMap(pid => {
    const path = `/proc/${pid}/status`;
    const status = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const bytes = 1024 * Number(/VmSize:\s+(\d+)/.exec(status)?.[1] ?? 0);
    return bytes > 0 ? [{ pid, bytes }] : [];
  });
}
