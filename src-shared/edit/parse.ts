import { z } from 'zod';
import { fail, ok, type Result } from '../base';
import { type Operation, OperationSchema } from './operation';

/** Short names that the text form takes for a key. */
const ALIASES: Readonly<Record<string, string>> = {
  vel: 'velocity',
  micro: 'micro_offset_ms',
  dur: 'dur_steps',
  sample: 'sample_id',
};
const SELECTING = ['role', 'instrument', 'bar', 'step', 'id'] as const;
const TEXTS: ReadonlySet<string> = new Set(['role', 'instrument', 'id', 'sample_id']);

/**
 * Operations from text: a JSON list (or one JSON object), or a line or `;` for each as on the command line:
 * `set bar=0 step=4 role=CORE vel=0.9; shift role=ACCENT,FILL bar=2-3 ms=7; snap`.
 */
export function parseOperations(text: string): Result<Operation[], readonly string[]> {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[') && !trimmed.startsWith('{')) return parseLines(trimmed);
  let content: unknown;
  try {
    content = JSON.parse(trimmed);
  } catch (thrown) {
    return fail([`it is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`]);
  }
  const parsed = z.array(OperationSchema).safeParse(Array.isArray(content) ? content : [content]);
  return parsed.success ? ok(parsed.data) : fail(parsed.error.issues.map(problem => sentence(problem)));
}

function parseLines(text: string): Result<Operation[], readonly string[]> {
  const results = text
    .split(/[;\n]/)
    .map(line => line.trim())
    .filter(line => line.length > 0 && !line.startsWith('#'))
    .map(line => {
      const [name = '', ...pairs] = line.split(/\s+/);
      return parseOperation(name, pairs);
    });
  const problems = results.flatMap(result => (result.ok ? [] : result.failure));
  return problems.length > 0
    ? fail(problems)
    : ok(results.flatMap(result => (result.ok ? [result.value] : [])));
}

/** One operation from its name and its `key=value` words. */
export function parseOperation(name: string, words: readonly string[]): Result<Operation, readonly string[]> {
  const values: Record<string, unknown> = { op: name };
  const where: Record<string, unknown> = {};
  for (const word of words) {
    const split = word.indexOf('=');
    if (split < 1) return fail([`"${word}" in "${name}" is not of the form key=value`]);
    const given = word.slice(0, split);
    const key = ALIASES[given] ?? given;
    const value = word.slice(split + 1);
    const isSelecting = name !== 'set' && SELECTING.some(each => each === key);
    if (isSelecting) where[key] = listOf(key, value);
    else values[name === 'velocity' && key === 'velocity' ? 'set' : key] = valueOf(key, value);
  }
  const parsed = OperationSchema.safeParse(name === 'set' ? values : { ...values, where });
  return parsed.success ? ok(parsed.data) : fail(parsed.error.issues.map(issue => sentence(issue, name)));
}

const valueOf = (key: string, text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  if (key === 'sample_id' && text === 'null') return null;
  return TEXTS.has(key) || text.trim() === '' ? text : Number(text);
};

/** "1,3-5" as [1, 3, 4, 5]; names as they are. */
const listOf = (key: string, text: string): unknown[] =>
  text.split(',').flatMap((part): unknown[] => {
    const range = /^(\d+)-(\d+)$/.exec(part);
    if (TEXTS.has(key) || !range) return [valueOf(key, part)];
    const [first, last] = [Number(range[1]), Number(range[2])];
    return Array.from(
      { length: Math.max(0, Math.min(last - first + 1, 10_000)) },
      (_, index) => first + index,
    );
  });

const sentence = (
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
  name?: string,
): string =>
  [...(name === undefined ? [] : [name]), ...issue.path.map(String)].join('.') + `: ${issue.message}`;
