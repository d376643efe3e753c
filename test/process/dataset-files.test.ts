import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import toneMidi from '@tonejs/midi';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { assemble, checkPart, partFolder, writePart } from '#main/dataset';
import { type GeneratedSample, rowsOf, TABLE_NAMES, TABLES, type TableName } from '#shared/dataset';
import { decoded, hasProgram, neverAborted, runTool, temporaryFolder } from '#test/audio-files';
import { DATASET_META, datasetSample, type Recorded } from '#test/dataset-samples';

/** The seed's fields with its types, as its data model has them; `?` where it leaves some empty. */
const SEED_FIELDS: Readonly<Partial<Record<TableName, string>>> = {
  samples: `sample_id str, profile_id str, rudiment_slug str, tempo_bpm int, duration_sec float, num_cycles int, skill_tier str,
    skill_tier_binary str, dominant_hand str, soundfont str, augmentation_preset str, augmentation_group_id str, midi_path str,
    audio_path str, room_type str, room_wet_dry float, mic_distance float, mic_type str, compression_ratio float, noise_level_db float,
    bit_depth int, sample_rate int`,
  exercises: `timing_accuracy float, timing_consistency float, tempo_stability float, subdivision_evenness float,
    velocity_control float, accent_differentiation float, accent_accuracy float, hand_balance float, weak_hand_index float,
    flam_quality float, diddle_quality float, roll_sustain float, groove_feel_proxy float, overall_score float, tier_confidence float`,
  measures: `index int, stroke_start int, stroke_end int, timing_mean_error_ms float, timing_std_ms float, timing_max_error_ms float,
    velocity_mean float, velocity_std float, velocity_consistency float, lr_velocity_ratio float, lr_timing_diff_ms float`,
  strokes: `index int, hand str, stroke_type str, intended_time_ms float, actual_time_ms float, timing_error_ms float,
    intended_velocity int, actual_velocity int, velocity_error int, is_grace_note bool, is_accent bool, diddle_position int,
    flam_spacing_ms float, parent_stroke_index int, buzz_count int`,
};
const DUCK_TYPES: Readonly<Record<string, string>> = {
  str: 'VARCHAR',
  int: 'INTEGER',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
};

const RECORDED: Readonly<Record<number, Recorded>> = {
  0: { kit: 'pad', preset: 'clean_close' },
  1: { kit: 'pad', preset: 'vintage_tape' },
  2: { kit: 'snare', preset: 'phone_recording' },
  70: {
    kit: 'snare',
    preset: 'clean_close',
    steps: [
      { name: 'RepeatPart', params: { from: 0, seconds: 1, repeats: 1, crossfade: 0.005 } },
      { name: 'AdjustDuration', params: { seconds: 2.5, from: 0, padsStart: false } },
    ],
  },
};
const COUNT = 1200;
const CHUNK = 64;

const home = mkdtempSync(join(tmpdir(), 'backbeat-dataset-'));
const [parts, folder] = [join(home, 'parts'), join(home, 'dataset')];
const samples: GeneratedSample[] = [];
const partFolders = (): string[] => readdirSync(parts).map(name => join(parts, name));
const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; failure: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};
const assembleInto = (target: string, from: readonly string[]) =>
  assemble({ parts: from, folder: target, meta: DATASET_META, signal: neverAborted });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const table = (name: TableName): string => `'${join(folder, `labels/${name}.parquet`)}'`;
const jsonFile = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** Rows as values that JSON has; `Name` is what the query selects. */
async function query<Name extends string>(sql: string): Promise<readonly Readonly<Record<Name, unknown>>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Readonly<Record<Name, unknown>>[];
  } finally {
    connection.closeSync();
  }
}

type SampleColumn = (typeof TABLES.samples)[number]['name'];

const ManifestSchema = z.object({
  files: z.array(
    z.object({ path: z.string(), bytes: z.number(), sha256: z.string(), pcm_sha256: z.string().optional() }),
  ),
  rows: z.record(z.string(), z.number()),
});
const IndexSchema = z.object({
  samples: z.record(z.string(), z.object({ row: z.number(), strokes: z.tuple([z.number(), z.number()]) })),
});

