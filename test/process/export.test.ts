import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashFile, readWav, temporaryBeside, writeWav } from '#main/platform';
import {
  COMMON_TIME,
  type Hit,
  hitId,
  INSTRUMENT_FACTS,
  type Instrument,
  type Kit,
  LicencesSchema,
  type Pattern,
  PLAIN_BUS,
  PLAIN_MIX,
  patternSeconds,
  type PlanarAudio,
  PLAIN_PAD,
} from '#shared/model';
import { type ExportRequest, type JobView, USUAL_EXPORT } from '#shared/protocol';
import { decoded, hasProgram, runTool } from '#test/audio-files';
import { suiteFolder } from '#test/cli';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { aNote, aPattern, meter } from '#test/pattern';
import { readSmf } from '#test/read-smf';
import { readWavChunks } from '#test/read-wav-chunks';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const home = suiteFolder();
let studio: WatchedStudio;
let runs = 0;

const SOUNDS: readonly (readonly [Instrument, PlanarAudio])[] = [
  ['kick', drumTrack([kick(0, 0.9)], 0.7)],
  ['snare', drumTrack([snare(0, 0.9)], 0.6)],
  ['chh', drumTrack([hat(0, 0.9)], 0.3)],
];

/** A kit of three sounds in the library, without a song that they are from. */
async function takeKitIn(): Promise<void> {
  const { library } = studio;
  const hits: Hit[] = [];
  for (const [instrument, audio] of SOUNDS) {
    const path = join(home, `${instrument}.wav`);
    await writeWav(path, audio, '32f');
    const frames = audio.channels[0]?.length ?? 0;
    const bytes = readFileSync(path).length;
    const artefact = { sha256: await hashFile(path), extension: '.wav', bytes };
    const copy = temporaryBeside(join(library.scratch, instrument));
    await copyFile(path, copy);
    await library.store.take(copy, artefact);
    hits.push({
      id: hitId(`own-${instrument}`),
      index: hits.length,
      onsetFrame: 0,
      startFrame: 0,
      frames,
      flamFrames: null,
      gain: 1,
      velocity: 1,
      sampleRate: audio.sampleRate,
      audio: artefact.sha256,
      name: null,
      sourceId: null,
      duplicates: [],
      judgement: null,
      quality: null,
      override: null,
    });
    await library.write(at => at.artefacts.hold(`kit:own-${instrument}`, [artefact]));
  }
  const kit: Kit = {
    id: 'own',
    name: 'Own kit',
    sampleRate: 44_100,
    pads: SOUNDS.map(([instrument]) => ({
      ...PLAIN_PAD,
      id: instrument,
      ...INSTRUMENT_FACTS[instrument],
      instrument,
      hits: [hitId(`own-${instrument}`)],
    })),
    shapes: {},
  };
  await library.write(async at => {
    await at.hits.putLoose(hits);
    await at.kits.put(kit, '2026-01-01T00:00:00Z');
  });
}

const hitOf = (instrument: Instrument) => ({ hit: hitId(`own-${instrument}`) });
/** Kick, snare and hats; a bar of 4/4 and one of 7/8, swung, with a hat that rings over the end and a kick before the start. */
const groove = (more: Partial<Pattern> = {}): Pattern =>
  aPattern(
    [
      aNote('kick', 0, { ...hitOf('kick'), feel: -30 }),
      aNote('snare', 4, { ...hitOf('snare'), feel: 12.5 }),
      aNote('kick', 8, { ...hitOf('kick'), velocity: 0.6 }),
      aNote('chh', 6, hitOf('chh')),
      aNote('snare', 12, hitOf('snare')),
      aNote('kick', 16, hitOf('kick')),
      aNote('snare', 28, hitOf('snare')),
      aNote('chh', 29, { ...hitOf('chh'), feel: 17 }),
    ],
    { tempo: 97, bars: [COMMON_TIME, meter(7, 8)], swing: { percent: 58, base: '16th' }, ...more },
  );

