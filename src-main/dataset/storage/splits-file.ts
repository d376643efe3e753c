import { createHash } from 'node:crypto';
import { DEFAULT_SPLIT, SCHEMA_VERSION, SPLITS, type splitsOf } from '#shared/dataset';
import type { DatasetMeta } from './meta';

/** `splits.json`: the named lists, each split with the SHA-256 of its ids, a line each, so that a cited split can be told again. */
export function splitsText(
  splits: ReturnType<typeof splitsOf>,
  { seed, ratios }: Pick<DatasetMeta, 'seed' | 'ratios'>,
): string {
  const lists = Object.entries(splits).map(([name, list]) => [
    name,
    list && {
      left_out: list.left_out,
      sha256: Object.fromEntries(SPLITS.map(split => [split, hashOfIds(list[split])])),
      ...Object.fromEntries(SPLITS.map(split => [split, list[split]])),
    },
  ]);
  const document = {
    schema_version: SCHEMA_VERSION,
    seed,
    ratios,
    default: DEFAULT_SPLIT,
    splits: Object.fromEntries(lists),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

const hashOfIds = (ids: readonly string[]): string =>
  createHash('sha256')
    .update(ids.map(id => `${id}\n`).join(''))
    .digest('hex');
