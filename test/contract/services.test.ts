import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import tonejsMidi from '@tonejs/midi';
import { beforeAll, describe, expect, it } from 'vitest';
import { openWav } from '#main/platform';
import {
  compareText,
  type Kit,
  type Licences,
  LicencesSchema,
  NO_CORRECTION,
  PLAIN_BUS,
  PLAIN_MIX,
  patternSeconds,
  type Track,
} from '#shared/model';
import {
  type ExportRequest,
  type GenerateRequest,
  type JobView,
  type StoredPattern,
  type TakeInput,
  TakeSchema,
  USUAL_EXPORT,
} from '#shared/protocol';
import { suiteFolder } from '#test/cli';
import { DEMO_SONG } from '#test/material';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const REQUEST: Omit<GenerateRequest, 'kitId'> = {
  generator: 'skeleton',
  style: 'rock',
  variant: 0,
  bars: 2,
  meter: { numerator: 4, denominator: 4 },
  tempo: 100,
  seed: 5,
  motionMode: 'B',
  motionKeep: 6,
  fillProbability: 1,
  texture: true,
  choice: 'round_robin',
  locked: [],
};

const exportOf = (stored: StoredPattern, change: Partial<ExportRequest> = {}): ExportRequest => ({
  ...USUAL_EXPORT,
  tailSeconds: 1,
  naming: '{pattern}_{role}',
  pattern: stored.pattern,
  kitId: stored.kitId,
  patternName: 'My groove',
  songName: '',
  folder: null,
  existing: 'number',
  ...change,
});

/** One imported song for all tests of the file: they ask, and put back what they change. */
const home = suiteFolder();
let studio: WatchedStudio;
let track: Track;
let kit: Kit;
let groove: StoredPattern;

async function importAll(paths: readonly string[]): Promise<JobView[]> {
  const { jobIds } = await studio.services.importTracks(paths);
  return Promise.all(jobIds.map(id => studio.jobs.finish(id)));
}

async function exported(request: ExportRequest): Promise<JobView> {
  const { jobId } = await studio.services.exportPattern(request);
  return studio.jobs.finish(jobId);
}

