import { z } from 'zod';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const StoredFileSchema = z.object({
  name: z.string(),
  sha256: z.string(),
  extension: z.string(),
  bytes: z.number(),
});
/** A file of a stage in the artefact store. */
export type StoredFile = z.infer<typeof StoredFileSchema>;

const files = jsonColumn(z.array(StoredFileSchema));

export interface StageResult {
  /** Hash of the input, stage and version; equal key, equal bytes. */
  readonly key: string;
  readonly stage: string;
  readonly version: number;
  /** Plain values, as JSON knows them. */
  readonly values: unknown;
  readonly files: readonly StoredFile[];
}

export interface KnownResult extends StageResult {
  /** Milliseconds since 1970; noted once a day at most. */
  readonly usedAt: number;
}

export function readStageResults(db: Reading) {
  return {
    async one(key: string): Promise<KnownResult | null> {
      const row = await db.selectFrom('stage_results').selectAll().where('key', '=', key).executeTakeFirst();
      if (!row) return null;
      return {
        key,
        stage: row.stage,
        version: row.version,
        values: JSON.parse(row.result) as unknown,
        files: files.parse(row.files),
        usedAt: row.used_at,
      };
    },
    /** Keys of results that no run has used since `time` (ms since 1970). */
    async unusedSince(time: number): Promise<string[]> {
      const rows = await db.selectFrom('stage_results').select('key').where('used_at', '<', time).execute();
      return rows.map(row => row.key);
    },
  };
}

export function writeStageResults(db: Writing) {
  return {
    ...readStageResults(db),
    async put(found: StageResult, now: number): Promise<void> {
      const result = {
        result: JSON.stringify(found.values),
        files: files.write([...found.files]),
        used_at: now,
      };
      await db
        .insertInto('stage_results')
        .values({ key: found.key, stage: found.stage, version: found.version, ...result })
        .onConflict(conflict => conflict.column('key').doUpdateSet(result))
        .execute();
    },
    async touch(key: string, now: number): Promise<void> {
      await db.updateTable('stage_results').set({ used_at: now }).where('key', '=', key).execute();
    },
    async remove(keys: readonly string[]): Promise<void> {
      for (const key of keys) await db.deleteFrom('stage_results').where('key', '=', key).execute();
    },
  };
}
