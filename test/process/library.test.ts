import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { type Library, type NewTrack, type Noun, openLibrary } from '#main/library';
import {
  type Hit,
  hitId,
  type Judgement,
  type Kit,
  NO_CORRECTION,
  type Tempo,
  type TempoCorrection,
  type Track,
  type TrackHearing,
  USUAL_HEARING,
  PLAIN_PAD,
} from '#shared/model';
import { temporaryFolder } from '#test/audio-files';
import { aLibrary } from '#test/library';

const NOW = '2026-01-02T03:04:05.000Z';

const JUDGEMENT: Judgement = {
  role: 'CORE',
  roleScores: { CORE: 0.9, ACCENT: 0.1, FILL: 0, MOTION: 0, TEXTURE: 0 },
  instrument: 'kick',
  instrumentScores: { kick: 0.8, lt: 0.2 },
  reasons: ['88 % of its power below 150 Hz'],
};

const aTrack = (id: string): NewTrack => ({
  id,
  name: `Song ${id}`,
  path: `/songs/${id}.wav`,
  sha256: 'a'.repeat(64),
  seconds: 12.5,
  sampleRate: 44_100,
  channelCount: 2,
  tempo: null,
  stems: [
    { kind: 'mix', audio: 'm', peaks: 'mp', frames: 551_250 },
    { kind: 'drums', audio: 'd', peaks: 'dp', frames: 551_250 },
  ],
  addedAt: NOW,
});

/** As an analysis finds it. */
const steady = (bpm: number, firstDownbeat: number): Tempo => ({
  bpm,
  firstDownbeat,
  meter: { numerator: 4, denominator: 4 },
  confidence: 0.9,
  beats: Array.from({ length: 17 }, (_, at) => firstDownbeat + (at * 60) / bpm),
  steady: true,
  downbeats: [],
  candidates: [{ bpm, confidence: 1 }],
  meters: [],
});

const aHit = (id: string, index: number, onsetFrame: number): Hit => ({
  id: hitId(id),
  index,
  onsetFrame,
  startFrame: onsetFrame - 88,
  frames: 4000,
  flamFrames: index === 0 ? 1100 : null,
  gain: 1.7,
  velocity: 0.6,
  sampleRate: 44_100,
  audio: 'f'.repeat(64),
  name: null,
  sourceId: null,
  duplicates: [{ onsetFrame: 9000, frames: 400 }],
  judgement: JUDGEMENT,
  quality: null,
  override: null,
});

const aKit = (id: string): Kit => ({
  id,
  name: 'Kit',
  sampleRate: 44_100,
  pads: [
    {
      id: 'CORE.kick',
      name: 'Kick',
      role: 'CORE',
      instrument: 'kick',
      note: 36,
      hits: [hitId('h1')],
      ...PLAIN_PAD,
      gainDecibels: -1.5,
      pan: 0.25,
      locked: true,
    },
  ],
  shapes: {},
});

async function put(
  library: Library,
  content: string,
): Promise<{ sha256: string; extension: string; bytes: number }> {
  const file = join(library.scratch, 'new.txt');
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const artefact = { sha256, extension: '.txt', bytes: content.length };
  await library.store.take(file, artefact);
  return artefact;
}

const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

