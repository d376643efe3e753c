import { countChange } from './changes';
import type { Reading, Writing } from './schema';

/** SQLite takes at most 32,766 parameters in a statement. */
const ROWS_AT_ONCE = 1000;

/** Which sounds of an ear: all, those without a place on the map, or those that the map was fitted on. */
export type SoundsWanted = 'all' | 'missing' | 'fitted';

/** A sound as it lies in the database; places of sounds without one are null. */
export interface StoredSound {
  readonly audio: string;
  /** Little-endian float32. */
  readonly vector: Uint8Array;
  readonly brightness: number;
  readonly decaySeconds: number;
  readonly x: number | null;
  readonly y: number | null;
}

export interface Place {
  readonly audio: string;
  readonly x: number;
  readonly y: number;
  readonly isFitted: boolean;
}

/** Where sounds lie on the maps of the ears. */
export function readPlaces(db: Reading) {
  const pageAfter = async (ear: string, wanted: SoundsWanted, last: string) => {
    const page = db
      .selectFrom('sounds')
      .leftJoin('places', join =>
        join.onRef('places.audio', '=', 'sounds.audio').onRef('places.ear', '=', 'sounds.ear'),
      )
      .select([
        'sounds.audio',
        'sounds.vector',
        'sounds.brightness',
        'sounds.decay_seconds',
        'places.x',
        'places.y',
      ])
      .where('sounds.ear', '=', ear)
      .where('sounds.audio', '>', last)
      .orderBy('sounds.audio')
      .limit(ROWS_AT_ONCE);
    if (wanted === 'missing') return page.where('places.x', 'is', null).execute();
    return (wanted === 'fitted' ? page.where('places.is_fitted', '=', 1) : page).execute();
  };
  return {
    /** The ear's sounds in the order of their hashes, a page at a time. */
    async *sounds(ear: string, wanted: SoundsWanted): AsyncGenerator<readonly StoredSound[]> {
      let last = '';
      for (;;) {
        const rows = await pageAfter(ear, wanted, last);
        if (rows.length > 0)
          yield rows.map(({ decay_seconds, ...row }) => ({ ...row, decaySeconds: decay_seconds }));
        if (rows.length < ROWS_AT_ONCE) return;
        last = rows.at(-1)?.audio ?? last;
      }
    },
    /** How many sounds of the ear were heard, have a place, and hold the map. */
    async counts(ear: string) {
      const [heard, placed] = await Promise.all([
        db
          .selectFrom('sounds')
          .select(row => row.fn.countAll<number>().as('count'))
          .where('ear', '=', ear)
          .executeTakeFirstOrThrow(),
        db
          .selectFrom('places')
          .innerJoin('sounds', join =>
            join.onRef('sounds.audio', '=', 'places.audio').onRef('sounds.ear', '=', 'places.ear'),
          )
          .select(row => row.fn.countAll<number>().as('count'))
          .select(row => row.fn.sum<number | null>('places.is_fitted').as('fitted'))
          .where('places.ear', '=', ear)
          .executeTakeFirstOrThrow(),
      ]);
      return { heard: heard.count, placed: placed.count, fitted: placed.fitted ?? 0 };
    },
  };
}

export function writePlaces(db: Writing) {
  const add = async (ear: string, places: readonly Place[]): Promise<void> => {
    await countChange(db, 'places');
    for (let first = 0; first < places.length; first += ROWS_AT_ONCE)
      await db
        .insertInto('places')
        .values(
          places
            .slice(first, first + ROWS_AT_ONCE)
            .map(({ audio, x, y, isFitted }) => ({ ear, audio, x, y, is_fitted: isFitted ? 1 : 0 })),
        )
        // What was placed in the meantime stays where it is.
        .onConflict(conflict => conflict.doNothing())
        .execute();
  };
  return {
    ...readPlaces(db),
    add,
    /** A map drawn anew, in place of the one before. */
    async replace(ear: string, places: readonly Place[]): Promise<void> {
      await db.deleteFrom('places').where('ear', '=', ear).execute();
      await add(ear, places);
    },
  };
}
