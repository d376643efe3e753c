import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { listSamples, writeWav } from '#main/platform';
import { hitId, type Kit, type MonoAudio, PLAIN_PAD } from '#shared/model';
import type { HitBook, JobView, StoredSource } from '#shared/protocol';
import { temporaryFolder } from '#test/audio-files';
import { backbeat } from '#test/cli';
import { atTimes, closedHat, kick, snare, tom } from '#test/hits';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

/** A user who may read what all may. */
const NOBODY = 65_534;

async function write(path: string, { sampleRate, samples }: MonoAudio, format: '16' | '32f' = '16') {
  mkdirSync(join(path, '..'), { recursive: true });
  await writeWav(path, { sampleRate, channels: [samples] }, format);
}

/** Four one-shots in two folders. */
async function aPack(folder = join(temporaryFolder(), 'Garage Kit')): Promise<string> {
  await write(join(folder, 'Kicks', 'Kick_v1.wav'), kick({ level: 0.3 }));
  await write(join(folder, 'Kicks', 'Kick_v2.wav'), kick());
  await write(join(folder, 'Snare äöü 100% #1.wav'), snare());
  await write(join(folder, 'hat.wav'), closedHat());
  return folder;
}

async function imported(studio: WatchedStudio, ...paths: readonly string[]): Promise<JobView> {
  const { jobIds, refused } = await studio.services.importSamples(paths);
  expect(refused).toEqual([]);
  return studio.jobs.finish(jobIds[0] ?? '');
}

const namesIn = (book: HitBook): string[] => book.names.toSorted();
const idOf = (book: HitBook, name: string): string => book.ids[book.names.indexOf(name)] ?? '';
/** Refused files by the last part of their path. */
const reasonsOf = (job: JobView): Readonly<Record<string, string>> =>
  Object.fromEntries(job.refused.map(({ path, failure }) => [path.split('/').at(-1), failure.code]));

const aKit = (id: string): Kit => ({
  id: 'kit',
  name: 'Kit',
  sampleRate: 44_100,
  pads: [
    {
      id: 'CORE.kick',
      name: 'Kick',
      role: 'CORE',
      instrument: 'kick',
      note: 36,
      hits: [hitId(id)],
      ...PLAIN_PAD,
    },
  ],
  shapes: {},
});

