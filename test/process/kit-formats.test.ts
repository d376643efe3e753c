import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentOfKit } from '#shared/kit-formats';
import { shapedAudio } from '#shared/mix';
import {
  type Hit,
  hitId,
  INSTRUMENT_FACTS,
  type Kit,
  KitFileSchema,
  LicencesSchema,
  type Pad,
  PLAIN_PAD,
  PLAIN_SHAPE,
  type PlanarAudio,
} from '#shared/model';
import { KIT_FORMATS, type KitFormat, type JobView } from '#shared/protocol';
import { farthest, soundingOf } from '#test/any-kit-document';
import { suiteFolder } from '#test/cli';
import { drumTrack, hat, kick, snare } from '#test/drum-sounds';
import { audioOfKit, takeKitIn, takeSoundIn } from '#test/kit-in-library';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const home = suiteFolder();
let studio: WatchedStudio;
let kit: Kit;
/** Where each format lies. */
let exported: JobView;

const pad = (instrument: Pad['instrument'], hits: readonly string[], more: Partial<Pad> = {}): Pad => ({
  ...PLAIN_PAD,
  id: instrument,
  ...INSTRUMENT_FACTS[instrument],
  instrument,
  hits: hits.map(hitId),
  ...more,
});

const stereo = ({ sampleRate, channels }: PlanarAudio): PlanarAudio => ({
  sampleRate,
  channels: [
    channels[0] ?? new Float32Array(),
    Float32Array.from(channels[0] ?? [], (value, at) => value * Math.cos(at / 300)),
  ],
});

beforeAll(async () => {
  studio = await aStudio(join(home, 'library'), 'suite');
  const { library } = studio;
  const sounds: readonly (readonly [string, PlanarAudio])[] = [
    ['kick-soft', drumTrack([kick(0.002, 0.4)], 0.5)],
    ['kick-hard', drumTrack([kick(0.002, 0.7)], 0.5)],
    ['kick-other', drumTrack([kick(0.004, 0.7)], 0.4)],
    ['snare-1', stereo(drumTrack([snare(0, 0.7)], 0.4))],
    ['snare-2', stereo(drumTrack([snare(0, 0.6)], 0.45))],
    ['hat-closed', drumTrack([hat(0, 0.6)], 0.1)],
    ['hat-open', drumTrack([hat(0, 0.8)], 0.6)],
  ];
  const hits: Hit[] = [];
  for (const [index, [name, audio]] of sounds.entries())
    hits.push(
      await takeSoundIn(library, name, audio, { index, onsetFrame: name.startsWith('kick') ? 88 : 0 }),
    );
  kit = {
    id: 'own',
    name: 'Own kit',
    sampleRate: 44_100,
    pads: [
      pad('kick', ['kick-hard', 'kick-soft', 'kick-other'], {
        name: 'Deep kick',
        gainDecibels: -2.5,
        layers: [
          { upTo: 70, hits: [hitId('kick-soft')] },
          { upTo: 127, hits: [hitId('kick-hard')] },
        ],
      }),
      pad('snare', ['snare-1', 'snare-2'], {
        pan: -0.25,
        semitones: 1.5,
        layers: [{ upTo: 127, hits: [hitId('snare-1'), hitId('snare-2')] }],
      }),
      pad('chh', ['hat-closed'], { choke: 'hat' }),
      pad('ohh', ['hat-open'], { choke: 'hat', gainDecibels: 1.5 }),
    ],
    shapes: {
      [hitId('kick-soft')]: { ...PLAIN_SHAPE, gainDecibels: 3, semitones: -2 },
      [hitId('hat-open')]: { ...PLAIN_SHAPE, trimEnd: 0.2, fadeOut: 0.05 },
      [hitId('snare-2')]: { ...PLAIN_SHAPE, reversed: true, gainDecibels: -1 },
    },
  };
  await takeKitIn(library, kit, hits);
  const { jobId } = await studio.services.exportKit({
    kitId: 'own',
    formats: [...KIT_FORMATS],
    folder: join(home, 'out'),
    depth: '32f',
    statement: 'All rights ours.',
  });
  exported = await studio.jobs.finish(jobId);
});

const fileOf = (format: KitFormat): string => exported.files.find(({ kind }) => kind === format)?.path ?? '';

/** What a kit plays, and what each of its sounds is. */
async function played(of: Kit) {
  const audio = await audioOfKit(studio.library, of);
  const { document, sounds } = documentOfKit(of, hit => audio.has(hit), { author: null, licence: null });
  const heard = new Map(
    sounds.map(({ key, hit, shape }): [string, PlanarAudio] => {
      const own = audio.get(hit) ?? { sampleRate: 0, channels: [] };
      return [key, shape ? shapedAudio(own, shape) : own];
    }),
  );
  return { strokes: soundingOf(document), heard };
}

