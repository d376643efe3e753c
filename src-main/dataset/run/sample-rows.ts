import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { attempt, Failed } from '#main/platform';
import type { Result } from '#shared/base';
import { type Cell, type DatasetRows, TABLE_NAMES, TABLES, type TableName } from '#shared/dataset';
import type { Failure } from '#shared/protocol';
import { partRows, tablePath } from '../storage';

const range = z.tuple([z.number(), z.number()]);
const EntrySchema = z.object({
  row: z.number(),
  measures: range,
  strokes: range,
  beats: range,
  mishaps: range,
});
const IndexSchema = z.object({ samples: z.record(z.string(), EntrySchema) });

/** Reading the index of a hundred thousand samples takes a while; of one dataset it is kept. */
let last: { readonly key: string; readonly index: z.infer<typeof IndexSchema> } | null = null;

async function indexOf(folder: string): Promise<z.infer<typeof IndexSchema>> {
  const path = join(folder, 'index.json');
  const { mtimeMs, size } = await stat(path);
  const key = `${path} ${mtimeMs} ${size}`;
  if (last?.key !== key) {
    const parsed = IndexSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.success)
      throw new Failed({
        code: 'badFile',
        path,
        format: 'index of a dataset',
        problems: [z.prettifyError(parsed.error)],
      });
    last = { key, index: parsed.data };
  }
  return last.index;
}

/** The rows of one sample of a finished dataset, by the ranges of its index. */
export function datasetRows(folder: string, sampleId: string): Promise<Result<DatasetRows, Failure>> {
  return attempt(folder, async () => {
    const { samples } = await indexOf(folder);
    const entry = samples[sampleId];
    if (!entry) throw new Failed({ code: 'notFound', path: `sample ${sampleId} of ${folder}` });
    const own: [number, number] = [entry.row, entry.row + 1];
    const ranges: Readonly<Record<TableName, readonly [number, number]>> = {
      samples: own,
      exercises: own,
      measures: entry.measures,
      strokes: entry.strokes,
      beats: entry.beats,
      mishaps: entry.mishaps,
    };
    const tables = await Promise.all(
      TABLE_NAMES.map(async table => {
        const [rowStart, rowEnd] = ranges[table];
        if (rowStart === rowEnd) return [table, []] as const;
        const file = await asyncBufferFromFile(join(folder, tablePath(table)));
        return [table, await parquetReadObjects({ file, rowStart, rowEnd })] as const;
      }),
    );
    return Object.fromEntries(tables) as DatasetRows;
  });
}

/** The rows of one sample of a part, by its place in it. */
export function rowsInPart(folder: string, sampleId: string): Promise<Result<DatasetRows, Failure>> {
  return attempt(folder, async () => {
    const columns = await partRows(folder);
    const tables = TABLE_NAMES.map(table => {
      const ids = columns[table][0] ?? [];
      const rows: Record<string, Cell>[] = [];
      for (let at = ids.indexOf(sampleId); at >= 0 && ids[at] === sampleId; at++)
        rows.push(
          Object.fromEntries(
            TABLES[table].map(({ name }, column) => [name, columns[table][column]?.[at] ?? null]),
          ),
        );
      return [table, rows] as const;
    });
    return Object.fromEntries(tables) as unknown as DatasetRows;
  });
}
