import { type SampleSource, SampleSourceSchema } from '#shared/model';
import type { StoredSource } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const sourceColumn = jsonColumn(SampleSourceSchema);

/** Imported folders and kits. */
export function readSources(db: Reading) {
  return {
    async all(): Promise<StoredSource[]> {
      const rows = await db
        .selectFrom('sources')
        .select('value')
        .select(row =>
          row
            .selectFrom('hits')
            .whereRef('hits.source_id', '=', 'sources.id')
            .select(count => count.fn.countAll<number>().as('count'))
            .as('hits'),
        )
        .orderBy('added_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(({ value, hits }) => ({ source: sourceColumn.parse(value), hits: hits ?? 0 }));
    },
    async one(id: string): Promise<SampleSource | null> {
      const row = await db.selectFrom('sources').select('value').where('id', '=', id).executeTakeFirst();
      return row ? sourceColumn.parse(row.value) : null;
    },
  };
}

export function writeSources(db: Writing) {
  return {
    ...readSources(db),
    async put(source: SampleSource, now: string): Promise<void> {
      await countChange(db, 'sources');
      const value = sourceColumn.write(source);
      await db
        .insertInto('sources')
        .values({ id: source.id, value, added_at: now })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ value }))
        .execute();
    },
  };
}
