import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Kit, KitSchema, PadSchema } from '#shared/model';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Tables, Writing } from './schema';

const pads = jsonColumn(z.array(PadSchema));
const shapes = jsonColumn(KitSchema.shape.shapes);

type Row = Pick<Selectable<Tables['kits']>, 'id' | 'name' | 'sample_rate' | 'pads' | 'shapes'>;

export function readKits(db: Reading) {
  const selected = () => db.selectFrom('kits').select(['id', 'name', 'sample_rate', 'pads', 'shapes']);
  const toKit = (row: Row): Kit => ({
    id: row.id,
    name: row.name,
    sampleRate: row.sample_rate,
    pads: pads.parse(row.pads),
    shapes: shapes.parse(row.shapes ?? '{}'),
  });
  return {
    async all(): Promise<Kit[]> {
      return (await selected().orderBy('added_at', 'desc').orderBy('id').execute()).map(toKit);
    },
    async one(id: string): Promise<Kit | null> {
      const row = await selected().where('id', '=', id).executeTakeFirst();
      return row ? toKit(row) : null;
    },
  };
}

export function writeKits(db: Writing) {
  return {
    ...readKits(db),
    async put(kit: Kit, now: string): Promise<void> {
      await countChange(db, 'kits');
      const saved = {
        name: kit.name,
        sample_rate: kit.sampleRate,
        pads: pads.write(kit.pads),
        shapes: shapes.write(kit.shapes),
      };
      await db
        .insertInto('kits')
        .values({ id: kit.id, added_at: now, ...saved })
        .onConflict(conflict => conflict.column('id').doUpdateSet(saved))
        .execute();
    },
    async remove(id: string): Promise<void> {
      await countChange(db, 'kits');
      await db.deleteFrom('kits').where('id', '=', id).execute();
    },
  };
}