describe('a library', () => {
  it('keeps tracks, stems, hits, kits and settings through closing and opening', async () => {
    const folder = temporaryFolder();
    const first = await aLibrary(folder);
    const hits = [aHit('h1', 0, 1000), aHit('h2', 1, 9000)];
    await first.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', hits);
      await at.kits.put(aKit('k'), NOW);
      await at.settings.put('audio', { latency: 0.02 });
    });
    await first.close();
    const library = await aLibrary(folder);
    expect(await library.tracks.all()).toEqual([{ ...aTrack('t'), tempoCorrection: null, hitCount: 2 }]);
    expect(await library.hits.ofTrack('t')).toEqual(hits);
    expect(await library.hits.some(['h2', 'gone', 'h1'])).toEqual([hits[1], hits[0]]);
    expect(await library.kits.one('k')).toEqual(aKit('k'));
    expect(await library.settings.all()).toEqual({ audio: { latency: 0.02 } });
  });

  it('does all of a transaction or nothing', async () => {
    const library = await aLibrary();
    const half = library.write(async at => {
      await at.tracks.put(aTrack('t'));
      throw new Error('half way');
    });
    await expect(half).rejects.toThrow('half way');
    expect(await library.tracks.all()).toEqual([]);
  });

  it('keeps what the user said of a hit when the track is analysed again and the onset moves a little', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 0, 10_000), aHit('h2', 1, 11_102)]);
      await at.hits.override(['h1'], { role: 'TEXTURE' });
    });
    await library.write(at => at.hits.replace('t', [aHit('n1', 0, 10_200), aHit('n2', 1, 11_102)]));
    const [first, second] = await library.hits.ofTrack('t');
    expect(first?.override).toEqual({ role: 'TEXTURE' });
    expect(second?.override).toBeNull();
    await library.write(at => at.hits.override(['n1'], null));
    expect((await library.hits.ofTrack('t'))[0]?.override).toBeNull();
  });

  it('keeps what the user said of the tempo when the track is analysed again, at whatever octave', async () => {
    const library = await aLibrary();
    const correction: TempoCorrection = { ...NO_CORRECTION, bpm: 90, barOneAt: 0.5 + 4 * (60 / 90) };
    await library.write(async at => {
      await at.tracks.put({ ...aTrack('t'), tempo: steady(180.02, 0.5) });
      await at.tracks.correctTempo('t', correction);
    });
    const bars = async (): Promise<Track['tempo']> => (await library.tracks.one('t'))?.tempo ?? null;
    expect((await bars())?.bpm).toBeCloseTo(90.01, 6);
    await library.write(at => at.tracks.put({ ...aTrack('t'), tempo: steady(89.98, 0.502) }));
    const again = await library.tracks.one('t');
    expect(again?.tempoCorrection).toEqual(correction);
    expect(again?.tempo?.bpm).toBeCloseTo(89.98, 6);
    expect(again?.tempo?.firstDownbeat).toBeCloseTo(3.1694, 3);
    await library.write(at => at.tracks.correctTempo('t', null));
    expect(await bars()).toEqual(steady(89.98, 0.502));
  });

  it('reads the whole tempo that a former version kept as a correction', async () => {
    const folder = temporaryFolder();
    const library = await aLibrary(folder);
    await library.write(at => at.tracks.put({ ...aTrack('t'), tempo: steady(120, 0.5) }));
    const { steady: _, downbeats: __, candidates: ___, meters: ____, ...former } = steady(97, 0.31);
    const file = new Database(join(folder, 'library.db'));
    file.prepare('update tracks set own_tempo = ? where id = ?').run(JSON.stringify(former), 't');
    file.close();
    const track = await library.tracks.one('t');
    expect(track?.tempo).toMatchObject({ bpm: 97, firstDownbeat: 0.31 });
    expect(track?.tempoCorrection).toEqual({ ...NO_CORRECTION, bpm: 97, bpmIs: 'exact', barOneAt: 0.31 });
  });

  it('keeps how the user wants a track to be heard when the track is analysed again', async () => {
    const library = await aLibrary();
    await library.write(at => at.tracks.put(aTrack('t')));
    expect(await library.hearings.of('t')).toEqual(USUAL_HEARING);
    const hearing: TrackHearing = {
      ...USUAL_HEARING,
      sensitivities: { chh: 0.8 },
      edits: [{ kind: 'moved', from: 1000, to: 1200 }],
    };
    await library.write(at => at.hearings.put('t', hearing));
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 0, 1000)]);
    });
    expect(await library.hearings.of('t')).toEqual(hearing);
  });

  it('goes on playing the hits of a removed track', async () => {
    const library = await aLibrary();
    await library.write(async at => {
      await at.tracks.put(aTrack('t'));
      await at.hits.replace('t', [aHit('h1', 0, 1000)]);
    });
    await library.write(at => at.tracks.remove('t'));
    expect(await library.tracks.all()).toEqual([]);
    expect(await library.hits.some(['h1'])).toHaveLength(1);
  });

  it('tells watchers which nouns changed, and nothing once they stopped', async () => {
    const folder = temporaryFolder();
    const library = await aLibrary(folder);
    const other = await aLibrary(folder);
    const told: (readonly Noun[])[] = [];
    const stop = library.watch(changed => told.push(changed));
    await other.write(at => at.kits.put(aKit('k'), NOW));
    await expect.poll(() => told).toEqual([['kits']]);
    stop();
    await other.write(at => at.kits.put(aKit('k2'), NOW));
    await new Promise(resolve => setTimeout(resolve, 250));
    expect(told).toHaveLength(1);
  });

  it('lets writers of several connections wait for each other', async () => {
    const folder = temporaryFolder();
    const libraries = [await aLibrary(folder), await aLibrary(folder)];
    await Promise.all(
      libraries.flatMap((library, which) =>
        Array.from({ length: 40 }, (_, turn) =>
          library.write(async at => {
            const before = (await at.settings.one('count')) as number | undefined;
            await at.settings.put('count', (before ?? 0) + 1);
            await at.settings.put(`by ${which}`, turn);
          }),
        ),
      ),
    );
    expect(await libraries[0]?.settings.one('count')).toBe(80);
  });

  it('says what is wrong with a file that is no library', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'library.db'), 'this is not a database, whatever its name says'.repeat(100));
    expect(await openLibrary(folder)).toMatchObject({
      ok: false,
      failure: { code: 'corrupt', format: 'Backbeat library' },
    });
  });

  it('says so when its folder cannot be made', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    expect(await openLibrary(join(folder, 'file', 'library'))).toMatchObject({
      ok: false,
      failure: { code: 'notWritable' },
    });
  });
});

