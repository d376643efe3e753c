import { GrooveTemplateSchema } from '#shared/model';
import type { StoredTemplate } from '#shared/protocol';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const template = jsonColumn(GrooveTemplateSchema);

/** Groove templates that the user made. */
export function readTemplates(db: Reading) {
  return {
    async all(): Promise<StoredTemplate[]> {
      const rows = await db
        .selectFrom('templates')
        .select(['id', 'value'])
        .orderBy('added_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id, value }) => ({ id, template: template.parse(value) }));
    },
  };
}

export function writeTemplates(db: Writing) {
  return {
    ...readTemplates(db),
    async put(stored: StoredTemplate, now: string): Promise<void> {
      await countChange(db, 'templates');
      const value = template.write(stored.template);
      await db
        .insertInto('templates')
        .values({ id: stored.id, value, added_at: now })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ value }))
        .execute();
    },
    async remove(id: string): Promise<void> {
      await countChange(db, 'templates');
      await db.deleteFrom('templates').where('id', '=', id).execute();
    },
  };
}