describe('importing a folder of samples', () => {
  it('makes hits with names, roles, sounds and a home, and leaves the files as they were', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    writeFileSync(join(pack, 'LICENSE.txt'), 'Author: Ann Drum\nReleased under CC0.');
    const before = readFileSync(join(pack, 'hat.wav'));
    const job = await imported(studio, pack);
    expect(job).toMatchObject({
      state: 'done',
      refused: [],
      data: { hits: 4, added: 4, removed: 0, copies: 0 },
    });
    expect(job.progress.fraction).toBe(1);
    expect(readFileSync(join(pack, 'hat.wav'))).toEqual(before);
    const book = await studio.services.hitBook();
    expect(namesIn(book)).toEqual(['Kick_v1', 'Kick_v2', 'Snare äöü 100% #1', 'hat']);
    expect(book.places).toEqual([{ kind: 'source', id: job.made.sourceId, name: 'Garage Kit' }]);
    const [loud] = await studio.services.hitsById([idOf(book, 'Kick_v2')]);
    expect(loud).toMatchObject({
      velocity: 1,
      onsetFrame: 0,
      sampleRate: 44_100,
      sourceId: job.made.sourceId,
    });
    expect(loud?.judgement).toMatchObject({ role: 'CORE', instrument: 'kick' });
    expect(book.velocity[book.names.indexOf('Kick_v1')]).toBeCloseTo(64 / 127, 5);
    expect(await studio.library.artefactPath(loud?.audio ?? '')).toMatch(/\.wav$/);
    expect(book.decaySeconds.every(seconds => seconds > 0)).toBe(true);
    expect(await studio.services.sources()).toEqual([
      {
        source: {
          id: job.made.sourceId,
          kind: 'folder',
          name: 'Garage Kit',
          path: pack,
          licence: 'CC0-1.0',
          author: 'Ann Drum',
        },
        hits: 4,
      },
    ]);
  });

  it('leaves out what is no one-shot and says why, and follows no link out', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    const elsewhere = await aPack(join(temporaryFolder(), 'Elsewhere'));
    await write(join(pack, 'loop.wav'), atTimes([{ at: 0, audio: kick() }], 21));
    await write(join(pack, 'silence.wav'), { sampleRate: 44_100, samples: new Float32Array(4000) });
    writeFileSync(join(pack, 'text.wav'), 'This is no audio at all.');
    writeFileSync(join(pack, 'empty.wav'), '');
    writeFileSync(join(pack, 'notes.txt'), 'not listed');
    const cut = readFileSync(join(pack, 'hat.wav'));
    writeFileSync(join(pack, 'cut.flac'), Buffer.concat([Buffer.from('fLaC'), cut.subarray(0, 60)]));
    symlinkSync(elsewhere, join(pack, 'outside'));
    symlinkSync(join(elsewhere, 'hat.wav'), join(pack, 'linked.wav'));
    symlinkSync(join(pack, 'gone.wav'), join(pack, 'dangling.wav'));
    symlinkSync(pack, join(pack, 'Kicks', 'round'));
    symlinkSync(join(pack, 'hat.wav'), join(pack, 'same hat.wav'));
    const job = await imported(studio, pack);
    expect(reasonsOf(job)).toEqual({
      'loop.wav': 'tooLong',
      'silence.wav': 'silent',
      'text.wav': 'notAudio',
      'empty.wav': 'emptyFile',
      'cut.flac': 'corrupt',
      outside: 'unreadable',
      'linked.wav': 'unreadable',
      'dangling.wav': 'notFound',
    });
    expect(job.data).toMatchObject({ hits: 4, copies: 1 });
  });

  it('goes on where a folder may not be read', async () => {
    const pack = await aPack();
    for (let folder = pack; folder !== tmpdir() && folder !== '/'; folder = dirname(folder))
      chmodSync(folder, 0o755);
    mkdirSync(join(pack, 'secret'), { mode: 0o000 });
    // Nothing is kept from root: the folder is listed as somebody else.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      const found = await listSamples(pack, new AbortController().signal);
      expect(found.ok && found.value.files).toHaveLength(4);
      expect(found.ok && found.value.refused).toMatchObject([
        { path: join(pack, 'secret'), failure: { code: 'unreadable' } },
      ]);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(join(pack, 'secret'), 0o700);
    }
  });

  it('keeps one hit of equal sounds, wherever they lie and whatever file they are in', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    cpSync(join(pack, 'hat.wav'), join(pack, 'copy of hat.wav'));
    await write(join(pack, 'float hat.wav'), closedHat(), '32f');
    const other = await aPack(join(temporaryFolder(), 'Other'));
    const first = await imported(studio, pack);
    expect(first.data).toMatchObject({ hits: 5, copies: 1 });
    const second = await imported(studio, other);
    expect(second.data).toMatchObject({ hits: 4, added: 0 });
    expect((await studio.services.hitBook()).ids).toHaveLength(5);
    await studio.services.removeSource(first.made.sourceId ?? '');
    const left = await studio.services.hitBook();
    expect(left.ids).toHaveLength(4);
    expect(left.places.map(({ name }) => name)).toEqual(['Other']);
  });

  it('gains and loses what a folder has gained and lost, without what the user said and kits play', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    await imported(studio, pack);
    const before = await studio.services.hitBook();
    const [hat, kept, said] = ['hat', 'Kick_v1', 'Kick_v2'].map(name => idOf(before, name));
    await studio.services.saveKit(aKit(kept ?? ''));
    await studio.services.overrideHits([said ?? '', hat ?? ''], { role: 'FILL' });
    await studio.services.markHits([hat ?? '', said ?? ''], { favourite: true, add: ['keep'], remove: [] });
    for (const name of ['hat.wav', 'Kicks/Kick_v1.wav']) rmSync(join(pack, name));
    await write(join(pack, 'tom.wav'), tom());
    const again = await imported(studio, pack);
    expect(again).toMatchObject({ state: 'done', data: { hits: 3, added: 1, removed: 1 } });
    const after = await studio.services.hitBook();
    expect(namesIn(after)).toEqual(['Kick_v1', 'Kick_v2', 'Snare äöü 100% #1', 'tom']);
    const row = after.ids.indexOf(said ?? '');
    expect([after.overridden[row], after.favourite[row], after.tags[said ?? '']]).toEqual([1, 1, ['keep']]);
    await write(join(pack, 'hat.wav'), closedHat());
    await imported(studio, pack);
    const whole = await studio.services.hitBook();
    expect(whole.favourite[whole.ids.indexOf(hat ?? '')]).toBe(1);
    await studio.services.removeSource(again.made.sourceId ?? '');
    expect(namesIn(await studio.services.hitBook())).toEqual(['Kick_v1']);
    expect(await studio.services.sources()).toEqual([]);
    expect((await studio.services.hitsById([kept ?? '']))[0]?.audio).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes single files as an addition to their folder', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    await imported(studio, join(pack, 'hat.wav'));
    const job = await imported(studio, join(pack, 'Snare äöü 100% #1.wav'));
    expect(job.data).toMatchObject({ hits: 2, added: 1, removed: 0 });
  });

  it('shows nothing of a cancelled import, and goes on from its finished stages', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    const { jobIds } = await studio.services.importSamples([pack]);
    const [jobId = ''] = jobIds;
    studio.atStage('roles', 0, () => void studio.jobs.cancel(jobId));
    expect((await studio.jobs.finish(jobId)).state).toBe('cancelled');
    expect((await studio.services.hitBook()).ids).toEqual([]);
    expect(await studio.services.sources()).toEqual([]);
    await studio.jobs.retry(jobId);
    expect(await studio.jobs.finish(jobId)).toMatchObject({ state: 'done', data: { hits: 4 } });
    expect(studio.ran.filter(({ stage }) => stage === 'one-shots')).toHaveLength(1);
  });

  it('goes on in another process after a crash, from the stages that were finished', async () => {
    const home = temporaryFolder();
    const pack = await aPack();
    const child = spawn(
      process.execPath,
      [resolve('dist/main/cli.js'), 'samples', 'import', pack, '--json'],
      {
        env: { ...process.env, BACKBEAT_HOME: home },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const died = new Promise(done => child.on('close', done));
    for await (const line of createInterface({ input: child.stdout }))
      if (line.includes('"Listening to hits"')) child.kill('SIGKILL');
    await died;
    const studio = await aStudio(home);
    const [job] = await studio.services.jobs();
    expect([job?.state, (await studio.services.hitBook()).ids]).toEqual(['interrupted', []]);
    await studio.jobs.retry(job?.id ?? '');
    expect(await studio.jobs.finish(job?.id ?? '')).toMatchObject({ state: 'done', data: { hits: 4 } });
    expect(studio.ran.map(({ stage }) => stage)).not.toContain('one-shots');
  });

  it('is offered for files and folders as short as hits, by their length alone', async () => {
    const studio = await aStudio();
    const pack = await aPack();
    const [loop, song, text] = ['loop.wav', 'song.wav', 'text.wav'].map(name =>
      join(temporaryFolder(), name),
    );
    await write(loop ?? '', atTimes([{ at: 0, audio: kick() }], 8));
    await write(song ?? '', atTimes([{ at: 0, audio: kick() }], 30));
    writeFileSync(text ?? '', 'no audio');
    const paths = [pack, join(pack, 'hat.wav'), loop ?? '', song ?? '', text ?? '', '/nowhere'];
    const looks = await studio.services.lookAtAudio(paths);
    expect(looks.map(({ kind, files }) => `${kind} ${files}`)).toEqual([
      'one-shot 4',
      'one-shot 1',
      'short 1',
      'song 1',
      'song 1',
      'song 1',
    ]);
  });

  it('is told, listed and undone on the command line', async () => {
    const home = temporaryFolder();
    const pack = await aPack();
    writeFileSync(join(pack, 'text.wav'), 'no audio');
    const answer = await backbeat(home, ['samples', 'import', pack]);
    expect(answer).toMatchObject({ code: 0 });
    expect(answer.stdout).toBe('Garage Kit: 4 samples, 4 of them new, 0 gone, 0 copies, 1 file left out\n');
    expect(answer.stderr).toContain('text.wav holds text, not audio');
    const listed = await backbeat(home, ['samples', 'list', '--json']);
    const stored = JSON.parse(listed.stdout) as StoredSource;
    expect(stored).toMatchObject({ hits: 4, source: { name: 'Garage Kit', path: pack } });
    expect(await backbeat(home, ['samples', 'remove', 'folder-0'])).toMatchObject({ code: 2 });
    expect(await backbeat(home, ['samples', 'remove', stored.source.id])).toMatchObject({ code: 0 });
    expect((await backbeat(home, ['samples', 'list'])).stdout).toBe('');
  });

  it('refuses what is not there, and fails where there is nothing to import', async () => {
    const studio = await aStudio();
    const { jobIds, refused } = await studio.services.importSamples(['/nowhere/at/all', 'upload:none']);
    expect([jobIds, refused.map(({ failure }) => failure.code)]).toEqual([[], ['notFound', 'notFound']]);
    const job = await imported(studio, temporaryFolder());
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'noAudioFiles' } });
  });
});
