import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSample, openSounding, resolveResources, validateDataset } from '#main/dataset';
import { GenerationConfigSchema, planOf, type RunResources, type ValidationReport } from '#shared/dataset';
import { datasetOf, failedOf } from '#test/broken-dataset';
import { backbeat, suiteFolder } from '#test/cli';

const home = suiteFolder();

it('a dataset of the user’s own font is validated with it, and without it says what is lacking', async () => {
  const font = join(home, 'My Kit.sf2');
  copyFileSync(join('soundfonts', 'drum-kit.sf2'), font);
  const config = join(home, 'mine.yaml');
  writeFileSync(config, 'soundfont_path: My Kit.sf2\n');
  const resolved = await resolveResources([{ kind: 'font', path: font }]);
  if (!resolved.ok) throw new Error('the font is read');
  const { resources } = resolved.value;
  const opened = await openSounding(resources);
  if (!opened.ok) throw new Error('the font is loaded');
  const { sounding, catalogue } = opened.value;
  const kits = catalogue.kits.filter(({ id }) => id.endsWith('-000'));
  const plan = planOf(
    GenerationConfigSchema.parse({
      num_profiles: 1,
      tempos_per_rudiment: 1,
      augmentations_per_sample: 1,
      num_cycles_per_sample: 1,
      apply_augmentation: false,
      rudiments: ['flam'],
    }),
    { ...catalogue, kits },
  );
  if (!plan.ok) throw new Error(plan.failure.join('; '));
  const folder = await datasetOf([makeSample(plan.value.task(0), sounding)], {
    soundfonts: resources.files.map(({ sha256 }) => ({ name: 'My Kit.sf2', sha256, licence: 'unknown' })),
  });
  const rebuiltOf = ({ checks }: ValidationReport) => checks.find(({ name }) => name === 'rows_rebuild');
  const validated = async (given: RunResources): Promise<ValidationReport> => {
    const found = await validateDataset(folder, {
      signal: new AbortController().signal,
      recordings: 1,
      rebuilt: 1,
      resources: given,
    });
    if (!found.ok) throw new Error(JSON.stringify(found.failure));
    return found.value;
  };
  const lacking = await validated({ files: [] });
  expect(failedOf(lacking)).toEqual([]);
  expect(rebuiltOf(lacking)).toMatchObject({
    state: 'warned',
    found: 'no rows; 1 need a file that is not here',
    examples: [
      expect.stringMatching(/^SoundFont [0-9a-f]{12} \(kit [0-9a-f]{8}-000\)$/),
      expect.stringContaining('--config FILE.yaml'),
    ],
  });
  const whole = { state: 'passed', found: '1 of 1 rows' };
  expect(rebuiltOf(await validated(resources))).toMatchObject(whole);
  for (const given of [
    ['--soundfont', font],
    ['--config', config],
  ]) {
    const told = await backbeat(home, ['dataset', 'validate', folder, '--json', ...given]);
    const result = JSON.parse(told.stdout.trim().split('\n').at(-1) ?? '') as { report: ValidationReport };
    expect(rebuiltOf(result.report)).toMatchObject(whole);
  }
  // A run of the library knows its files; one that is gone holds nothing up.
  rmSync(font);
  expect(rebuiltOf(await validated(resources))).toMatchObject({ state: 'warned' });
  const { code, stderr } = await backbeat(home, ['dataset', 'validate', folder, '--soundfont', font]);
  expect(code).toBe(1);
  expect(stderr).toContain('My Kit.sf2');
}, 60_000);
