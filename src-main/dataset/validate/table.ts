import { join } from 'node:path';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { type Column, type DatasetRows, isCellOf, TABLES, type TableName } from '#shared/dataset';
import { tablePath } from '../storage';
import type { TableFaults } from './table-faults';

export type Row<Name extends TableName> = DatasetRows[Name][number] & { readonly sample_id: string };

const PHYSICAL = {
  doubles: 'DOUBLE',
  text: 'BYTE_ARRAY',
  json: 'BYTE_ARRAY',
  integer: 'INT32',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** A table of a dataset, read a row group at a time. */
export interface Table<Name extends TableName> {
  readonly name: Name;
  readonly rows: number;
  /** What of its columns is not as `TABLES` has it, in sentences. */
  readonly problems: readonly string[];
  /** Rows in order; a cell that its column cannot hold is told to `onFault`. */
  groups(onFault: (sentence: string) => void): AsyncGenerator<readonly Row<Name>[]>;
}

/** Opens `name`; throws what the system or the reader says of a file that is none. */
async function openTable<Name extends TableName>(folder: string, name: Name): Promise<Table<Name>> {
  const file = await asyncBufferFromFile(join(folder, tablePath(name)));
  const metadata = await parquetMetadataAsync(file);
  return {
    name,
    rows: Number(metadata.num_rows),
    problems: columnProblems(name, metadata),
    groups: onFault => rowGroups(file, metadata, name, onFault),
  };
}

function columnProblems(name: TableName, metadata: FileMetaData): string[] {
  const found = parquetSchema(metadata).children.map(({ element, children }) => {
    const leaf = children[0]?.children[0]?.element ?? element;
    return { name: element.name, type: leaf.type, isList: children.length > 0 };
  });
  const columns: readonly Column[] = TABLES[name];
  const problems = columns.flatMap((column, place) => {
    const there = found[place];
    if (there?.name !== column.name)
      return [`${name}: column ${place} is ${there?.name ?? 'missing'}, and should be ${column.name}`];
    const isList = column.type === 'doubles';
    const type = PHYSICAL[column.type];
    return there.type === type && there.isList === isList
      ? []
      : [`${name}: ${column.name} is ${there.type ?? 'nothing'}, and should be ${type}`];
  });
  return found.length > columns.length
    ? [...problems, `${name}: ${found.length - columns.length} columns more than there should be`]
    : problems;
}

async function* rowGroups<Name extends TableName>(
  file: AsyncBuffer,
  metadata: FileMetaData,
  name: Name,
  onFault: (sentence: string) => void,
): AsyncGenerator<readonly Row<Name>[]> {
  const columns: readonly Column[] = TABLES[name];
  let start = 0;
  for (const { num_rows } of metadata.row_groups) {
    const end = start + Number(num_rows);
    const rows = await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end });
    for (const row of rows)
      for (const column of columns) {
        const cell: unknown = row[column.name] ?? null;
        if (!isCellOf(column, cell))
          onFault(`${name}.${column.name} holds ${String(cell)} in ${String(row['sample_id'])}`);
      }
    yield rows as unknown as readonly Row<Name>[];
    start = end;
  }
}

export type Tables = { readonly [Name in TableName]: Table<Name> };

/** All tables; null where one cannot be opened. What is wrong with any is told to `faults`. */
export async function openTables(folder: string, faults: TableFaults): Promise<Tables | null> {
  const open = async <Name extends TableName>(name: Name): Promise<Table<Name> | null> => {
    try {
      const table = await openTable(folder, name);
      for (const problem of table.problems) faults.add(problem);
      return table;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      faults.add(`${tablePath(name)} cannot be read: ${error.message}`);
      return null;
    }
  };
  const samples = await open('samples');
  const exercises = await open('exercises');
  const measures = await open('measures');
  const strokes = await open('strokes');
  const beats = await open('beats');
  const mishaps = await open('mishaps');
  if (!samples || !exercises || !measures || !strokes || !beats || !mishaps) return null;
  return { samples, exercises, measures, strokes, beats, mishaps };
}

export const rowsOfTables = (tables: Tables): Readonly<Record<TableName, number>> => ({
  samples: tables.samples.rows,
  exercises: tables.exercises.rows,
  measures: tables.measures.rows,
  strokes: tables.strokes.rows,
  beats: tables.beats.rows,
  mishaps: tables.mishaps.rows,
});
