import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/base';

/** A copy of a stage's input in which a file is only its hash: where it lies changes nothing. */
function withoutPaths(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutPaths);
  const record = value as Readonly<Record<string, unknown>>;
  if (record['kind'] === 'file') return { kind: 'file', sha256: record['sha256'] };
  return Object.fromEntries(Object.entries(record).map(([name, member]) => [name, withoutPaths(member)]));
}

/** Equal key, equal bytes: hash of a stage's name, its version and its input without paths. */
export const stageKey = (stage: string, version: number, input: unknown): string =>
  createHash('sha256')
    .update(canonicalJson({ stage, version, input: withoutPaths(input) }))
    .digest('hex');
