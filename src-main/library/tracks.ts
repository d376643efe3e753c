import {
  correctTempo,
  isNoCorrection,
  STEM_KINDS,
  StemKindSchema,
  type TempoCorrection,
  TempoCorrectionSchema,
  TempoSchema,
  type Track,
} from '#shared/model';
import { countChange } from './changes';
import { z } from 'zod';
import { jsonColumn } from './json-column';

import type { Reading, Tables, Writing } from './schema';
import type { Selectable } from 'kysely';

const tempoColumn = jsonColumn(TempoSchema.nullable());
/** Before corrections were kept apart, the column held the whole tempo that the user had set: its speed and its bar 1. */
const correctionColumn = jsonColumn(
  z
    .union([
      z
        .object({
          firstDownbeat: z.number(),
          bpm: z.number(),
          meter: z.unknown(),
          beats: z.array(z.number()),
        })
        .transform(({ bpm, firstDownbeat }) => ({ bpm, bpmIs: 'exact', barOneAt: firstDownbeat })),
      z.unknown(),
    ])
    .pipe(TempoCorrectionSchema.nullable()),
);

/** A track as the import found it, with the tempo that it found; `hitCount` follows from the hits. */
export type NewTrack = Omit<Track, 'hitCount' | 'tempoCorrection'>;

export function readTracks(db: Reading) {
  const selected = () =>
    db
      .selectFrom('tracks')
      .where('is_removed', '=', 0)
      .selectAll()
      .select(row =>
        row
          .selectFrom('hits')
          .whereRef('hits.track_id', '=', 'tracks.id')
          .select(count => count.fn.countAll<number>().as('count'))
          .as('hit_count'),
      );
  const toTracks = async (
    rows: readonly (Selectable<Tables['tracks']> & { hit_count: number | null })[],
  ): Promise<Track[]> => {
    if (rows.length === 0) return [];
    const stems = await db
      .selectFrom('stems')
      .selectAll()
      .where(
        'track_id',
        'in',
        rows.map(row => row.id),
      )
      .execute();
    return rows.map((row): Track => {
      const correction = correctionColumn.parse(row.own_tempo ?? 'null');
      return {
        id: row.id,
        name: row.name,
        path: row.path,
        sha256: row.sha256,
        seconds: row.seconds,
        sampleRate: row.sample_rate,
        channelCount: row.channel_count,
        tempo: correctTempo(tempoColumn.parse(row.tempo ?? 'null'), correction, row.seconds),
        tempoCorrection: correction,
        stems: stems
          .filter(stem => stem.track_id === row.id)
          .map(({ kind, audio, peaks, frames, bleed }) => ({
            kind: StemKindSchema.parse(kind),
            audio,
            peaks,
            frames,
            ...(bleed === null ? {} : { bleed }),
          }))
          .sort((a, b) => STEM_KINDS.indexOf(a.kind) - STEM_KINDS.indexOf(b.kind)),
        hitCount: row.hit_count ?? 0,
        addedAt: row.added_at,
      };
    });
  };
  return {
    /** SHA-256 of every stroke that was heard in a track; null while nobody kept them. */
    async onsetsOf(id: string): Promise<string | null> {
      const row = await db.selectFrom('tracks').select('onsets').where('id', '=', id).executeTakeFirst();
      return row?.onsets ?? null;
    },
    async all(): Promise<Track[]> {
      return toTracks(await selected().orderBy('added_at', 'desc').orderBy('id').execute());
    },
    async one(id: string): Promise<Track | null> {
      const [track] = await toTracks(await selected().where('id', '=', id).execute());
      return track ?? null;
    },
  };
}

export function writeTracks(db: Writing) {
  return {
    ...readTracks(db),
    /** Adds a track, or renews what the import found of it; a tempo that the user set stays. */
    async put(track: NewTrack): Promise<void> {
      await countChange(db, 'tracks');
      const found = {
        name: track.name,
        path: track.path,
        seconds: track.seconds,
        sample_rate: track.sampleRate,
        channel_count: track.channelCount,
        tempo: track.tempo ? tempoColumn.write(track.tempo) : null,
        is_removed: 0 as const,
      };
      await db
        .insertInto('tracks')
        .values({ id: track.id, sha256: track.sha256, added_at: track.addedAt, own_tempo: null, ...found })
        .onConflict(conflict => conflict.column('id').doUpdateSet(found))
        .execute();
      await db.deleteFrom('stems').where('track_id', '=', track.id).execute();
      if (track.stems.length > 0)
        await db
          .insertInto('stems')
          .values(track.stems.map(stem => ({ track_id: track.id, ...stem })))
          .execute();
    },
    /** What the user says of the tempo; null goes back to what was found. */
    async correctTempo(id: string, correction: TempoCorrection | null): Promise<void> {
      await countChange(db, 'tracks');
      const own = correction && !isNoCorrection(correction) ? correctionColumn.write(correction) : null;
      await db.updateTable('tracks').set({ own_tempo: own }).where('id', '=', id).execute();
    },
    async setOnsets(id: string, sha256: string): Promise<void> {
      await db.updateTable('tracks').set({ onsets: sha256 }).where('id', '=', id).execute();
    },
    /** Takes a track off the list and lets its stems go. Its hits stay: kits and grooves go on playing them. */
    async remove(id: string): Promise<void> {
      await countChange(db, 'tracks');
      await db.updateTable('tracks').set({ is_removed: 1 }).where('id', '=', id).execute();
      await db.deleteFrom('stems').where('track_id', '=', id).execute();
    },
  };
}
