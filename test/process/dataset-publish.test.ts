import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Publication, writeLayout } from '#main/dataset';
import { SPLITS, TABLES } from '#shared/dataset';
import { PUBLISH_LAYOUTS, type PublishLayout } from '#shared/protocol';
import { decoded, hasProgram, neverAborted, runTool, temporaryFolder } from '#test/audio-files';
import { croissantProblems } from '#test/croissant';
import { DATASET_META } from '#test/dataset-samples';
import { smallDataset } from '#test/small-dataset';

const COUNT = 40;
const RECORDED = 12;
const SHARD_BYTES = 700_000;

const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; failure: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const REQUEST = {
  split: 'by_profile',
  repo: 'drummers/pad-study',
  version: '1.0.0',
  date: '2026-11-20',
  signal: neverAborted,
} as const;

type Row = Readonly<Record<string, string | number | null>>;

/** Rows as values that JSON has; what is nested is not asked for by name. */
async function query(sql: string): Promise<readonly Row[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as readonly Row[];
  } finally {
    connection.closeSync();
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** The code of the last fenced block of that language in the card. */
const exampleIn = (folder: string, language: string): string => {
  const blocks = [
    ...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(
      new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'),
    ),
  ];
  return blocks.at(-1)?.[1] ?? '';
};

/** What the TypeScript example of the card says when it is run in the folder. */
function runExample(folder: string): readonly string[][] {
  const place = temporaryFolder();
  writeFileSync(join(place, 'example.mts'), exampleIn(folder, 'typescript'));
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  const said = execFileSync(process.execPath, [join(place, 'example.mts')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return said
    .trim()
    .split('\n')
    .map(line => line.split(' '));
}

const home = mkdtempSync(join(tmpdir(), 'backbeat-publish-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let dataset = '';
const folders = {} as Record<PublishLayout, string>;
const published = {} as Record<PublishLayout, Publication>;

beforeAll(async () => {
  dataset = await smallDataset(home, COUNT, RECORDED);
  for (const layout of PUBLISH_LAYOUTS) {
    folders[layout] = join(home, layout);
    published[layout] = valueOf(
      await writeLayout({ ...REQUEST, dataset, layout, folder: folders[layout], shardBytes: SHARD_BYTES }),
    );
  }
});

const listsOf = (folder: string): Record<string, readonly string[]> =>
  z
    .object({ splits: z.object({ by_profile: z.record(z.string(), z.unknown()) }) })
    .parse(JSON.parse(readFileSync(join(folder, 'splits.json'), 'utf8'))).splits.by_profile as Record<
    string,
    readonly string[]
  >;

describe.each(PUBLISH_LAYOUTS)('a dataset as %s', layout => {
  it('says SHA-256 and size of every other file, and how many samples are where', () => {
    const { files, rows, left_out } = published[layout];
    const folder = folders[layout];
    expect(files.map(({ path }) => path)).toEqual(
      filesIn(folder).filter(path => path !== 'publication.json'),
    );
    for (const { path, bytes, sha256: hash } of files) {
      const read = readFileSync(join(folder, path));
      expect([path, read.length, sha256(read)]).toEqual([path, bytes, hash]);
    }
    const lists = listsOf(dataset);
    expect(rows).toEqual(Object.fromEntries(SPLITS.map(split => [split, lists[split]?.length])));
    expect(left_out).toBe(0);
    expect(rows.train + rows.validation + rows.test).toBe(COUNT);
  });

  it('is the same bytes again, whether written or only counted', async () => {
    const folder = join(temporaryFolder(), 'again');
    const request = { ...REQUEST, dataset, layout, shardBytes: SHARD_BYTES };
    expect(valueOf(await writeLayout({ ...request, folder }))).toEqual(published[layout]);
    for (const path of filesIn(folder))
      expect([path, sha256(readFileSync(join(folder, path)))]).toEqual([
        path,
        sha256(readFileSync(join(folders[layout], path))),
      ]);
    expect(valueOf(await writeLayout({ ...request, folder: null }))).toEqual(published[layout]);
  });

  it('has a card whose head names files that are there, with the numbers of their rows and bytes', async () => {
    const folder = folders[layout];
    const head = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1] ?? '';
    const PathSchema = z.union([z.string(), z.array(z.string())]);
    const SplitSchema = z.strictObject({
      name: z.enum(SPLITS),
      num_bytes: z.number().int().min(0),
      num_examples: z.number().int().min(0),
    });
    const HeadSchema = z.strictObject({
      license: z.literal('cc0-1.0'),
      language: z.array(z.string()),
      pretty_name: z.string(),
      tags: z.array(z.string()),
      task_categories: z.array(z.string()),
      size_categories: z.tuple([z.literal('n<1K')]),
      configs: z.array(
        z.strictObject({
          config_name: z.string(),
          default: z.literal(true).optional(),
          data_files: z.array(z.strictObject({ split: z.enum(SPLITS), path: PathSchema })).min(1),
        }),
      ),
      dataset_info: z.array(
        z.strictObject({
          config_name: z.string(),
          features: z.array(z.looseObject({ name: z.string() })).optional(),
          splits: z.array(SplitSchema),
          download_size: z.number().int().positive(),
          dataset_size: z.number().int().positive(),
        }),
      ),
    });
    const { configs, dataset_info } = HeadSchema.parse(parse(head));
    expect(configs.filter(config => config.default).map(({ config_name }) => config_name)).toEqual([
      'samples',
    ]);
    expect(dataset_info.map(({ config_name }) => config_name)).toEqual(
      configs.map(({ config_name }) => config_name),
    );
    const names = filesIn(folder);
    const matched = new Set<string>();
    for (const { data_files } of configs)
      for (const { path } of data_files)
        for (const pattern of [path].flat()) {
          const found = names.filter(name => matchesGlob(name, pattern));
          expect([pattern, found.length > 0]).toEqual([pattern, true]);
          for (const name of found) matched.add(name);
        }
    const parquet = names.filter(name => name.endsWith('.parquet'));
    expect(parquet.filter(name => !matched.has(name))).toEqual([]);
    const samples = dataset_info.find(({ config_name }) => config_name === 'samples');
    expect(
      Object.fromEntries(samples?.splits.map(({ name, num_examples }) => [name, num_examples]) ?? []),
    ).toEqual(published[layout].rows);
    const sizeOf = (glob: readonly string[]): number =>
      published[layout].files
        .filter(({ path }) => glob.some(pattern => matchesGlob(path, pattern)))
        .reduce((sum, { bytes }) => sum + bytes, 0);
    const own = configs[0]?.data_files.flatMap(({ path }) => path) ?? [];
    expect(samples?.download_size).toBe(sizeOf(own));
    if (layout === 'webdataset') return;
    for (const { config_name, splits } of dataset_info.slice(1))
      for (const { name, num_examples } of splits) {
        const [found] = await query(
          `SELECT count(*)::INT AS rows FROM '${join(folder, `labels/${config_name}/${name}-*.parquet`)}'`,
        );
        expect([config_name, name, found?.['rows']]).toEqual([config_name, name, num_examples]);
      }
  });

  it('has a card that says what is synthetic, what is evidence, and whose every sound is', () => {
    const card = readFileSync(join(folders[layout], 'README.md'), 'utf8');
    for (const heading of [
      'Motivation',
      'Composition',
      'Collection',
      'Preprocessing',
      'Uses',
      'Distribution',
      'Maintenance',
    ])
      expect(card).toContain(`### ${heading}\n`);
    expect(card).toMatch(/Nothing of it was played/);
    expect(card.match(/\*\*design choice\*\*/g)?.length).toBeGreaterThanOrEqual(3);
    for (const { name, licence, sha256: hash } of DATASET_META.soundfonts)
      expect(card).toContain(`| SoundFont ${name} | ${licence} | \`${hash}\` |`);
  });

  it('has a Croissant description in which every reference and every hash is right', () => {
    const document: unknown = JSON.parse(readFileSync(join(folders[layout], 'croissant.json'), 'utf8'));
    expect(croissantProblems(document, folders[layout])).toEqual([]);
  });

  it('has an example for TypeScript that runs as it stands', () => {
    const lines = runExample(folders[layout]);
    const inTraining = new Set(listsOf(dataset)['train']);
    expect(lines.length).toBeGreaterThan(5);
    for (const [id = '', slug, tempo, midi, audio] of lines) {
      expect(inTraining.has(id)).toBe(true);
      expect(id).toContain(`_${slug}_`);
      expect(id).toContain(`_${tempo}bpm_`);
      expect(Number(midi)).toBeGreaterThan(50);
      expect(Number(audio)).toBeGreaterThanOrEqual(0);
    }
    expect(lines.some(([, , , , audio]) => Number(audio) > 10_000)).toBe(true);
  });

  it.skipIf(!hasProgram('python3'))('has an example for Python that compiles', () => {
    const place = join(temporaryFolder(), 'example.py');
    writeFileSync(place, exampleIn(folders[layout], 'python'));
    expect(exampleIn(folders[layout], 'python')).toContain('soundfile');
    runTool('python3', '-m', 'py_compile', place);
  });
});

/** Of Hugging Face's patterns those that our cards use. */
function matchesGlob(path: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+]/g, String.raw`\$&`)
    .replaceAll('**/', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '(?:.*/)?');
  return new RegExp(`^${source}$`).test(path);
}

describe('Parquet with audio in it', () => {
  const data = (): string => `'${join(folders.parquet, 'data/*.parquet')}'`;

  it('gives every row, FLAC and MIDI back as DuckDB reads them', async () => {
    const names = TABLES.samples.map(({ name }) => name);
    const rows =
      await query(`SELECT * EXCLUDE (audio, midi), sha256(midi) AS midi_hash, sha256(audio.bytes) AS audio_hash,
      audio.path AS path FROM ${data()} ORDER BY sample_id`);
    const wanted = await query(
      `SELECT * FROM '${join(dataset, 'labels/samples.parquet')}' ORDER BY sample_id`,
    );
    expect(rows.length).toBe(COUNT);
    rows.forEach((row, index) => {
      expect(Object.fromEntries(names.map(name => [name, row[name]]))).toEqual(wanted[index]);
      expect(row['midi_hash']).toBe(row['midi_sha256']);
      expect(row['audio_hash']).toBe(row['audio_sha256']);
      expect(row['path']).toBe(row['audio_sha256'] === null ? null : `${row['sample_id']}.flac`);
    });
    const types = await query(`DESCRIBE SELECT audio, midi FROM ${data()}`);
    expect(types.map(({ column_type }) => column_type)).toEqual(['STRUCT(bytes BLOB, path VARCHAR)', 'BLOB']);
  });

  it('holds FLAC that decodes, in pages that are not packed again', async () => {
    const [row] = await query(
      `SELECT base64(audio.bytes) AS flac, audio_frames FROM ${data()} WHERE audio IS NOT NULL LIMIT 1`,
    );
    const path = join(temporaryFolder(), 'one.flac');
    writeFileSync(path, Buffer.from(String(row?.['flac']), 'base64'));
    const { audio } = await decoded(path);
    expect([audio.sampleRate, audio.channels[0]?.length]).toEqual([44_100, row?.['audio_frames']]);
    const codecs = await query(
      `SELECT DISTINCT path_in_schema, compression FROM parquet_metadata(${data()})`,
    );
    const codecOf = new Map(codecs.map(each => [each['path_in_schema'], each['compression']]));
    expect(codecOf.get('audio, bytes')).toBe('UNCOMPRESSED');
    expect(codecOf.get('recipe_json')).toBe('SNAPPY');
  });

  it("names its columns for Hugging Face's library in every footer, and its shards by their number", async () => {
    const names = filesIn(join(folders.parquet, 'data'));
    for (const split of SPLITS) {
      const own = names.filter(name => name.startsWith(split));
      const count = String(own.length).padStart(5, '0');
      expect(own).toEqual(
        own.map((_, index) => `${split}-${String(index).padStart(5, '0')}-of-${count}.parquet`),
      );
    }
    expect(names.filter(name => name.startsWith('train')).length).toBeGreaterThan(1);
    for (const name of names) {
      const file = await asyncBufferFromFile(join(folders.parquet, 'data', name));
      const { key_value_metadata, row_groups } = await parquetMetadataAsync(file);
      const text = key_value_metadata?.find(({ key }) => key === 'huggingface')?.value ?? '';
      const { info } = z
        .object({ info: z.object({ features: z.record(z.string(), z.unknown()) }) })
        .parse(JSON.parse(text));
      expect(Object.keys(info.features)).toEqual([
        'sample_id',
        'audio',
        ...TABLES.samples.slice(1).map(column => column.name),
        'midi',
      ]);
      expect(info.features['audio']).toEqual({ sampling_rate: 44_100, _type: 'Audio' });
      for (const { num_rows } of row_groups) expect(Number(num_rows)).toBeLessThanOrEqual(100);
    }
  });
});

describe('folders of audio', () => {
  it.each(SPLITS)('have a table of %s whose rows name its files, each of them once', async split => {
    const folder = folders.audiofolder;
    const rows = await query(`SELECT * FROM '${join(folder, `${split}/metadata.parquet`)}'`);
    const named = rows.map(row => `${split}/${String(row['file_name'])}`);
    const there = filesIn(folder).filter(path => path.startsWith(`${split}/`));
    expect(there.filter(path => path.endsWith('.flac'))).toEqual(
      named.filter(path => path.endsWith('.flac')).sort(),
    );
    expect(there.filter(path => path.endsWith('.mid'))).toEqual(
      rows.map(row => String(row['midi_path'])).sort(),
    );
    for (const row of rows) {
      expect(sha256(readFileSync(join(folder, String(row['midi_path']))))).toBe(row['midi_sha256']);
      const payload = row['audio_path'] ?? row['midi_path'];
      expect(`${split}/${String(row['file_name'])}`).toBe(payload);
      expect(sha256(readFileSync(join(folder, String(payload))))).toBe(
        row['audio_sha256'] ?? row['midi_sha256'],
      );
    }
  });
});

describe('archives to be streamed', () => {
  it.skipIf(!hasProgram('tar'))('hold the files of each sample side by side, as tar lists them', () => {
    const seen: string[] = [];
    for (const name of filesIn(folders.webdataset).filter(path => path.endsWith('.tar'))) {
      const listed = runTool('tar', '-tvf', join(folders.webdataset, name), '--numeric-owner', '--utc')
        .toString('utf8')
        .trim()
        .split('\n');
      const entries = listed.map(line => {
        const [mode, owner, , day, time, path = ''] = line.split(/\s+/);
        expect([mode, owner, day, time]).toEqual(['-rw-r--r--', '0/0', '1970-01-01', '00:00']);
        return path;
      });
      const keys = entries.map(path => path.slice(0, path.indexOf('.')));
      const starts = keys.filter((key, index) => key !== keys[index - 1]);
      expect(new Set(starts).size).toBe(starts.length);
      const byKey = Map.groupBy(entries, path => path.slice(0, path.indexOf('.')));
      for (const [key, own] of byKey)
        expect(own.map(path => path.slice(key.length))).toEqual(
          own.length === 3 ? ['.flac', '.mid', '.json'] : ['.mid', '.json'],
        );
      seen.push(...byKey.keys());
      const place = temporaryFolder();
      mkdirSync(join(place, 'all'));
      runTool('tar', '-xf', join(folders.webdataset, name), '-C', join(place, 'all'));
      for (const key of byKey.keys()) {
        const LabelsSchema = z.object({
          sample: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          exercise: z.object({ sample_id: z.literal(key) }),
          strokes: z.array(z.object({ sample_id: z.literal(key), actual_time_ms: z.number() })),
        });
        const labels = LabelsSchema.parse(
          JSON.parse(readFileSync(join(place, 'all', `${key}.json`), 'utf8')),
        );
        expect(labels.strokes.length).toBe(labels.sample['num_strokes']);
        expect(sha256(readFileSync(join(place, 'all', `${key}.mid`)))).toBe(labels.sample['midi_sha256']);
        const payload = labels.sample['audio_path'] ?? labels.sample['midi_path'];
        expect(sha256(readFileSync(join(place, 'all', String(payload))))).toBe(
          labels.sample['audio_sha256'] ?? labels.sample['midi_sha256'],
        );
      }
      rmSync(place, { recursive: true });
    }
    expect(seen.length).toBe(COUNT);
    expect(filesIn(join(folders.webdataset, 'train')).length).toBeGreaterThan(1);
  });
});

describe('a dataset without audio', () => {
  it('is published by its MIDI in every layout', async () => {
    const silent = await smallDataset(temporaryFolder(), 16, 0);
    for (const layout of PUBLISH_LAYOUTS) {
      const folder = join(temporaryFolder(), layout);
      valueOf(await writeLayout({ ...REQUEST, dataset: silent, layout, folder, repo: null }));
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).not.toContain('dtype: \n      audio');
      expect(
        croissantProblems(JSON.parse(readFileSync(join(folder, 'croissant.json'), 'utf8')), folder),
      ).toEqual([]);
      for (const [, , , midi, audio] of runExample(folder)) {
        expect(Number(midi)).toBeGreaterThan(50);
        expect(audio).toBe('0');
      }
    }
  });
});

describe('publishing', () => {
  it('leaves a folder that holds it already, and one that holds anything else', async () => {
    const folder = join(temporaryFolder(), 'parquet');
    const request = { ...REQUEST, dataset, layout: 'webdataset', folder } as const;
    const first = valueOf(await writeLayout(request));
    expect(valueOf(await writeLayout({ ...request, date: '2026-11-21' }))).toEqual(first);
    const next = valueOf(await writeLayout({ ...request, date: '2026-11-21', version: '1.0.1' }));
    expect(next).toMatchObject({ version: '1.0.1', date: '2026-11-21' });
    const other = temporaryFolder();
    writeFileSync(join(other, 'mine.txt'), 'mine');
    expect(await writeLayout({ ...request, folder: other })).toMatchObject({
      ok: false,
      failure: { code: 'notWritable', path: other },
    });
    expect(filesIn(other)).toEqual(['mine.txt']);
  });

  it('finds what was changed in the dataset, and leaves nothing behind', async () => {
    const own = await smallDataset(temporaryFolder(), 8, 2);
    const flac = filesIn(own).find(path => path.endsWith('.flac')) ?? '';
    const bytes = readFileSync(join(own, flac));
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    rmSync(join(own, flac));
    writeFileSync(join(own, flac), bytes);
    const home = temporaryFolder();
    for (const layout of PUBLISH_LAYOUTS)
      expect(
        await writeLayout({ ...REQUEST, dataset: own, layout, folder: join(home, layout) }),
      ).toMatchObject({ ok: false, failure: { code: 'badFile', path: join(own, flac) } });
    expect(readdirSync(home)).toEqual([]);
  });

  it('parts by another list, whose samples that are left out are not there', async () => {
    const folder = join(temporaryFolder(), 'by-kit');
    const { rows, left_out } = valueOf(
      await writeLayout({ ...REQUEST, dataset, layout: 'parquet', folder, split: 'by_rudiment' }),
    );
    expect(left_out).toBeGreaterThan(0);
    const [found] = await query(`SELECT count(*)::INT AS rows FROM '${join(folder, 'data/*.parquet')}'`);
    expect(found?.['rows']).toBe(rows.train + rows.validation + rows.test);
  });

  it('stops when it is told to, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const folder = join(temporaryFolder(), 'stopped');
    const going = writeLayout({
      ...REQUEST,
      dataset,
      layout: 'parquet',
      folder,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(going).rejects.toThrow('aborted');
    expect(readdirSync(join(folder, '..'))).toEqual([]);
  });
});

it('docs/formats.md names the keys of publication.json', () => {
  const section = readFileSync('docs/formats.md', 'utf8').split('\n## Published datasets\n')[1] ?? '';
  const keys = Object.keys(published.parquet);
  expect(keys.filter(key => !section.includes(`\`${key}\``))).toEqual([]);
});