async function licencesOf(request: ExportRequest): Promise<Licences> {
  const { files } = await exported(request);
  const path = files.find(({ kind }) => kind === 'licences')?.path ?? '';
  return LicencesSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

async function framesOf(path: string): Promise<number> {
  const opened = await openWav(path);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  await opened.value.close();
  return opened.value.frames;
}

beforeAll(async () => {
  studio = await aStudio(home, 'suite');
  await importAll([DEMO_SONG]);
  const found = [
    await studio.services.tracks(),
    await studio.services.kits(),
    await studio.services.patterns(),
  ];
  [[track], [kit], [groove]] = found as [[Track], [Kit], [StoredPattern]];
});

describe('an imported song', () => {
  it('is a track with three stems whose audio and overviews can be fetched', async () => {
    expect(track).toMatchObject({ name: 'first-light', path: DEMO_SONG });
    expect(track.seconds).toBe(41.5);
    expect(track.stems.map(stem => stem.kind)).toEqual(['mix', 'drums', 'residual']);
    for (const { audio, peaks, frames } of track.stems) {
      expect(await framesOf((await studio.library.artefactPath(audio)) ?? '')).toBe(frames);
      const overview = readFileSync((await studio.library.artefactPath(peaks)) ?? '');
      expect(overview.length).toBe(8 * Math.ceil(frames / 512));
    }
  });

  it('has hits in order of time, each with audio of its length and a judgement', async () => {
    const hits = await studio.services.hits(track.id);
    expect(hits.length).toBe(track.hitCount);
    expect(hits.length).toBeGreaterThan(10);
    expect(hits.map(hit => hit.onsetFrame)).toEqual(hits.map(hit => hit.onsetFrame).sort((a, b) => a - b));
    for (const hit of hits) {
      expect(hit.judgement?.reasons.length).toBeGreaterThan(0);
      expect(await framesOf((await studio.library.artefactPath(hit.audio)) ?? '')).toBe(hit.frames);
    }
  });

  it('has a kit of its hits and a groove at its tempo that the kit can play', async () => {
    const hits = await studio.services.hits(track.id);
    const kitHits = await studio.services.kitHits(kit.id);
    expect(kitHits.length).toBeGreaterThan(0);
    expect(hits.map(hit => hit.id)).toEqual(expect.arrayContaining(kitHits.map(hit => hit.id)));
    expect(groove).toMatchObject({ kitId: kit.id, trackId: track.id });
    expect(groove.pattern.tempo).toBe(track.tempo?.bpm);
    expect(groove.pattern.notes.filter(note => note.hit === null && note.role === 'CORE')).toEqual([]);
  });

  it('stays one track when it is imported again, with what the user did to it', async () => {
    await studio.services.saveKit({ ...kit, name: 'Mine' });
    await studio.services.savePattern({ ...groove, name: 'Mine too' }, null);
    const [hit] = await studio.services.hits(track.id);
    await studio.services.overrideHit(hit?.id ?? '', { role: 'TEXTURE' });
    const [job] = await importAll([DEMO_SONG]);
    expect(job).toMatchObject({
      state: 'done',
      made: { trackId: track.id, kitId: kit.id, patternId: groove.id },
    });
    expect(await studio.services.tracks()).toHaveLength(1);
    expect((await studio.services.kits()).map(each => each.name)).toEqual(['Mine']);
    expect((await studio.services.patterns()).map(each => each.name)).toEqual(['Mine too']);
    expect((await studio.services.hits(track.id))[0]?.override).toEqual({ role: 'TEXTURE' });
    await studio.services.overrideHit(hit?.id ?? '', null);
    await studio.services.saveKit(kit);
    await studio.services.savePattern(groove, null);
  });

  it('takes the tempo that the user types, with a beat where bar 1 is said to be, and takes it back', async () => {
    const found = track.tempo;
    await studio.services.correctTempo(track.id, {
      ...NO_CORRECTION,
      bpm: 97,
      bpmIs: 'exact',
      barOneAt: 0.31,
    });
    const tempo = (await studio.services.tracks())[0]?.tempo;
    expect(tempo).toMatchObject({ bpm: 97, firstDownbeat: 0.31, steady: true, confidence: 1 });
    const beats = tempo?.beats ?? [];
    expect(Math.min(...beats.map(beat => Math.abs(beat - 0.31)))).toBeLessThan(1e-9);
    expect(Math.min(...beats)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...beats)).toBeLessThanOrEqual(track.seconds + 60 / 97);
    await studio.services.correctTempo(track.id, null);
    expect((await studio.services.tracks())[0]?.tempo).toEqual(found);
  });

  it('is told to watchers of the library', async () => {
    const told: unknown[] = [];
    const stop = studio.services.watchLibrary(nouns => told.push(...nouns));
    await studio.services.saveSetting('seen', true);
    await expect.poll(() => told).toEqual(['settings']);
    stop();
  });
});

describe('a folder of songs', () => {
  it('is imported song by song: what is wrong with one is told, and the others go on', async () => {
    const folder = join(home, 'songs');
    await mkdir(join(folder, 'inner'), { recursive: true });
    await writeFile(
      join(folder, 'truncated.wav'),
      readFileSync(resolve('assets/demo/kit/kick-1.wav')).subarray(0, 30),
    );
    await writeFile(join(folder, 'page.mp3'), '<!doctype html><html><body>Not found</body></html>');
    await writeFile(join(folder, 'notes.txt'), 'not a song');
    await copyFile(DEMO_SONG, join(folder, 'inner', 'song.mp3'));
    const jobs = await importAll([folder]);
    const ended = jobs.toSorted((a, b) => compareText(a.title, b.title));
    expect(ended.map(job => [job.title, job.state, job.failure?.code])).toEqual([
      ['page', 'failed', 'notAudio'],
      ['song', 'done', undefined],
      ['truncated', 'failed', expect.stringMatching(/corrupt|truncated|tooShort|emptyFile/)],
    ]);
  });

  it('refuses what is not there, what is empty and a folder without songs, by name', async () => {
    const folder = join(home, 'no songs');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'empty.wav'), '');
    const empty = join(folder, 'empty.wav');
    const bare = join(home, 'bare');
    await mkdir(bare, { recursive: true });
    const answer = await studio.services.importTracks([
      join(home, 'gone.wav'),
      empty,
      bare,
      'upload:unknown',
    ]);
    expect(answer.jobIds).toEqual([]);
    expect(answer.refused.map(({ path, failure }) => [basename(path), failure.code])).toEqual([
      ['gone.wav', 'notFound'],
      ['empty.wav', 'emptyFile'],
      ['bare', 'noAudioFiles'],
      ['upload:unknown', 'notFound'],
    ]);
  });
});

