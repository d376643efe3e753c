import { type TrackHearing, TrackHearingSchema, USUAL_HEARING } from '#shared/model';
import { countChange } from './changes';
import { jsonColumn } from './json-column';
import type { Reading, Writing } from './schema';

const value = jsonColumn(TrackHearingSchema);

export function readHearings(db: Reading) {
  const rowOf = (trackId: string) =>
    db.selectFrom('hearings').select('value').where('track_id', '=', trackId).executeTakeFirst();
  return {
    /** Whether anything was said of the track. */
    async isSaid(trackId: string): Promise<boolean> {
      return (await rowOf(trackId)) !== undefined;
    },
    /** How the user wants a track to be heard; the usual way while nothing was said. */
    async of(trackId: string): Promise<TrackHearing> {
      const row = await rowOf(trackId);
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
