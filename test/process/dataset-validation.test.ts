import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  generalKitsOf,
  isWholeKit,
  makeSample,
  openSounding,
  type OpenedSounding,
  readReport,
  type SoundKit,
  validateDataset,
  writeReport,
} from '#main/dataset';
import {
  type GeneratedSample,
  GenerationConfigSchema,
  planOf,
  type SampleRecording,
  type ValidationReport,
} from '#shared/dataset';
import {
  copyOf,
  datasetOf,
  failedOf,
  reportOf,
  rewrite,
  rewriteJson,
  type Row,
  sha256,
  signed,
} from '#test/broken-dataset';
import { backbeat, suiteFolder } from '#test/cli';
import { pitchedFont } from '#test/pitched-font';

const CONFIG = GenerationConfigSchema.parse({
  num_profiles: 4,
  tempos_per_rudiment: 1,
  augmentations_per_sample: 2,
  num_cycles_per_sample: 2,
  apply_augmentation: false,
  rudiments: ['single_stroke_roll', 'flam_tap', 'multiple_bounce_roll'],
  seed: 20_418_773,
});
const ALL = 1000;

let opened: OpenedSounding;
let samples: readonly GeneratedSample[];
let whole: string;

const fontsOf = (made: readonly GeneratedSample[]) => ({
  soundfonts: [...new Set(made.map(({ recording }) => recording?.kit.sha256 ?? ''))].map(hash => ({
    name: 'font',
    sha256: hash,
    licence: 'CC0-1.0',
  })),
});

beforeAll(async () => {
  const sounding = await openSounding({ files: [] });
  if (!sounding.ok) throw new Error(JSON.stringify(sounding.failure));
  opened = sounding.value;
  const plan = planOf(CONFIG, opened.catalogue);
  if (!plan.ok) throw new Error('the configuration is right');
  const { count, task } = plan.value;
  samples = Array.from({ length: count }, (_, number) => makeSample(task(number), opened.sounding));
  whole = await datasetOf(samples, fontsOf(samples));
});

/** The samples with the audio of those of `numbers` changed. */
const withAudio = (
  numbers: readonly number[],
  change: (frame: number, value: number) => number,
): GeneratedSample[] =>
  samples.map((sample, number) => {
    const { recording } = sample;
    if (!recording || !numbers.includes(number)) return sample;
    const channels = recording.audio.channels.map(channel =>
      channel.map((value, frame) => change(frame, value)),
    );
    const changed: SampleRecording = { ...recording, audio: { ...recording.audio, channels } };
    return { ...sample, recording: changed };
  });

const firstOf = (rows: Row[], is: (row: Row) => boolean): Row => {
  const row = rows.find(is);
  if (!row) throw new RangeError('no such row');
  return row;
};

/** Changes the first row that `is`. */
const changing = (is: (row: Row) => boolean, change: (row: Row) => Row) => (rows: Row[]) => {
  const found = firstOf(rows, is);
  return rows.map(row => (row === found ? { ...row, ...change(row) } : row));
};

const any = (): boolean => true;
const isPlain = (row: Row): boolean => row['is_grace_note'] === false && row['flam_spacing_ms'] === null;
const shiftedBy =
  (ms: number, ...names: string[]) =>
  (rows: Row[]) =>
    rows.map(row => ({ ...row, ...Object.fromEntries(names.map(name => [name, Number(row[name]) + ms])) }));

interface Splits {
  splits: Record<
    string,
    { train: string[]; validation: string[]; test: string[]; sha256: Record<string, string> }
  >;
}
const idsHash = (ids: readonly string[]): string => sha256(ids.map(id => `${id}\n`).join(''));

/** Takes `ids` from the first of the named lists' train into its test, and cites both anew. */
const leaking = (ids: (train: readonly string[]) => readonly string[]) => (file: Splits) => {
  const list = file.splits['by_profile'];
  if (!list) throw new RangeError('no list');
  const moved = ids(list.train);
  list.train = list.train.filter(id => !moved.includes(id));
  list.test = [...list.test, ...moved];
  list.sha256['train'] = idsHash(list.train);
  list.sha256['test'] = idsHash(list.test);
  return file;
};