describe('a generated groove', () => {
  const generate = (change: Partial<GenerateRequest> = {}) =>
    studio.services.generate({ ...REQUEST, kitId: kit.id, ...change }, groove.pattern);

  it('is the same for the same seed and another for another', async () => {
    const [one, again, other] = [await generate(), await generate(), await generate({ seed: 6 })];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one.notes.some(note => note.hit !== null)).toBe(true);
  });

  it('leaves locked roles as they were', async () => {
    const take = await generate({ locked: ['CORE'], generator: 'transformer' });
    const core = (notes: typeof take.notes) => notes.filter(note => note.role === 'CORE');
    expect(core(take.notes)).toEqual(core(groove.pattern.notes).filter(note => note.at < 2 * 3840));
    expect(take.notes.some(note => note.source === 'transformer')).toBe(true);
  });

  it('is played by the groove models on demand: four takes on one seed, laid out on the kit', async () => {
    const take = (number: number, more: Partial<TakeInput> = {}) =>
      studio.services.take(
        {
          kitId: kit.id,
          choice: 'played',
          take: TakeSchema.parse({
            kind: 'infill',
            bars: { from: 0, to: 2 },
            seed: 3,
            take: number,
            ...more,
          }),
        },
        groove.pattern,
      );
    const four = await Promise.all([0, 1, 2, 3].map(number => take(number)));
    expect(new Set(four.map(made => JSON.stringify(made.notes))).size).toBe(4);
    expect(await take(2)).toEqual(four[2]);
    for (const { notes } of four) {
      const fresh = notes.filter(note => note.source === 'transformer');
      expect(fresh.length).toBeGreaterThan(0);
      expect(fresh.some(note => note.hit !== null)).toBe(true);
    }
    await expect(take(0, { kind: 'fill', bar: 100 })).rejects.toMatchObject({
      failure: { code: 'cannotGenerate' },
    });
  });

  it('sounds on any kit', async () => {
    const laid = await studio.services.layOut(groove.pattern, kit.id);
    const own = new Set(kit.pads.flatMap(pad => pad.hits));
    for (const { hit } of laid.notes) expect(hit === null || own.has(hit)).toBe(true);
    await expect(studio.services.layOut(groove.pattern, 'gone')).rejects.toMatchObject({
      failure: { code: 'notFound' },
    });
  });
});

/** Highest frame of a 32-bit floating-point WAV. */
function peakOf(wav: Buffer): number {
  const start = wav.indexOf('data') + 8;
  let highest = 0;
  for (let at = start; at + 4 <= wav.length; at += 4)
    highest = Math.max(highest, Math.abs(wav.readFloatLE(at)));
  return highest;
}

