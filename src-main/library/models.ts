import { type StoredModel, StoredModelSchema } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const value = jsonColumn(StoredModelSchema);

/** A model and when it was imported. */
export interface ModelEntry extends StoredModel {
  readonly addedAt: string;
}

export function readModels(db: Reading) {
  const selected = () => db.selectFrom('models').selectAll();
  const toEntry = (row: { value: string; added_at: string }): ModelEntry => ({
    ...value.parse(row.value),
    addedAt: row.added_at,
  });
  return {
    /** Newest first. */
    async all(): Promise<ModelEntry[]> {
      return (await selected().orderBy('added_at', 'desc').orderBy('id').execute()).map(toEntry);
    },
    /** By the SHA-256 of its ONNX file. */
    async one(id: string): Promise<ModelEntry | null> {
      const row = await selected().where('id', '=', id).executeTakeFirst();
      return row ? toEntry(row) : null;
    },
  };
}

export function writeModels(db: Writing) {
  return {
    ...readModels(db),
    async put(model: StoredModel, now: string): Promise<void> {
      await countChange(db, 'models');
      const saved = { value: value.write(model) };
      await db
        .insertInto('models')
        .values({ id: model.id, added_at: now, ...saved })
        .onConflict(conflict => conflict.column('id').doUpdateSet(saved))
        .execute();
    },
    /** Answers whether there was one. */
    async remove(id: string): Promise<boolean> {
      await countChange(db, 'models');
      const { numDeletedRows } = await db.deleteFrom('models').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
