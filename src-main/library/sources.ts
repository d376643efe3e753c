import { type SampleSource, SampleSourceSchema } from '#shared/model';
import type { StoredSource } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const sourceColumn = jsonColumn(SampleSourceSchema);

/** A file of an imported folder and the hit that it is; files of the same sound are one hit. */
export interface SourceFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** SHA-256 of the file as it lies there. */
  readonly sha256: string;
  readonly hitId: string;
}

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

/** Imported folders and kits. */
export function readSources(db: Reading) {
  return {
    async all(): Promise<StoredSource[]> {
      const rows = await db
        .selectFrom('sources')
        .where('is_removed', '=', 0)
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
    async files(id: string): Promise<SourceFile[]> {
      return db
        .selectFrom('source_files')
        .select(['path', 'sha256', 'hit_id as hitId'])
        .where('source_id', '=', id)
        .orderBy('path')
        .execute();
    },
    /** The file that each of these hits was imported from, by hit. */
    async filesOfHits(hitIds: readonly string[]): Promise<ReadonlyMap<string, SourceFile>> {
      const found = new Map<string, SourceFile>();
      for (let first = 0; first < hitIds.length; first += ROWS_AT_ONCE) {
        const rows = await db
          .selectFrom('source_files')
          .innerJoin('hits', join =>
            join
              .onRef('hits.id', '=', 'source_files.hit_id')
              .onRef('hits.source_id', '=', 'source_files.source_id'),
          )
          .select(['source_files.path', 'source_files.sha256', 'source_files.hit_id as hitId'])
          .where('hit_id', 'in', hitIds.slice(first, first + ROWS_AT_ONCE))
          .orderBy('source_files.path', 'desc')
          .execute();
        for (const row of rows) found.set(row.hitId, row);
      }
      return found;
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
        .values({ id: source.id, value, is_removed: 0, added_at: now })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ value, is_removed: 0 }))
        .execute();
    },
    /** Which files the folder has now. */
    async putFiles(id: string, files: readonly SourceFile[]): Promise<void> {
      await db.deleteFrom('source_files').where('source_id', '=', id).execute();
      for (let first = 0; first < files.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('source_files')
          .values(
            files
              .slice(first, first + ROWS_AT_ONCE)
              .map(({ path, sha256, hitId }) => ({ source_id: id, path, sha256, hit_id: hitId })),
          )
          .execute();
    },
    /**
     * Lets go of the hits of a folder that it has no file of any more: another folder that has one takes them over, those in `played`
     * stay, and the rest leaves the library. Answers how many did. What the user said of them is kept, should they come back.
     */
    async dropHits(id: string, played: ReadonlySet<string>): Promise<number> {
      const gone = await db
        .selectFrom('hits')
        .select('id')
        .select(row =>
          row
            .selectFrom('source_files')
            .innerJoin('sources', 'sources.id', 'source_files.source_id')
            .whereRef('source_files.hit_id', '=', 'hits.id')
            .where('sources.is_removed', '=', 0)
            .select(found => found.fn.min('source_files.source_id').as('heir'))
            .as('heir'),
        )
        .where('source_id', '=', id)
        .where('track_id', 'is', null)
        .where(row =>
          row.not(
            row.exists(
              row
                .selectFrom('source_files')
                .select('path')
                .where('source_id', '=', id)
                .whereRef('source_files.hit_id', '=', 'hits.id'),
            ),
          ),
        )
        .execute();
      let dropped = 0;
      for (const { id: hitId, heir } of gone) {
        if (heir !== null)
          await db.updateTable('hits').set({ source_id: heir }).where('id', '=', hitId).execute();
        else if (!played.has(hitId)) {
          await db.deleteFrom('hits').where('id', '=', hitId).execute();
          dropped++;
        }
      }
      return dropped;
    },
    /** SHA-256 of the audio that the folder's files and the hits that it still has need. */
    async audioOf(id: string): Promise<string[]> {
      const rows = await db
        .selectFrom('hits')
        .select('audio')
        .distinct()
        .where(row =>
          row.or([
            row('source_id', '=', id),
            row('hits.id', 'in', row.selectFrom('source_files').select('hit_id').where('source_id', '=', id)),
          ]),
        )
        .execute();
      return rows.map(({ audio }) => audio);
    },
    /** Takes it off the list; `dropHits` then decides what becomes of its hits. */
    async remove(id: string): Promise<void> {
      await countChange(db, 'sources');
      await db.updateTable('sources').set({ is_removed: 1 }).where('id', '=', id).execute();
      await db.deleteFrom('source_files').where('source_id', '=', id).execute();
    },
  };
}
