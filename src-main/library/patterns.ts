import { PatternSchema } from '#shared/model';
import type { StoredPattern } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const pattern = jsonColumn(PatternSchema);

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kit_id: string;
  readonly track_id: string | null;
  readonly pattern: string;
}

const toStored = (row: Row): StoredPattern => ({
  id: row.id,
  name: row.name,
  kitId: row.kit_id,
  trackId: row.track_id,
  pattern: pattern.parse(row.pattern),
});

export function readPatterns(db: Reading) {
  const selected = () => db.selectFrom('patterns').select(['id', 'name', 'kit_id', 'track_id', 'pattern']);
  return {
    async all(): Promise<StoredPattern[]> {
      return (await selected().orderBy('added_at', 'desc').orderBy('id').execute()).map(toStored);
    },
    async one(id: string): Promise<StoredPattern | null> {
      const row = await selected().where('id', '=', id).executeTakeFirst();
      return row ? toStored(row) : null;
    },
  };
}

export function writePatterns(db: Writing) {
  return {
    ...readPatterns(db),
    async put(stored: StoredPattern, now: string): Promise<void> {
      await countChange(db, 'patterns');
      const saved = {
        name: stored.name,
        kit_id: stored.kitId,
        track_id: stored.trackId,
        pattern: pattern.write(stored.pattern),
      };
      await db
        .insertInto('patterns')
        .values({ id: stored.id, added_at: now, ...saved })
        .onConflict(conflict => conflict.column('id').doUpdateSet(saved))
        .execute();
    },
    async remove(id: string): Promise<void> {
      await countChange(db, 'patterns');
      await db.deleteFrom('patterns').where('id', '=', id).execute();
    },
  };
}