describe('an export', () => {
  it('writes WAV, MP3, MIDI and stems, and never over what is there', async () => {
    const folder = join(home, 'out');
    const first = await exported(exportOf(groove, { folder }));
    expect(first).toMatchObject({ state: 'done', failure: null });
    const names = readdirSync(folder);
    expect(names).toEqual(
      expect.arrayContaining([
        'my-groove.mid',
        'my-groove_LICENSES.json',
        'my-groove_core.wav',
        'my-groove_mix.mp3',
        'my-groove_mix.wav',
      ]),
    );
    expect(first.files.map(file => file.name).toSorted()).toEqual(names.toSorted());
    const seconds = (await framesOf(join(folder, 'my-groove_mix.wav'))) / 44_100;
    expect(seconds).toBeGreaterThanOrEqual(patternSeconds(groove.pattern));
    const midi = new tonejsMidi.Midi(readFileSync(join(folder, 'my-groove.mid')));
    const sounding = groove.pattern.notes.filter(note => !note.muted);
    expect(midi.tracks.flatMap(each => each.notes)).toHaveLength(sounding.length);
    const bytes = readFileSync(join(folder, 'my-groove_mix.wav'));

    const request = exportOf(groove, { folder });
    expect(await studio.services.exportOutlook(request)).toMatchObject({
      folder,
      number: 2,
      taken: names.toSorted(compareText),
    });
    const second = await exported(request);
    expect(second.files.map(file => file.name)).toEqual(
      first.files.map(file => file.name.replace(/(\.\w+)$/, '_2$1')),
    );
    expect(readFileSync(join(folder, 'my-groove_mix_2.wav')).equals(bytes)).toBe(true);
    expect(readFileSync(join(folder, 'my-groove_mix.wav')).equals(bytes)).toBe(true);
  });

  it('says of every hit which song it is from, where in it, and by what it was found', async () => {
    const licences = await licencesOf(exportOf(groove, { statement: ' I played all of it. ' }));
    expect(licences.statement).toBe('I played all of it.');
    expect(licences.sources).toMatchObject([
      {
        id: track.id,
        kind: 'recording',
        file: expect.stringMatching(/\.mp3$/),
        sha256: track.sha256,
        licence: null,
      },
    ]);
    expect(licences.sources[0]?.settings).toMatchObject({ separator: 'drum-stem', edited_by_hand: false });
    expect(licences.models.map(model => [model.id, model.licence])).toEqual(
      expect.arrayContaining([['drum-stem', 'MIT']]),
    );
    const played = new Set(groove.pattern.notes.flatMap(note => (note.muted ? [] : (note.hit ?? []))));
    const own = new Map((await studio.services.hits(track.id)).map(hit => [hit.id as string, hit]));
    expect(new Set(licences.hits.map(({ id }) => id))).toEqual(played);
    for (const { id, sha256, onset_seconds, source } of licences.hits) {
      const hit = own.get(id);
      expect(sha256).toBe(hit?.audio);
      expect(onset_seconds).toBe((hit?.onsetFrame ?? 0) / (hit?.sampleRate ?? 1));
      expect(source).toBe(track.id);
    }
  });

  it('goes to the exports of the library unless a folder is given, with a name that any disk takes', async () => {
    const job = await exported(
      exportOf(groove, {
        naming: 'a:b/../c? {role}',
        bits: '16',
        mp3Copy: false,
        stems: 'none',
        midi: false,
        layers: ['core'],
      }),
    );
    const folder = join(home, 'exports', 'a-b');
    expect(job.files.map(file => file.path)).toEqual([
      join(folder, 'c- mix.wav'),
      join(folder, 'LICENSES.json'),
    ]);
  });

  it('hears the gain of pads and the hit that a pad has chosen for notes without one', async () => {
    const wavOf = async (change: (kit: Kit) => Kit, name: string): Promise<Buffer> => {
      await studio.services.saveKit(change(kit));
      const pattern = {
        ...groove.pattern,
        notes: groove.pattern.notes.map(note => ({ ...note, hit: null })),
      };
      const plain = { bits: '32f', mp3Copy: false, stems: 'none', midi: false } as const;
      const job = await exported(exportOf({ ...groove, pattern }, { ...plain, patternName: name }));
      await studio.services.saveKit(kit);
      return readFileSync(job.files[0]?.path ?? '');
    };
    const plain = await wavOf(each => each, 'plain');
    const quiet = await wavOf(
      each => ({ ...each, pads: each.pads.map(pad => ({ ...pad, gainDecibels: -12 })) }),
      'quiet',
    );
    expect(20 * Math.log10(peakOf(quiet) / peakOf(plain))).toBeCloseTo(-12, 2);
  });

  it('sounds as the pattern’s mix says: its gains, and no stem of what it mutes', async () => {
    const wavOf = async (gainDecibels: number): Promise<Buffer> => {
      const buses = {
        CORE: { ...PLAIN_BUS, soloed: true },
        MOTION: { ...PLAIN_BUS, soloed: true, muted: true },
      };
      const mix = { buses, master: { ...PLAIN_MIX.master, gainDecibels } };
      const pattern = { ...groove.pattern, mix };
      const plain = { bits: '32f', mp3Copy: false, stems: 'mixed', midi: false } as const;
      const job = await exported(exportOf({ ...groove, pattern }, { ...plain, patternName: 'mixed' }));
      expect(job.files.map(file => file.kind).toSorted()).toEqual(['licences', 'stem:CORE', 'wav']);
      return readFileSync(job.files.find(file => file.kind === 'wav')?.path ?? '');
    };
    const [plain, quiet] = [await wavOf(0), await wavOf(-9)];
    expect(20 * Math.log10(peakOf(quiet) / peakOf(plain))).toBeCloseTo(-9, 2);
  });

  it('fails with a reason when its folder cannot be written, and leaves nothing', async () => {
    const blocked = join(home, 'a file');
    await writeFile(blocked, '');
    const job = await exported(exportOf(groove, { folder: blocked }));
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'notWritable', path: blocked } });
    expect(job.files).toEqual([]);
  });

  it('fails by name when a hit is gone from the library', async () => {
    const notes = groove.pattern.notes.map(note => ({ ...note, hit: 'hit-gone' as never }));
    const job = await exported(exportOf({ ...groove, pattern: { ...groove.pattern, notes } }));
    expect(job.failure).toMatchObject({ code: 'missingSample', sampleId: 'hit-gone' });
  });
});

