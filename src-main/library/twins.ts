import { sql } from 'kysely';
import { countChange } from './changes';
import type { Reading, Writing } from './schema';

const ROWS_AT_ONCE = 1000;

/** A sound that is the same as `leader`, the best take among them, which stands here too. */
export interface Twin {
  readonly audio: string;
  readonly leader: string;
  /** Least likeness of one of the group to the leader, 0..1. */
  readonly likeness: number;
}

/** A sound as one of its hits has it. */
export interface HeardHit {
  readonly audio: string;
  readonly extension: string;
  /** Where in the slice the attack begins, seconds. */
  readonly attack: number;
  /** How good a take it is; .5 where nobody judged. */
  readonly score: number;
}

/** Which sounds of the library are the same, as it was found last. */
export function readTwins(db: Reading) {
  return {
    /** By their leaders. */
    async all(): Promise<Twin[]> {
      return db.selectFrom('twins').selectAll().orderBy('leader').orderBy('audio').execute();
    },
    /** What is needed to hear sounds again, by audio. */
    async hits(audio: readonly string[]): Promise<ReadonlyMap<string, HeardHit>> {
      const found = new Map<string, HeardHit>();
      for (let first = 0; first < audio.length; first += ROWS_AT_ONCE) {
        const rows = await db
          .selectFrom('hits')
          .innerJoin('artefacts', 'artefacts.sha256', 'hits.audio')
          .select(['hits.audio', 'artefacts.extension'])
          .select(sql<number>`min(max(0.0, (onset_frame - start_frame) * 1.0 / sample_rate))`.as('attack'))
          .select(sql<number>`max(coalesce(json_extract(quality, '$.score'), 0.5))`.as('score'))
          .where('hits.audio', 'in', audio.slice(first, first + ROWS_AT_ONCE))
          .groupBy('hits.audio')
          .execute();
        for (const row of rows) found.set(row.audio, row);
      }
      return found;
    },
  };
}

export function writeTwins(db: Writing) {
  return {
    ...readTwins(db),
    /** What a new search found, in place of what was found before. */
    async replace(twins: readonly Twin[]): Promise<void> {
      await countChange(db, 'twins');
      await db.deleteFrom('twins').execute();
      for (let first = 0; first < twins.length; first += ROWS_AT_ONCE)
        await db
          .insertInto('twins')
          .values(twins.slice(first, first + ROWS_AT_ONCE))
          .execute();
    },
  };
}
