import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { Failed, failureOfError } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import {
  compareText,
  completedMap,
  DRUM_MAPS,
  type DrumMap,
  type DrumMapFile,
  DrumMapFileSchema,
} from '#shared/model';
import type { DrumMapsView, Failure } from '#shared/protocol';

/** Of the library; each file in it is a map of the user's own. */
const FOLDER = 'drum-maps';
const EXTENSIONS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

interface ReadMap {
  readonly path: string;
  readonly file: DrumMapFile;
}

/** The maps that come with Backbeat and the user's own, and what is wrong with files that are none. */
export async function drumMapsIn(library: string): Promise<DrumMapsView> {
  const folder = join(library, FOLDER);
  const names = (await readdir(folder).catch(() => []))
    .filter(name => EXTENSIONS.has(extname(name).toLowerCase()) && !name.startsWith('.'))
    .sort(compareText);
  const read = await Promise.all(names.map(name => readMapFile(join(folder, name))));
  const own = read.flatMap(each => (each.ok ? [each.value] : []));
  const maps = own.map(each => linkedMap(each, own));
  return {
    maps: [...DRUM_MAPS, ...maps.flatMap(each => (each.ok ? [each.value] : []))],
    problems: [...read, ...maps].flatMap(each => (each.ok ? [] : [each.failure])),
    folder,
  };
}

/** The map called `id`, or in the file `id` where that is a path. Throws `Failed`. */
export async function drumMapOf(library: string, id: string): Promise<DrumMap> {
  if (EXTENSIONS.has(extname(id).toLowerCase())) {
    const read = await readMapFile(id);
    const map = read.ok ? linkedMap(read.value, []) : read;
    if (!map.ok) throw new Failed(map.failure);
    return map.value;
  }
  const { maps, problems } = await drumMapsIn(library);
  const map = maps.find(each => each.id === id);
  if (map) return map;
  const broken = problems.find(each => 'path' in each && each.path.includes(join(FOLDER, id)));
  throw new Failed(
    broken ?? {
      code: 'badOption',
      option: 'the drum map',
      value: id,
      wanted: `one of ${maps.map(each => each.id).join(', ')}, or the path of a map file`,
    },
  );
}

async function readMapFile(path: string): Promise<Result<ReadMap, Failure>> {
  const bad = (problems: readonly string[]) =>
    fail({ code: 'badFile' as const, path, format: 'drum map', problems: [...problems] });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return fail(failureOfError(error, path));
  }
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    return bad([error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)]);
  }
  const parsed = DrumMapFileSchema.safeParse(content);
  if (parsed.success) return ok({ path, file: parsed.data });
  return bad(parsed.error.issues.map(issue => `${issue.path.join('.') || 'the file'}: ${issue.message}`));
}

/** A map with what it extends: one that comes with Backbeat, or another of the user's own that extends none of theirs. */
function linkedMap({ path, file }: ReadMap, own: readonly ReadMap[]): Result<DrumMap, Failure> {
  const bad = (problem: string) =>
    fail({ code: 'badFile' as const, path, format: 'drum map', problems: [problem] });
  if (DRUM_MAPS.some(each => each.id === file.id))
    return bad(`id: ${file.id} is a map that comes with Backbeat; give yours another id`);
  if (own.some(each => each.path < path && each.file.id === file.id))
    return bad(`id: ${file.id} is another file's too`);
  if (file.extends === undefined) return ok(completedMap(file, null));
  const bundled = DRUM_MAPS.find(each => each.id === file.extends);
  if (bundled) return ok(completedMap(file, bundled));
  const other = own.find(each => each.file.id === file.extends && each.path !== path);
  if (!other) return bad(`extends: there is no map ${file.extends}`);
  const base = DRUM_MAPS.find(each => each.id === other.file.extends) ?? null;
  if (other.file.extends !== undefined && !base)
    return bad(`extends: ${file.extends} extends a map of your own itself, which goes one step too far`);
  return ok(completedMap(file, completedMap(other.file, base)));
}