/** The greatest difference of the audio of two kits' strokes, pair by pair. */
function audioApart(a: Awaited<ReturnType<typeof played>>, b: Awaited<ReturnType<typeof played>>): number {
  let most = 0;
  const soundsIn = ({ strokes }: typeof a): readonly string[] =>
    strokes.flatMap(({ layers }) => layers.flatMap(({ takes }) => takes.map(({ sound }) => sound)));
  const [first, second] = [soundsIn(a), soundsIn(b)];
  expect(second.length).toBe(first.length);
  for (const [index, sound] of first.entries()) {
    const [one, other] = [a.heard.get(sound), b.heard.get(second[index] ?? '')];
    expect(other?.sampleRate).toBe(one?.sampleRate);
    expect(other?.channels.map(channel => channel.length)).toEqual(
      one?.channels.map(channel => channel.length),
    );
    for (const [channel, samples] of one?.channels.entries() ?? [])
      for (let frame = 0; frame < samples.length; frame++)
        most = Math.max(most, Math.abs(samples[frame]! - (other?.channels[channel]?.[frame] ?? NaN)));
  }
  return most;
}

const withoutSounds = ({ strokes }: Awaited<ReturnType<typeof played>>) =>
  strokes.map(({ layers, ...stroke }) => ({
    ...stroke,
    layers: layers.map(({ takes, ...layer }) => ({
      ...layer,
      takes: takes.map(({ gain, pitch }) => ({ gain, pitch })),
    })),
  }));

async function importedFrom(path: string): Promise<Kit> {
  const { jobIds, refused } = await studio.services.importKit({ paths: [path], kits: null });
  expect(refused).toEqual([]);
  const job = await studio.jobs.finish(jobIds[0] ?? '');
  expect(job).toMatchObject({ state: 'done', failure: null, refused: [] });
  const found = await studio.library.kits.one(job.made.kitId ?? '');
  if (!found) throw new Error('no kit was made');
  return found;
}

describe('an exported kit', () => {
  it('is one folder with every format, and says what each cannot hold', () => {
    expect(exported).toMatchObject({ state: 'done', failure: null });
    expect(readdirSync(join(home, 'out'))).toEqual(['Own kit']);
    expect(readdirSync(join(home, 'out', 'Own kit')).sort()).toEqual([
      'DecentSampler',
      'LICENSES.json',
      'Own kit.h2drumkit',
      'Own kit.sf2',
      'SFZ',
      'WAV',
    ]);
    expect(exported.progress.notes).toContain(
      'SoundFont 2: SF2 knows no round robins: 1 pad keeps the first take only.',
    );
    expect(exported.progress.notes.some(note => note.startsWith('WAV folder'))).toBe(false);
  });

  it('has its licences beside every format, with the lineage of every hit', () => {
    const lost: string[] = [];
    for (const folder of ['', 'SFZ', 'WAV', 'DecentSampler']) {
      const text = readFileSync(join(home, 'out', 'Own kit', folder, 'LICENSES.json'), 'utf8');
      const licences = LicencesSchema.parse(JSON.parse(text));
      expect(licences).toMatchObject({ pattern: null, kit: 'Own kit', statement: 'All rights ours.' });
      expect(licences.hits.map(({ id }) => id).sort()).toEqual(kit.pads.flatMap(each => each.hits).sort());
      if (folder === '')
        lost.push(...licences.files.filter(file => !existsSync(join(home, 'out', 'Own kit', file))));
    }
    expect(lost).toEqual([]);
  });

  it('never touches a folder of its name, and takes the next number', async () => {
    const before = readFileSync(fileOf('sf2'));
    const request = { kitId: 'own', folder: join(home, 'out'), depth: '16', statement: '' } as const;
    const { jobId } = await studio.services.exportKit({ ...request, formats: ['sf2'] });
    const again = await studio.jobs.finish(jobId);
    expect(dirname(again.files[0]?.path ?? '')).toBe(join(home, 'out', 'Own kit 2'));
    expect(readFileSync(fileOf('sf2')).equals(before)).toBe(true);
  });

  it('is written to the same bytes again', async () => {
    const request = {
      kitId: 'own',
      folder: join(home, 'again'),
      depth: '32f',
      statement: 'All rights ours.',
    } as const;
    const { jobId } = await studio.services.exportKit({ ...request, formats: ['h2drumkit', 'sf2'] });
    const again = await studio.jobs.finish(jobId);
    const isSame = again.files
      .filter(({ kind }) => kind !== 'licences')
      .map(({ kind, path }) => [kind, readFileSync(path).equals(readFileSync(fileOf(kind as KitFormat)))]);
    expect(isSame).toEqual([
      ['h2drumkit', true],
      ['sf2', true],
    ]);
  });

  it.each([
    ['wav', 1e-9],
    ['sfz', 1e-5],
    ['decent', 1e-5],
    ['h2drumkit', 1e-5],
  ] as const)(
    'as %s comes back with the same hits, notes, layers, takes, chokes, gains and pitches',
    async (format, tolerance) => {
      const back = await importedFrom(fileOf(format));
      const [before, after] = [await played(kit), await played(back)];
      expect(farthest(withoutSounds(before), withoutSounds(after)).by).toBeLessThan(tolerance);
      expect(audioApart(before, after)).toBe(0);
      expect(back.pads.map(({ name, instrument }) => [name, instrument])).toEqual(
        kit.pads.map(({ name, instrument }) => [name, instrument]),
      );
      expect(back.pads.map(({ choke }) => choke)).toEqual(kit.pads.map(({ choke }) => choke));
    },
  );

  it('as a SoundFont comes back with the first take of everything, to 24 bits', async () => {
    const back = await importedFrom(fileOf('sf2'));
    const first: Kit = {
      ...kit,
      pads: kit.pads.map(each => ({
        ...each,
        layers: each.layers.map(layer => ({ ...layer, hits: layer.hits.slice(0, 1) })),
      })),
    };
    const [before, after] = [await played(first), await played(back)];
    expect(farthest(withoutSounds(before), withoutSounds(after)).by).toBeLessThan(0.021);
    expect(audioApart(before, after)).toBeLessThanOrEqual(2 ** -23);
  });

  it('as a folder of WAVs keeps what no stroke plays, and shapes as they are', async () => {
    const own = KitFileSchema.parse(JSON.parse(readFileSync(fileOf('wav'), 'utf8')));
    expect(own.hits.length).toBe(7);
    const back = await importedFrom(dirname(fileOf('wav')));
    expect(back.pads.map(({ hits, chosen }) => [hits.length, chosen])).toEqual([
      [3, 0],
      [2, 0],
      [1, 0],
      [1, 0],
    ]);
    const [softKick] = back.pads[0]?.layers[0]?.hits ?? [];
    expect(back.shapes[softKick ?? hitId('')]).toEqual(kit.shapes[hitId('kick-soft')]);
    const [hit] = await studio.library.hits.some([softKick ?? '']);
    expect(hit).toMatchObject({ onsetFrame: 88, startFrame: 0, judgement: { instrument: 'kick' } });
  });
});

