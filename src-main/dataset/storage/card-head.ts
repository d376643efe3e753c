import { stringify } from 'yaml';
import { compareText } from '#shared/model';
import { type Split, SPLITS } from '#shared/dataset';
import type { DatasetMeta } from './meta';

/** A table as the card's head names it. */
export interface CardConfig {
  readonly name: string;
  /** Patterns of files by split. */
  readonly files: Readonly<Partial<Record<Split, readonly string[]>>>;
  /** null where the reader finds them out. */
  readonly features: readonly object[] | null;
  readonly splits: Readonly<
    Partial<Record<Split, { readonly rows: number; readonly bytes: number; readonly rawBytes: number }>>
  >;
}

/** The hub's classes of size, by rows. */
const SIZES = [
  [1000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
] as const;

/** Licences that the hub knows by the small letters of their SPDX names; any other has to be named beside. */
const KNOWN_LICENCES = new Set([
  'unknown',
  'apache-2.0',
  'mit',
  'cc0-1.0',
  'cc-by-3.0',
  'cc-by-4.0',
  'cc-by-sa-3.0',
  'cc-by-sa-4.0',
  'cc-by-nc-4.0',
  'cc-by-nd-4.0',
  'cc-by-nc-sa-4.0',
  'cc-by-nc-nd-4.0',
  'odbl-1.0',
  'odc-by',
  'pddl',
  'gpl-3.0',
  'unlicense',
]);

/** The YAML head of a card, as Hugging Face reads it. The first table is the one that opens when none is asked for. */
export function cardHead(
  meta: DatasetMeta,
  {
    samples,
    hasAudio,
    configs,
  }: { readonly samples: number; readonly hasAudio: boolean; readonly configs: readonly CardConfig[] },
): string {
  const licence = meta.licence.toLowerCase();
  const yaml = stringify({
    ...(KNOWN_LICENCES.has(licence)
      ? { license: licence }
      : { license: 'other', license_name: licence.replaceAll(/[^a-z0-9.]+/g, '-') }),
    language: ['en'],
    pretty_name: meta.title,
    tags: [
      'drums',
      'percussion',
      'music',
      'midi',
      'rudiments',
      'synthetic',
      ...(hasAudio ? ['audio'] : []),
    ].sort(compareText),
    task_categories: hasAudio ? ['audio-classification', 'other'] : ['other'],
    size_categories: [SIZES.find(([below]) => samples < below)?.[1] ?? '1M<n<10M'],
    configs: configs.map(({ name, files }, index) => ({
      config_name: name,
      ...(index === 0 ? { default: true } : {}),
      data_files: SPLITS.flatMap(split => {
        const [path, ...more] = files[split] ?? [];
        return path === undefined ? [] : [{ split, path: more.length === 0 ? path : [path, ...more] }];
      }),
    })),
    dataset_info: configs.map(({ name, features, splits }) => {
      const sizes = Object.values(splits);
      return {
        config_name: name,
        ...(features ? { features } : {}),
        splits: SPLITS.flatMap(split => {
          const size = splits[split];
          return size ? [{ name: split, num_bytes: size.rawBytes, num_examples: size.rows }] : [];
        }),
        download_size: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        dataset_size: sizes.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
      };
    }),
  });
  return `---\n${yaml}---\n`;
}
