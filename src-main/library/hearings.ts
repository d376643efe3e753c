import { type TrackHearing, TrackHearingSchema, USUAL_HEARING } from '#shared/model';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const value = jsonColumn(TrackHearingSchema);

export function readHearings(db: Reading) {
  return {
    /** How the user wants a track to be heard; the usual way while nothing was said. */
    async of(trackId: string): Promise<TrackHearing> {
      const row = await db
        .selectFrom('hearings')
        .select('value')
        .where('track_id', '=', trackId)
        .executeTakeFirst();
      return row ? value.parse(row.value) : USUAL_HEARING;
    },
  };
}

export function writeHearings(db: Writing) {
  return {
    ...readHearings(db),
    async put(trackId: string, hearing: TrackHearing): Promise<void> {
      await countChange(db, 'tracks');
      const saved = { value: value.write(hearing) };
      await db
        .insertInto('hearings')
        .values({ track_id: trackId, ...saved })
        .onConflict(conflict => conflict.column('track_id').doUpdateSet(saved))
        .execute();
    },
  };
}