async function run(change: Partial<ExportRequest> = {}): Promise<JobView> {
  const request: ExportRequest = {
    ...USUAL_EXPORT,
    mp3Copy: false,
    stems: 'none',
    midi: false,
    pattern: groove(),
    kitId: 'own',
    patternName: 'Take 1',
    songName: '',
    folder: join(home, `out-${++runs}`),
    existing: 'number',
    ...change,
  };
  const { jobId } = await studio.services.exportPattern(request);
  const job = await studio.jobs.finish(jobId);
  expect(job.failure).toBeNull();
  return job;
}
const pathOf = (job: JobView, kind: string): string =>
  job.files.find(file => file.kind === kind)?.path ?? kind;
async function audioOf(path: string): Promise<PlanarAudio> {
  const read = await readWav(path);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}
/** The largest difference of any two frames, or of lengths. */
function farthest(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let most = Math.abs((a[0]?.length ?? 0) - (b[0]?.length ?? 0));
  for (const [channel, samples] of a.entries())
    for (const [frame, value] of samples.entries())
      most = Math.max(most, Math.abs(value - (b[channel]?.[frame] ?? NaN)));
  return most;
}
const summed = (stems: readonly PlanarAudio[]): Float32Array[] =>
  [0, 1].map(channel =>
    (stems[0]?.channels[channel] ?? new Float32Array()).map((_, frame) =>
      stems.reduce((sum, stem) => Math.fround(sum + (stem.channels[channel]?.[frame] ?? 0)), 0),
    ),
  );

beforeAll(async () => {
  studio = await aStudio(home, 'suite');
  await takeKitIn();
});

describe('a loop', () => {
  it.each([
    [44_100, 1],
    [48_000, 3],
    [96_000, 2],
  ] as const)('at %i Hz, %i times, is exactly as long as its bars', async (sampleRate, passes) => {
    const path = pathOf(await run({ loop: true, sampleRate, passes }), 'wav');
    const { frames } = readWavChunks(readFileSync(path));
    expect(frames).toBe(Math.round(patternSeconds(groove()) * passes * sampleRate));
  });

  it('has no seam: it is what is played the second of three times, and differs from what is cut at the bar line', async () => {
    // At 120 BPM a pass lasts a whole number of frames.
    const pattern = groove({ tempo: 120 });
    const once = await audioOf(pathOf(await run({ pattern, loop: true, bits: '32f' }), 'wav'));
    const thrice = await audioOf(pathOf(await run({ pattern, passes: 3, bits: '32f' }), 'wav'));
    const length = once.channels[0]?.length ?? 0;
    expect(length).toBe(3.75 * 44_100);
    const second = thrice.channels.map(channel => channel.subarray(length, 2 * length));
    expect(farthest(once.channels, second)).toBe(0);
    const cut = await audioOf(pathOf(await run({ pattern, bits: '32f', tailSeconds: 0 }), 'wav'));
    expect(farthest(once.channels, cut.channels)).toBeGreaterThan(0.01);
  });

  it('says its tempo, beats and meter, loops as a whole, and has a cue on every beat', async () => {
    const chunks = readWavChunks(readFileSync(pathOf(await run({ loop: true, passes: 2 }), 'wav')));
    const { frames, sampleRate, acid } = chunks;
    expect(chunks.ids).toEqual(['fmt ', 'data', 'acid', 'smpl', 'cue ', 'LIST']);
    // 7.5 quarters twice are 15 of them.
    expect(acid).toMatchObject({ isOneShot: false, hasRoot: false, beats: 15, meter: '4/4' });
    expect(((acid?.beats ?? 0) * 60) / (acid?.tempo ?? 1)).toBeCloseTo(frames / sampleRate, 4);
    expect(chunks.loops).toEqual([{ start: 0, end: frames - 1 }]);
    expect(chunks.cues.map(({ label }) => label)).toEqual(
      [4, 7, 4, 7].flatMap((beats, bar) =>
        Array.from({ length: beats }, (_, beat) => `${bar + 1}.${beat + 1}`),
      ),
    );
    const beat = 60 / 97;
    const wanted = [0, 7.5].flatMap(pass => [
      ...[0, 1, 2, 3].map(quarter => (pass + quarter) * beat),
      ...[0, 1, 2, 3, 4, 5, 6].map(eighth => (pass + 4 + eighth / 2) * beat),
    ]);
    expect(chunks.cues.map(({ frame }) => frame)).toEqual(wanted.map(time => Math.round(time * sampleRate)));
  });

  it('counts half beats where its quarters are no whole number, and has a cue on every attack', async () => {
    const chunks = readWavChunks(readFileSync(pathOf(await run({ loop: true, cues: 'hits' }), 'wav')));
    expect(chunks.acid).toMatchObject({ beats: 15 });
    expect(chunks.acid?.tempo).toBeCloseTo(194, 3);
    expect(chunks.cues.at(-1)).toEqual({
      frame: chunks.frames - Math.round(((30 / 960) * 60 * 44_100) / 97),
      label: 'Kick',
    });
    expect(chunks.cues.map(({ label }) => label).toSorted()).toEqual([
      'Closed hat',
      'Closed hat',
      'Kick',
      'Kick',
      'Kick',
      'Snare',
      'Snare',
      'Snare',
    ]);
    expect(chunks.cues.map(({ frame }) => frame)).toEqual(
      chunks.cues.map(({ frame }) => frame).toSorted((a, b) => a - b),
    );
  });

  it('is plain where no marks are wanted, or with a tail', async () => {
    for (const change of [{ loop: true, acid: false }, { loop: false }])
      expect(readWavChunks(readFileSync(pathOf(await run(change), 'wav'))).ids).toEqual(['fmt ', 'data']);
  });
});

