import type { z } from 'zod';
import { allowedAt } from './allowed';

/** One thing that is wrong with what a user wrote. */
export interface ConfigMistake {
  readonly path: readonly PropertyKey[];
  /** `path` as it is written: `transforms[0].p`. */
  readonly key: string;
  readonly value: string;
  /** Goes on "must be". */
  readonly wanted: string;
  /** All of it. */
  readonly sentence: string;
}

/** What is wrong with `given` by `schema`, in the order of the keys; empty when nothing is. */
export function mistakesOf(schema: z.ZodType, given: unknown): readonly ConfigMistake[] {
  const parsed = schema.safeParse(given);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue): ConfigMistake[] => {
    const { path } = issue;
    const value = shown(valueAt(given, path));
    const key = keyText(path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map(one => unknownKey(given, [...path, one], keysAt(schema, path)));
    const must = issue.code === 'custom' ? issue.message : `must be ${allowedAt(schema, path)}`;
    const wanted = must.replace(/^must be /, '').replace(/^must /, 'such that it ');
    return [{ path, key, value, wanted, sentence: `${key} is ${value}, but ${must}` }];
  });
}

const keysAt = (schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] =>
  /^a mapping with (.*)$/.exec(allowedAt(schema, path))?.[1]?.split(', ') ?? [];

function unknownKey(given: unknown, path: readonly PropertyKey[], known: readonly string[]): ConfigMistake {
  const name = String(path.at(-1)).toLowerCase();
  const near = known
    .map(other => ({ other, edits: other.startsWith(name) ? 1 : editsBetween(name, other.toLowerCase()) }))
    .filter(({ other, edits }) => edits <= Math.max(2, other.length / 4))
    .sort((a, b) => a.edits - b.edits)[0]?.other;
  const key = keyText(path);
  return {
    path,
    key,
    value: shown(valueAt(given, path)),
    wanted: near === undefined ? `one of the keys ${known.join(', ')}` : `called ${near}`,
    sentence: `${key}: there is no such key; ${near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`}`,
  };
}

/** `transforms[0].ranges.min_gain_db`; all of it where the path is empty. */
const keyText = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the configuration'
    : path
        .map((key, index) =>
          typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`,
        )
        .join('');

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let value = given;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
}

/** Letters to be changed, put in or left out (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