describe('the artefact store', () => {
  it('keeps equal bytes once, in two levels of folders, with their extension', async () => {
    const library = await aLibrary();
    const artefact = await put(library, 'same');
    await put(library, 'same');
    const { sha256 } = artefact;
    expect(await readdir(join(library.folder, 'artefacts', sha256.slice(0, 2), sha256.slice(2, 4)))).toEqual([
      `${sha256}.txt`,
    ]);
    expect(await library.store.has(artefact)).toBe(true);
    expect(await library.store.has({ ...artefact, bytes: 3 })).toBe(false);
    expect(await readdir(library.scratch)).toEqual([]);
  });

  it('collects what nobody holds, and only that', async () => {
    const library = await aLibrary();
    const [held, let_go, unknown, young] = [
      await put(library, 'held'),
      await put(library, 'let go'),
      await put(library, 'never noted'),
      await put(library, 'young'),
    ];
    await library.write(async at => {
      await at.artefacts.hold('track:t', [held]);
      await at.artefacts.hold('kit:k', [let_go, young]);
      await at.artefacts.release('kit:k');
    });
    for (const { sha256, extension } of [held, let_go, unknown])
      await utimes(library.store.path({ sha256, extension }), hoursAgo(2), hoursAgo(2));
    expect(await library.collect(30)).toEqual({ files: 2, bytes: let_go.bytes + unknown.bytes });
    expect(await Promise.all([held, let_go, unknown, young].map(each => library.store.has(each)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(await library.artefactPath(held.sha256)).toBe(library.store.path(held));
    expect(await library.artefactPath(let_go.sha256)).toBeNull();
  });

  it('lets go of stage results that no job used for as long as asked', async () => {
    const library = await aLibrary();
    const file = await put(library, 'a stem');
    const result = {
      key: 'key',
      stage: 'separate',
      version: 1,
      values: {},
      files: [{ name: 'drums', ...file }],
    };
    const store = (usedAt: number) =>
      library.write(async at => {
        await at.artefacts.hold('stage:key', [file]);
        await at.stageResults.put(result, usedAt);
      });
    await store(hoursAgo(24 * 5).getTime());
    await utimes(library.store.path(file), hoursAgo(2), hoursAgo(2));
    expect(await library.collect(30)).toEqual({ files: 0, bytes: 0 });
    expect(await library.collect(3)).toEqual({ files: 1, bytes: file.bytes });
    expect(await library.stageResults.one('key')).toBeNull();
  });

  it('leaves other files in its folder alone', async () => {
    const library = await aLibrary();
    await mkdir(join(library.folder, 'artefacts'), { recursive: true });
    const note = join(library.folder, 'artefacts', 'note.txt');
    await writeFile(note, 'mine');
    await utimes(note, hoursAgo(9), hoursAgo(9));
    expect(await library.collect(0)).toEqual({ files: 0, bytes: 0 });
    expect(await readdir(join(library.folder, 'artefacts'))).toEqual(['note.txt']);
  });
});