describe('the formats', () => {
  it.skipIf(!hasProgram('flac'))('hold the same samples as FLAC and as WAV, judged by flac -t', async () => {
    for (const bits of ['16', '24'] as const) {
      const wav = await audioOf(pathOf(await run({ bits }), 'wav'));
      const flac = pathOf(await run({ bits, format: 'flac' }), 'flac');
      runTool('flac', '-t', '-s', '--warnings-as-errors', flac);
      expect(farthest((await decoded(flac)).audio.channels, wav.channels)).toBe(0);
      expect(runTool('metaflac', '--show-tag=BPM', flac).toString()).toContain('BPM=97');
    }
  });

  it('are as long as MP3 as they are as WAV, to the frame', async () => {
    for (const loop of [true, false]) {
      const job = await run({ loop, mp3Copy: true, kilobits: 192 });
      const wav = await audioOf(pathOf(job, 'wav'));
      const mp3 = await decoded(pathOf(job, 'mp3'));
      expect(mp3.frames).toBe(wav.channels[0]?.length);
    }
    const job = await run({ format: 'mp3', mp3Copy: true, stems: 'mixed', kilobits: 128 });
    expect(job.files.map(({ kind }) => kind)).toEqual([
      'mp3',
      'stem:CORE',
      'stem:ACCENT',
      'stem:MOTION',
      'licences',
    ]);
  });

  it('are cut from one render: another format renders nothing again', async () => {
    const request = { pattern: groove({ tempo: 98 }), stems: 'mixed' } as const;
    await run(request);
    const before = studio.ran.filter(({ stage }) => stage === 'render').length;
    await run({ ...request, format: 'flac', naming: '{role} {bpm}' });
    expect(studio.ran.filter(({ stage }) => stage === 'render')).toHaveLength(before);
  });
});

