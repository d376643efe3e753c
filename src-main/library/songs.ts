import { type Song, SongSchema } from '#shared/model';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const song = jsonColumn(SongSchema);

/** Chains of patterns. */
export function readSongs(db: Reading) {
  return {
    async all(): Promise<Song[]> {
      const rows = await db.selectFrom('songs').select(['value']).orderBy('added_at').orderBy('id').execute();
      return rows.map(({ value }) => song.parse(value));
    },
  };
}

export function writeSongs(db: Writing) {
  return {
    ...readSongs(db),
    async put(stored: Song, now: string): Promise<void> {
      await countChange(db, 'songs');
      const value = song.write(stored);
      await db
        .insertInto('songs')
        .values({ id: stored.id, value, added_at: now })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ value }))
        .execute();
    },
    async remove(id: string): Promise<void> {
      await countChange(db, 'songs');
      await db.deleteFrom('songs').where('id', '=', id).execute();
    },
  };
}