beforeAll(async () => {
  for (let number = 0; number < COUNT; number++)
    samples.push(datasetSample(number, { recorded: RECORDED[number] ?? null }));
  const last = Math.ceil(COUNT / CHUNK) - 1;
  // Workers finish in any order.
  for (let index = last; index >= 0; index--)
    valueOf(await writePart(parts, index, samples.slice(index * CHUNK, (index + 1) * CHUNK)));
  valueOf(await assembleInto(folder, partFolders()));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a dataset of 1,200 samples', () => {
  it.each(TABLE_NAMES)('has the columns of %s with their types, as DuckDB reads them', async name => {
    const found = await query<'column_name' | 'column_type'>(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${table(name)})`,
    );
    const types = new Map(found.map(({ column_name, column_type }) => [column_name, column_type]));
    expect([...types.keys()]).toEqual(TABLES[name].map(column => column.name));
    for (const field of SEED_FIELDS[name]?.split(/,\s+/) ?? []) {
      const [column = '', type = ''] = field.split(' ');
      expect([column, types.get(column)]).toEqual([column, DUCK_TYPES[type]]);
      expect(TABLES[name].find(each => each.name === column)?.of).toBe('seed');
    }
  });

  it('joins every row to a sample, as many as it says, and every index to its row', async () => {
    for (const name of ['strokes', 'measures', 'beats', 'mishaps'] as const) {
      const [found] = await query<'wrong'>(`
        SELECT count(*)::INT AS wrong FROM (SELECT sample_id, num_${name} AS said FROM ${table('samples')}) s
        FULL JOIN (SELECT sample_id, count(*) AS had FROM ${table(name)} GROUP BY sample_id) r USING (sample_id)
        WHERE coalesce(said, -1) <> coalesce(had, 0)`);
      expect([name, found?.wrong]).toEqual([name, 0]);
    }
    const [found] = await query<'samples' | 'exercises' | 'graces' | 'had' | 'measured' | 'strokes'>(`
      SELECT (SELECT count(DISTINCT sample_id)::INT FROM ${table('samples')}) AS samples,
        (SELECT count(*)::INT FROM ${table('exercises')} JOIN ${table('samples')} USING (sample_id)) AS exercises,
        (SELECT count(*)::INT FROM ${table('strokes')} g JOIN ${table('strokes')} p
          ON g.sample_id = p.sample_id AND g.parent_stroke_index = p.index WHERE NOT p.is_grace_note) AS graces,
        (SELECT count(parent_stroke_index)::INT FROM ${table('strokes')}) AS had,
        (SELECT count(*)::INT FROM ${table('measures')} m JOIN ${table('strokes')} s
          ON s.sample_id = m.sample_id AND s.index >= m.stroke_start AND s.index < m.stroke_end) AS measured,
        (SELECT count(*)::INT FROM ${table('strokes')}) AS strokes`);
    expect(found).toMatchObject({
      samples: COUNT,
      exercises: COUNT,
      graces: found?.had,
      measured: found?.strokes,
    });
    expect(Number(found?.graces)).toBeGreaterThan(500);
  });

  it('gives every row back as it was, by the ranges of index.json', async () => {
    const index = IndexSchema.parse(jsonFile('index.json'));
    const read = async (name: TableName, rowStart: number, rowEnd: number) =>
      parquetReadObjects({
        file: await asyncBufferFromFile(join(folder, `labels/${name}.parquet`)),
        rowStart,
        rowEnd,
      });
    for (const number of [0, 1, 2, 70, 777, COUNT - 1]) {
      const sample = samples[number] as GeneratedSample;
      const { row, strokes } = index.samples[sample.id] ?? { row: -1, strokes: [0, 0] };
      const [own] = (await read('samples', row, row + 1)) as [
        Record<'audio_sha256' | 'audio_pcm_sha256' | 'midi_sha256', string>,
      ];
      const audio = own.audio_sha256 && { file: own.audio_sha256, pcm: own.audio_pcm_sha256 ?? '' };
      const rows = rowsOf(sample, { midi: own.midi_sha256 ?? '', audio: audio || null });
      expect(own).toEqual(rows.samples[0]);
      expect(await read('exercises', row, row + 1)).toEqual(rows.exercises);
      expect(await read('strokes', ...strokes)).toEqual(rows.strokes);
    }
  });

  it('has row groups of a thousand samples', async () => {
    const file = await asyncBufferFromFile(join(folder, 'labels/samples.parquet'));
    const { row_groups } = await parquetMetadataAsync(file);
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([1000, 200]);
  });

  it.skipIf(!hasProgram('flac'))(
    'has audio that flac -t takes, with the samples that were hashed',
    async () => {
      const rows = await query<SampleColumn>(
        `SELECT * FROM ${table('samples')} WHERE audio_path IS NOT NULL ORDER BY take`,
      );
      expect(rows.map(({ take }) => take)).toEqual(Object.keys(RECORDED).map(Number));
      for (const row of rows) {
        const path = join(folder, String(row.audio_path));
        runTool('flac', '-t', '-s', '--warnings-as-errors', path);
        const raw = runTool(
          'flac',
          '-d',
          '-s',
          '-c',
          '--force-raw-format',
          '--endian=little',
          '--sign=signed',
          path,
        );
        expect(sha256(raw)).toBe(row.audio_pcm_sha256);
        expect(raw.length).toBe(Number(row.audio_frames) * Number(row.audio_channels) * 3);
        const { audio } = await decoded(path);
        expect(audio.sampleRate).toBe(44_100);
      }
      expect(rows.map(row => [row.room_type, row.mic_type, row.bit_depth, row.compression_ratio])).toEqual([
        [null, 'dynamic', 24, 1.5],
        ['studio', 'ribbon', 24, 6],
        ['bedroom', 'phone', 16, 10],
        [null, 'dynamic', 24, 1.5],
      ]);
      expect(rows.map(row => row.noise_level_db)).toEqual([null, -35, -30, null]);
    },
  );

  it('has MIDI that another program reads, with every stroke and bounce where the labels say', async () => {
    for (const number of [0, 5, 1199]) {
      const sample = samples[number] as GeneratedSample;
      const [row] = await query<'midi_path'>(
        `SELECT midi_path FROM ${table('samples')} WHERE sample_id = '${sample.id}'`,
      );
      const midi = new toneMidi.Midi(readFileSync(join(folder, String(row?.midi_path))));
      const notes = midi.tracks.flatMap(track => track.notes);
      const contacts = sample.labels.strokes.reduce((sum, { buzz_count }) => sum + (buzz_count ?? 1), 0);
      expect(notes.length).toBe(contacts);
      expect(midi.tracks.filter(track => track.notes.length > 0).map(track => track.channel)).toEqual([9]);
      for (const { actual_time_ms } of sample.labels.strokes)
        expect(Math.min(...notes.map(note => Math.abs(note.time * 1000 - actual_time_ms)))).toBeLessThan(1);
    }
  });

  it('tells where strokes sound after steps that move time, and that they do not where they are cut away', async () => {
    const moved = await query<'take' | 'strokes' | 'heard' | 'most'>(`
      SELECT take, count(*)::INT AS strokes, count(audio_time_ms)::INT AS heard, max(abs(audio_time_ms - actual_time_ms)) AS most
      FROM ${table('strokes')} JOIN ${table('samples')} USING (sample_id) WHERE take IN (0, 1, 3, 70) GROUP BY take ORDER BY take`);
    const [still, tape, silent, cut] = moved as readonly {
      strokes: number;
      heard: number;
      most: number | null;
    }[];
    expect(still).toMatchObject({ heard: still?.strokes, most: 0 });
    expect(tape?.heard).toBe(tape?.strokes);
    expect(tape?.most).toBeGreaterThan(0.05);
    expect(tape?.most).toBeLessThan(20);
    expect(silent?.heard).toBe(0);
    expect(cut?.most).toBeCloseTo(1000);
    const [again] = await query<'repeats'>(
      `SELECT sum(len(audio_repeats_ms))::INT AS repeats FROM ${table('strokes')}`,
    );
    expect(Number(again?.repeats)).toBeGreaterThan(1);
    expect(cut?.heard).toBeGreaterThan(0);
    expect(cut?.heard).toBeLessThan(cut?.strokes ?? 0);
  });

  it('has a manifest with the SHA-256 of every other file', () => {
    const { files, rows } = ManifestSchema.parse(jsonFile('manifest.json'));
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(files.map(({ path }) => path).toSorted()).toEqual(
      there.filter(path => path !== 'manifest.json').toSorted(),
    );
    for (const { path, bytes, sha256: hash } of files) {
      const read = readFileSync(join(folder, path));
      expect([path, read.length, sha256(read)]).toEqual([path, bytes, hash]);
    }
    expect(files.filter(({ pcm_sha256 }) => pcm_sha256).length).toBe(4);
    expect(rows).toMatchObject({ samples: COUNT, exercises: COUNT });
  });

  it('has splits that share no player and no performance', async () => {
    const ListSchema = z.object({
      train: z.string().array(),
      validation: z.string().array(),
      test: z.string().array(),
    });
    const { splits } = z
      .object({ splits: z.record(z.string(), ListSchema.nullable()) })
      .parse(jsonFile('splits.json'));
    const rows = await query<SampleColumn>(`SELECT * FROM ${table('samples')}`);
    const byId = new Map(rows.map(row => [row.sample_id, row]));
    expect(Object.keys(splits)).toEqual(['by_profile', 'by_kit', 'by_rudiment', 'by_room']);
    for (const [name, column] of [
      ['by_profile', 'profile_id'],
      ['by_rudiment', 'rudiment_slug'],
      ['by_kit', 'soundfont'],
      ['by_room', 'room_type'],
    ] as const) {
      const lists = ListSchema.parse(splits[name]);
      for (const shared of new Set<SampleColumn>([
        column,
        'profile_id',
        'augmentation_group_id',
        'midi_sha256',
      ])) {
        const homes = new Map<unknown, string>();
        for (const split of ['train', 'validation', 'test'] as const) {
          for (const id of lists[split]) {
            const value = byId.get(id)?.[shared];
            expect([value, homes.get(value) ?? split]).toEqual([value, split]);
            homes.set(value, split);
          }
        }
      }
    }
    const all = ListSchema.parse(splits['by_profile']);
    expect(all.train.length + all.validation.length + all.test.length).toBe(COUNT);
  });

  it('is the same whoever wrote its parts, in whatever order', async () => {
    const [again, other] = [join(temporaryFolder(), 'parts'), join(temporaryFolder(), 'dataset')];
    for (const index of [0, 1])
      valueOf(await writePart(again, index, samples.slice(index * CHUNK, (index + 1) * CHUNK)));
    const mixed = [partFolder(again, 1), ...partFolders().slice(2).toReversed(), partFolder(again, 0)];
    const { sha256: hash } = valueOf(await assembleInto(other, mixed));
    expect(hash).toBe(sha256(readFileSync(join(folder, 'manifest.json'))));
    expect(readFileSync(join(other, 'manifest.json'))).toEqual(readFileSync(join(folder, 'manifest.json')));
  });
});

it.each(['manifest.json', 'index.json', 'splits.json'])('docs/formats.md names the keys of %s', name => {
  const section = readFileSync('docs/formats.md', 'utf8').split('\n## Datasets\n')[1] ?? '';
  const keys = Object.keys(z.record(z.string(), z.unknown()).parse(jsonFile(name)));
  expect(keys.filter(key => !section.includes(`\`${key}\``))).toEqual([]);
});