describe('stems', () => {
  const squeezed = groove({
    mix: {
      buses: { CORE: { ...PLAIN_BUS, gainDecibels: 9 } },
      master: {
        gainDecibels: 6,
        compressor: {
          thresholdDecibels: -20,
          ratio: 4,
          attackMilliseconds: 5,
          releaseMilliseconds: 80,
          makeupDecibels: 3,
        },
        ceilingDecibels: -1,
      },
    },
  });

  it.each(['24', '32f'] as const)('through the master sum to the mix bit for bit, in %s', async bits => {
    const job = await run({ pattern: squeezed, stems: 'mixed', bits, loop: true });
    const stems = await Promise.all(
      ['CORE', 'ACCENT', 'MOTION'].map(role => audioOf(pathOf(job, `stem:${role}`))),
    );
    expect(farthest(summed(stems), (await audioOf(pathOf(job, 'wav'))).channels)).toBe(0);
  });

  it('before the master sum to what goes into it', async () => {
    const job = await run({ pattern: squeezed, stems: 'dry', bits: '32f' });
    const dry = await Promise.all(
      ['CORE', 'ACCENT', 'MOTION'].map(role => audioOf(pathOf(job, `stem:${role}`))),
    );
    const { master: _, ...mix } = squeezed.mix;
    const open = {
      ...squeezed,
      mix: { ...mix, master: { gainDecibels: 0, compressor: null, ceilingDecibels: null } },
    };
    const plain = await audioOf(pathOf(await run({ pattern: open, bits: '32f' }), 'wav'));
    expect(farthest(summed(dry), plain.channels)).toBe(0);
    expect(farthest(plain.channels, (await audioOf(pathOf(job, 'wav'))).channels)).toBeGreaterThan(0.01);
  });
});

describe('a mix above full scale', () => {
  const loud = groove({ mix: { buses: {}, master: { ...PLAIN_MIX.master, gainDecibels: 12 } } });

  it('is said to be clipped, unless it is written in floating point', async () => {
    expect((await run({ pattern: loud })).progress.notes).toEqual([
      expect.stringMatching(/^The mix passes full scale by \d+\.\d dB/),
    ]);
    expect((await run({ pattern: loud, bits: '32f' })).progress.notes).toEqual([]);
    expect((await run({ pattern: groove() })).progress.notes).toEqual([]);
  });
});

describe('MIDI', () => {
  it('holds every pass, its chances drawn anew, and ends on the bar line', async () => {
    const notes = groove().notes.map((note, index) => (index === 2 ? { ...note, probability: 0.5 } : note));
    const job = await run({ midi: true, passes: 8, pattern: { ...groove(), notes } });
    const midi = readSmf(readFileSync(pathOf(job, 'midi')));
    expect(midi).toMatchObject({ format: 1, division: 960 });
    expect(midi.notes.length).toBeGreaterThan(7 * 8);
    expect(midi.notes.length).toBeLessThan(8 * 8);
    expect(new Set(midi.ends)).toEqual(new Set([8 * 7.5 * 960]));
    expect(midi.tempos[0]?.tick).toBe(0);
    expect(midi.meters[0]).toEqual({ tick: 0, text: '4/4' });
  });

  it('is one file a role, one track, or on the grid, as asked', async () => {
    const byRole = await run({ midi: true, midiType: 'by-role' });
    const files = byRole.files.filter(({ kind }) => kind === 'midi');
    expect(files.map(({ name }) => name)).toEqual([
      'take-1_core.mid',
      'take-1_accent.mid',
      'take-1_motion.mid',
    ]);
    for (const { path } of files) expect(new Set(readSmf(readFileSync(path)).ends)).toEqual(new Set([7200]));
    const single = await run({ midi: true, midiType: '0', midiFeel: 'on-grid' });
    const smf = readSmf(readFileSync(pathOf(single, 'midi')));
    expect(smf.format).toBe(0);
    expect(smf.notes.every(({ tick }) => tick % 240 === 0)).toBe(true);
  });
});

