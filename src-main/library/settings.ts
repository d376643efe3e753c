import { countChange } from './changes';
import type { Reading, Writing } from './schema';

export function readSettings(db: Reading) {
  return {
    async all(): Promise<Readonly<Record<string, unknown>>> {
      const rows = await db.selectFrom('settings').selectAll().orderBy('name').execute();
      return Object.fromEntries(rows.map(row => [row.name, JSON.parse(row.value) as unknown]));
    },
    /** undefined when it was never set. */
    async one(name: string): Promise<unknown> {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
      return row && (JSON.parse(row.value) as unknown);
    },
  };
}

export function writeSettings(db: Writing) {
  return {
    ...readSettings(db),
    /** `undefined` forgets it. */
    async put(name: string, value: unknown): Promise<void> {
      await countChange(db, 'settings');
      if (value === undefined) {
        await db.deleteFrom('settings').where('name', '=', name).execute();
        return;
      }
      const text = JSON.stringify(value);
      await db
        .insertInto('settings')
        .values({ name, value: text })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ value: text }))
        .execute();
    },
  };
}
