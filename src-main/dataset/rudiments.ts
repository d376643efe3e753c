import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { failureOfError } from '#main/platform';
import { fail, invariant, ok, type Result } from '#shared/base';
import { parseRudiment, type Rudiment, rudimentConflicts } from '#shared/dataset';
import { compareText } from '#shared/model';
import type { Failure } from '#shared/protocol';

const TEXTS = import.meta.glob('../../assets/rudiments/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The 40 PAS International Drum Rudiments in their order. */
export function bundledRudiments(): Rudiment[] {
  return Object.entries(TEXTS)
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, text]) => {
      const parsed = parseRudiment(text);
      invariant(parsed.ok, `${path} is valid: ${parsed.ok ? '' : parsed.failure.problems.join('; ')}`);
      return parsed.value;
    });
}

const EXTENSIONS: ReadonlySet<string> = new Set(['.yaml', '.yml']);

/** The rudiments of `folder`, a YAML file each, after the bundled ones; what is wrong with a file is said by key. */
export async function rudimentsWith(folder: string): Promise<Result<Rudiment[], Failure>> {
  const rudiments = bundledRudiments();
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return fail(failureOfError(error, folder));
  }
  const files = names.filter(name => EXTENSIONS.has(extname(name).toLowerCase()) && !name.startsWith('.'));
  for (const name of files.sort(compareText)) {
    const path = join(folder, name);
    const bad = (problems: readonly string[]) =>
      fail({ code: 'badFile' as const, path, format: 'rudiment', problems: [...problems] });
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      return fail(failureOfError(error, path));
    }
    const parsed = parseRudiment(text);
    if (!parsed.ok) return bad(parsed.failure.problems);
    rudiments.push(parsed.value);
    const conflicts = rudimentConflicts(rudiments);
    if (conflicts.length > 0) return bad(conflicts);
  }
  return ok(rudiments);
}