describe('drums to pattern', () => {
  it('stores what is played as a groove of the track’s own hits, once', async () => {
    const stored = await studio.services.grooveOfTrack(track.id, 'typical');
    expect(stored).toMatchObject({ trackId: track.id, kitId: kit.id });
    const { pattern } = stored;
    expect(pattern.tempo).toBe(track.tempo?.bpm);
    expect([4, 8]).toContain(pattern.bars.length);
    expect(pattern.notes.length).toBeGreaterThan(4 * pattern.bars.length);
    expect(pattern.notes.some(note => Math.abs(note.feel) > 1)).toBe(true);
    const hits = new Set((await studio.services.hits(track.id)).map(hit => hit.id));
    const played = pattern.notes.flatMap(({ hit }) => hit ?? []);
    expect(played.length).toBeGreaterThan(pattern.notes.length / 2);
    expect(played.every(hit => hits.has(hit))).toBe(true);
    await studio.services.savePattern({ ...stored, name: 'Kept' }, null);
    expect(await studio.services.grooveOfTrack(track.id, 'typical')).toMatchObject({
      id: stored.id,
      name: 'Kept',
    });
    expect((await studio.services.patterns()).filter(one => one.id === stored.id)).toHaveLength(1);
  });

  it('takes the whole track or the bars that are asked for', async () => {
    const whole = await studio.services.grooveOfTrack(track.id, 'whole');
    const some = await studio.services.grooveOfTrack(track.id, { first: 2, count: 2 });
    expect(some.pattern.bars).toHaveLength(2);
    expect(whole.pattern.bars.length).toBeGreaterThan(8);
    expect(whole.pattern.notes.length).toBeGreaterThan(some.pattern.notes.length);
  });

  it('says which track is not there', async () => {
    await expect(studio.services.grooveOfTrack('nobody', 'whole')).rejects.toMatchObject({
      failure: { code: 'notFound' },
    });
  });
});

describe('a removed track', () => {
  it('is off the list, while its kit and groove go on sounding', async () => {
    await studio.services.removeTrack(track.id);
    expect(await studio.services.tracks()).toEqual([]);
    expect((await studio.services.kitHits(kit.id)).length).toBeGreaterThan(0);
    expect(await exported(exportOf(groove, { mp3Copy: false, stems: 'none' }))).toMatchObject({
      state: 'done',
    });
    await studio.library.collect(0);
    expect(await exported(exportOf(groove, { mp3Copy: false, stems: 'none' }))).toMatchObject({
      state: 'done',
    });
  });
});
