import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigFileSchema, readDatasetConfig } from '#main/dataset';
import { GenerationConfigSchema } from '#shared/dataset';
import { explain } from '#shared/protocol';
import { scratchFolder } from '#test/cli';

const DOCUMENT = readFileSync('docs/formats.md', 'utf8');
const SECTION = DOCUMENT.slice(
  DOCUMENT.indexOf('\n## Dataset configuration\n'),
  DOCUMENT.indexOf('\n## Datasets\n'),
);
const EXAMPLE = /```yaml dataset_config\n([\s\S]*?)```/.exec(SECTION)?.[1] ?? '';
/** The second column of the line of `key`. */
const defaultOf = (key: string): string =>
  new RegExp(`^\\|[^|]*\`${key}\`[^|]*\\| ([^|]*) \\|`, 'm').exec(SECTION)?.[1]?.trim() ?? 'not there';

describe('the configuration of a dataset in docs/formats.md', () => {
  it('is told key by key', () => {
    const prose = SECTION.replace(/```[\s\S]*?```/g, '');
    expect(Object.keys(ConfigFileSchema.shape).filter(key => !prose.includes(`\`${key}\``))).toEqual([]);
  });

  it('has an example that is read', async () => {
    const path = join(scratchFolder(), 'dataset.yaml');
    writeFileSync(path, EXAMPLE);
    const read = await readDatasetConfig({ path });
    if (!read.ok) throw new Error(explain(read.failure));
    expect(read.value.config).toMatchObject({ num_profiles: 24, materials: 'both', seed: 20_261_120 });
    expect(read.value.config.transforms).toHaveLength(2);
    expect(read.value.files.map(({ kind }) => kind)).toEqual([
      'font',
      'rudiment',
      'midi',
      'response',
      'noise',
      'noise',
    ]);
  });

  it('says what holds unless a key is given', () => {
    const words = (value: unknown): string =>
      Array.isArray(value) && typeof value[0] === 'number' ? `[${value.join(', ')}]` : String(value);
    const defaults = GenerationConfigSchema.parse({});
    const plain = Object.entries(defaults).filter(
      ([key, value]) =>
        !/_ratio$|^skill_distribution$/.test(key) && !(Array.isArray(value) && typeof value[0] !== 'number'),
    );
    expect(plain.map(([key]) => [key, defaultOf(key)])).toEqual(
      plain.map(([key, value]) => [key, words(value)]),
    );
    expect(defaultOf('augmentation_presets')).toBe(defaults.augmentation_presets.join(', '));
    for (const key of ['rudiments', 'kits', 'groove_styles'] as const)
      expect([key, defaultOf(key), defaults[key]]).toEqual([key, 'all', []]);
    for (const key of ['variations', 'transforms'] as const)
      expect([key, defaultOf(key), defaults[key]]).toEqual([key, 'none', []]);
  });
});