describe('a kit of another program', () => {
  it('is listed before anything is stored', async () => {
    const preview = await studio.services.previewKitFile(fileOf('sf2'));
    expect(preview).toMatchObject({
      format: 'sf2',
      licence: 'All rights ours.',
      kits: [{ name: 'Own kit', pads: 4, isDrums: true }],
    });
    expect((await studio.services.previewKitFile(dirname(fileOf('sfz')))).format).toBe('sfz');
    expect((await studio.services.previewKitFile(join(dirname(fileOf('sfz')), 'Samples'))).format).toBeNull();
  });

  it('that was imported is a source with its licence, and LICENSES.json of a next export names it', async () => {
    const back = await importedFrom(fileOf('h2drumkit'));
    const sources = await studio.services.sources();
    const source = sources.find(each => each.source.path === fileOf('h2drumkit'));
    expect(source?.source).toMatchObject({ kind: 'kit', name: 'Own kit', licence: 'All rights ours.' });
    const { jobId } = await studio.services.exportKit({
      kitId: back.id,
      formats: ['sfz'],
      folder: join(home, 'third'),
      depth: '24',
      statement: '',
    });
    const job = await studio.jobs.finish(jobId);
    const licences = LicencesSchema.parse(JSON.parse(readFileSync(job.files.at(-1)?.path ?? '', 'utf8')));
    for (const each of licences.sources)
      expect(each).toMatchObject({ kind: 'kit', licence: 'All rights ours.' });
    expect(licences.hits.every(({ file }) => file?.endsWith('.wav'))).toBe(true);
    expect(readFileSync(job.files[0]?.path ?? '', 'utf8')).toContain('// Licence: All rights ours.');
  });

  it('that is a text with missing sounds says which, and takes the others', async () => {
    const folder = join(home, 'half');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'half.sfz'),
      '<region> key=36 sample=gone.wav\n<region> key=38 sample=../out/Own kit/SFZ/Samples/Deep kick v1.wav\n',
    );
    const { jobIds } = await studio.services.importKit({ paths: [join(folder, 'half.sfz')], kits: null });
    const job = await studio.jobs.finish(jobIds[0] ?? '');
    expect(job.state).toBe('done');
    expect(job.refused.map(({ failure }) => failure.code)).toEqual(['notFound']);
    const half = await studio.library.kits.one(job.made.kitId ?? '');
    expect(half?.pads.map(({ note, instrument }) => [note, instrument])).toEqual([[38, 'kick']]);
  });
});