describe('a dataset as it is made', () => {
  it('passes: files, tables, sound and splits, every label where a detector hears it, every row made again', async () => {
    const report = await reportOf(whole, { recordings: ALL, rebuilt: 6 });
    expect(report.checks.filter(({ state }) => state === 'failed')).toEqual([]);
    const passed = new Set(report.checks.filter(({ state }) => state === 'passed').map(({ name }) => name));
    for (const name of [
      'parquet_integrity',
      'rudiment_pattern_correctness',
      'label_midi_alignment',
      'label_audio_alignment',
      'rows_rebuild',
      'audio_decodes',
      'sound_identity',
      'split_profiles',
      'split_performances',
      'split_near_duplicates',
    ])
      expect([name, passed.has(name)]).toEqual([name, true]);
    await writeReport(whole, report);
    expect(await readReport(whole)).toEqual(report);
    const page = readFileSync(join(whole, 'validation/report.html'), 'utf8');
    expect(page).not.toMatch(/<script|https?:|src=|<link/);
    // The report is no part of the dataset.
    expect(failedOf(await reportOf(whole))).toEqual([]);
  });

  it('is looked at until it is cancelled', async () => {
    const controller = new AbortController();
    const validation = validateDataset(whole, {
      signal: controller.signal,
      report: share => {
        if (share > 0.2) controller.abort();
      },
    });
    await expect(validation).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is none without a manifest', async () => {
    const found = await validateDataset('/nonexistent', { signal: new AbortController().signal });
    expect(found.ok ? null : found.failure.code).toBe('notFound');
  });

  it('has no report once it is another dataset', async () => {
    const copy = copyOf(whole);
    await writeReport(copy, await reportOf(copy));
    expect(await readReport(copy)).not.toBeNull();
    appendFileSync(join(copy, 'manifest.json'), '\n');
    expect(await readReport(copy)).toBeNull();
  });
});