describe('the files of an export', () => {
  it('are written in every layer that was asked for, with the lineage of their hits', async () => {
    const job = await run({ layers: ['core', 'full'], stems: 'mixed', midi: true, statement: 'Mine.' });
    const names = job.files.map(({ name }) => name);
    expect(names).toEqual([
      'take-1_core_mix.wav',
      'take-1_core_core.wav',
      'take-1_core.mid',
      'take-1_full_mix.wav',
      'take-1_full_core.wav',
      'take-1_full_accent.wav',
      'take-1_full_motion.wav',
      'take-1_full.mid',
      'LICENSES.json',
    ]);
    const licences = LicencesSchema.parse(JSON.parse(readFileSync(pathOf(job, 'licences'), 'utf8')));
    expect(licences).toMatchObject({
      pattern: 'Take 1',
      kit: 'Own kit',
      statement: 'Mine.',
      notes: { skeleton: 8 },
    });
    expect(licences.files).toEqual(names.slice(0, -1));
    expect(licences.hits.map(({ id, source, strokes }) => [id, source, strokes])).toEqual([
      ['own-chh', 'unknown', 2],
      ['own-kick', 'unknown', 3],
      ['own-snare', 'unknown', 3],
    ]);
    for (const { id, sha256 } of licences.hits)
      expect(sha256).toBe(await hashFile(join(home, `${id.replace('own-', '')}.wav`)));
  });

  it('get one number together where one of them is taken, and replace others only when asked', async () => {
    const folder = join(home, 'collisions');
    const first = await run({ folder, naming: '{pattern}_{role}', midi: true });
    const outlook = (change: Partial<ExportRequest>) =>
      studio.services.exportOutlook({
        ...USUAL_EXPORT,
        pattern: groove(),
        kitId: 'own',
        patternName: 'TAKE 1',
        songName: '',
        folder,
        existing: 'number',
        mp3Copy: false,
        stems: 'none',
        ...change,
      });
    expect(await outlook({ naming: '{pattern}_{role}' })).toMatchObject({ number: 2, folder });
    expect(await outlook({ naming: 'other_{role}' })).toMatchObject({ number: 1, taken: [] });
    writeFileSync(join(folder, 'take-1_mix_2.wav'), 'mine');
    const second = await run({ folder, naming: '{pattern}_{role}', midi: true });
    expect(second.files.map(({ name }) => name)).toEqual([
      'take-1_mix_3.wav',
      'take-1_3.mid',
      'take-1_LICENSES_3.json',
    ]);
    expect(readFileSync(join(folder, 'take-1_mix_2.wav'), 'utf8')).toBe('mine');
    const before = readFileSync(pathOf(first, 'wav'));
    const replaced = await run({
      folder,
      naming: '{pattern}_{role}',
      midi: true,
      bits: '16',
      existing: 'replace',
    });
    expect(replaced.files.map(({ path }) => path)).toEqual(first.files.map(({ path }) => path));
    expect(readFileSync(pathOf(first, 'wav')).equals(before)).toBe(false);
  });

  it('are ready for a drag at once when they were asked for before', async () => {
    const request: ExportRequest = {
      ...USUAL_EXPORT,
      pattern: groove(),
      kitId: 'own',
      patternName: 'Drag',
      songName: '',
      folder: null,
      existing: 'number',
    };
    const { jobId } = await studio.services.prepareDrag(request);
    const job = await studio.jobs.finish(jobId);
    expect(job.files.every(({ path }) => path.startsWith(join(home, 'drags')) && existsSync(path))).toBe(
      true,
    );
    expect(await studio.services.prepareDrag({ ...request, folder: '/elsewhere' })).toEqual({ jobId });
    expect((await studio.services.prepareDrag({ ...request, bits: '16' })).jobId).not.toBe(jobId);
    // Another sound of the kit is another wish.
    const [kit] = await studio.services.kits();
    if (!kit) throw new Error('no kit');
    await studio.services.saveKit({ ...kit, pads: kit.pads.map(pad => ({ ...pad, gainDecibels: -3 })) });
    expect((await studio.services.prepareDrag(request)).jobId).not.toBe(jobId);
    await studio.services.saveKit(kit);
  });
});
