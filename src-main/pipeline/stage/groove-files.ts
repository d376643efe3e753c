import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt, Failed, writeFileWhole } from '#main/platform';
import { fail, ok, type Result } from '#shared/base';
import {
  eventGridText,
  eventsOfPattern,
  type HitPools,
  parseEvents,
  parseGridFile,
  patternOfEvents,
  poolsOfFile,
  problemsOf,
} from '#shared/compose';
import { type Pattern, type PoolsFile, PoolsFileSchema } from '#shared/model';
import type { Failure } from '#shared/protocol';

/** A file by its path; a `FileRef` is one. */
interface Named {
  readonly path: string;
}

/** A file's JSON, not yet checked; `format` names what it should be. */
export const readJsonFile = ({ path }: Named, format: string): Promise<Result<unknown, Failure>> =>
  attempt(path, async () => {
    const text = await readFile(path, 'utf8');
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      const problem = `it is not JSON: ${error instanceof Error ? error.message : String(error)}`;
      throw new Failed({ code: 'badFile', path, format, problems: [problem] });
    }
  });

export interface GrooveFiles {
  readonly grid: Named;
  readonly events: Named;
}

/** The pattern that a grid file and an event grid mean together; fails with the file at fault. */
export async function readGroove({ grid, events }: GrooveFiles): Promise<Result<Pattern, Failure>> {
  const gridJson = await readJsonFile(grid, 'grid');
  if (!gridJson.ok) return gridJson;
  const parsedGrid = parseGridFile(gridJson.value);
  if (!parsedGrid.ok) return fail(badFile(grid, 'grid', parsedGrid.failure));
  const eventsJson = await readJsonFile(events, 'event grid');
  if (!eventsJson.ok) return eventsJson;
  const parsedEvents = parseEvents(eventsJson.value, parsedGrid.value);
  if (!parsedEvents.ok) return fail(badFile(events, 'event grid', parsedEvents.failure));
  return ok(patternOfEvents(parsedGrid.value, parsedEvents.value));
}

export interface ReadPools {
  readonly file: PoolsFile;
  readonly pools: HitPools;
}

/** A pools file with something in it; fails when every pool is empty. */
export async function readPools(ref: Named): Promise<Result<ReadPools, Failure>> {
  const json = await readJsonFile(ref, 'pools file');
  if (!json.ok) return json;
  const parsed = PoolsFileSchema.safeParse(json.value);
  if (!parsed.success) return fail(badFile(ref, 'pools file', problemsOf(parsed.error.issues)));
  return ok({ file: parsed.data, pools: poolsOfFile(parsed.data) });
}

export const writeEventGrid = (folder: string, name: string, pattern: Pattern): Promise<void> =>
  writeFileWhole(join(folder, name), eventGridText(eventsOfPattern(pattern)));

const badFile = ({ path }: Named, format: string, problems: readonly string[]): Failure => ({
  code: 'badFile',
  path,
  format,
  problems: [...problems],
});
