import type { Reading, Writing } from './schema';
import type { Noun } from './migrations';

export type Versions = Readonly<Record<string, number>>;

/** Counts a change of `noun`, in the transaction that makes it; answers the new count. */
export async function countChange(db: Writing, noun: Noun): Promise<number> {
  const { version } = await db
    .updateTable('changes')
    .set(row => ({ version: row('version', '+', 1) }))
    .where('noun', '=', noun)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

export async function readVersions(db: Reading): Promise<Versions> {
  const rows = await db.selectFrom('changes').selectAll().execute();
  return Object.fromEntries(rows.map(row => [row.noun, row.version]));
}