describe('a part', () => {
  const copied = (): string => {
    const copy = join(temporaryFolder(), 'part-000000');
    cpSync(partFolder(parts, 0), copy, { recursive: true });
    return copy;
  };

  it('that was changed is found by its hash, and no dataset is made of it', async () => {
    const copy = copied();
    const [sample] = samples as [GeneratedSample];
    const path = join(copy, 'audio', sample.labels.rudiment_slug, `${sample.id}.flac`);
    const bytes = readFileSync(path);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const failure = { code: 'badFile', path, problems: ['its SHA-256 is not the one that part.json names'] };
    expect(await checkPart(copy)).toMatchObject({ ok: false, failure });
    const target = temporaryFolder();
    expect(await assembleInto(target, [copy])).toMatchObject({ ok: false, failure });
    expect(readdirSync(target, { recursive: true }).filter(name => /\.\w/.test(String(name)))).toEqual([]);
  });

  it('whose list was changed, or that was cut off, is found too', async () => {
    const copy = copied();
    const list = join(copy, 'part.json');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace('"samples":64', '"samples":63'));
    expect(await checkPart(copy)).toMatchObject({
      failure: { problems: ['it was changed after it was written'] },
    });
    writeFileSync(list, text);
    truncateSync(join(copy, 'rows.json.zst'), 1000);
    expect(await checkPart(copy)).toMatchObject({
      failure: { code: 'badFile', path: join(copy, 'rows.json.zst') },
    });
    rmSync(join(copy, 'rows.json.zst'));
    expect(await checkPart(copy)).toMatchObject({ failure: { code: 'notFound' } });
  });

  it('that is missing, or there twice, is told', async () => {
    const [first, second, third] = partFolders() as [string, string, string];
    for (const wrong of [
      [first, third],
      [first, second, second],
    ])
      expect(await assembleInto(temporaryFolder(), wrong)).toMatchObject({ failure: { code: 'badFile' } });
  });

  it('that is there and whole stays; one that is broken is written again', async () => {
    const folderOfParts = temporaryFolder();
    const few = samples.slice(3, 6);
    const first = valueOf(await writePart(folderOfParts, 0, few));
    expect(valueOf(await writePart(folderOfParts, 0, few))).toEqual(first);
    truncateSync(join(partFolder(folderOfParts, 0), 'rows.json.zst'), 10);
    expect(valueOf(await writePart(folderOfParts, 0, few))).toEqual(first);
    expect((await checkPart(partFolder(folderOfParts, 0))).ok).toBe(true);
    expect(readdirSync(folderOfParts)).toEqual(['part-000000']);
  });

  it.each([
    ['a sample that is no number', [0.1, Number.NaN, 0.2], 'its recording is not a finite number at frame 1'],
    [
      'a sample that is infinite',
      [0.1, 0.2, Number.NEGATIVE_INFINITY],
      'its recording is not a finite number at frame 2',
    ],
    ['no samples', [], 'its recording has no samples'],
  ])('is not written with a recording of %s: that sample is named', async (_, values, reason) => {
    const folderOfParts = temporaryFolder();
    const sound = datasetSample(0, { recorded: { kit: 'pad', preset: 'clean_close' } });
    const { recording } = datasetSample(1, { recorded: { kit: 'pad', preset: 'clean_close' } });
    if (!recording) throw new Error('it was recorded');
    const sick: GeneratedSample = {
      ...sound,
      id: 'sick',
      recording: { ...recording, audio: { sampleRate: 44_100, channels: [Float32Array.from(values)] } },
    };
    const written = await writePart(folderOfParts, 0, [sound, sick]);
    expect(written).toEqual({
      ok: false,
      failure: { code: 'sampleFailed', sample: 'sick', number: null, reason },
    });
    expect(readdirSync(folderOfParts)).toEqual([]);
  });

  it('leaves no manifest when the work is stopped', async () => {
    const target = join(temporaryFolder(), 'dataset');
    const stop = new AbortController();
    const going = assemble({
      parts: partFolders(),
      folder: target,
      meta: DATASET_META,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(going).rejects.toThrow('aborted');
    expect(existsSync(join(target, 'manifest.json'))).toBe(false);
    expect(existsSync(join(target, 'labels/samples.parquet'))).toBe(false);
  });
});

describe('the card', () => {
  const card = (): string => readFileSync(join(folder, 'README.md'), 'utf8');

  it('has a head that names every table with its features', () => {
    const head = /^---\n([\s\S]*?)\n---\n/.exec(card())?.[1] ?? '';
    const HeadSchema = z.object({
      license: z.literal('cc0-1.0'),
      size_categories: z.tuple([z.literal('1K<n<10K')]),
      configs: z.array(
        z.object({
          config_name: z.string(),
          data_files: z.array(z.object({ split: z.string(), path: z.string() })),
        }),
      ),
      dataset_info: z.array(
        z.object({
          config_name: z.string(),
          features: z.array(z.object({ name: z.string() })),
          splits: z.array(z.object({ num_examples: z.number() })),
        }),
      ),
    });
    const { configs, dataset_info } = HeadSchema.parse(parse(head));
    for (const { data_files } of configs)
      for (const { path } of data_files) expect(existsSync(join(folder, path))).toBe(true);
    expect(dataset_info.map(({ config_name }) => config_name)).toEqual(TABLE_NAMES);
    for (const { config_name, features } of dataset_info)
      expect(features.map(({ name }) => name)).toEqual(
        TABLES[config_name as TableName].map(({ name }) => name),
      );
  });

  it('has an example for TypeScript that runs as it stands', () => {
    const code = /```typescript\n([\s\S]*?)```/.exec(card())?.[1] ?? '';
    const place = temporaryFolder();
    writeFileSync(join(place, 'example.mts'), code);
    symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
    const said = execFileSync(process.execPath, [join(place, 'example.mts')], {
      cwd: folder,
      encoding: 'utf8',
    });
    const [id = '', strokes, error] = said.trim().split(' ');
    const sample = samples.find(each => each.id === id);
    const errors = sample?.labels.strokes.map(({ timing_error_ms }) => Math.abs(timing_error_ms)) ?? [];
    expect(Number(strokes)).toBe(errors.length);
    expect(Number(error)).toBeCloseTo(errors.reduce((sum, each) => sum + each, 0) / errors.length, 6);
  });
});