describe('a dataset that is broken fails what it broke, and nothing else', () => {
  const tables: readonly [
    what: string,
    table: Parameters<typeof rewrite>[1],
    (rows: Row[]) => Row[],
    string[],
  ][] = [
    ['scores of a sample are gone', 'exercises', rows => rows.slice(1), ['exercise_refs_valid']],
    [
      'scores of a sample that is not there',
      'exercises',
      rows => [...rows, { ...rows[0], sample_id: 'nobody' }],
      ['exercise_refs_valid'],
    ],
    ['a score above 100', 'exercises', changing(any, () => ({ overall_score: 130 })), ['score_ranges']],
    [
      'a stroke without velocity',
      'strokes',
      changing(any, row => ({ actual_velocity: 0, velocity_error: -Number(row['intended_velocity']) })),
      ['velocity_range'],
    ],
    ['an error that is none', 'strokes', changing(any, () => ({ timing_error_ms: 12 })), ['errors_follow']],
    [
      'a flat flam that nobody tells of',
      'strokes',
      changing(
        row => row['is_grace_note'] === true && Number(row['flam_spacing_ms']) > 8,
        () => ({
          flam_spacing_ms: 3,
        }),
      ),
      ['mishaps_labelled'],
    ],
    [
      'a stroke by the other hand',
      'strokes',
      changing(isPlain, row => ({ hand: row['hand'] === 'R' ? 'L' : 'R' })),
      ['rudiment_pattern_correctness'],
    ],
    [
      'a grace without its stroke',
      'strokes',
      changing(
        row => row['is_grace_note'] === true,
        () => ({ parent_stroke_index: null }),
      ),
      ['rudiment_pattern_correctness', 'stroke_refs_valid'],
    ],
    [
      'a stroke after the end',
      'strokes',
      changing(isPlain, () => ({ audio_time_ms: 1e6 })),
      ['timing_range'],
    ],
    [
      'a stroke that is gone',
      'strokes',
      rows => rows.slice(1),
      [
        'beat_refs_valid',
        'errors_follow',
        'index_matches',
        'label_midi_alignment',
        'measure_refs_valid',
        'rudiment_pattern_correctness',
        'stroke_counts_match',
        'stroke_refs_valid',
      ],
    ],
    [
      'a count of strokes',
      'samples',
      changing(any, row => ({ num_strokes: Number(row['num_strokes']) + 1 })),
      ['stroke_counts_match'],
    ],
    [
      'a count of measures',
      'samples',
      changing(any, row => ({ num_measures: Number(row['num_measures']) + 1 })),
      ['measure_counts_match'],
    ],
    [
      'a measure that begins too late',
      'measures',
      changing(
        row => Number(row['stroke_start']) > 0,
        row => ({
          stroke_start: Number(row['stroke_start']) + 1,
          timing_mean_error_ms: row['timing_mean_error_ms'],
        }),
      ),
      ['errors_follow', 'measure_refs_valid'],
    ],
    [
      'a beat in a measure that is not there',
      'beats',
      changing(any, () => ({ measure_index: 99 })),
      ['beat_refs_valid'],
    ],
    [
      'a hash of another MIDI file',
      'samples',
      rows => rows.map(row => ({ ...row, midi_sha256: '0'.repeat(64) })),
      ['row_hashes', 'split_midi'],
    ],
    [
      'a kit that was not asked for',
      'samples',
      changing(any, () => ({ soundfont: 'grand-piano' })),
      ['kit_as_asked'],
    ],
  ];
  it.each(tables)('%s', async (_, table, change, failed) => {
    const copy = copyOf(whole);
    await rewrite(copy, table, change);
    const report = await reportOf(copy);
    expect(failedOf(report)).toEqual(failed);
    const first = report.checks.find(({ name }) => name === failed[0]);
    expect(first?.examples.length).toBeGreaterThan(0);
  });

  it('a sample with the id of another', async () => {
    const copy = copyOf(whole);
    await rewrite(copy, 'samples', rows =>
      rows.map((row, index) => (index === 1 ? { ...row, sample_id: rows[0]?.['sample_id'] } : row)),
    );
    expect(failedOf(await reportOf(copy))).toContain('sample_ids_unique');
  });

  it('a mishap of a stroke that is not there', async () => {
    const copy = copyOf(whole);
    await rewrite(copy, 'mishaps', rows => rows.map(row => ({ ...row, kind: 'stumble', stroke_index: 999 })));
    expect(failedOf(await reportOf(copy))).toContain('mishap_refs_valid');
  });

  it('a file that was changed, one that is gone, and one that nobody knows', async () => {
    const copy = copyOf(whole);
    appendFileSync(join(copy, 'README.md'), ' ');
    expect(failedOf(await reportOf(copy))).toEqual(['manifest_hashes']);
    const other = copyOf(whole);
    writeFileSync(join(other, 'notes.txt'), 'mine');
    const [hashes] = (await reportOf(other)).checks;
    expect(hashes).toMatchObject({
      name: 'manifest_hashes',
      state: 'warned',
      examples: ['notes.txt is not in the manifest'],
    });
  });

  it('a table that ends early', async () => {
    const copy = copyOf(whole);
    truncateSync(join(copy, 'labels/strokes.parquet'), 2000);
    signed(copy, 'labels/strokes.parquet');
    expect(failedOf(await reportOf(copy))).toEqual(['parquet_integrity']);
  });

  it('an index that points elsewhere', async () => {
    const copy = copyOf(whole);
    rewriteJson(copy, 'index.json', (index: { samples: Record<string, { row: number }> }) => {
      for (const entry of Object.values(index.samples)) entry.row++;
    });
    expect(failedOf(await reportOf(copy))).toEqual(['index_matches']);
  });

  it('a byte of a recording', async () => {
    const copy = copyOf(whole);
    const path = samples[3] && `audio/${samples[3].labels.rudiment_slug}/${samples[3].id}.flac`;
    const file = join(copy, path ?? '');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
    expect(failedOf(await reportOf(copy, { recordings: ALL }))).toEqual(['audio_decodes', 'manifest_hashes']);
  });

  it('labels that are 7 ms late', async () => {
    const copy = copyOf(whole);
    await rewrite(copy, 'strokes', shiftedBy(7, 'intended_time_ms', 'actual_time_ms'));
    await rewrite(copy, 'mishaps', shiftedBy(7, 'time_ms'));
    expect(failedOf(await reportOf(copy))).toEqual(['label_midi_alignment']);
  });

  it('audio labels that are 7 ms late', async () => {
    const copy = copyOf(whole);
    await rewrite(copy, 'strokes', shiftedBy(7, 'audio_time_ms'));
    const report = await reportOf(copy, { recordings: ALL });
    expect(failedOf(report)).toEqual(['label_audio_alignment']);
    expect(report.checks.find(({ name }) => name === 'label_audio_alignment')?.found).toMatch(
      /^median [67]\./,
    );
  });

  it('a row whose steps are not those of its recording', async () => {
    const copy = copyOf(whole);
    await rewrite(copy, 'samples', rows =>
      rows.map(row => ({ ...row, augmentation_json: String(row['augmentation_json']).replace('-1', '-2') })),
    );
    expect(failedOf(await reportOf(copy, { rebuilt: 3 }))).toEqual(['rows_rebuild']);
  });

  it('recordings that are silent, and that are clipped', async () => {
    const silent = await datasetOf(
      withAudio([0], () => 0),
      fontsOf(samples),
    );
    expect(failedOf(await reportOf(silent, { recordings: ALL }))).toContain('audio_not_silent');
    const clipped = await datasetOf(
      withAudio([0], (_, value) => Math.max(-1, Math.min(1, 40 * value))).slice(0, 4),
      fontsOf(samples),
    );
    expect(failedOf(await reportOf(clipped, { recordings: ALL }))).toContain('audio_not_clipped');
  });

  it('a string in place of a drum kit', async () => {
    const { synth } = opened.sounding;
    const font = await synth.load(pitchedFont(), 'strings.sf2');
    if (!font.ok) throw new Error('the font of the test is read');
    const [kit] = generalKitsOf(synth, font.value);
    if (!kit) throw new Error('it has a kit');
    const plan = planOf(
      { ...CONFIG, augmentations_per_sample: 1, rudiments: ['single_paradiddle'] },
      { ...opened.catalogue, kits: [{ id: kit.id, isWholeKit: false }] },
    );
    if (!plan.ok) throw new Error(plan.failure.join('; '));
    const { count, task } = plan.value;
    const played = Array.from({ length: count }, (_, number) =>
      makeSample(task(number), { ...opened.sounding, kits: [kit] }),
    );
    const report = await reportOf(await datasetOf(played, fontsOf(played)), { recordings: ALL });
    expect(failedOf(report)).toContain('sound_identity');
  });

  it('a kit that sounds in grooves only is judged by its font, and is not where that is not here', async () => {
    const drums = opened.sounding.kits.find(isWholeKit);
    if (!drums) throw new Error('there is a whole kit');
    const identityOf = async (kit: SoundKit) => {
      const plan = planOf(
        {
          ...CONFIG,
          augmentations_per_sample: 1,
          materials: 'grooves',
          groove_styles: ['rock'],
          groove_bars: 2,
        },
        { ...opened.catalogue, kits: [{ id: kit.id, isWholeKit: true }] },
      );
      if (!plan.ok) throw new Error(plan.failure.join('; '));
      const played = [makeSample(plan.value.task(0), { ...opened.sounding, kits: [kit] })];
      const report = await reportOf(await datasetOf(played, fontsOf(played)), { recordings: ALL });
      return report.checks.find(({ name }) => name === 'sound_identity');
    };
    expect(await identityOf(drums)).toMatchObject({ state: 'passed', found: '1 of 1 kits' });
    const theirs = await identityOf({ ...drums, id: 'theirs' });
    expect(theirs?.state).toBe('skipped');
    expect(theirs?.examples[0]).toContain('its font is not here');
  });

  it('splits that leak a player, a performance, or name somebody who is not there', async () => {
    const player = copyOf(whole);
    const groupOf = new Map(samples.map(({ id, groupId }) => [id, groupId]));
    rewriteJson(
      player,
      'splits.json',
      leaking(train => train.filter(id => groupOf.get(id) === groupOf.get(train[0] ?? ''))),
    );
    expect(failedOf(await reportOf(player))).toEqual(['split_profiles']);
    const performance = copyOf(whole);
    rewriteJson(
      performance,
      'splits.json',
      leaking(train => train.filter(id => id.includes('single_stroke_roll')).slice(0, 1)),
    );
    expect(failedOf(await reportOf(performance, { recordings: ALL }))).toEqual([
      'split_midi',
      'split_near_duplicates',
      'split_performances',
      'split_profiles',
    ]);
    const nobody = copyOf(whole);
    rewriteJson(
      nobody,
      'splits.json',
      leaking(() => ['nobody']),
    );
    expect(failedOf(await reportOf(nobody))).toEqual(['split_lists']);
    const cited = copyOf(whole);
    rewriteJson(cited, 'splits.json', (file: Splits) => {
      const list = file.splits['by_profile'];
      list?.train.reverse();
    });
    expect(failedOf(await reportOf(cited))).toEqual(['split_hashes']);
    expect(existsSync(join(whole, 'validation'))).toBe(true);
  });
});

describe('backbeat dataset validate', () => {
  const home = suiteFolder();

  it('tells what it found, leaves a report, and ends with 1 when a check failed', async () => {
    const copy = copyOf(whole);
    const right = await backbeat(home, ['dataset', 'validate', copy, '--samples', '2']);
    expect(right).toMatchObject({ code: 0 });
    expect(right.stdout).toMatch(/ok {4}Labels match MIDI: \d+ of \d+ strokes/);
    expect(right.stdout.trim().endsWith(join(copy, 'validation/report.html'))).toBe(true);
    appendFileSync(join(copy, 'README.md'), ' ');
    const wrong = await backbeat(home, ['dataset', 'validate', copy, '--samples', '0', '--json']);
    expect(wrong.code).toBe(1);
    const result = JSON.parse(wrong.stdout.trim().split('\n').at(-1) ?? '') as { report: ValidationReport };
    expect(failedOf(result.report)).toEqual(['manifest_hashes']);
    expect(await readReport(copy)).toEqual(result.report);
  });

  it('says so where there is no dataset', async () => {
    const { code, stderr } = await backbeat(home, ['dataset', 'validate', home]);
    expect(code).toBe(1);
    expect(stderr).toContain('manifest.json is not there');
  });
});
